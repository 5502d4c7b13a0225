//! Opening the database: what must hold before the first event is stored.

use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::OpenError;
use super::files::{Files, is_damage};

/// Every version of the schema, oldest first; what is released is never edited.
const STEPS: &[M<'static>] = &[M::up(include_str!("sql/001_first.sql"))];

/// A file up to this many bytes is checked at every start: that takes less time than opening a window.
const CHECKED_ALWAYS: u64 = 16 * 1024 * 1024;

/// The other connections of this program hold no lock for long; another program's reader might.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// Every statement of a connection stays prepared: there are about twenty.
const STATEMENTS: usize = 32;

/// What an opened database gives.
#[derive(Debug)]
pub(super) struct Connections {
    /// The only one that writes.
    pub(super) writer: Connection,
    /// Can't write.
    pub(super) reader: Connection,
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
pub(super) fn open(files: &Files) -> Result<Connections, Trouble> {
    // Asked first: opening the database may fold the write-ahead log in.
    let suspect = files.suspect();
    refuse_newer(files)?;
    let trouble = |cause| trouble(files, cause);
    let mut writer = connect(files, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(trouble)?;
    set_up_writer(&writer).map_err(trouble)?;
    check(files, &writer, suspect)?;
    migrate(files, &mut writer)?;
    let reader = connect(files, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(trouble)?;
    Ok(Connections { writer, reader })
}

/// Looks at the version without a way to change anything: not even the write-ahead log is folded in.
fn refuse_newer(files: &Files) -> Result<(), Trouble> {
    let looked = connect(files, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|database| database.query_row("PRAGMA user_version", [], |row| row.get::<_, usize>(0)));
    match looked {
        Ok(version) if version > STEPS.len() => {
            Err(Trouble::Fatal(OpenError::Newer { path: files.database() }))
        }
        Ok(_) => Ok(()),
        // A negative version is nothing this program wrote.
        Err(rusqlite::Error::IntegralValueOutOfRange(..)) => Err(Trouble::Damaged),
        Err(cause) => Err(trouble(files, cause)),
    }
}

fn connect(files: &Files, access: OpenFlags) -> rusqlite::Result<Connection> {
    // One thread a connection, so SQLite needs no lock of its own.
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(files.database(), flags)?;
    connection.busy_timeout(LOCK_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8192;",
    )?;
    Ok(connection)
}

/// Sets what the promises rest on.
///
/// Incremental vacuum can only be chosen before the first table; it lets deleted events give their space back.
/// The size limit is for the write-ahead log after a burst.
fn set_up_writer(writer: &Connection) -> rusqlite::Result<()> {
    writer.execute_batch(
        "PRAGMA auto_vacuum = INCREMENTAL;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = NORMAL;
         PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 67108864;",
    )
}

fn check(files: &Files, writer: &Connection, suspect: bool) -> Result<(), Trouble> {
    let size = std::fs::metadata(files.database()).map_or(0, |file| file.len());
    if !suspect && size > CHECKED_ALWAYS {
        return Ok(());
    }
    let finding = writer
        .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        .map_err(|cause| trouble(files, cause))?;
    if finding != "ok" {
        tracing::warn!(finding, "the history is damaged");
        return Err(Trouble::Damaged);
    }
    files.clear_damage().map_err(|cause| Trouble::Fatal(OpenError::unusable(files.folder(), cause)))
}

fn migrate(files: &Files, writer: &mut Connection) -> Result<(), Trouble> {
    let Err(cause) = Migrations::from_slice(STEPS).to_latest(writer) else { return Ok(()) };
    if let rusqlite_migration::Error::RusqliteError { err, .. } = cause {
        return Err(trouble(files, err));
    }
    // The steps are constants that the tests run, so what is left is a schema this program didn't write.
    Err(Trouble::Fatal(OpenError::unusable(files.folder(), cause)))
}

fn trouble(files: &Files, cause: rusqlite::Error) -> Trouble {
    if is_damage(&cause) {
        tracing::warn!(%cause, "the history is damaged");
        return Trouble::Damaged;
    }
    Trouble::Fatal(OpenError::unusable(files.folder(), cause))
}
