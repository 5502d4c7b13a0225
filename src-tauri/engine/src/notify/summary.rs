//! Many events as one popup: how many, and which matters most.

use super::Notice;
use crate::event::Priority;
use crate::id::EventId;

/// What came while nobody was there, as one popup a feed; a single event speaks for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many events.
    pub count: u64,
    /// The newest of them: a click shows it, and all up to it are settled.
    pub newest: EventId,
    /// The newest among the most urgent; the feed is its feed.
    pub most_urgent: Notice,
}

impl Summary {
    /// The sum of one event.
    pub fn of(notice: Notice) -> Self {
        Self { count: 1, newest: notice.event, most_urgent: notice }
    }

    /// The sum with the most urgent event, of several the one with the latest.
    pub(super) fn most_urgent_of(sums: &[Self]) -> Option<&Self> {
        sums.iter().max_by_key(|sum| sum.rank())
    }

    /// What makes a sum's most urgent event the most urgent of several.
    pub(super) fn rank(&self) -> (Priority, EventId) {
        (self.most_urgent.priority, self.most_urgent.event)
    }

    /// Whether it is of one event, which has this key.
    pub fn is_only(&self, key: &str) -> bool {
        self.count == 1 && self.most_urgent.key.as_deref() == Some(key)
    }

    /// This and what the same feed sent later.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        let is_later = later.most_urgent.priority >= self.most_urgent.priority;
        Self {
            count: self.count.saturating_add(later.count),
            newest: self.newest.max(later.newest),
            most_urgent: if is_later { later.most_urgent } else { self.most_urgent },
        }
    }
}
