//! Every event that ever arrived, once, where each feed resumes, and what its connection went through: one SQLite file.

mod batch;
mod bin;
mod care;
mod codes;
mod error;
mod events;
mod feeds;
mod files;
mod finding;
mod gone;
mod health;
mod kept;
mod look;
mod prune;
mod reader;
mod readings;
mod salvage;
mod schema;
pub mod search;
mod sweep;
#[cfg(test)]
mod tests;
mod upgrade;
mod worker;
mod writer;

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use futures_util::future::try_join_all;
use tokio_util::sync::CancellationToken;

pub use self::batch::{Batch, Cursor, NewEvent};
pub use self::care::Care;
pub use self::error::{OpenError, StoreError};
pub use self::events::{Unshown, digest};
use self::files::Files;
pub use self::finding::{Deleted, Holding};
pub use self::kept::{Kept, Unnamed};
pub use self::look::Extent;
pub use self::prune::{Limits, Retention};
use self::reader::Reader;
pub use self::readings::{Looked, Readings, Seen};
use self::schema::{Ready, Trouble};
use self::sweep::{Change, Sweep};
use self::writer::{Weight, Writer};
use crate::event::{EventRow, Presented, StoredEvent};
use crate::health::Record;
use crate::id::{EventId, FeedId};
use crate::update::Scope;

/// More rows than this are no page; a window asks for at most 500 and one to see whether more follow.
pub const PAGE_ROWS: usize = 1_000;

/// What a step of a sweep costs.
const STEP: Weight = Weight { rows: sweep::STEP_ROWS, bytes: 0, lasting: false };

/// Stretches of a scope that wait for the writer at a time: a part of its queue, so that storing finds room beside them.
const SIDE_BY_SIDE: usize = 64;

/// The history; a cheap handle, all clones mean the same one.
///
/// Calls wait for the history's own threads and never block the caller's.
///
/// # Architecture Invariant
///
/// An event with an id of its own is stored once: it is held already if and only if its feed holds an event with
/// the same id **and** the same type and data. The id alone would not do. Many servers count from 1 again at
/// every connection or restart, and an event would be swallowed because an old one had its number; a replay,
/// on the other hand, always brings the same content. Events without an id of their own are always stored.
///
/// Events and the cursor that their feed resumes from are committed together or not at all, and deleting events
/// never moves a cursor.
#[derive(Clone, Debug)]
pub struct History {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    writer: Writer,
    reader: Reader,
    /// Searches and exports, which may take a while, keep nobody else waiting.
    finder: Reader,
    closed: CancellationToken,
}

/// An opened history.
#[derive(Debug)]
pub struct Opened {
    /// The history.
    pub history: History,
    /// What people should be told about the opening, in a sentence.
    pub note: Option<String>,
    /// What it still needs, which may take long.
    pub care: Care,
}

impl History {
    /// Opens the history in a folder, making both where they are missing. Blocks.
    ///
    /// Only one process may have a history open; the lock on the folder is the caller's. A damaged database is
    /// moved aside and a fresh one started, which the note then says; feeds resume where they were, and the events that
    /// can be read are saved by [`History::care`].
    ///
    /// # Errors
    ///
    /// A database of a newer version is refused untouched; otherwise the folder or file can't be used.
    pub fn open(folder: &Path) -> Result<Opened, OpenError> {
        let unusable = |cause| OpenError::unusable(folder, cause);
        let files = Files::prepare(folder).map_err(unusable)?;
        let mut ready = match open_in_reserve(&files) {
            Ok(ready) => ready,
            Err(Trouble::Fatal(error)) => return Err(error),
            Err(Trouble::Damaged) => start_afresh(folder, &files)?,
        };
        let salvage = files.salvage_due();
        if let Some(damaged) = &salvage
            && let Err(cause) = salvage::open(damaged).and_then(|old| salvage::begin(&old, &mut ready.writer))
        {
            tracing::warn!(%cause, "the feeds of a damaged history could not be saved");
        }
        if let Err(cause) = files.set_aside() {
            tracing::warn!(%cause, "no room could be set aside for a start on a full disk");
        }
        let Ready { writer, reader, finder, check, note } = ready;
        let care = Care { files: files.clone(), check, salvage };
        let reader = Reader::start(reader, files.clone()).map_err(unusable)?;
        let finder = Reader::start(finder, files.clone()).map_err(unusable)?;
        let writer = Writer::start(writer, files).map_err(unusable)?;
        let shared = Shared { writer, reader, finder, closed: CancellationToken::new() };
        Ok(Opened { history: Self { shared: Arc::new(shared) }, note, care })
    }

