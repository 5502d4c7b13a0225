//! What `listen --verbose` says beside the usual lines.

use tidings_engine::health::What;

use crate::report::plain;

/// Says what happened to a connection; nothing where a usual line says it.
pub(crate) fn for_people(what: &What) -> Option<String> {
    let said = match what {
        What::Dialled { resumed_from: None } => "dialled".into(),
        What::Dialled { resumed_from: Some(id) } => format!("dialled, to resume after #{}", plain(id)),
        What::Accepted => "the server took the request and hasn't answered yet".into(),
        What::Opened { after_ms } => format!("opened {after_ms} ms after the dial"),
        What::Silent { for_ms, .. } => format!("silent for {}", seconds(*for_ms)),
        What::Refused { why } => format!("refused: {}", plain(why)),
        What::Ended { open_ms, why, .. } => format!("ended after {}: {}", seconds(*open_ms), plain(why)),
        What::Asked { .. } => "to be dialled at once".into(),
        What::Woken { .. } => "dialled again: the machine woke, or the network is back".into(),
        What::ReconnectionTime { ms } => format!("the reconnection time is {}", seconds(*ms)),
        What::GapSuspected { missing: Some(many), .. } => format!("{many} events may be missing"),
        What::GapSuspected { missing: None, .. } => "events may be missing".into(),
        What::Panicked { .. } => "a fault of the program's own".into(),
        What::Waiting { .. } | What::Stopped { .. } | What::Offline { .. } | What::Oversized { .. } => {
            return None;
        }
    };
    Some(format!("-- {said}"))
}

fn seconds(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_nothing_that_a_usual_line_says_and_nothing_that_steers_a_terminal() {
        assert_eq!(for_people(&What::Oversized { bytes: 1 }), None);
        let ended = What::Ended { open_ms: 1500, away_since_ms: 0, why: "a\u{1b}[31m".into() };
        assert_eq!(for_people(&ended).as_deref(), Some("-- ended after 1.5 s: a\u{fffd}[31m"));
        let dialled = What::Dialled { resumed_from: Some("\u{7}5".into()) };
        assert_eq!(for_people(&dialled).as_deref(), Some("-- dialled, to resume after #\u{fffd}5"));
    }
}
