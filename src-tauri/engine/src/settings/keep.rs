//! How much of the history is kept; 0 is without a limit.

use serde::{Deserialize, Serialize};

/// How much is kept of all feeds together; starred events are kept beside that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keep {
    /// For how many days.
    pub days: u64,
    /// How many events.
    pub events: u64,
    /// How many megabytes, about as they lie on disk.
    pub megabytes: u64,
}

impl Default for Keep {
    fn default() -> Self {
        Self { days: 90, events: 100_000, megabytes: 500 }
    }
}

/// What is kept of one feed, within what is kept of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeedKeep {
    /// For how many days.
    pub days: u64,
    /// How many events.
    pub events: u64,
    /// How many megabytes.
    pub megabytes: u64,
    /// Whether more than the title of an event is stored.
    pub bodies: bool,
}

impl Default for FeedKeep {
    fn default() -> Self {
        Self { days: 0, events: 0, megabytes: 0, bodies: true }
    }
}

impl FeedKeep {
    /// How much, without what.
    pub fn keep(self) -> Keep {
        let Self { days, events, megabytes, bodies: _ } = self;
        Keep { days, events, megabytes }
    }

    /// Whether nothing is set.
    pub(super) fn is_all(&self) -> bool {
        *self == Self::default()
    }
}
