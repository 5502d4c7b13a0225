//! How much of the history is kept.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::history::Holding;
use tidings_engine::settings;

/// How much is kept of a feed, or of all feeds together; 0 is without a limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Keep {
    days: u64,
    events: u64,
    megabytes: u64,
    /// Whether more than the titles of a feed's events to come is stored; null for all feeds together.
    bodies: Option<bool>,
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
    pub fn new<'a>(keep: Keep, holdings: impl Iterator<Item = &'a Holding>) -> Self {
        let none = Self { keep, events: 0, bytes: 0 };
        holdings.fold(none, |sum, holding| Self {
            events: sum.events + holding.events,
            bytes: sum.bytes + holding.bytes,
            ..sum
        })
    }
}

impl From<settings::Keep> for Keep {
    fn from(keep: settings::Keep) -> Self {
        let settings::Keep { days, events, megabytes } = keep;
        Self { days, events, megabytes, bodies: None }
    }
}

impl From<settings::FeedKeep> for Keep {
    fn from(keep: settings::FeedKeep) -> Self {
        let settings::FeedKeep { days, events, megabytes, bodies } = keep;
        Self { days, events, megabytes, bodies: Some(bodies) }
    }
}

impl From<Keep> for settings::Keep {
    fn from(keep: Keep) -> Self {
        let Keep { days, events, megabytes, bodies: _ } = keep;
        Self { days, events, megabytes }
    }
}

impl Keep {
    /// What is to be kept of a feed of which that was kept; what isn't said stays.
    pub fn of_feed(self, known: settings::FeedKeep) -> settings::FeedKeep {
        let Self { days, events, megabytes, bodies } = self;
        settings::FeedKeep { days, events, megabytes, bodies: bodies.unwrap_or(known.bodies) }
    }
}
