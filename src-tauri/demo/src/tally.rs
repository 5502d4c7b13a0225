//! What a feed has done, counted.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// How many requests' ids are remembered: more than any test makes, little enough to print.
const IDS_LIMIT: usize = 100;

/// What a feed has done since the server started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Events published; for the counter, sent.
    pub published: u64,
    /// Requests answered with the stream.
    pub accepted: u64,
    /// Requests answered with something else, as told.
    pub answered: u64,
    /// Streams open at this moment.
    pub open: usize,
    /// The `Last-Event-ID` of the last hundred requests, oldest first; `None` where there was none.
    pub last_event_ids: VecDeque<Option<String>>,
}

/// The counts of one feed.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<Counts>);

impl Tally {
    pub(crate) fn counts(&self) -> Counts {
        self.lock().clone()
    }

    pub(crate) fn requested(&self, last_event_id: Option<&str>) {
        let mut counts = self.lock();
        if counts.last_event_ids.len() == IDS_LIMIT {
            counts.last_event_ids.pop_front();
        }
        counts.last_event_ids.push_back(last_event_id.map(str::to_owned));
    }

    pub(crate) fn answered(&self) {
        self.lock().answered += 1;
    }

    pub(crate) fn published(&self) {
        self.lock().published += 1;
    }

    pub(crate) fn opened(&self) {
        let mut counts = self.lock();
        counts.accepted += 1;
        counts.open += 1;
    }

    pub(crate) fn closed(&self) {
        self.lock().open -= 1;
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