    /// Stores events and moves the cursor, together; gives one entry an event, none where it was held already.
    ///
    /// Returns after the commit. A batch that is no longer waited for may still be stored.
    ///
    /// # Errors
    ///
    /// Nothing of the batch was stored and the cursor stayed; the same batch can be tried again.
    pub async fn store(&self, batch: Batch) -> Result<Vec<Option<EventId>>, StoreError> {
        self.store_with(batch, None, false).await
    }

    /// Stores as [`History::store`] does, and in the same transaction what is new in the feed's record; where only titles
    /// are wanted, neither the events' bodies nor their data.
    ///
    /// # Errors
    ///
    /// As [`History::store`].
    pub async fn store_with(
        &self,
        batch: Batch,
        record: Option<Record>,
        titles_only: bool,
    ) -> Result<Vec<Option<EventId>>, StoreError> {
        let mut weight = batch.weight();
        weight.rows += record.as_ref().map_or(0, |record| 1 + record.health.happenings.len());
        let job = move |database: &_| {
            let ids = events::store(database, &batch, titles_only)?;
            record.iter().try_for_each(|record| health::keep(database, &batch.feed, record))?;
            Ok(ids)
        };
        self.shared.writer.ask(weight, job).await
    }

    /// Keeps what is new in a feed's record. The feed must not have been removed.
    ///
    /// # Errors
    ///
    /// Nothing was kept; it can be tried again.
    pub async fn keep_record(&self, feed: FeedId, record: Record) -> Result<(), StoreError> {
        let weight = Weight { rows: 1 + record.health.happenings.len(), bytes: 0, lasting: false };
        self.shared.writer.ask(weight, move |database| health::keep(database, &feed, &record)).await
    }

