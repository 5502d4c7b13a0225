//! What a feed's connection went through.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::health as engine;

/// A feed's record. Times are wall-clock milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    since_ms: i64,
    counts: Counts,
    last_event_at_ms: Option<i64>,
    /// What is the matter although the feed is open; null where nothing is.
    remark: Option<String>,
    /// Newest first.
    happenings: Vec<Happening>,
}

/// How often things happened since the record began.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    events: u64,
    bytes: u64,
    dials: u64,
    reconnects: u64,
    oversized: u64,
    gaps: u64,
}

/// A moment in a connection's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Happening {
    at_ms: i64,
    words: String,
    /// What the connection does from `since_ms` on; null where this changes nothing.
    phase: Option<Phase>,
    since_ms: i64,
    gap: Option<Gap>,
}

/// Where events may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Gap {
    from_ms: i64,
    to_ms: i64,
}

/// What a connection does for a while.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Phase {
    Connecting,
    Live,
    Waiting,
    Offline,
    Stopped,
    Left,
}

impl From<engine::FeedHealth> for Health {
    fn from(health: engine::FeedHealth) -> Self {
        let remark = engine::words::remark(&health).map(str::to_owned);
        let engine::FeedHealth { since_ms, counts, last_event_at_ms, held_back: _, happenings } = health;
        let happenings = happenings.into_iter().rev().map(Into::into).collect();
        Self { since_ms, counts: counts.into(), last_event_at_ms, remark, happenings }
    }
}

impl From<engine::Counts> for Counts {
    fn from(counts: engine::Counts) -> Self {
        let engine::Counts { events, bytes, dials, opens: _, reconnects, oversized, gaps } = counts;
        Self { events, bytes, dials, reconnects, oversized, gaps }
    }
}

impl From<engine::Happening> for Happening {
    fn from(happening: engine::Happening) -> Self {
        let engine::Happening { at_ms, what } = happening;
        let gap = what.gap().map(|(from_ms, to_ms)| Gap { from_ms, to_ms });
        let (phase, since_ms) = (what.phase().map(Into::into), what.away_since_ms().unwrap_or(at_ms));
        Self { at_ms, words: engine::words::happening(&what), phase, since_ms, gap }
    }
}

impl From<engine::Phase> for Phase {
    fn from(phase: engine::Phase) -> Self {
        match phase {
            engine::Phase::Connecting => Self::Connecting,
            engine::Phase::Live => Self::Live,
            engine::Phase::Waiting => Self::Waiting,
            engine::Phase::Offline => Self::Offline,
            engine::Phase::Stopped => Self::Stopped,
            engine::Phase::Left => Self::Left,
        }
    }
}
