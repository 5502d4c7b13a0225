//! What a connection does from a happening on: the stretches of a timeline.

use super::What;

/// What a connection does for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is dialled.
    Connecting,
    /// It is open.
    Live,
    /// It is between two dials, or an open link was dead and nobody knew yet.
    Waiting,
    /// There is no network.
    Offline,
    /// It is not dialled unless a person does something.
    Stopped,
    /// Nobody follows it: it is paused or switched off, or the program doesn't run.
    Left,
}

impl What {
    /// What the connection does from here on; none where this changes nothing.
    pub fn phase(&self) -> Option<Phase> {
        match self {
            Self::Dialled { .. } => Some(Phase::Connecting),
            Self::Opened { .. } => Some(Phase::Live),
            Self::Refused { .. }
            | Self::Ended { .. }
            | Self::Silent { .. }
            | Self::Asked { .. }
            | Self::Woken { .. }
            | Self::Waiting { for_person: false, .. }
            | Self::Panicked { .. } => Some(Phase::Waiting),
            Self::Offline { .. } => Some(Phase::Offline),
            Self::Waiting { for_person: true, .. } | Self::Stopped { .. } => Some(Phase::Stopped),
            Self::Left => Some(Phase::Left),
            Self::Accepted
            | Self::Oversized { .. }
            | Self::ReconnectionTime { .. }
            | Self::HeldBack
            | Self::PassesAgain
            | Self::GapSuspected { .. } => None,
        }
    }

    /// From when to when events may be missing, where this says so.
    pub fn gap(&self) -> Option<(i64, i64)> {
        if let Self::GapSuspected { from_ms, to_ms, .. } = self { Some((*from_ms, *to_ms)) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_begins_where_the_connection_does_something_else() {
        let why = String::new;
        let table = [
            (What::Dialled { resumed_from: None }, Some(Phase::Connecting)),
            (What::Accepted, None),
            (What::Opened { after_ms: 1 }, Some(Phase::Live)),
            (What::Oversized { bytes: 1 }, None),
            (What::Silent { for_ms: 1, away_since_ms: None }, Some(Phase::Waiting)),
            (What::Waiting { until_ms: 1, why: why(), for_person: false }, Some(Phase::Waiting)),
            (What::Waiting { until_ms: 1, why: why(), for_person: true }, Some(Phase::Stopped)),
            (What::Offline { away_since_ms: None }, Some(Phase::Offline)),
            (What::Left, Some(Phase::Left)),
        ];
        for (what, phase) in table {
            assert_eq!(what.phase(), phase, "{what:?}");
        }
        assert_eq!(What::GapSuspected { from_ms: 1, to_ms: 2, missing: None }.gap(), Some((1, 2)));
    }
}
