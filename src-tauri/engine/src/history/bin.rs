//! Deleted events: hidden at once, brought back while that can be undone, then removed for good.

use rusqlite::{Connection, params};

use super::gone;
use super::sweep::{STEP_BYTES, STEP_ROWS};

/// Opens a deletion and gives its number.
pub(super) fn open(connection: &Connection, at_ms: i64) -> rusqlite::Result<i64> {
    connection.prepare_cached("INSERT INTO deletion (at_ms) VALUES (?1)")?.insert([at_ms])
}

/// Brings the next events of a deletion back; gives how many they were and whether they were the last.
pub(super) fn restore(connection: &Connection, deletion: i64) -> rusqlite::Result<(u64, bool)> {
    let changed = connection
        .prepare_cached(
            "UPDATE event SET deletion = NULL
             WHERE id IN (SELECT id FROM event WHERE deletion = ?1 LIMIT ?2)",
        )?
        .execute(params![deletion, STEP_ROWS])?;
    let last = changed < STEP_ROWS;
    if last {
        connection.prepare_cached("DELETE FROM deletion WHERE number = ?1")?.execute([deletion])?;
    }
    Ok((changed as u64, last))
}

/// Removes the next events of a deletion, or of all, for good; gives whether they were the last.
pub(super) fn empty(connection: &Connection, deletion: Option<i64>) -> rusqlite::Result<bool> {
    let (first, last) = deletion.map_or((0, i64::MAX), |number| (number, number));
    let mut next = connection.prepare_cached(
        "SELECT id, bytes FROM event WHERE deletion BETWEEN ?1 AND ?2 ORDER BY deletion LIMIT ?3",
    )?;
    let picked: Vec<(i64, u64)> = next
        .query_map(params![first, last, STEP_ROWS], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let done = remove(connection, picked.iter().copied())?;
    let is_last = done == picked.len() && picked.len() < STEP_ROWS;
    if is_last {
        connection
            .prepare_cached("DELETE FROM deletion WHERE number BETWEEN ?1 AND ?2")?
            .execute([first, last])?;
    }
    Ok(is_last)
}

/// Removes events for good, as many as a step may; gives how many. A replay doesn't bring them back.
pub(super) fn remove(
    connection: &Connection,
    picked: impl IntoIterator<Item = (i64, u64)>,
) -> rusqlite::Result<usize> {
    let mut delete = connection.prepare_cached("DELETE FROM event WHERE id = ?1")?;
    let (mut done, mut bytes) = (0, 0);
    for (id, size) in picked {
        gone::note(connection, id)?;
        delete.execute([id])?;
        done += 1;
        bytes += size;
        if bytes > STEP_BYTES {
            break;
        }
    }
    gone::trim(connection)?;
    Ok(done)
}
