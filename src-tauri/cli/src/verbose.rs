//! What happened to a connection, in words: for `health`, and for `listen --verbose` beside its usual lines.

use tidings_engine::health::What;

use crate::moment;
use crate::report::plain;

/// Says what happened to a connection; nothing where a usual line of `listen` says it.
pub(crate) fn for_people(what: &What) -> Option<String> {
    match what {
        What::Waiting { .. } | What::Stopped { .. } | What::Offline { .. } | What::Oversized { .. } => None,
        What::Dialled { .. }
        | What::Accepted
        | What::Opened { .. }
        | What::Silent { .. }
        | What::Refused { .. }
        | What::Ended { .. }
        | What::Asked { .. }
        | What::Woken { .. }
        | What::ReconnectionTime { .. }
        | What::GapSuspected { .. }
        | What::Panicked { .. } => Some(format!("-- {}", said(what))),
    }
}

/// Says what happened to a connection.
pub(crate) fn said(what: &What) -> String {
    match what {
        What::Dialled { resumed_from: None } => "dialled".into(),
        What::Dialled { resumed_from: Some(id) } => format!("dialled, to resume after #{}", plain(id)),
        What::Accepted => "the server took the request and hasn't answered yet".into(),
        What::Opened { after_ms } => format!("opened {after_ms} ms after the dial"),
        What::Silent { for_ms, .. } => format!("silent for {}", seconds(*for_ms)),
        What::Refused { why } => format!("refused: {}", plain(why)),
        What::Ended { open_ms, why, .. } => format!("ended after {}: {}", seconds(*open_ms), plain(why)),
        What::Asked { .. } => "to be dialled at once".into(),
        What::Offline { .. } => "offline: there is no network".into(),
        What::Woken { .. } => "dialled again: the machine woke, or the network is back".into(),
        What::Waiting { until_ms, why, .. } => {
            format!("waits until {}: {}", moment::said(*until_ms), plain(why))
        }
        What::Stopped { why, .. } => format!("stopped: {}", plain(why)),
        What::Oversized { bytes } => format!("an event of {bytes} bytes was skipped: it is over the limit"),
        What::ReconnectionTime { ms } => format!("the reconnection time is {}", seconds(*ms)),
        What::GapSuspected { missing: Some(many), .. } => format!("{many} events may be missing"),
        What::GapSuspected { missing: None, .. } => "events may be missing".into(),
        What::Panicked { .. } => "a fault of the program's own".into(),
    }
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
