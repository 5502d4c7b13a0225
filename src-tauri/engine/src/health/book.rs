//! The records of all feeds, behind one lock that is never held for long.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{FeedHealth, Happening, Record, Standing, What};
use crate::id::FeedId;
use crate::state::FeedState;

/// The records of all feeds.
#[derive(Debug, Default)]
pub struct Book {
    pages: Mutex<HashMap<FeedId, Page>>,
}

#[derive(Debug)]
struct Page {
    record: Record,
    /// The edition that is kept.
    kept_edition: u64,
    /// How many happenings are kept.
    kept_told: u64,
}

impl Book {
    /// Goes on with what earlier runs kept. A run that was killed told no end: it is told here, of the last moment known.
    pub fn new(kept: HashMap<FeedId, Record>) -> Self {
        let book = Self { pages: Mutex::default() };
        for (feed, record) in kept {
            let unended = record.health.last_moment_of_work().max(record.last_open_ms());
            let unended = unended.filter(|_| record.health.is_at_work());
            book.pages().insert(feed.clone(), Page::kept(record));
            if let Some(at_ms) = unended {
                book.add(&feed, Happening { at_ms, what: What::Left });
            }
        }
        book
    }

    /// Holds records of exactly these feeds from `now_ms` on; what is known of others is forgotten.
    pub fn keep<'a>(&self, feeds: impl Iterator<Item = &'a FeedId>, now_ms: i64) {
        let mut pages = self.pages();
        let mut known = std::mem::take(&mut *pages);
        for feed in feeds {
            let page = known.remove(feed).unwrap_or_else(|| Page::kept(Record::begin(now_ms)));
            pages.insert(feed.clone(), page);
        }
    }

    /// Adds a happening to a feed's record.
    pub fn add(&self, feed: &FeedId, happening: Happening) {
        self.change(feed, |record| {
            record.told += 1;
            record.health.add(happening);
        });
    }

    /// Counts an event of a feed.
    pub fn count(&self, feed: &FeedId, bytes: usize, received_at_ms: i64) {
        self.change(feed, |record| record.health.count(bytes, received_at_ms));
    }

    /// Notes what a feed is doing from `at_ms` on.
    pub fn enter(&self, feed: &FeedId, state: FeedState, at_ms: i64) {
        let stays =
            |record: &Record| record.standing.as_ref().is_some_and(|standing| standing.state == state);
        if !self.pages().get(feed).is_some_and(|page| stays(&page.record)) {
            self.change(feed, |record| {
                let open_until_ms = record.last_open_ms();
                record.standing = Some(Standing { at_ms, state, open_until_ms });
            });
        }
    }

    /// Notes that a feed's stream was open until `at_ms`.
    pub fn was_open(&self, feed: &FeedId, at_ms: i64) {
        self.change(feed, |record| {
            if let Some(standing) = &mut record.standing {
                standing.open_until_ms = Some(at_ms);
            }
        });
    }

    /// When a feed's stream was last known to be open, in wall-clock milliseconds since the Unix epoch.
    pub fn last_open_ms(&self, feed: &FeedId) -> Option<i64> {
        self.pages().get(feed)?.record.last_open_ms()
    }

    /// Gives a feed's record, whole.
    pub fn record(&self, feed: &FeedId) -> Option<Record> {
        self.pages().get(feed).map(|page| page.record.clone())
    }

    /// Gives what of a feed's record isn't kept yet; none if all is.
    pub fn due(&self, feed: &FeedId) -> Option<Record> {
        self.pages().get(feed).filter(|page| page.record.edition > page.kept_edition).map(Page::due)
    }

    /// Learns that a record [`Book::due`] gave is kept.
    pub fn kept(&self, feed: &FeedId, record: &Record) {
        if let Some(page) = self.pages().get_mut(feed) {
            page.kept_edition = page.kept_edition.max(record.edition);
            page.kept_told = page.kept_told.max(record.told);
        }
    }

    fn change(&self, feed: &FeedId, change: impl FnOnce(&mut Record)) {
        // A feed that was removed may still tell how it ended.
        if let Some(page) = self.pages().get_mut(feed) {
            page.record.edition += 1;
            change(&mut page.record);
        }
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<FeedId, Page>> {
        // What a panic left half done is a count that is one short.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Page {
    fn kept(record: Record) -> Self {
        Self { kept_edition: record.edition, kept_told: record.told, record }
    }

    fn due(&self) -> Record {
        let Record { edition, told, standing, health } = &self.record;
        let fresh = usize::try_from(told - self.kept_told).unwrap_or(usize::MAX);
        let held = health.happenings.len().saturating_sub(fresh);
        let happenings = health.happenings.iter().skip(held).cloned().collect();
        let FeedHealth { since_ms, counts, last_event_at_ms, held_back, .. } = *health;
        Record {
            edition: *edition,
            told: *told,
            standing: standing.clone(),
            health: FeedHealth { since_ms, counts, last_event_at_ms, held_back, happenings },
        }
    }
}
