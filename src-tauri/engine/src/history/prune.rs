//! Keeping the history within its limits, the oldest events first, in small steps.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::sweep::STEP_ROWS;
use super::{bin, feeds, search};
use crate::id::FeedId;

/// What an event takes on disk besides its text: its other columns, indexes and words, as measured with events of
/// 100 bytes.
const EVENT_BYTES: u64 = 400;

/// Free pages that wait for the next events instead of being given back: 4 MB.
const SPARE_PAGES: i64 = 1024;

/// Pages given back at a step: 1 MB, a few milliseconds.
const STEP_PAGES: i64 = 256;

/// How much is kept; starred events are kept beside that, and what isn't set has no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// For how long, in milliseconds.
    pub age_ms: Option<u64>,
    /// How many events.
    pub events: Option<u64>,
    /// How many bytes, about as they lie on disk.
    pub bytes: Option<u64>,
}

/// What is kept of the whole history and of single feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Of all feeds together.
    pub all: Limits,
    /// Of a feed, besides.
    pub feeds: HashMap<FeedId, Limits>,
}

/// Which events are too many.
#[derive(Clone, Debug)]
pub(super) struct Excess {
    /// Events with their sizes, the oldest first.
    pub(super) events: Vec<(i64, u64)>,
}

/// Picks events over the limits, at most a step's; none when all is within them.
pub(super) fn pick(connection: &Connection, retention: &Retention, now_ms: i64) -> rusqlite::Result<Excess> {
    let holdings = feeds::holdings(connection)?;
    for (feed, limits) in &retention.feeds {
        let (Some(holding), Some(number)) = (holdings.get(feed), feeds::number(connection, feed)?) else {
            continue;
        };
        let held = Held { events: holding.events, bytes: holding.bytes };
        let excess = pick_of(connection, Some(number), held, *limits, now_ms)?;
        if !excess.events.is_empty() {
            return Ok(excess);
        }
    }
    let held = Held {
        events: holdings.values().map(|holding| holding.events).sum(),
        bytes: holdings.values().map(|holding| holding.bytes).sum(),
    };
    pick_of(connection, None, held, retention.all, now_ms)
}

/// Removes picked events, those excepted that were starred meanwhile; gives how many of the list are done with.
pub(super) fn remove(connection: &Connection, excess: &Excess) -> rusqlite::Result<usize> {
    let mut starred = connection.prepare_cached("SELECT 1 FROM event WHERE id = ?1 AND starred = 1")?;
    let mut kept = 0;
    let mut left = Vec::with_capacity(excess.events.len());
    for &(id, bytes) in &excess.events {
        if starred.exists([id])? { kept += 1 } else { left.push((id, bytes)) }
    }
    Ok(kept + bin::remove(connection, left)?)
}

/// Gives some of the file's free space back; gives whether more is to be given.
pub(super) fn give_back(connection: &Connection) -> rusqlite::Result<bool> {
    let free = |connection: &Connection| -> rusqlite::Result<i64> {
        connection.query_row("PRAGMA freelist_count", [], |row| row.get(0))
    };
    let before = free(connection)?;
    if before <= SPARE_PAGES {
        return Ok(false);
    }
    connection.execute_batch(&format!("PRAGMA incremental_vacuum({STEP_PAGES})"))?;
    let after = free(connection)?;
    // A file that was made without room for this gives nothing back.
    Ok(after < before && after > SPARE_PAGES)
}

struct Held {
    events: u64,
    bytes: u64,
}

fn pick_of(
    connection: &Connection,
    feed: Option<i64>,
    held: Held,
    limits: Limits,
    now_ms: i64,
) -> rusqlite::Result<Excess> {
    if let Some(age_ms) = limits.age_ms {
        let before_ms = now_ms.saturating_sub(i64::try_from(age_ms).unwrap_or(i64::MAX));
        let events = aged(connection, feed, before_ms)?;
        if !events.is_empty() {
            return Ok(Excess { events });
        }
    }
    let many = limits.events.map_or(0, |most| held.events.saturating_sub(most));
    let size = held.bytes.saturating_add(held.events.saturating_mul(EVENT_BYTES));
    let large = limits.bytes.map_or(0, |most| size.saturating_sub(most));
    let mut events = if many > 0 || large > 0 { oldest(connection, feed)? } else { Vec::new() };
    let mut freed = 0;
    let enough = events.iter().position(|(_, bytes)| {
        let is_enough = freed >= large;
        freed += bytes + EVENT_BYTES;
        is_enough
    });
    let needed = usize::try_from(many).unwrap_or(usize::MAX).max(enough.unwrap_or(events.len()));
    events.truncate(needed);
    Ok(Excess { events })
}

/// The oldest events that may be removed.
fn oldest(connection: &Connection, feed: Option<i64>) -> rusqlite::Result<Vec<(i64, u64)>> {
    between(connection, feed, (i64::MIN, i64::MAX), i64::MAX)
}

/// Events that arrived before an instant, wherever they stand.
fn aged(connection: &Connection, feed: Option<i64>, before_ms: i64) -> rusqlite::Result<Vec<(i64, u64)>> {
    for range in search::ranges(connection, None, Some(before_ms))? {
        let events = between(connection, feed, range, before_ms)?;
        if !events.is_empty() {
            return Ok(events);
        }
    }
    Ok(Vec::new())
}

fn between(
    connection: &Connection,
    feed: Option<i64>,
    (first, last): (i64, i64),
    before_ms: i64,
) -> rusqlite::Result<Vec<(i64, u64)>> {
    // Each is written out so that its own index serves it.
    let sql = match feed {
        Some(_) => {
            "SELECT id, bytes FROM event INDEXED BY event_by_feed
             WHERE feed = ?1 AND id BETWEEN ?2 AND ?3 AND received_at_ms < ?4 AND starred = 0 AND deletion IS NULL
             ORDER BY id LIMIT ?5"
        }
        None => {
            "SELECT id, bytes FROM event NOT INDEXED
             WHERE ?1 IS NULL AND id BETWEEN ?2 AND ?3 AND received_at_ms < ?4 AND starred = 0 AND deletion IS NULL
             ORDER BY id LIMIT ?5"
        }
    };
    connection
        .prepare_cached(sql)?
        .query_map(params![feed, first, last, before_ms, STEP_ROWS], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
