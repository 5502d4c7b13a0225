//! One feed's "N more": what is only counted, until it is shown.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::burst::{Content, Place};
use super::{Notice, Offered};
use crate::id::EventId;

/// Time after which "N more" counts from nought: the popup is long out of sight where daemons don't tell.
const FORGOTTEN: Duration = Duration::from_secs(60);
/// Events waiting to be settled by one popup: 160 kB; beyond, they are only counted.
const EVENTS: usize = 20_000;
/// Counted events that can still be taken out by their keys: as many as there are known keys.
const KEYED: usize = super::states::KNOWN;

/// What is only counted.
#[derive(Debug, Default)]
pub(super) struct More {
    /// Counted in the popup that is shown.
    told: u64,
    told_at: Option<Instant>,
    /// Counted since, some of them without being in `events`.
    fresh: u64,
    events: Vec<EventId>,
    /// Those of `events` that have a key, latest last.
    keyed: VecDeque<(String, EventId)>,
    newest: Option<(Notice, Instant)>,
    /// What all that is counted belongs to.
    group: Shared,
}

/// A group that counted events have in common.
#[derive(Debug, Default)]
enum Shared {
    /// Nothing is counted.
    #[default]
    Open,
    /// This one, or none at all.
    Same(Option<String>),
    /// None.
    Mixed,
}

impl Shared {
    fn with(self, group: Option<&str>) -> Self {
        match self {
            Self::Open => Self::Same(group.map(Into::into)),
            Self::Same(known) if known.as_deref() == group => Self::Same(known),
            Self::Same(_) | Self::Mixed => Self::Mixed,
        }
    }

    fn name(&self) -> Option<String> {
        match self {
            Self::Same(group) => group.clone(),
            Self::Open | Self::Mixed => None,
        }
    }
}

impl More {
    /// Whether nothing waits to be counted.
    pub(super) fn is_empty(&self) -> bool {
        self.fresh == 0
    }

    /// Since when something waits to be counted.
    pub(super) fn since(&self) -> Option<Instant> {
        self.newest.as_ref().map(|(_, since)| *since)
    }

    /// Counts one more.
    pub(super) fn count(&mut self, mut notice: Notice, now: Instant) -> Offered {
        let event = notice.event;
        let key = notice.key.clone();
        if self.is_empty() && self.is_forgotten(now) {
            self.start_afresh();
        }
        self.group = std::mem::take(&mut self.group).with(notice.group.as_deref());
        let mut since = now;
        if let Some((before, began)) = self.newest.take() {
            notice.priority = notice.priority.max(before.priority);
            notice.insistence.stays |= before.insistence.stays;
            since = began;
        }
        self.newest = Some((notice, since));
        self.fresh += 1;
        let offered = settle_with(&mut self.events, event);
        if let (Some(key), Offered::Taken) = (key, offered) {
            if self.keyed.len() >= KEYED {
                self.keyed.pop_front();
            }
            self.keyed.push_back((key, event));
        }
        offered
    }

    /// Takes what has a key out of the count, and gives those events.
    pub(super) fn take_out(&mut self, key: &str) -> Vec<EventId> {
        let mut out = Vec::new();
        self.keyed.retain(|(counted, event)| {
            let stays = counted != key;
            if !stays {
                out.push(*event);
            }
            stays
        });
        for event in &out {
            if let Some(at) = self.events.iter().rposition(|counted| counted == event) {
                self.events.remove(at);
                self.fresh = self.fresh.saturating_sub(1);
            }
        }
        if self.is_empty() {
            self.newest = None;
        }
        out
    }

    /// Gives the count; a single event speaks for itself.
    pub(super) fn take(&mut self, now: Instant) -> Option<(Place, Content, Vec<EventId>)> {
        let (newest, _) = self.newest.take()?;
        if self.is_forgotten(now) {
            self.told = 0;
        }
        let count = self.told + std::mem::take(&mut self.fresh);
        let events = std::mem::take(&mut self.events);
        self.keyed.clear();
        Some(match count {
            1 => (Place::of(&newest), Content::Event(newest), events),
            _ => {
                let newest = Notice { group: self.group.name(), ..newest };
                (Place::More, Content::More { count, newest }, events)
            }
        })
    }

    /// Notes that the count was shown.
    pub(super) fn tell(&mut self, count: u64, now: Instant) {
        self.told = count;
        self.told_at = Some(now);
    }

    /// Counts from nought.
    pub(super) fn start_afresh(&mut self) {
        self.told = 0;
        if self.is_empty() {
            self.group = Shared::Open;
        }
    }

    fn is_forgotten(&self, now: Instant) -> bool {
        self.told_at.is_none_or(|at| at + FORGOTTEN <= now)
    }
}

/// Remembers that a popup settles an event too, while there is room.
pub(super) fn settle_with(events: &mut Vec<EventId>, event: EventId) -> Offered {
    if events.len() >= EVENTS {
        return Offered::Counted;
    }
    events.push(event);
    Offered::Taken
}