    /// Gives every feed's record.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn records(&self) -> Result<HashMap<FeedId, Record>, StoreError> {
        self.shared.reader.ask(health::all).await
    }

    /// Gives where every feed resumes.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn cursors(&self) -> Result<HashMap<FeedId, Cursor>, StoreError> {
        self.shared.reader.ask(feeds::cursors).await
    }

    /// Gives the events stored before one of them, newest first, of one feed or of all; at most [`PAGE_ROWS`].
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn page(
        &self,
        feed: Option<FeedId>,
        before: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<EventRow>, StoreError> {
        let limit = limit.min(PAGE_ROWS);
        self.shared.reader.ask(move |database| events::page(database, feed.as_ref(), before, limit)).await
    }

    /// Gives one event, whole; none if it is gone.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn event(&self, id: EventId) -> Result<Option<StoredEvent>, StoreError> {
        self.shared.reader.ask(move |database| events::event(database, id)).await
    }

    /// Gives the digests of a feed's last events without an id of their own, oldest first, at most so many.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn digests(&self, feed: FeedId, limit: usize) -> Result<Vec<i64>, StoreError> {
        self.shared.reader.ask(move |database| events::digests(database, &feed, limit)).await
    }

    /// Gives how many unread events each feed has that anything was ever stored of, zero included.
    ///
    /// Costs the same however many events there are.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn unread(&self) -> Result<HashMap<FeedId, u64>, StoreError> {
        self.shared.reader.ask(feeds::unread).await
    }

    /// Marks the events that a scope holds at this moment; gives the feeds it changed with their unread counts.
    ///
    /// # Errors
    ///
    /// Writing failed; a part of a large scope may be marked.
    pub async fn mark_read(&self, scope: Scope, read: bool) -> Result<HashMap<FeedId, u64>, StoreError> {
        self.sweep_scope(scope, Change::Read(read)).await
    }

    /// Notes what became of the popups of some events.
    ///
    /// # Errors
    ///
    /// Writing failed; a part of a long list may be noted.
    pub async fn present(&self, ids: Vec<EventId>, presented: Presented) -> Result<(), StoreError> {
        for ids in ids.chunks(sweep::STEP_ROWS) {
            let (ids, weight) =
                (ids.to_vec(), Weight { rows: ids.len(), bytes: size_of_val(ids), lasting: false });
            self.shared
                .writer
                .ask(weight, move |database| events::present(database, &ids, presented))
                .await?;
        }
        Ok(())
    }

    /// Gives what was stored and never shown or suppressed, by feed.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn unshown(&self) -> Result<Vec<Unshown>, StoreError> {
        self.shared.reader.ask(events::unshown).await
    }

    /// Gives a feed's events that were never shown or suppressed, oldest first, at most [`PAGE_ROWS`].
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn unshown_of(&self, feed: FeedId) -> Result<Vec<EventRow>, StoreError> {
        self.shared.reader.ask(move |database| events::unshown_of(database, &feed, PAGE_ROWS)).await
    }

    /// Settles the popups of a feed's unshown events up to the `last` of them, as one summary stands for all.
    ///
    /// # Errors
    ///
    /// Writing failed; a part of them may be settled.
    pub async fn settle(&self, feed: FeedId, last: EventId, presented: Presented) -> Result<(), StoreError> {
        let plan = self.shared.reader.ask(move |database| sweep::plan_until(database, &feed, last)).await?;
        if let Some(sweep) = plan {
            self.sweep(sweep, Change::Settle(presented)).await?;
        }
        Ok(())
    }

    /// Deletes all of a feed: its events and its cursor. The feed must not be stored to any more.
    ///
    /// # Errors
    ///
    /// Writing failed; a part of the events may be deleted, the cursor is still there.
    pub async fn remove_feed(&self, feed: FeedId) -> Result<(), StoreError> {
        let all = EventId(i64::MAX);
        let plan = self.shared.reader.ask(move |database| sweep::plan_until(database, &feed, all)).await?;
        if let Some(sweep) = plan {
            let number = sweep.feed;
            self.sweep(sweep, Change::Remove).await?;
            self.shared.writer.ask(STEP, move |database| feeds::strike(database, number)).await?;
        }
        Ok(())
    }

    /// Finishes what is queued and closes the database; every later call says it is closed.
    pub async fn close(&self) {
        self.shared.closed.cancel();
        // The last connection to close folds the write-ahead log in, which a reader can't.
        self.shared.finder.close().await;
        self.shared.reader.close().await;
        self.shared.writer.close().await;
    }

    async fn sweep_scope(&self, scope: Scope, change: Change) -> Result<HashMap<FeedId, u64>, StoreError> {
        let done = self.sweeps(scope, change).await?;
        let changed: Vec<i64> =
            done.iter().filter(|sweep| sweep.changed > 0).map(|sweep| sweep.feed).collect();
        self.shared.reader.ask(move |database| feeds::unread_of(database, &changed)).await
    }

    async fn sweeps(&self, scope: Scope, change: Change) -> Result<Vec<Sweep>, StoreError> {
        let mut done = self.shared.reader.ask(move |database| sweep::plan(database, &scope)).await?;
        // Side by side, small stretches share commits.
        for sweeps in done.chunks_mut(SIDE_BY_SIDE) {
            let swept = try_join_all(sweeps.iter().map(|sweep| self.sweep(*sweep, change))).await?;
            sweeps.copy_from_slice(&swept);
        }
        Ok(done)
    }

    async fn sweep(&self, mut sweep: Sweep, change: Change) -> Result<Sweep, StoreError> {
        loop {
            let weight = Weight { rows: sweep.step_rows(), ..STEP };
            let step = self.shared.writer.ask(weight, move |database| sweep::step(database, sweep, change));
            let (further, done) = step.await?;
            sweep = further;
            if done {
                return Ok(sweep);
            }
        }
    }
}

/// Opens the database, on a full disk in the room that was set aside.
fn open_in_reserve(files: &Files) -> Result<Ready, Trouble> {
    let unusable = |opened: &_| matches!(opened, Err(Trouble::Fatal(OpenError::Unusable { .. })));
    let mut opened = schema::open(files);
    if unusable(&opened) && files.spend_reserve() {
        opened = schema::open(files);
    }
    let full = || files.set_aside().is_err_and(|cause| cause.kind() == io::ErrorKind::StorageFull);
    if unusable(&opened) && full() {
        let words = "the disk is full. Free some space and start Tidings again.";
        return Err(Trouble::Fatal(OpenError::unusable(files.folder(), words)));
    }
    opened
}

fn start_afresh(folder: &Path, files: &Files) -> Result<Ready, OpenError> {
    let unusable = |cause| OpenError::unusable(folder, cause);
    let name = Files::name_aside(jiff::Timestamp::now());
    files.move_aside(&name).map_err(unusable)?;
    let files = Files::prepare(folder).map_err(unusable)?;
    let mut ready = schema::open(&files).map_err(|trouble| match trouble {
        Trouble::Fatal(error) => error,
        Trouble::Damaged => OpenError::unusable(folder, "a fresh database can't be read back"),
    })?;
    ready.note = Some(format!(
        "The history was damaged, so a fresh one was started. The damaged one is kept as {name}; what can be read in it is being saved."
    ));
    Ok(ready)
}
