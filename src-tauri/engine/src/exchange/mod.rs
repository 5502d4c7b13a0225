//! Events in files: written for people and other programs, and read back from our own.

mod import;
mod markdown;
mod record;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io;
use std::path::Path;

use thiserror::Error;
use tokio::io::AsyncWriteExt as _;

use crate::history::search::query::Query;
use crate::history::search::{Order, Place, Search};
use crate::history::{History, Kept, PAGE_ROWS, StoreError};
use crate::id::{EventId, FeedId};
use crate::update::Course;

pub use import::{ImportError, Imported, import};
pub use record::Record;

/// How events are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line, with all there is: the one that can be read back.
    JsonLines,
    /// Comma-separated values with a line of headings, for spreadsheets.
    Csv,
    /// CommonMark, for reading.
    Markdown,
}

impl Format {
    /// The usual ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
        }
    }
}

/// What people call the feeds; one that isn't in the settings is called by its id.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<FeedId, String>);

impl Names {
    /// Of one feed.
    pub fn of<'a>(&'a self, feed: &'a FeedId) -> &'a str {
        self.0.get(feed).map_or(feed.as_str(), String::as_str)
    }

    /// Whether a feed is among them.
    pub fn have(&self, feed: &FeedId) -> bool {
        self.0.contains_key(feed)
    }
}

impl FromIterator<(FeedId, String)> for Names {
    fn from_iter<I: IntoIterator<Item = (FeedId, String)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}

/// Why an export failed. No file was left or changed.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The file can't be written.
    #[error("The file can't be written: {0}.")]
    File(#[from] io::Error),
    /// The history can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody stopped it.
    #[error("The export was stopped. No file was written.")]
    Stopped,
}

/// An export under way: what a query finds, oldest first, a few MiB at a time.
#[derive(Debug)]
pub struct Export {
    history: History,
    query: Query,
    names: Names,
    format: Format,
    /// From where to go on; none at the end.
    next: Option<EventId>,
    /// The first event that was found.
    first: Option<EventId>,
    begun: bool,
    events: u64,
}

impl Export {
    /// Begins one. What is stored while it goes on may be in it.
    pub fn new(history: History, query: Query, names: Names, format: Format) -> Self {
        Self { history, query, names, format, next: Some(EventId(0)), first: None, begun: false, events: 0 }
    }

    /// Gives the next piece of the file; none at its end.
    ///
    /// # Errors
    /// Reading failed.
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        let mut piece = self.begin();
        while let Some(after) = self.next
            && piece.is_empty()
        {
            let (events, next) = self.history.find_whole(oldest_first(self.query.clone(), after)).await?;
            self.next = next;
            self.first = self.first.or(events.first().map(|kept| kept.event.row.id));
            self.events += events.len() as u64;
            for kept in &events {
                self.write(&mut piece, kept);
            }
        }
        Ok((!piece.is_empty()).then_some(piece))
    }

    /// How many events were written so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Writes all of it into a file for its owner alone, which is there whole or not at all; gives how many events.
    ///
    /// # Errors
    /// Reading or writing failed, or it was stopped; a file of that name stays as it was.
    pub async fn into_file(mut self, path: &Path, course: &Course) -> Result<u64, ExportError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = tempfile::Builder::new().prefix(".tidings-export-").tempfile_in(folder)?;
        let mut file = tokio::fs::File::from_std(beside.reopen()?);
        let newest = self.history.page(None, None, 1).await?.first().map_or(0, |row| row.id.0);
        while let Some(piece) = self.piece().await? {
            if course.is_stopped() {
                return Err(ExportError::Stopped);
            }
            file.write_all(&piece).await?;
            self.tell(course, newest);
        }
        file.sync_all().await?;
        beside.persist(path).map_err(|error| error.error)?;
        Ok(self.events)
    }

    /// Events are found by their numbers, so these tell how far it is; how many will be found nobody knows before.
    fn tell(&self, course: &Course, newest: i64) {
        let Some(first) = self.first else { return };
        let from_first = |id: i64| u64::try_from(id - first.0).unwrap_or(0);
        let all = from_first(newest);
        course.at(self.next.map_or(all, |next| from_first(next.0)), Some(all));
    }

    fn begin(&mut self) -> Vec<u8> {
        let first = !std::mem::replace(&mut self.begun, true);
        if first && self.format == Format::Csv { table::headings() } else { Vec::new() }
    }

    fn write(&self, piece: &mut Vec<u8>, kept: &Kept) {
        let name = self.names.of(&kept.event.row.feed);
        match self.format {
            Format::JsonLines => Record::of(kept, name).write(piece),
            Format::Csv => table::write(piece, &kept.event, name),
            Format::Markdown => markdown::write(piece, &kept.event, name),
        }
    }
}

fn oldest_first(query: Query, after: EventId) -> Search {
    Search { query, place: Place::Newer(after), order: Order::Newest, limit: PAGE_ROWS }
}
