//! The feeds' records of their connections, as rows.

use std::collections::{HashMap, VecDeque};

use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::feeds;
use crate::health::{FeedHealth, Happening, MOST_HAPPENINGS, Record};
use crate::id::FeedId;

/// Writes what of a feed's record wasn't kept yet; the same or an older record once more changes nothing.
pub(super) fn keep(connection: &Connection, feed: &FeedId, record: &Record) -> rusqlite::Result<()> {
    let feed = feeds::enrol(connection, feed)?;
    let Record { edition, told, standing, health } = record;
    connection
        .prepare_cached(
            "INSERT INTO health (feed, edition, since_ms, last_event_at_ms, told, counts, standing)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (feed) DO UPDATE SET
                 edition = excluded.edition, last_event_at_ms = excluded.last_event_at_ms, told = excluded.told,
                 counts = excluded.counts, standing = excluded.standing
             WHERE excluded.edition > health.edition",
        )?
        .execute(params![
            feed,
            edition,
            health.since_ms,
            health.last_event_at_ms,
            told,
            json(&health.counts)?,
            standing.as_ref().map(json).transpose()?,
        ])?;
    list(connection, feed, *told, &health.happenings)
}

/// Adds the newest happenings of a feed, the last of them being number `told`, and lets go of those beyond the most.
fn list(
    connection: &Connection,
    feed: i64,
    told: u64,
    happenings: &VecDeque<Happening>,
) -> rusqlite::Result<()> {
    if happenings.is_empty() {
        return Ok(());
    }
    let mut insert = connection
        .prepare_cached("INSERT OR REPLACE INTO happening (feed, number, what) VALUES (?1, ?2, ?3)")?;
    for (happening, before) in happenings.iter().rev().zip(0..) {
        insert.execute(params![feed, told.saturating_sub(before), json(happening)?])?;
    }
    connection
        .prepare_cached("DELETE FROM happening WHERE feed = ?1 AND number <= ?2")?
        .execute(params![feed, told.saturating_sub(MOST_HAPPENINGS as u64)])?;
    Ok(())
}

/// Reads every feed's record.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<HashMap<FeedId, Record>> {
    let mut records: HashMap<i64, (FeedId, Record)> = connection
        .prepare_cached(
            "SELECT feed.number, feed.id, edition, since_ms, last_event_at_ms, told, counts, standing
             FROM health JOIN feed ON feed.number = health.feed",
        )?
        .query_map([], record)?
        .collect::<Result<_, _>>()?;
    let mut listed =
        connection.prepare_cached("SELECT feed, number, what FROM happening ORDER BY feed, number")?;
    let mut rows = listed.query([])?;
    while let Some(row) = rows.next()? {
        if let Some((_, record)) = records.get_mut(&row.get(0)?) {
            read::<Happening>(row, 2)?.into_iter().for_each(|happening| record.health.list(happening));
        }
    }
    Ok(records.into_values().collect())
}

fn record(row: &Row<'_>) -> rusqlite::Result<(i64, (FeedId, Record))> {
    let feed = FeedId::from_text(row.get::<_, String>(1)?);
    let health = FeedHealth {
        since_ms: row.get(3)?,
        last_event_at_ms: row.get(4)?,
        counts: read(row, 6)?.unwrap_or_default(),
        held_back: false,
        happenings: VecDeque::new(),
    };
    let record = Record { edition: row.get(2)?, told: row.get(5)?, standing: read(row, 7)?, health };
    Ok((row.get(0)?, (feed, record)))
}

fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Reads plain data; none where there is none or another program wrote it, which is no reason to hide the rest.
fn read<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}
