//! What one feed's connections went through, and what follows from it: gaps, replays, catch-ups.

use super::absence::Absence;
use super::gap::{Gap, Watch};
use super::replay::Replay;
use crate::connection::Resume;
use crate::event::Received;
use crate::health::{Happening, What};
use crate::history;

/// A clock that is kept in step moves by less between two looks; one that was set by less leads no gap astray.
const SET_BY_MS: i64 = 1_000;

/// What is remembered of one feed between its connections.
#[derive(Debug, Default)]
pub(super) struct Course {
    gaps: Watch,
    replay: Replay,
    absence: Absence,
    resumes: bool,
    /// How far the wall clock was ahead of the one that nobody sets.
    ahead_ms: Option<i64>,
}

/// What earlier runs stored of a feed, oldest first.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Ids and times of the last events.
    pub(super) events: Vec<(String, i64)>,
    /// Digests of the last events without an id.
    pub(super) digests: Vec<i64>,
    /// When its stream was last known to be open.
    pub(super) last_open_ms: Option<i64>,
}

impl Course {
    /// The clocks are looked at: where the wall clock was set, what is remembered moves along.
    pub(super) fn look(&mut self, wall_ms: i64, steady_ms: i64) {
        let ahead_ms = wall_ms.saturating_sub(steady_ms);
        let by_ms = ahead_ms.saturating_sub(*self.ahead_ms.get_or_insert(ahead_ms));
        if by_ms.saturating_abs() > SET_BY_MS {
            self.ahead_ms = Some(ahead_ms);
            self.gaps.shift(by_ms);
            self.absence.shift(by_ms);
        }
    }

    /// A connection begins; says whether the feed's past is wanted because nothing is known of it in this run.
    pub(super) fn resume(&mut self, resume: &Resume) -> bool {
        self.resumes = !resume.last_event_id.is_empty();
        self.gaps.resume(resume)
    }

    /// Recalls what earlier runs stored.
    pub(super) fn recall(&mut self, past: Past) {
        self.gaps.recall(&past.events, past.last_open_ms);
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

    /// The feed's work ended, whatever the connection was doing; says whether the stream was open until then.
    pub(super) fn ended(&mut self, at_ms: i64) -> bool {
        self.absence.away(at_ms);
        self.gaps.ended(at_ms)
    }

    /// Whether the stream is open and there would be nothing to resume it from.
    pub(super) fn is_at_risk(&self) -> bool {
        self.gaps.is_at_risk()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(course: &mut Course, at_ms: i64) -> Option<Gap> {
        course.happened(&Happening { at_ms, what: What::Opened { after_ms: 0 } })
    }

    #[test]
    fn a_clock_that_is_set_while_a_feed_is_away_is_no_gap_and_a_long_wait_is_one() {
        const HOUR: i64 = 3_600_000;
        // How far the wall clock and the steady one go on during the outage.
        for (wall_ms, steady_ms, is_gap) in [(HOUR, 2_000, false), (2_500, 2_000, false), (HOUR, HOUR, true)]
        {
            let mut course = Course::default();
            course.look(HOUR, 0);
            opens(&mut course, HOUR);
            assert!(course.ended(HOUR), "it was open");
            course.look(HOUR + wall_ms, steady_ms);
            assert_eq!(opens(&mut course, HOUR + wall_ms).is_some(), is_gap, "{wall_ms} {steady_ms}");
        }
    }
}
