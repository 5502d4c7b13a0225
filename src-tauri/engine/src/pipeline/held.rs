//! What quiet hours hold: the sum of each feed's events, until somebody may be told.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::id::{EventId, FeedId};
use crate::notify::Summary;

/// What is held, one sum a feed.
#[derive(Debug, Default)]
pub struct Held {
    feeds: Mutex<HashMap<FeedId, Summary>>,
    changed: Notify,
}

impl Held {
    /// Holds more of a feed's events.
    pub fn add(&self, more: Summary) {
        let mut feeds = self.feeds();
        let feed = more.most_urgent.feed.clone();
        let sum = match feeds.remove(&feed) {
            Some(before) => before.and(more),
            None => more,
        };
        feeds.insert(feed, sum);
        self.changed.notify_one();
    }

    /// Waits until something is held, or the time to release it may have changed.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Says that the time to release it may have changed.
    pub(super) fn look_again(&self) {
        self.changed.notify_one();
    }

    /// Gives what was held and holds nothing from here on.
    pub fn release(&self) -> Vec<Summary> {
        let mut released: Vec<_> = std::mem::take(&mut *self.feeds()).into_values().collect();
        released.sort_by_key(|sum| sum.newest);
        released
    }

    /// Lets go of the only event held of a feed, if it has this key, and gives it.
    pub fn withdraw(&self, feed: &FeedId, key: &str) -> Option<EventId> {
        let mut feeds = self.feeds();
        feeds.get(feed).is_some_and(|sum| sum.is_only(key)).then(|| feeds.remove(feed))??.newest.into()
    }

    /// Lets go of a feed's events: nobody wants to be told of them any more.
    pub fn forget(&self, feed: &FeedId) {
        self.feeds().remove(feed);
    }

    fn feeds(&self) -> MutexGuard<'_, HashMap<FeedId, Summary>> {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
