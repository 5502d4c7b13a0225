//! Events as rows: stored once, read back by page, one by one, or as what was never shown.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Batch, NewEvent, feeds, gone};
use crate::event::{EventRow, GAP_TYPE, Presented, Reading, Received, StoredEvent, Trace};
use crate::id::{EventId, FeedId};

/// What a list shows of a body, in characters: about three lines of a wide window.
const PREVIEW_CHARS: usize = 300;

/// A feed's events whose popups were never settled: [`Presented::New`] or [`Presented::Presenting`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// The feed.
    pub feed: FeedId,
    /// How many there are.
    pub count: u64,
    /// The newest of them.
    pub last: EventId,
    /// When the oldest of them arrived, in milliseconds since the Unix epoch.
    pub oldest_ms: i64,
    /// The newest among the most urgent.
    pub most_urgent: EventRow,
}

/// The columns that [`event_row`] reads.
macro_rules! columns {
    () => {
        "event.id, feed.id, event.received_at_ms, event.event_type, event.title, event.preview,
         event.link, event.priority, event.key, event.read, event.presented, event.starred,
         event.belongs_to"
    };
}

/// The columns that [`event_row`] reads.
pub(super) const COLUMNS: &str = columns!();

/// How many they are.
pub(super) const COLUMN_COUNT: usize = 13;

macro_rules! rows_where {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM event JOIN feed ON feed.number = event.feed ", $rest)
    };
}

/// Stores a batch and moves the cursor; one entry an event, none where the history held it already.
pub(super) fn store(
    connection: &Connection,
    batch: &Batch,
    titles_only: bool,
) -> rusqlite::Result<Vec<Option<EventId>>> {
    let feed = feeds::enrol(connection, &batch.feed)?;
    feeds::move_cursor(connection, feed, &batch.cursor)?;
    batch.events.iter().map(|event| insert(connection, feed, event, titles_only)).collect()
}

/// Cuts a body to what a list shows.
pub(super) fn preview(body: &str) -> &str {
    body.char_indices().nth(PREVIEW_CHARS).map_or(body, |(end, _)| &body[..end])
}

/// Reads a page, newest first, of one feed or of all.
pub(super) fn page(
    connection: &Connection,
    feed: Option<&FeedId>,
    before: Option<EventId>,
    limit: usize,
) -> rusqlite::Result<Vec<EventRow>> {
    let before = before.map_or(i64::MAX, |id| id.0);
    let Some(feed) = feed else {
        return connection
            .prepare_cached(rows_where!(
                "WHERE event.id < ?1 AND event.deletion IS NULL ORDER BY event.id DESC LIMIT ?2"
            ))?
            .query_map(params![before, limit], event_row)?
            .collect();
    };
    let Some(feed) = feeds::number(connection, feed)? else { return Ok(Vec::new()) };
    connection
        .prepare_cached(rows_where!(
            "WHERE event.feed = ?1 AND event.id < ?2 AND event.deletion IS NULL ORDER BY event.id DESC LIMIT ?3"
        ))?
        .query_map(params![feed, before, limit], event_row)?
        .collect()
}

/// Reads one event, whole.
pub(super) fn event(connection: &Connection, id: EventId) -> rusqlite::Result<Option<StoredEvent>> {
    let row = connection
        .prepare_cached(rows_where!("WHERE event.id = ?1 AND event.deletion IS NULL"))?
        .query_row([id.0], event_row)
        .optional()?;
    let Some(mut row) = row else { return Ok(None) };
    connection
        .prepare_cached(
            "SELECT content.body, content.data, event.last_event_id, content.trace
             FROM event JOIN content ON content.event = event.id WHERE event.id = ?1",
        )?
        .query_row([id.0], |content| {
            if let Some(body) = content.get(0)? {
                row.reading.body = body;
            }
            Ok(Some(StoredEvent {
                row,
                data: content.get(1)?,
                last_event_id: content.get(2)?,
                trace: content.get::<_, Option<Trace>>(3)?.unwrap_or_default(),
            }))
        })
}

/// Notes what became of events' popups.
pub(super) fn present(
    connection: &Connection,
    ids: &[EventId],
    presented: Presented,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached("UPDATE event SET presented = ?2 WHERE id = ?1")?;
    ids.iter().try_for_each(|id| update.execute(params![id.0, presented]).map(drop))
}

/// Reads the digests of a feed's last events without an id of their own, oldest first, deleted ones before the others.
pub(super) fn digests(connection: &Connection, feed: &FeedId, limit: usize) -> rusqlite::Result<Vec<i64>> {
    let Some(feed) = feeds::number(connection, feed)? else { return Ok(Vec::new()) };
    let mut digests = connection
        .prepare_cached(
            "SELECT digest FROM event WHERE feed = ?1 AND own_id = 0 AND event_type <> ?2 ORDER BY id DESC LIMIT ?3",
        )?
        .query_map(params![feed, GAP_TYPE, limit], |row| row.get(0))?
        .collect::<Result<Vec<_>, _>>()?;
    digests.append(&mut gone::digests(connection, feed, limit - digests.len())?);
    digests.reverse();
    Ok(digests)
}

