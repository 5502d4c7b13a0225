//! The history against real files: every promise it makes, and what breaks when one is broken.

mod crash;
mod dedup;
#[cfg(target_os = "linux")]
mod disk;
mod full_disk;
mod health;
mod looking;
mod marks;
mod opening;
mod order;
mod paging;
mod presenting;
mod proof;
mod restart;
mod salvage;
mod upgrade;
mod versions;

use std::path::Path;

use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{Batch, Cursor, History, Limits, NewEvent, PAGE_ROWS, Retention, StoreError};
use crate::event::{EventRow, Presented, Reading, Received, Trace};
use crate::id::{EventId, FeedId};
use crate::update::Scope;

/// The names of a folder's files in their order, without the room set aside for a full disk.
fn names(folder: &TempDir) -> Vec<String> {
    let entries = folder.path().read_dir().unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "history.reserve");
    names.sort();
    names
}

/// A folder that is gone when the test is.
fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Opens a history that gives nobody reason for a note.
fn open(folder: &Path) -> History {
    let opened = History::open(folder).unwrap();
    assert_eq!(opened.note, None);
    opened.history
}

/// A runtime for the tests that are not async themselves.
fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

fn feed(name: &str) -> FeedId {
    FeedId::from_text(name)
}

/// An event whose own id, data and title all say the same.
fn event(id: &str) -> NewEvent {
    NewEvent {
        received: Received {
            event_type: "message".to_owned(),
            data: format!("data of {id}"),
            last_event_id: id.to_owned(),
            own_id: true,
            received_at_ms: 1_763_693_400_000,
        },
        reading: Reading { title: id.to_owned(), ..Reading::default() },
        read: false,
        presented: Presented::New,
        trace: Trace::default(),
        starred: false,
    }
}

/// A batch that moves the cursor to its last event's id.
fn batch(feed: &FeedId, events: Vec<NewEvent>) -> Batch {
    let last = events.last().map(|event| event.received.last_event_id.clone());
    Batch { feed: feed.clone(), events, cursor: Cursor { last_event_id: last, retry_ms: None } }
}

/// Stores one event each with these ids and gives their numbers.
async fn store(history: &History, feed: &FeedId, ids: &[&str]) -> Vec<Option<EventId>> {
    let events = ids.iter().map(|id| event(id)).collect();
    history.store(batch(feed, events)).await.unwrap()
}

/// Deletes events for good.
async fn forget(history: &History, scope: Scope) {
    let deletion = history.delete(scope).await.unwrap().number;
    history.empty_bin(Some(deletion)).await.unwrap();
}

/// Everything the history holds, newest first, read in pages.
async fn all(history: &History, feed: Option<&FeedId>) -> Vec<EventRow> {
    let mut rows: Vec<EventRow> = Vec::new();
    loop {
        let before = rows.last().map(|row| row.id);
        let page = history.page(feed.cloned(), before, PAGE_ROWS).await.unwrap();
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// The titles of everything a feed holds, oldest first.
async fn titles(history: &History, feed: &FeedId) -> Vec<String> {
    let rows = all(history, Some(feed)).await;
    rows.into_iter().rev().map(|row| row.reading.title).collect()
}
