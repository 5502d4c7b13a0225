//! Events as they leave the history for a file, whole, and as they come back from one.

use std::collections::HashMap;

use rusqlite::Connection;

use super::search::{Place, Search};
use super::{History, PAGE_ROWS, StoreError, Weight, events, feeds, gone};
use crate::event::{Presented, Received, StoredEvent};
use crate::id::{EventId, FeedId};

/// A page of whole events ends early after so much text.
const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// A stored event, whole, with what tells it from every other one of its feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The event.
    pub event: StoredEvent,
    /// Whether its own block set the last event ID.
    pub own_id: bool,
    /// The digest of what the server sent, which may be more than was stored.
    pub digest: i64,
}

/// What a feed holds without an id of its own: how often the same was sent in the same millisecond.
///
/// The key is an event's digest and when it arrived, in milliseconds since the Unix epoch.
pub type Unnamed = HashMap<(i64, i64), u32>;

impl Kept {
    /// Whether an id of its own names it.
    pub fn is_named(&self) -> bool {
        self.own_id && !self.event.last_event_id.is_empty()
    }
}

impl History {
    /// Finds events as [`History::find`] does, whole and in the order away from where it begins; gives from where to go
    /// on, none at the end.
    ///
    /// A page ends early after about 4 MiB of text.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn find_whole(&self, search: Search) -> Result<(Vec<Kept>, Option<EventId>), StoreError> {
        let upwards = matches!(search.place, Place::Newer(_));
        let found = self.find(search).await?;
        let mut ids: Vec<EventId> = found.rows.iter().map(|row| row.id).collect();
        if upwards {
            ids.reverse();
        }
        let (events, reached) = self.shared.finder.ask(move |database| whole(database, &ids)).await?;
        Ok((events, reached.or(if upwards { found.newer } else { found.older })))
    }

    /// Gives events stored after one of them, whole, oldest first; at most [`PAGE_ROWS`], and none at the end alone.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn after(&self, after: EventId, limit: usize) -> Result<Vec<Kept>, StoreError> {
        let limit = limit.min(PAGE_ROWS);
        let read = self.shared.reader.ask(move |database| {
            let ids: Vec<EventId> = database
                .prepare_cached(
                    "SELECT id FROM event WHERE id > ?1 AND deletion IS NULL ORDER BY id LIMIT ?2",
                )?
                .query_map((after.0, limit), |row| row.get(0).map(EventId))?
                .collect::<Result<_, _>>()?;
            whole(database, &ids)
        });
        Ok(read.await?.0)
    }

    /// Gives what a feed holds without an id of its own, about 32 bytes an event.
    ///
    /// # Errors
    ///
    /// Reading failed.
    pub async fn unnamed(&self, feed: FeedId) -> Result<Unnamed, StoreError> {
        let read = self.shared.finder.ask(move |database| {
            let mut held = Unnamed::new();
            let Some(feed) = feeds::number(database, &feed)? else { return Ok(held) };
            let sql =
                "SELECT digest, received_at_ms FROM event WHERE feed = ?1 AND (own_id = 0 OR last_event_id = '')";
            let mut events = database.prepare_cached(sql)?;
            let mut rows = events.query([feed])?;
            while let Some(row) = rows.next()? {
                *held.entry((row.get(0)?, row.get(1)?)).or_default() += 1;
            }
            Ok(held)
        });
        read.await
    }

    /// Takes events of a feed in that were in a history before, in the order given; gives how many weren't held.
    ///
    /// Those without an id of their own are all taken in; see [`History::unnamed`]. No cursor moves and no popup is
    /// raised. What was deleted here comes back.
    ///
    /// # Errors
    ///
    /// Writing failed; none of them was taken in.
    pub async fn take_in(&self, feed: FeedId, events: Vec<Kept>) -> Result<u64, StoreError> {
        let bytes = events.iter().map(|kept| kept.event.data.len() + kept.event.row.reading.body.len()).sum();
        let weight = Weight { rows: events.len(), bytes, lasting: false };
        self.shared
            .writer
            .ask(weight, move |database| {
                let feed = feeds::enrol(database, &feed)?;
                events.iter().try_fold(0, |sum, kept| Ok(sum + u64::from(take_in(database, feed, kept)?)))
            })
            .await
    }
}

/// Reads events, whole, until there is enough text; gives the last one read if that was not the last one asked for.
fn whole(connection: &Connection, ids: &[EventId]) -> rusqlite::Result<(Vec<Kept>, Option<EventId>)> {
    let mut facts = connection.prepare_cached("SELECT own_id, digest FROM event WHERE id = ?1")?;
    let (mut read, mut bytes) = (Vec::new(), 0);
    for (at, id) in ids.iter().enumerate() {
        // What was deleted since it was found is left out.
        let Some(event) = events::event(connection, *id)? else { continue };
        let (own_id, digest) = facts.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        bytes += event.data.len() + event.row.reading.body.len();
        read.push(Kept { event, own_id, digest });
        if bytes > PAGE_BYTES && at + 1 < ids.len() {
            return Ok((read, Some(*id)));
        }
    }
    Ok((read, None))
}

fn take_in(connection: &Connection, feed: i64, kept: &Kept) -> rusqlite::Result<bool> {
    let Kept { event: StoredEvent { row, data, last_event_id, trace }, own_id: _, digest } = kept;
    let event = super::NewEvent {
        received: Received {
            event_type: row.event_type.clone(),
            data: data.clone(),
            last_event_id: last_event_id.clone(),
            own_id: kept.is_named(),
            received_at_ms: row.received_at_ms,
        },
        reading: row.reading.clone(),
        read: row.read,
        starred: row.starred,
        // Nothing that is unsettled may come back: it would raise a popup.
        presented: match row.presented {
            Presented::Shown => Presented::Shown,
            Presented::New | Presented::Presenting | Presented::Suppressed => Presented::Suppressed,
        },
        trace: trace.clone(),
    };
    if event.received.own_id {
        gone::forgive(connection, feed, last_event_id, *digest)?;
    }
    events::put(connection, feed, &event, false, *digest).map(|id| id.is_some())
}
