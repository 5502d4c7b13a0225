//! How much of the history is kept.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::history::Holding;
use tidings_engine::settings;

/// How much is kept of all feeds together; 0 is without a limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Keep {
    days: u64,
    events: u64,
    megabytes: u64,
}

/// How much is kept, and how much there is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    keep: Keep,
    events: u64,
    bytes: u64,
}

impl Kept {
    /// Adds up what there is of each feed.
    pub fn new<'a>(keep: settings::Keep, holdings: impl Iterator<Item = &'a Holding>) -> Self {
        let settings::Keep { days, events, megabytes } = keep;
        let none = Self { keep: Keep { days, events, megabytes }, events: 0, bytes: 0 };
        holdings.fold(none, |sum, holding| Self {
            events: sum.events + holding.events,
            bytes: sum.bytes + holding.bytes,
            ..sum
        })
    }
}

impl From<Keep> for settings::Keep {
    fn from(keep: Keep) -> Self {
        let Keep { days, events, megabytes } = keep;
        Self { days, events, megabytes }
    }
}
