//! Whether events may be missing: pure, from ids and from how long a feed was away.

use std::time::Duration;

use crate::connection::Resume;
use crate::connection::backoff;
use crate::connection::machine::RECONNECTION_TIME;
use crate::event::Received;
use crate::health::{Happening, What};

/// So many ids one after another without a skip show that a server numbers what it sends, one by one.
const STEADY: u32 = 3;
/// How many stored events are recalled at the start of a run, for that many steps between them.
pub(super) const PAST: usize = STEADY as usize + 1;
/// What dialling may take beside the wait before an absence is more than an ordinary reconnection.
const DIALLING: Duration = Duration::from_secs(5);

/// What django-eventstream says first where the events after the last event ID are gone.
const LOST: &str = "stream-reset";

/// A time in which events may have been missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// The last moment before it, in wall-clock milliseconds since the Unix epoch.
    pub(super) from_ms: i64,
    /// The first moment after it.
    pub(super) to_ms: i64,
    /// What speaks for it.
    pub(super) why: Why,
}

/// What speaks for a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// So many numbers were left out.
    Skipped(u64),
    /// There was no id to resume from.
    NoId,
    /// The server said that it no longer has what it was asked for.
    Lost,
}

impl Why {
    /// How many events are missing, where that can be told.
    pub(super) fn missing(self) -> Option<u64> {
        match self {
            Self::Skipped(missing) => Some(missing),
            Self::NoId | Self::Lost => None,
        }
    }
}

/// Watches one feed for gaps.
///
/// Where ids are numbers that went up by one (behind a prefix that stays), the first id after a reconnection tells how
/// many events are missing. Where there is no id to resume from, every absence longer than an ordinary reconnection may
/// have a price. Any other id is the server's word that it resumes.
#[derive(Debug, Default)]
pub(super) struct Watch {
    recalled: bool,
    can_resume: bool,
    last: Option<Numbered>,
    steady: u32,
    last_event_ms: Option<i64>,
    reconnection: Option<Duration>,
    dialled_ms: i64,
    accepted: bool,
    open: bool,
    opened_ms: i64,
    away_since_ms: Option<i64>,
    /// Since when it was away before it was opened.
    was_away_since_ms: Option<i64>,
    /// The stream is open again and its first id hasn't come.
    due: bool,
    /// The server said that it has lost what came since the last event.
    is_lost: bool,
}

impl Watch {
    /// A connection begins; says whether the feed's past is wanted because nothing is known of it in this run.
    pub(super) fn resume(&mut self, resume: &Resume) -> bool {
        self.can_resume = !resume.last_event_id.is_empty();
        self.reconnection = resume.reconnection;
        let last = Numbered::read(&resume.last_event_id);
        if self.last != last {
            self.steady = 0;
            self.last = last;
        }
        !std::mem::replace(&mut self.recalled, true)
    }

    /// Recalls the ids and times of the last stored events, oldest first, and when the stream was last known to be open.
    pub(super) fn recall(&mut self, past: &[(String, i64)], last_open_ms: Option<i64>) {
        self.last_event_ms = past.last().map(|(_, at_ms)| *at_ms);
        // A run that was killed didn't say when it ended; its last event came before that.
        self.away_since_ms = self.last_event_ms.max(last_open_ms);
        let resumes_at = self.last.take();
        past.iter().for_each(|(id, _)| {
            self.step(id);
        });
        if self.last != resumes_at {
            self.steady = 0;
            self.last = resumes_at;
        }
    }

    /// Something happened to the connection.
    pub(super) fn happened(&mut self, happening: &Happening) -> Option<Gap> {
        match happening.what {
            What::Dialled { .. } => {
                self.dialled_ms = happening.at_ms;
                self.accepted = false;
            }
            What::Accepted => self.accepted = true,
            What::Opened { .. } => {
                // A server that keeps its headers back until the first event has listened since the dial.
                return self.opened(if self.accepted { self.dialled_ms } else { happening.at_ms });
            }
            What::Ended { .. }
            | What::Silent { .. }
            | What::Asked { .. }
            | What::Offline { .. }
            | What::Woken { .. }
            | What::Refused { .. }
            | What::Waiting { .. }
            | What::Stopped { .. }
            | What::Oversized { .. }
            | What::ReconnectionTime { .. }
            | What::HeldBack
            | What::PassesAgain
            | What::GapSuspected { .. }
            | What::Left
            | What::Panicked { .. } => {}
        }
        if let Some(since_ms) = happening.what.away_since_ms() {
            self.away(since_ms);
        }
        None
    }

