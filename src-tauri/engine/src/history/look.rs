//! Looking into a history without the right to change it, whether a program has it open or not.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::OptionalExtension as _;
use tokio_util::sync::CancellationToken;

use super::files::Files;
use super::reader::Reader;
use super::writer::Writer;
use super::{History, OpenError, Shared, StoreError, schema};
use crate::id::EventId;

/// How much a history holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// How many events.
    pub events: u64,
    /// When the newest one arrived, in wall-clock milliseconds since the Unix epoch.
    pub newest_at_ms: Option<i64>,
}

impl History {
    /// Names the file that holds the history of a folder.
    pub fn file(folder: &Path) -> PathBuf {
        Files::at(folder).database()
    }

    /// Whether there is a history in a folder.
    pub fn is_there(folder: &Path) -> bool {
        Self::file(folder).exists()
    }

    /// Opens the history in a folder for reading alone; none if there is none. Blocks.
    ///
    /// What would change it says that it is closed.
    ///
    /// # Errors
    ///
    /// It is of another version than this program's, or can't be read.
    pub fn look(folder: &Path) -> Result<Option<Self>, OpenError> {
        if !Self::is_there(folder) {
            return Ok(None);
        }
        let files = Files::at(folder);
        let (Some(connection), Some(finder)) = (schema::look(&files)?, schema::look(&files)?) else {
            return Ok(None);
        };
        let unusable = |cause| OpenError::unusable(folder, cause);
        let reader = Reader::start(connection, files.clone()).map_err(unusable)?;
        let finder = Reader::start(finder, files).map_err(unusable)?;
        let writer = Writer::closed();
        Ok(Some(Self {
            shared: Arc::new(Shared { writer, reader, finder, closed: CancellationToken::new() }),
        }))
    }

    /// Writes all that the history in a folder holds at this moment into a new database, `into` being an empty file.
    /// Blocks, and holds up nobody who stores meanwhile.
    ///
    /// # Errors
    ///
    /// It is of another version than this program's, can't be read, or there is no room for the copy.
    pub fn copy(folder: &Path, into: &Path) -> Result<(), OpenError> {
        let connection = schema::look(&Files::at(folder))?
            .ok_or_else(|| OpenError::unusable(folder, "nothing was written to it yet"))?;
        let into = into.to_str().ok_or_else(|| {
            OpenError::unusable(folder, format!("{} is not a name SQLite understands", into.display()))
        })?;
        let copied = connection.execute("VACUUM INTO ?1", [into]);
        copied.map(drop).map_err(|cause| OpenError::unusable(folder, StoreError::from(cause)))
    }

    /// Gives the last event that arrived before a moment, in wall-clock milliseconds since the Unix epoch; one before all
    /// others where there is none.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn last_before(&self, at_ms: i64) -> Result<EventId, StoreError> {
        let read = self.shared.reader.ask(move |database| {
            // The newest ones are asked for, so few rows are looked at although no index holds the times.
            database
                .prepare_cached("SELECT id FROM event WHERE received_at_ms < ?1 ORDER BY id DESC LIMIT 1")?
                .query_row([at_ms], |row| row.get(0))
                .optional()
        });
        Ok(EventId(read.await?.unwrap_or(0)))
    }

    /// Tells how much it holds.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn extent(&self) -> Result<Extent, StoreError> {
        let read = self.shared.reader.ask(|database| {
            let events =
                database
                    .query_row("SELECT count(*) FROM event WHERE deletion IS NULL", [], |row| row.get(0))?;
            let newest = "SELECT received_at_ms FROM event WHERE deletion IS NULL ORDER BY id DESC LIMIT 1";
            let newest_at_ms = database.query_row(newest, [], |row| row.get(0)).optional()?;
            Ok(Extent { events, newest_at_ms })
        });
        read.await
    }

    /// Reads every page and tells the first thing that is wrong; none if it is sound.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn fault(&self) -> Result<Option<String>, StoreError> {
        let finding: String =
            self.shared.reader.ask(|database| schema::pragma(database, "quick_check(1)")).await?;
        Ok((finding != "ok").then_some(finding))
    }
}
