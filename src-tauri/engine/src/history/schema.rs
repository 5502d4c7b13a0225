//! Opening the database: what must hold before the first event is stored.

use std::cmp::Ordering;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::FromSql;
use rusqlite::{Connection, OpenFlags};

use super::OpenError;
use super::files::{Files, is_damage};
use super::upgrade::{self, STEPS};

/// A file up to this many bytes is checked at every start: that takes less time than opening a window.
const CHECKED_ALWAYS: u64 = 16 * 1024 * 1024;

/// The other connections of this program hold no lock for long; another program's reader might.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// Every statement of a connection stays prepared: there are about twenty.
const STATEMENTS: usize = 32;

/// What an opened database gives.
#[derive(Debug)]
pub(super) struct Ready {
    /// The only one that writes.
    pub(super) writer: Connection,
    /// Can't write.
    pub(super) reader: Connection,
    /// Can't write either; for what takes longer.
    pub(super) finder: Connection,
    /// Whether it is to be checked while it is in use: the last run never closed it, and it is large.
    pub(super) check: bool,
    /// What people should be told, in a sentence.
    pub(super) note: Option<String>,
}

/// Why a database can't be used as it is.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Its content can't be trusted.
    Damaged,
    /// Anything else.
    Fatal(OpenError),
}

/// Opens the database, checked and at the newest schema.
///
/// # Architecture Invariant
///
/// Until the version is known to be ours and the content to be sound, nothing in the folder is changed: not even
/// the write-ahead log is folded in.
pub(super) fn open(files: &Files) -> Result<Ready, Trouble> {
    let check = inspect(files)?;
    files.clear_damage().map_err(|cause| Trouble::Fatal(OpenError::unusable(files.folder(), cause)))?;
    let trouble = |cause| trouble(files, cause);
    let mut writer = connect(&files.database(), OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(trouble)?;
    set_up_writer(&writer).map_err(trouble)?;
    let note = migrate(files, &mut writer)?;
    let reader = connect(&files.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(trouble)?;
    let finder = connect(&files.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(trouble)?;
    Ok(Ready { writer, reader, finder, check, note })
}

/// Opens a database of this program's version for reading alone; none if nothing was written to it yet.
pub(super) fn look(files: &Files) -> Result<Option<Connection>, OpenError> {
    let trouble = |cause| match trouble(files, cause) {
        Trouble::Damaged => {
            OpenError::unusable(files.folder(), "it is damaged; start Tidings to save what can be read")
        }
        Trouble::Fatal(error) => error,
    };
    let database = connect(&files.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(trouble)?;
    let version: i64 = pragma(&database, "user_version").map_err(trouble)?;
    match version.cmp(&i64::try_from(STEPS.len()).unwrap_or(i64::MAX)) {
        // The program that makes it is about to.
        Ordering::Less if version == 0 => Ok(None),
        Ordering::Less => Err(OpenError::Older { path: files.database() }),
        Ordering::Equal => Ok(Some(database)),
        Ordering::Greater => Err(OpenError::Newer { path: files.database() }),
    }
}

/// Looks for damage in all of a file; a long time where it is large.
pub(super) fn check(database: &Connection) -> rusqlite::Result<bool> {
    let finding: String = pragma(database, "quick_check(1)")?;
    let sound = finding == "ok";
    if !sound {
        tracing::warn!(finding, "the history is damaged");
    }
    Ok(sound)
}

/// Says whether the database is to be checked once it is in use.
fn inspect(files: &Files) -> Result<bool, Trouble> {
    let trouble = |cause| trouble(files, cause);
    let (unclosed, damage_met) = (files.unclosed(), files.damage_met());
    let database = connect(&files.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(trouble)?;
    let version: i64 = pragma(&database, "user_version").map_err(trouble)?;
    match usize::try_from(version) {
        Ok(version) if version <= STEPS.len() => {}
        Ok(_) => return Err(Trouble::Fatal(OpenError::Newer { path: files.database() })),
        // A negative version is nothing this program wrote.
        Err(_) => return Err(Trouble::Damaged),
    }
    let size = std::fs::metadata(files.database()).map_or(0, |file| file.len());
    let at_once = damage_met || size <= CHECKED_ALWAYS;
    if at_once && !check(&database).map_err(trouble)? {
        return Err(Trouble::Damaged);
    }
    Ok(unclosed && !at_once)
}

pub(super) fn pragma<T: FromSql>(database: &Connection, name: &str) -> rusqlite::Result<T> {
    database.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
}

/// Opens one connection to a file that is there.
pub(super) fn connect(file: &Path, access: OpenFlags) -> rusqlite::Result<Connection> {
    // One thread a connection, so SQLite needs no lock of its own.
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(LOCK_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8192;",
    )?;
    Ok(connection)
}

/// Sets what the promises rest on; the size limit is for the write-ahead log after a burst.
fn set_up_writer(writer: &Connection) -> rusqlite::Result<()> {
    if pragma::<i64>(writer, "page_count")? == 0 {
        // Lets deleted events give their space back; can only be chosen before the first table.
        writer.execute_batch("PRAGMA auto_vacuum = INCREMENTAL")?;
    }
    writer.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = NORMAL;
         PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 67108864;",
    )
}

fn migrate(files: &Files, writer: &mut Connection) -> Result<Option<String>, Trouble> {
    match upgrade::run(files, writer, STEPS) {
        Ok(note) => Ok(note),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(trouble(files, err)),
        // The steps are constants that the tests run, so what is left is a schema this program didn't write.
        Err(cause) => Err(Trouble::Fatal(OpenError::unusable(files.folder(), cause))),
    }
}

fn trouble(files: &Files, cause: rusqlite::Error) -> Trouble {
    if is_damage(&cause) {
        tracing::warn!(%cause, "the history is damaged");
        return Trouble::Damaged;
    }
    Trouble::Fatal(OpenError::unusable(files.folder(), cause))
}
