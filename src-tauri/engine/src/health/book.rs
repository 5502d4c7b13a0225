//! The records of all feeds, behind one lock that is never held for long.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{FeedHealth, Happening};
use crate::id::FeedId;

/// The records of all feeds.
#[derive(Debug, Default)]
pub struct Book {
    records: Mutex<HashMap<FeedId, FeedHealth>>,
}

impl Book {
    /// Keeps records of exactly these feeds from `now_ms` on; what is known of others is forgotten.
    pub fn keep<'a>(&self, feeds: impl Iterator<Item = &'a FeedId>, now_ms: i64) {
        let mut records = self.records();
        let mut known = std::mem::take(&mut *records);
        for feed in feeds {
            let record = known.remove(feed).unwrap_or_else(|| FeedHealth::begin(now_ms));
            records.insert(feed.clone(), record);
        }
    }

    /// Adds a happening to a feed's record.
    pub fn add(&self, feed: &FeedId, happening: Happening) {
        // A feed that was removed may still tell how it ended.
        if let Some(record) = self.records().get_mut(feed) {
            record.add(happening);
        }
    }

    /// Counts an event of a feed.
    pub fn count(&self, feed: &FeedId, bytes: usize, received_at_ms: i64) {
        if let Some(record) = self.records().get_mut(feed) {
            record.count(bytes, received_at_ms);
        }
    }

    /// Gives a feed's record.
    pub fn read(&self, feed: &FeedId) -> Option<FeedHealth> {
        self.records().get(feed).cloned()
    }

    fn records(&self) -> MutexGuard<'_, HashMap<FeedId, FeedHealth>> {
        // What a panic left half done is a count that is one short.
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
