//! What was deleted, as marks, so that a server that sends it again doesn't bring it back.

use rusqlite::{Connection, params};

/// Marks that are kept: more than any known server replays, and about 12 MB of disk.
const KEPT: i64 = 200_000;

/// Whether an event was deleted; only events with an id of their own can be recognised.
pub(super) fn holds(
    connection: &Connection,
    feed: i64,
    last_event_id: &str,
    digest: i64,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM gone WHERE feed = ?1 AND last_event_id = ?2 AND digest = ?3")?
        .exists(params![feed, last_event_id, digest])
}

/// Marks an event that is about to be deleted.
pub(super) fn note(connection: &Connection, event: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO gone (feed, last_event_id, digest)
             SELECT feed, last_event_id, digest FROM event WHERE id = ?1 AND own_id = 1
             ON CONFLICT DO NOTHING",
        )?
        .execute([event])?;
    Ok(())
}

/// Drops the oldest marks over what is kept.
pub(super) fn trim(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM gone WHERE number <= (SELECT max(number) FROM gone) - ?1")?
        .execute([KEPT])?;
    Ok(())
}