/// Sums up by feed what was stored and never settled.
pub(super) fn unshown(connection: &Connection) -> rusqlite::Result<Vec<Unshown>> {
    let counts: Vec<(i64, u64, i64, i64)> = connection
        .prepare_cached(
            "SELECT feed, count(*), max(id), min(id) FROM event WHERE presented < 2 GROUP BY feed",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let mut arrived = connection.prepare_cached("SELECT received_at_ms FROM event WHERE id = ?1")?;
    let mut most_urgent = connection.prepare_cached(rows_where!(
        "WHERE event.feed = ?1 AND event.presented < 2 ORDER BY event.priority DESC, event.id DESC LIMIT 1"
    ))?;
    counts
        .into_iter()
        .map(|(feed, count, last, oldest)| {
            let most_urgent = most_urgent.query_row([feed], event_row)?;
            let oldest_ms = arrived.query_row([oldest], |row| row.get(0))?;
            let feed = most_urgent.feed.clone();
            Ok(Unshown { feed, count, last: EventId(last), oldest_ms, most_urgent })
        })
        .collect()
}

/// Reads a feed's events that were never settled, oldest first.
pub(super) fn unshown_of(
    connection: &Connection,
    feed: &FeedId,
    limit: usize,
) -> rusqlite::Result<Vec<EventRow>> {
    let Some(feed) = feeds::number(connection, feed)? else { return Ok(Vec::new()) };
    connection
        .prepare_cached(rows_where!(
            "WHERE event.feed = ?1 AND event.presented < 2 ORDER BY event.id LIMIT ?2"
        ))?
        .query_map(params![feed, limit], event_row)?
        .collect()
}

fn insert(
    connection: &Connection,
    feed: i64,
    event: &NewEvent,
    title_only: bool,
) -> rusqlite::Result<Option<EventId>> {
    let received = &event.received;
    let digest = digest(received);
    if received.is_named() && gone::holds(connection, feed, &received.last_event_id, digest)? {
        return Ok(None);
    }
    put(connection, feed, event, title_only && received.event_type != GAP_TYPE, digest)
}

/// Stores an event whose digest is known; gives none where the feed held it already.
pub(super) fn put(
    connection: &Connection,
    feed: i64,
    event: &NewEvent,
    title_only: bool,
    digest: i64,
) -> rusqlite::Result<Option<EventId>> {
    let NewEvent { received, reading, read, starred, presented, trace } = event;
    let (body, data) = if title_only { ("", "") } else { (&*reading.body, &*received.data) };
    let preview = preview(body);
    let whole = (preview.len() < body.len()).then_some(body);
    let bytes = reading.title.len() + preview.len() + data.len() + whole.map_or(0, str::len);
    let stored = connection
        .prepare_cached(
            "INSERT INTO event (feed, received_at_ms, read, presented, priority, own_id, digest, event_type,
                                last_event_id, key, link, title, preview, bytes, starred, belongs_to)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            feed,
            received.received_at_ms,
            read,
            presented,
            reading.priority,
            received.is_named(),
            digest,
            received.event_type,
            received.last_event_id,
            reading.key,
            reading.link,
            reading.title,
            preview,
            bytes,
            starred,
            reading.group,
        ])?;
    if stored == 0 {
        return Ok(None);
    }
    let id = connection.last_insert_rowid();
    connection
        .prepare_cached("INSERT INTO content (event, body, data, trace) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, whole, data, trace])?;
    Ok(Some(EventId(id)))
}

/// Eight bytes of a digest of what the server sent: they only have to tell apart events of one feed and one id.
pub fn digest(received: &Received) -> i64 {
    let mut hasher = blake3::Hasher::new();
    // The length keeps the border between type and data.
    hasher.update(&(received.event_type.len() as u64).to_le_bytes());
    hasher.update(received.event_type.as_bytes());
    hasher.update(received.data.as_bytes());
    let mut digest = [0; 8];
    hasher.finalize_xof().fill(&mut digest);
    i64::from_le_bytes(digest)
}

pub(super) fn event_row(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        id: EventId(row.get(0)?),
        feed: FeedId::from_text(row.get::<_, String>(1)?),
        received_at_ms: row.get(2)?,
        event_type: row.get(3)?,
        reading: Reading {
            title: row.get(4)?,
            body: row.get(5)?,
            link: row.get(6)?,
            priority: row.get(7)?,
            key: row.get(8)?,
            group: row.get(12)?,
            ..Reading::default()
        },
        read: row.get(9)?,
        presented: row.get(10)?,
        starred: row.get(11)?,
    })
}
