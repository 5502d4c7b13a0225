//! A feed's record as it is kept from one run of the program to the next.

use serde::{Deserialize, Serialize};

use super::FeedHealth;
use crate::state::FeedState;

/// What a feed is doing, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Since when, in wall-clock milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// What.
    pub state: FeedState,
    /// Until when its stream was last known to be open, in this state or an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_until_ms: Option<i64>,
}

impl Standing {
    /// When the stream was last known to be open.
    fn last_open_ms(&self) -> Option<i64> {
        let began_ms = matches!(self.state, FeedState::Live { .. }).then_some(self.at_ms);
        self.open_until_ms.max(began_ms)
    }
}

/// A feed's record, or what of it isn't kept yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Rises with every change: of two records of a feed, the higher one is the truth.
    pub edition: u64,
    /// How many happenings there ever were; it is the number of the last one listed.
    pub told: u64,
    /// What the feed was last known to do.
    pub standing: Option<Standing>,
    /// What it went through. Where the record is handed over to be kept, only happenings that aren't kept yet are listed.
    pub health: FeedHealth,
}

impl Record {
    /// Begins a record.
    pub(super) fn begin(now_ms: i64) -> Self {
        Self { edition: 0, told: 0, standing: None, health: FeedHealth::begin(now_ms) }
    }

    /// When the stream was last known to be open.
    pub(super) fn last_open_ms(&self) -> Option<i64> {
        self.standing.as_ref().and_then(Standing::last_open_ms)
    }
}
