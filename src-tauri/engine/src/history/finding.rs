//! What the history answers to people who look for something, and what they do with what they found.

use std::collections::HashMap;
use std::sync::Arc;

use super::search::{self, Found, Search};
use super::sweep::Change;
use super::{History, PAGE_ROWS, Retention, STEP, StoreError, Weight, bin, feeds, prune};
use crate::clock;
use crate::id::{EventId, FeedId};
use crate::update::Scope;

/// What a step of indexing costs.
const INDEXING: Weight = Weight { rows: search::STEP_ROWS, bytes: 0, lasting: false };

/// What a change of one row costs.
const ONE: Weight = Weight { rows: 1, bytes: 0, lasting: false };

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

/// What a deletion hid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Its number, by which it is undone.
    pub number: i64,
    /// How many events it hid.
    pub count: u64,
    /// The newest event there was; what came later is not meant.
    pub until: EventId,
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
        if self.unindexed().await? == 0 {
            return Ok(0);
        }
        self.shared.writer.ask(INDEXING, search::step).await
    }

    /// Waits until something is written, or was since this was last waited for. For one to wait at a time.
    pub async fn written(&self) {
        self.shared.writer.written().await;
    }

    /// Gives how many events may not be indexed yet; they are found all the same, but less quickly.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn unindexed(&self) -> Result<u64, StoreError> {
        self.shared.reader.ask(search::behind).await
    }

    /// Gives how much the history holds of each feed. Costs the same however many events there are.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn holdings(&self) -> Result<HashMap<FeedId, Holding>, StoreError> {
        self.shared.reader.ask(feeds::holdings).await
    }

    /// Hides the events that a scope holds at this moment; they can be brought back until the bin is emptied.
    ///
    /// No cursor moves.
    ///
    /// # Errors
    ///
    /// Writing failed; a part of a large scope may be hidden.
    pub async fn delete(&self, scope: Scope) -> Result<Deleted, StoreError> {
        let opened = self.shared.writer.ask(ONE, |database| bin::open(database, clock::now_ms()));
        let number = opened.await?;
        let done = self.sweeps(scope, Change::Hide(number)).await?;
        let until = done.iter().map(|sweep| sweep.until).max().unwrap_or(0);
        Ok(Deleted { number, count: done.iter().map(|sweep| sweep.changed).sum(), until: EventId(until) })
    }

    /// Brings the events of a deletion back; gives how many there were left.
    ///
    /// # Errors
    ///
    /// Writing failed; a part of them may be back.
    pub async fn restore(&self, deletion: i64) -> Result<u64, StoreError> {
        let mut restored = 0;
        loop {
            let step = self.shared.writer.ask(STEP, move |database| bin::restore(database, deletion));
            let (count, last) = step.await?;
            restored += count;
            if last {
                return Ok(restored);
            }
        }
    }

    /// Removes the events of a deletion, or of all, for good; no replay brings them back.
    ///
    /// # Errors
    ///
    /// Writing failed; a part of them may be removed.
    pub async fn empty_bin(&self, deletion: Option<i64>) -> Result<(), StoreError> {
        while !self.shared.writer.ask(STEP, move |database| bin::empty(database, deletion)).await? {}
        Ok(())
    }

    /// Removes the oldest events over the limits, the starred ones excepted, and gives free space back to the disk;
    /// gives how many were removed.
    ///
    /// Done in small steps, so that what arrives meanwhile hardly waits.
    ///
    /// # Errors
    ///
    /// Reading or writing failed; a part may be removed.
    pub async fn prune(&self, retention: Retention, now_ms: i64) -> Result<u64, StoreError> {
        let mut removed = 0;
        let retention = Arc::new(retention);
        loop {
            let limits = Arc::clone(&retention);
            let picked =
                self.shared.finder.ask(move |database| prune::pick(database, &limits, now_ms)).await?;
            if picked.events.is_empty() {
                break;
            }
            let step = self.shared.writer.ask(STEP, move |database| prune::remove(database, &picked));
            removed += step.await? as u64;
        }
        while self.shared.writer.ask(STEP, prune::give_back).await? {}
        Ok(removed)
    }

    /// Stars an event or takes its star; gives whether the event is there.
    ///
    /// # Errors
    ///
    /// Writing failed.
    pub async fn star(&self, id: EventId, starred: bool) -> Result<bool, StoreError> {
        self.shared
            .writer
            .ask(ONE, move |database| {
                let changed = database
                    .prepare_cached("UPDATE event SET starred = ?2 WHERE id = ?1 AND deletion IS NULL")?
                    .execute((id.0, starred))?;
                Ok(changed > 0)
            })
            .await
    }
}
