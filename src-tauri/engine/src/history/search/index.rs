//! Filling the index of words behind the events, step by step.

use rusqlite::{Connection, OptionalExtension, params};

use super::words::words;

/// Events a step indexes at most: a few milliseconds of the writer's time.
pub(in crate::history) const STEP_ROWS: usize = 256;

/// Text a step indexes at most, for the same reason.
const STEP_BYTES: usize = 512 * 1024;

/// What is indexed of one event's body; nobody searches for what stands behind so much text.
const BODY_BYTES: usize = 64 * 1024;

/// Numbers of events that share one note of their times: about as many as one page of that index holds notes for.
const STRETCH: i64 = 4096;

/// Indexes the next events; gives how many later ones there may be.
pub(in crate::history) fn step(connection: &Connection) -> rusqlite::Result<u64> {
    let mark = mark(connection)?;
    let mut next = connection.prepare_cached(
        "SELECT event.id, event.title, coalesce(content.body, event.preview), event.link, event.feed,
                event.priority, event.event_type, event.received_at_ms, event.belongs_to
         FROM event LEFT JOIN content ON content.event = event.id
         WHERE event.id > ?1 ORDER BY event.id LIMIT ?2",
    )?;
    let mut add = connection
        .prepare_cached("INSERT OR REPLACE INTO words (rowid, title, body, tags) VALUES (?1, ?2, ?3, ?4)")?;
    let mut rows = next.query(params![mark, STEP_ROWS])?;
    let (mut until, mut bytes) = (mark, 0);
    while let Some(row) = rows.next()? {
        let text: String = row.get(2)?;
        let title: String = row.get(1)?;
        let link: Option<String> = row.get(3)?;
        let (event_type, group): (String, Option<String>) = (row.get(6)?, row.get(8)?);
        let tags = tags(row.get(4)?, row.get(5)?, &event_type, group.as_deref(), link.is_some());
        until = row.get(0)?;
        bytes += title.len() + text.len();
        add.execute(params![until, words(&title), body(&text, link.as_deref()), tags])?;
        note_time(connection, until / STRETCH, row.get(7)?)?;
        if bytes > STEP_BYTES {
            break;
        }
    }
    connection.prepare_cached("UPDATE indexed SET until = ?1")?.execute([until])?;
    behind(connection)
}

/// Gives how many events may not be indexed yet.
pub(in crate::history) fn behind(connection: &Connection) -> rusqlite::Result<u64> {
    Ok(u64::try_from(newest(connection)? - mark(connection)?).unwrap_or(0))
}

/// Gives the event up to which all are indexed.
pub(super) fn mark(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT until FROM indexed")?.query_row([], |row| row.get(0))
}

/// Gives the newest event's number.
pub(in crate::history) fn newest(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT coalesce(max(id), 0) FROM event")?.query_row([], |row| row.get(0))
}

/// The words of a body and of the link beside it.
pub(super) fn body(text: &str, link: Option<&str>) -> String {
    let mut end = text.len().min(BODY_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut found = words(&text[..end]);
    if let Some(link) = link {
        found.push_str(&words(link));
    }
    found
}

/// Words for what never changes about an event, so that filters narrow a search as words do.
fn tags(feed: i64, priority: i64, event_type: &str, group: Option<&str>, link: bool) -> String {
    let link = if link { "link" } else { "" };
    let group = group.map(group_tag).unwrap_or_default();
    format!("f{feed} p{priority} {} {group} {link}", type_tag(event_type))
}

/// The word for an event type; types that differ in ASCII case alone share it.
pub(super) fn type_tag(event_type: &str) -> String {
    tag('t', event_type)
}

/// The word for a group; groups that differ in ASCII case alone share it.
pub(super) fn group_tag(group: &str) -> String {
    tag('g', group)
}

fn tag(kind: char, name: &str) -> String {
    let digest = blake3::hash(name.to_ascii_lowercase().as_bytes());
    format!("{kind}{}", &digest.to_hex()[..16])
}

fn note_time(connection: &Connection, stretch: i64, at_ms: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO stretch (number, from_ms, until_ms) VALUES (?1, ?2, ?2)
             ON CONFLICT (number) DO UPDATE SET from_ms = min(from_ms, ?2), until_ms = max(until_ms, ?2)
             WHERE ?2 NOT BETWEEN from_ms AND until_ms",
        )?
        .execute(params![stretch, at_ms])?;
    Ok(())
}

/// Gives where events of a time may stand, the oldest first, as first and last number.
pub(in crate::history) fn ranges(
    connection: &Connection,
    after_ms: Option<i64>,
    before_ms: Option<i64>,
) -> rusqlite::Result<Vec<(i64, i64)>> {
    let (after, before) = (after_ms.unwrap_or(i64::MIN), before_ms.unwrap_or(i64::MAX));
    let mut stretches = connection
        .prepare_cached("SELECT number FROM stretch WHERE until_ms >= ?1 AND from_ms < ?2 ORDER BY number")?;
    let mut rows = stretches.query([after, before])?;
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        join(&mut ranges, (number * STRETCH, (number + 1) * STRETCH - 1));
    }
    // What isn't indexed yet may be of any time.
    join(&mut ranges, (mark(connection)? + 1, i64::MAX));
    Ok(ranges)
}

/// Adds a range, joined to the last one where they touch.
fn join(ranges: &mut Vec<(i64, i64)>, next: (i64, i64)) {
    match ranges.last_mut() {
        Some((_, last)) if next.0 <= last.saturating_add(1) => *last = next.1.max(*last),
        Some(_) | None => ranges.push(next),
    }
}

/// Gives the oldest event's number; none of an empty history.
pub(super) fn oldest(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM event ORDER BY id LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()
}
