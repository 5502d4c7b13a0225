//! Each feed's reader, and the services that were recognised.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Taste;
use crate::event::{Reading, Received};
use crate::id::FeedId;
use crate::preset::{Preset, Reader};

/// The readers of all feeds.
#[derive(Debug, Default)]
pub(super) struct Readers {
    readers: Mutex<HashMap<FeedId, Reader>>,
    recognised: Mutex<HashMap<FeedId, Preset>>,
    told: Notify,
}

impl Readers {
    /// Keeps the readers of these feeds and tells them which services they are.
    pub(super) fn keep(&self, tastes: &HashMap<FeedId, Taste>) {
        let mut readers = lock(&self.readers);
        readers.retain(|feed, _| tastes.contains_key(feed));
        for (feed, taste) in tastes {
            readers.entry(feed.clone()).or_default().know(taste.origin);
        }
    }

    /// Forgets what a feed's reader knows.
    pub(super) fn forget(&self, feed: &FeedId) {
        lock(&self.readers).remove(feed);
        lock(&self.recognised).remove(feed);
    }

    /// Asks a feed's reader.
    pub(super) fn of<T>(&self, feed: &FeedId, ask: impl FnOnce(&mut Reader) -> T) -> T {
        ask(lock(&self.readers).entry(feed.clone()).or_default())
    }

    /// Reads a message; `None` where it is no event.
    pub(super) fn read(&self, feed: &FeedId, received: &mut Received, feed_name: &str) -> Option<Reading> {
        let (before, reading, after) = self.of(feed, |reader| {
            let before = reader.preset();
            let reading = reader.read(received, feed_name);
            (before, reading, reader.preset())
        });
        if let (None, Some(preset)) = (before, after) {
            lock(&self.recognised).insert(feed.clone(), preset);
            self.told.notify_one();
        }
        reading
    }

    /// Waits for services that were recognised since it was asked last.
    pub(super) async fn recognised(&self) -> Vec<(FeedId, Preset)> {
        loop {
            let recognised = std::mem::take(&mut *lock(&self.recognised));
            if !recognised.is_empty() {
                return recognised.into_iter().collect();
            }
            self.told.notified().await;
        }
    }
}

/// Locks what is only ever left whole, so that a panic elsewhere doesn't spread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
