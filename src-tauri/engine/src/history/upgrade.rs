//! Bringing an older database to the newest schema, with a copy made before.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::files::Files;

/// Every version of the schema, oldest first; what is released is never edited.
pub(super) const STEPS: &[M<'static>] = &[
    M::up(include_str!("sql/001_first.sql")),
    M::up(include_str!("sql/002_health.sql")),
    M::up(include_str!("sql/003_find.sql")),
    M::up(include_str!("sql/004_group.sql")),
];

/// Takes all the steps that are missing in one transaction; gives what people should know of the copy made before.
pub(super) fn run(
    files: &Files,
    writer: &mut Connection,
    steps: &[M<'_>],
) -> Result<Option<String>, rusqlite_migration::Error> {
    let version: i64 = writer.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).unwrap_or_default();
    let note = if version > 0 && version < steps.len() { copy(files, writer, version) } else { None };
    Migrations::from_slice(steps).to_latest(writer)?;
    Ok(note)
}

/// Copies a database that holds anything. Without room for that the upgrade still goes on: it is done whole or not at all.
fn copy(files: &Files, writer: &Connection, version: usize) -> Option<String> {
    let held = "SELECT EXISTS (SELECT 1 FROM event) OR EXISTS (SELECT 1 FROM cursor)";
    let copied = || -> Result<(), Box<dyn std::error::Error>> {
        if !writer.query_row(held, [], |row| row.get(0))? {
            return Ok(());
        }
        let copy = files.copy_to_be()?;
        let path = copy.to_str().ok_or("its path is no text")?;
        writer.execute("VACUUM INTO ?1", [path])?;
        Ok(files.keep_copy(&copy, version)?)
    };
    let cause = copied().err()?;
    files.drop_copy();
    tracing::warn!(%cause, "no copy of the history was made before its upgrade");
    Some(format!("The history was upgraded without a copy of the one before: {cause}."))
}
