//! What one feed's connections went through, and what follows from it: gaps, replays, catch-ups.

use super::absence::Absence;
use super::gap::{Gap, Watch};
use super::replay::Replay;
use crate::connection::Resume;
use crate::event::Received;
use crate::health::{Happening, What};
use crate::history;

/// What is remembered of one feed between its connections.
#[derive(Debug, Default)]
pub(super) struct Course {
    gaps: Watch,
    replay: Replay,
    absence: Absence,
    resumes: bool,
}

/// What earlier runs stored of a feed, oldest first.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Ids and times of the last events.
    pub(super) events: Vec<(String, i64)>,
    /// Digests of the last events without an id.
    pub(super) digests: Vec<i64>,
}

impl Course {
    /// A connection begins; says whether the feed's past is wanted because nothing is known of it in this run.
    pub(super) fn resume(&mut self, resume: &Resume) -> bool {
        self.resumes = !resume.last_event_id.is_empty();
        self.gaps.resume(resume)
    }

    /// Recalls what earlier runs stored.
    pub(super) fn recall(&mut self, past: Past) {
        self.gaps.recall(&past.events);
        self.replay.recall(past.digests);
        if let Some((_, at_ms)) = past.events.last() {
            // When the earlier run ended isn't known; its last event came before that.
            self.absence.away(*at_ms);
        }
    }

    /// Something happened to the connection.
    pub(super) fn happened(&mut self, happening: &Happening) -> Option<Gap> {
        if let What::Opened { .. } = happening.what {
            self.replay.opened(happening.at_ms, self.resumes);
            self.absence.opened(happening.at_ms);
        }
        if let Some(since_ms) = happening.what.away_since_ms() {
            self.absence.away(since_ms);
        }
        self.gaps.happened(happening)
    }

    /// The feed's work ended, whatever the connection was doing.
    pub(super) fn ended(&mut self, at_ms: i64) {
        self.absence.away(at_ms);
        self.gaps.ended(at_ms);
    }

    /// The server set the reconnection time.
    pub(super) fn reconnection(&mut self, time: std::time::Duration) {
        self.gaps.reconnection(time);
    }

    /// A message came, an event or a sign of life.
    pub(super) fn message(&mut self, received: &Received) -> Option<Gap> {
        if received.own_id {
            self.resumes = received.is_named();
        }
        self.gaps.message(received)
    }

    /// The server moved the last event ID without an event.
    pub(super) fn cursor(&mut self, id: &str) -> Option<Gap> {
        self.resumes = !id.is_empty();
        self.gaps.cursor(id)
    }

    /// Whether an event is one that the server sent before.
    pub(super) fn is_replay(&mut self, received: &Received) -> bool {
        if received.is_named() {
            self.replay.ended();
            return false;
        }
        self.replay.holds(history::digest(received), received.received_at_ms)
    }

    /// Whether an event that came then was sent while the feed was away for long.
    pub(super) fn is_late(&self, at_ms: i64) -> bool {
        self.absence.covers(at_ms)
    }
}
