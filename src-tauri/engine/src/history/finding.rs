//! What the history answers to people who look for something, and what they do with what they found.

use std::collections::HashMap;

use super::search::{self, Found, Search};
use super::{History, PAGE_ROWS, StoreError, Weight, feeds};
use crate::id::{EventId, FeedId};

/// What a step of indexing costs.
const INDEXING: Weight = Weight { rows: search::STEP_ROWS, bytes: 0 };

/// Steps of indexing before a search: a moment's worth, what remains is looked through row by row.
const STEPS_BEFORE: usize = 4;

/// How much of a feed the history holds; what is deleted doesn't count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Its events.
    pub events: u64,
    /// Those that nobody has read.
    pub unread: u64,
    /// The bytes of their text.
    pub bytes: u64,
}

impl History {
    /// Looks for events; what was stored before is found, whether it is indexed yet or not.
    ///
    /// Takes about 150 ms at most and then gives what it has, with a way on; see [`Found`].
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn find(&self, mut search: Search) -> Result<Found, StoreError> {
        search.limit = search.limit.clamp(1, PAGE_ROWS);
        if !search.query.texts.is_empty() {
            for _ in 0..STEPS_BEFORE {
                // A full disk keeps nobody from finding what is there.
                let Ok(1..) = self.index().await else { break };
            }
        }
        self.shared.finder.ask(move |database| search::find(database, &search, search::PATIENCE)).await
    }

    /// Indexes the next few events for searching; gives how many later ones there may be.
    ///
    /// # Errors
    ///
    /// Reading or writing failed; it can be tried again.
    pub async fn index(&self) -> Result<u64, StoreError> {
        let behind = self.shared.finder.ask(search::behind).await?;
        if behind == 0 {
            return Ok(0);
        }
        self.shared.writer.ask(INDEXING, search::step).await
    }

    /// Gives how much the history holds of each feed. Costs the same however many events there are.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn holdings(&self) -> Result<HashMap<FeedId, Holding>, StoreError> {
        self.shared.reader.ask(feeds::holdings).await
    }

    /// Stars an event or takes its star; gives whether the event is there.
    ///
    /// # Errors
    ///
    /// Writing failed.
    pub async fn star(&self, id: EventId, starred: bool) -> Result<bool, StoreError> {
        let weight = Weight { rows: 1, bytes: 0 };
        self.shared
            .writer
            .ask(weight, move |database| {
                let changed = database
                    .prepare_cached("UPDATE event SET starred = ?2 WHERE id = ?1 AND deletion IS NULL")?
                    .execute((id.0, starred))?;
                Ok(changed > 0)
            })
            .await
    }
}
