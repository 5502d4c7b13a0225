//! One feed's states by key: of each thing the latest one waits to be shown.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::lane::{UPDATE, shown_from};
use super::more::settle_with;
use super::{Notice, Offered};
use crate::id::EventId;

/// Keys waiting at once; a feed with more is no set of gauges, and the rest is counted.
const KEYS: usize = 16;
/// Keys that are known to come again: as many as shown popups are remembered.
pub(super) const KNOWN: usize = 64;

/// The latest states of a feed's things.
#[derive(Debug, Default)]
pub(super) struct States {
    /// In the order in which the keys began to wait.
    waiting: VecDeque<State>,
    /// When keys were shown, within the last [`UPDATE`].
    updated: Vec<(String, Instant)>,
    /// Keys that came lately, latest last.
    known: VecDeque<String>,
}

/// The latest state of one thing.
#[derive(Debug)]
struct State {
    key: String,
    notice: Notice,
    since: Instant,
    due: Instant,
    events: Vec<EventId>,
    /// Whether the key had never come before: it may be an event's name and not a thing's.
    is_first: bool,
}

/// A state to be shown, and all events that it stands for.
pub(super) struct Taken {
    pub(super) notice: Notice,
    pub(super) events: Vec<EventId>,
}

impl State {
    fn due(&self) -> Instant {
        self.due.max(shown_from(&self.notice, self.since))
    }
}

impl States {
    /// What waits.
    pub(super) fn notices(&mut self) -> impl Iterator<Item = &mut Notice> {
        self.waiting.iter_mut().map(|state| &mut state.notice)
    }

    /// Notes that a key came, and says whether it had come before.
    pub(super) fn meet(&mut self, key: &str) -> bool {
        let before = self.known.iter().position(|known| known == key);
        let known = before.and_then(|at| self.known.remove(at));
        let is_known = known.is_some();
        if self.known.len() >= KNOWN {
            self.known.pop_front();
        }
        self.known.push_back(known.unwrap_or_else(|| key.to_owned()));
        is_known
    }

    /// Whether a state of this thing waits.
    pub(super) fn waits(&self, key: &str) -> bool {
        self.waiting.iter().any(|state| state.key == key)
    }

    /// Whether another state of this thing can wait.
    pub(super) fn has_room_for(&self, key: &str) -> bool {
        self.waiting.len() < KEYS || self.waits(key)
    }

    /// How many wait that are as good as events without a key.
    pub(super) fn first_ones(&self) -> usize {
        self.waiting.iter().filter(|state| state.is_first).count()
    }

    /// Keeps the latest state of a thing, `earlier` being events of it that weren't shown.
    pub(super) fn hold(
        &mut self,
        key: String,
        notice: Notice,
        is_first: bool,
        earlier: Vec<EventId>,
        now: Instant,
    ) -> Offered {
        let event = notice.event;
        if let Some(state) = self.waiting.iter_mut().find(|state| state.key == key) {
            state.notice = notice;
            state.is_first = is_first;
            state.events.extend(earlier);
            return settle_with(&mut state.events, event);
        }
        let shown = self.updated.iter().find(|(shown, _)| *shown == key).map(|(_, at)| *at + UPDATE);
        let due = shown.map_or(now, |again| again.max(now));
        let mut events = earlier;
        let offered = settle_with(&mut events, event);
        self.waiting.push_back(State { key, notice, since: now, due, events, is_first });
        offered
    }

    /// When the next one is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.waiting.iter().map(State::due).min()
    }

    /// Gives the one that is due first.
    pub(super) fn take(&mut self, now: Instant) -> Option<Taken> {
        let at = (0..self.waiting.len()).min_by_key(|at| self.waiting[*at].due())?;
        let State { key, notice, events, .. } = self.waiting.remove(at)?;
        self.updated.retain(|(shown, at)| *shown != key && *at + UPDATE > now);
        self.updated.push((key, now));
        Some(Taken { notice, events })
    }

    /// Drops what waits of a thing, and gives its events.
    pub(super) fn withdraw(&mut self, key: &str) -> Vec<EventId> {
        let at = self.waiting.iter().position(|state| state.key == key);
        at.and_then(|at| self.waiting.remove(at)).map_or_else(Vec::new, |state| state.events)
    }
}
