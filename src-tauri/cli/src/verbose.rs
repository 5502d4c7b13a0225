//! What happened to a connection, in words: for `health`, and for `listen --verbose` beside its usual lines.

use tidings_engine::health::{What, words};

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
        | What::HeldBack
        | What::PassesAgain
        | What::GapSuspected { .. }
        | What::Left
        | What::Panicked { .. } => Some(format!("-- {}", said(what))),
    }
}

/// Says what happened to a connection.
pub(crate) fn said(what: &What) -> String {
    plain(&words::happening(what))
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
