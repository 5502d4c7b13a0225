//! Changes to any number of events, in steps so small that storing never waits long for one.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::codes::SETTLED;
use super::feeds;
use crate::event::Presented;
use crate::id::{EventId, FeedId};
use crate::update::Scope;

/// Rows a step changes: a few milliseconds of the writer's time.
pub(super) const STEP_ROWS: usize = 500;

/// Bytes of event data a step deletes, because the pages of large data are freed one by one.
pub(super) const STEP_BYTES: u64 = 4 * 1024 * 1024;

impl Sweep {
    /// How many rows a step changes at most.
    pub(super) fn step_rows(&self) -> usize {
        usize::try_from(self.until.saturating_sub(self.after)).map_or(STEP_ROWS, |rows| rows.min(STEP_ROWS))
    }
}

/// What is done to each event of a scope.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    /// Marked read or unread.
    Read(bool),
    /// Its popup, unsettled until then, is settled.
    Settle(Presented),
    /// Hidden by a deletion, its popup settled with it.
    Hide(i64),
    /// Removed for good, with its whole feed.
    Remove,
}

/// How far a sweep over one feed has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sweep {
    /// The feed's number.
    pub(super) feed: i64,
    /// Events up to this one are done.
    after: i64,
    /// Events stored later than this one are not meant.
    pub(super) until: i64,
    /// How many events were changed.
    pub(super) changed: u64,
}

/// Finds the stretches of events that a scope means at this moment.
pub(super) fn plan(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Sweep>> {
    let newest = connection.query_row("SELECT coalesce(max(id), 0) FROM event", [], |row| row.get(0))?;
    let whole = |feed| Sweep { feed, after: 0, until: newest, changed: 0 };
    match scope {
        Scope::Event { id } => plan_events(connection, &[*id]),
        Scope::Events { ids } => plan_events(connection, ids),
        Scope::Feed { feed } => Ok(feeds::number(connection, feed)?.map(whole).into_iter().collect()),
        Scope::All => Ok(feeds::numbers(connection)?.into_iter().map(whole).collect()),
    }
}

/// Finds a stretch for each of some events that are there.
fn plan_events(connection: &Connection, ids: &[EventId]) -> rusqlite::Result<Vec<Sweep>> {
    let ids: BTreeSet<i64> = ids.iter().map(|id| id.0).collect();
    let mut feed_of = connection.prepare_cached("SELECT feed FROM event WHERE id = ?1")?;
    let mut plan = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(feed) = feed_of.query_row([id], |row| row.get(0)).optional()? {
            plan.push(Sweep { feed, after: id - 1, until: id, changed: 0 });
        }
    }
    Ok(plan)
}

/// Finds a feed's events up to one of them.
pub(super) fn plan_until(
    connection: &Connection,
    feed: &FeedId,
    last: EventId,
) -> rusqlite::Result<Option<Sweep>> {
    let feed = feeds::number(connection, feed)?;
    Ok(feed.map(|feed| Sweep { feed, after: 0, until: last.0, changed: 0 }))
}

/// Takes one step; gives the sweep further on, or none of it when the last event is done.
pub(super) fn step(connection: &Connection, sweep: Sweep, change: Change) -> rusqlite::Result<(Sweep, bool)> {
    let picked = pick(connection, sweep, change)?;
    let mut further = sweep;
    let mut bytes = 0;
    let sql = match change {
        Change::Read(_) => "UPDATE event SET read = ?2 WHERE id = ?1",
        Change::Settle(_) => "UPDATE event SET presented = ?2 WHERE id = ?1",
        Change::Hide(_) => "UPDATE event SET deletion = ?2, presented = max(presented, ?3) WHERE id = ?1",
        Change::Remove => "DELETE FROM event WHERE id = ?1",
    };
    let mut statement = connection.prepare_cached(sql)?;
    for &(id, size) in &picked {
        match change {
            Change::Read(read) => statement.execute(params![id, read])?,
            Change::Settle(presented) => statement.execute(params![id, presented])?,
            Change::Hide(deletion) => statement.execute(params![id, deletion, SETTLED])?,
            Change::Remove => statement.execute([id])?,
        };
        further.after = id;
        further.changed += 1;
        bytes += size;
        if bytes > STEP_BYTES {
            return Ok((further, false));
        }
    }
    Ok((further, picked.len() < STEP_ROWS))
}

/// Finds the next events to change and, where it matters, how large they are.
fn pick(connection: &Connection, sweep: Sweep, change: Change) -> rusqlite::Result<Vec<(i64, u64)>> {
    // Each condition is written out so that its own index serves it.
    let sql = match change {
        Change::Read(true) => {
            "SELECT id, 0 FROM event
             WHERE feed = ?1 AND read = 0 AND deletion IS NULL AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
        }
        Change::Read(false) => {
            "SELECT id, 0 FROM event
             WHERE feed = ?1 AND read = 1 AND deletion IS NULL AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
        }
        Change::Settle(_) => {
            "SELECT id, 0 FROM event
             WHERE feed = ?1 AND presented < 2 AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
        }
        Change::Hide(_) => {
            "SELECT id, 0 FROM event
             WHERE feed = ?1 AND deletion IS NULL AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
        }
        Change::Remove => {
            "SELECT id, bytes FROM event WHERE feed = ?1 AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
        }
    };
    connection
        .prepare_cached(sql)?
        .query_map(params![sweep.feed, sweep.after, sweep.until, STEP_ROWS], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect()
}
