//! Storing, however long the disk refuses, and telling people of it once.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;

use super::Pipeline;
use crate::history::{Batch, Cursor, StoreError};
use crate::id::{EventId, FeedId};
use crate::update::Part;

/// A disk that is full stays so for a while; a person needs time to make room.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The first try after a failed write: most are a moment's.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
/// A failure that lasts less long needs no popup: people could do nothing about it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The feeds whose events the history refuses at present, and whether people were told.
#[derive(Debug, Default)]
pub(super) struct Troubles(Mutex<(HashSet<FeedId>, bool)>);

impl Troubles {
    /// A feed's events have been refused for some time; says whether people are to be told, which is once.
    fn last(&self, feed: &FeedId) -> bool {
        let mut troubles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        troubles.0.insert(feed.clone());
        !std::mem::replace(&mut troubles.1, true)
    }

    /// A feed's events are stored, or it is gone; says whether that was the last trouble.
    fn ended(&self, feed: &FeedId) -> bool {
        let mut troubles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        troubles.0.remove(feed);
        let over = troubles.0.is_empty();
        troubles.1 &= !over;
        over
    }
}

impl Pipeline {
    /// Stores a batch, however long the disk refuses; gives up only when there is no more time.
    pub(super) async fn store(
        &self,
        batch: &Batch,
        cancel: &CancellationToken,
    ) -> Option<Vec<Option<EventId>>> {
        let mut pause = SHORTEST_PAUSE;
        let mut waited = Duration::ZERO;
        let record = self.book.due(&batch.feed);
        let titles_only = !self.taste(&batch.feed).keep_bodies;
        let ids = loop {
            match self.history.store_with(batch.clone(), record.clone(), titles_only).await {
                Ok(ids) => break Some(ids),
                Err(StoreError::Failed { message }) => self.refused(&batch.feed, message, waited),
                Err(StoreError::Closed) => break None,
            }
            if cancel.run_until_cancelled(time::sleep(pause)).await.is_none() {
                break None;
            }
            waited += pause;
            pause = (pause * 2).min(LONGEST_PAUSE);
        };
        if !waited.is_zero() && self.troubles.ended(&batch.feed) {
            self.board.problem(Part::History, None);
        }
        if ids.is_some() {
            record.iter().for_each(|record| self.book.kept(&batch.feed, record));
        }
        ids
    }

    /// Gives where every feed resumes, however long the disk refuses; none when the history is closed.
    ///
    /// Dialling without the cursor would lose what the server retains, so there is no way on but to read it.
    pub(super) async fn cursors(&self) -> Option<HashMap<FeedId, Cursor>> {
        let mut pause = SHORTEST_PAUSE;
        let mut failed = false;
        loop {
            match self.history.cursors().await {
                Ok(cursors) => {
                    if failed {
                        self.board.problem(Part::History, None);
                    }
                    return Some(cursors);
                }
                Err(StoreError::Closed) => return None,
                Err(StoreError::Failed { message }) => self.board.problem(Part::History, Some(message)),
            }
            failed = true;
            time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn refused(&self, feed: &FeedId, message: String, waited: Duration) {
        self.board.problem(Part::History, Some(message.clone()));
        if waited >= PATIENCE && self.troubles.last(feed) {
            let (title, body) = self.notifier.language().cannot_store(&message);
            self.notifier.say(title.to_owned(), body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_once_for_all_feeds_and_again_when_it_happens_again() {
        let (a, b) = (FeedId::from_text("a"), FeedId::from_text("b"));
        let troubles = Troubles::default();
        assert_eq!((troubles.last(&a), troubles.last(&a), troubles.last(&b)), (true, false, false));
        assert_eq!((troubles.ended(&a), troubles.last(&a)), (false, false));
        assert_eq!((troubles.ended(&a), troubles.ended(&b)), (false, true));
        assert!(troubles.last(&b));
    }
}