    /// The feed's work ended, whatever the connection was doing; says whether the stream was open until then.
    pub(super) fn ended(&mut self, at_ms: i64) -> bool {
        let was_open = self.open;
        if was_open {
            self.away(at_ms);
        }
        was_open
    }

    /// Whether the stream is open and there would be nothing to resume it from.
    pub(super) fn is_at_risk(&self) -> bool {
        self.open && !self.can_resume
    }

    /// The wall clock was set by so much: what is remembered moves along, so that absences stay as long as they were.
    pub(super) fn shift(&mut self, by_ms: i64) {
        let times = [&mut self.last_event_ms, &mut self.away_since_ms, &mut self.was_away_since_ms];
        for time in times.into_iter().flatten().chain([&mut self.dialled_ms, &mut self.opened_ms]) {
            *time = time.saturating_add(by_ms);
        }
    }

    /// The server set the reconnection time.
    pub(super) fn reconnection(&mut self, time: Duration) {
        self.reconnection = Some(time);
    }

    /// An event came.
    pub(super) fn message(&mut self, received: &Received) -> Option<Gap> {
        if received.event_type == LOST {
            return self.lost(received.received_at_ms);
        }
        let gap =
            if received.own_id { self.id(&received.last_event_id, received.received_at_ms) } else { None };
        self.is_lost = false;
        self.last_event_ms = Some(received.received_at_ms);
        gap
    }

    /// The server says that it can't go on from where it was asked to; it may say so at each reconnection.
    pub(super) fn lost(&mut self, at_ms: i64) -> Option<Gap> {
        let since_ms = self.last_event_ms.max(self.was_away_since_ms);
        let from_ms = since_ms.filter(|_| self.due && self.can_resume)?;
        self.due = false;
        let is_known = std::mem::replace(&mut self.is_lost, true);
        (!is_known).then(|| Gap { from_ms: from_ms.min(at_ms), to_ms: at_ms, why: Why::Lost })
    }

    /// The server moved the last event ID without an event.
    pub(super) fn cursor(&mut self, id: &str) -> Option<Gap> {
        self.id(id, self.opened_ms)
    }

    fn opened(&mut self, at_ms: i64) -> Option<Gap> {
        self.open = true;
        self.opened_ms = at_ms;
        self.due = true;
        self.was_away_since_ms = self.away_since_ms.take();
        let from_ms = self.was_away_since_ms?;
        let ordinary =
            backoff::after_end(self.reconnection.unwrap_or(RECONNECTION_TIME), 1.0, backoff::LONGEST)
                + DIALLING;
        let longest = i64::try_from(ordinary.as_millis()).unwrap_or(i64::MAX);
        if self.can_resume || at_ms.saturating_sub(from_ms) <= longest {
            return None;
        }
        Some(Gap { from_ms, to_ms: at_ms, why: Why::NoId })
    }

    fn away(&mut self, at_ms: i64) {
        self.open = false;
        self.away_since_ms.get_or_insert(at_ms);
    }

    fn id(&mut self, id: &str, at_ms: i64) -> Option<Gap> {
        self.can_resume = !id.is_empty();
        let was_steady = self.steady >= STEADY;
        let skipped = self.step(id);
        if !std::mem::take(&mut self.due) || !was_steady {
            return None;
        }
        let missing = skipped.filter(|missing| *missing > 0)?;
        // A skip while it was away says nothing of how it counts.
        self.steady = STEADY;
        let from_ms = self.last_event_ms.unwrap_or(self.opened_ms);
        Some(Gap { from_ms: from_ms.min(at_ms), to_ms: at_ms, why: Why::Skipped(missing) })
    }

    /// Moves on to an id; gives how many were left out since the last, where both are of one count.
    fn step(&mut self, id: &str) -> Option<u64> {
        let next = Numbered::read(id);
        let skipped = match (&self.last, &next) {
            (Some(last), Some(next)) => next.skipped_since(last),
            (None, _) | (_, None) => None,
        };
        self.steady = if skipped == Some(0) { self.steady.saturating_add(1) } else { 0 };
        self.last = next;
        skipped
    }
}

/// An id that ends in a number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Numbered {
    prefix: String,
    number: u64,
}

impl Numbered {
    fn read(id: &str) -> Option<Self> {
        let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
        // Empty where there is no number; too long for one where it is a random id.
        let number = id[prefix.len()..].parse().ok()?;
        Some(Self { prefix: prefix.to_owned(), number })
    }

    fn skipped_since(&self, last: &Self) -> Option<u64> {
        if self.prefix != last.prefix {
            return None;
        }
        self.number.checked_sub(last.number)?.checked_sub(1)
    }
}

#[cfg(test)]
mod tests;
