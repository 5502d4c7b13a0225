//! The feeds the history knows, by their short numbers, with their cursors and unread counts.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Cursor, Holding};
use crate::id::FeedId;

/// Gives a feed's number, and a number to a feed that has none yet.
pub(super) fn enrol(connection: &Connection, feed: &FeedId) -> rusqlite::Result<i64> {
    if let Some(number) = number(connection, feed)? {
        return Ok(number);
    }
    connection.prepare_cached("INSERT INTO feed (id) VALUES (?1)")?.insert([feed.as_str()])
}

/// Finds a feed's number; none if nothing of it was ever stored.
pub(super) fn number(connection: &Connection, feed: &FeedId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT number FROM feed WHERE id = ?1")?
        .query_row([feed.as_str()], |row| row.get(0))
        .optional()
}

/// Lists the numbers of all feeds.
pub(super) fn numbers(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT number FROM feed ORDER BY number")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Strikes a feed that has no events any more, and its cursor with it.
pub(super) fn strike(connection: &Connection, number: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM feed WHERE number = ?1")?.execute([number])?;
    Ok(())
}

/// Moves a feed's cursor, each part only where one is given.
pub(super) fn move_cursor(connection: &Connection, number: i64, to: &Cursor) -> rusqlite::Result<()> {
    if *to == Cursor::default() {
        return Ok(());
    }
    let retry_ms = to.retry_ms.map(|ms| i64::try_from(ms).unwrap_or(i64::MAX));
    connection
        .prepare_cached(
            "INSERT INTO cursor (feed, last_event_id, retry_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT (feed) DO UPDATE SET
                 last_event_id = coalesce(?2, last_event_id),
                 retry_ms = coalesce(?3, retry_ms)",
        )?
        .execute(params![number, to.last_event_id, retry_ms])?;
    Ok(())
}

/// Reads where every feed resumes.
pub(super) fn cursors(connection: &Connection) -> rusqlite::Result<HashMap<FeedId, Cursor>> {
    connection
        .prepare_cached(
            "SELECT feed.id, cursor.last_event_id, cursor.retry_ms
             FROM cursor JOIN feed ON feed.number = cursor.feed",
        )?
        .query_map([], |row| {
            let feed = FeedId::from_text(row.get::<_, String>(0)?);
            Ok((feed, Cursor { last_event_id: row.get(1)?, retry_ms: row.get(2)? }))
        })?
        .collect()
}

/// Reads every feed's count of unread events.
pub(super) fn unread(connection: &Connection) -> rusqlite::Result<HashMap<FeedId, u64>> {
    connection.prepare_cached("SELECT id, unread FROM feed")?.query_map([], feed_and_unread)?.collect()
}

/// Reads some feeds' counts of unread events, leaving out those that are gone.
pub(super) fn unread_of(connection: &Connection, numbers: &[i64]) -> rusqlite::Result<HashMap<FeedId, u64>> {
    let mut one = connection.prepare_cached("SELECT id, unread FROM feed WHERE number = ?1")?;
    let counts =
        numbers.iter().filter_map(|number| one.query_row([number], feed_and_unread).optional().transpose());
    counts.collect()
}

fn feed_and_unread(row: &Row<'_>) -> rusqlite::Result<(FeedId, u64)> {
    Ok((FeedId::from_text(row.get::<_, String>(0)?), row.get(1)?))
}

/// Reads how much there is of each feed.
pub(super) fn holdings(connection: &Connection) -> rusqlite::Result<HashMap<FeedId, Holding>> {
    connection
        .prepare_cached("SELECT id, events, unread, bytes FROM feed")?
        .query_map([], |row| {
            let holding = Holding { events: row.get(1)?, unread: row.get(2)?, bytes: row.get(3)? };
            Ok((FeedId::from_text(row.get::<_, String>(0)?), holding))
        })?
        .collect()
}
