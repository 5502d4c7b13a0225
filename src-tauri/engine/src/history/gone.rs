//! What was deleted, as marks, so that a server that sends it again doesn't bring it back.

use rusqlite::{Connection, params};

use crate::event::GAP_TYPE;

/// Marks that are kept: more than any known server replays, and about 12 MB of disk.
const KEPT: i64 = 200_000;

/// Whether an event with an id of its own was deleted.
pub(super) fn holds(
    connection: &Connection,
    feed: i64,
    last_event_id: &str,
    digest: i64,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM gone WHERE feed = ?1 AND last_event_id = ?2 AND digest = ?3 AND named = 1",
        )?
        .exists(params![feed, last_event_id, digest])
}

/// Reads the digests of a feed's last deleted events without an id of their own, the newest first.
pub(super) fn digests(connection: &Connection, feed: i64, limit: usize) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(
            "SELECT digest FROM gone WHERE feed = ?1 AND named = 0 ORDER BY number DESC LIMIT ?2",
        )?
        .query_map(params![feed, limit], |row| row.get(0))?
        .collect()
}

/// Marks an event that is about to be deleted.
pub(super) fn note(connection: &Connection, event: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO gone (feed, named, last_event_id, digest)
             SELECT feed, own_id, iif(own_id, last_event_id, ''), digest FROM event
             WHERE id = ?1 AND event_type <> ?2",
        )?
        .execute(params![event, GAP_TYPE])?;
    Ok(())
}

/// Takes the mark of an event away that a person brings back.
pub(super) fn forgive(
    connection: &Connection,
    feed: i64,
    last_event_id: &str,
    digest: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM gone WHERE feed = ?1 AND last_event_id = ?2 AND digest = ?3 AND named = 1",
        )?
        .execute(params![feed, last_event_id, digest])?;
    Ok(())
}

/// Drops the oldest marks over what is kept.
pub(super) fn trim(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM gone WHERE number <= (SELECT max(number) FROM gone) - ?1")?
        .execute([KEPT])?;
    Ok(())
}
