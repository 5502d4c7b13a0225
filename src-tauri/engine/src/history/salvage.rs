//! Saving what can be read of a damaged database: feeds and cursors at once, events in steps.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags, Params, params_from_iter};

use super::schema;
use super::writer::Weight;

/// Events a step reads and stores: a few milliseconds of the writer's time.
const STEP_ROWS: usize = 256;
/// Bytes after which a step ends early.
const STEP_BYTES: usize = 4 * 1024 * 1024;
/// Where numbers go on if nothing tells how far they went: beyond any that was ever given.
const BEYOND: i64 = 1 << 40;

/// How far saving has come.
#[derive(Clone, Debug)]
pub(super) struct Salvage {
    /// What damaged and fresh events both have.
    event: Vec<String>,
    /// What damaged and fresh contents both have.
    content: Vec<String>,
    from: i64,
    last: i64,
}

/// What a step read: of each event its columns, its content's, its feed's id and its number.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

/// Opens a damaged database, with its log, for reading.
pub(super) fn open(path: &Path) -> rusqlite::Result<Connection> {
    schema::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// Copies feeds and cursors into the fresh database, and lets the numbers of fresh events begin after the damaged ones'.
///
/// Can be done again: what the fresh database has learned meanwhile stays. A table that can't be read is left out.
pub(super) fn begin(damaged: &Connection, fresh: &mut Connection) -> rusqlite::Result<()> {
    let transaction = fresh.transaction()?;
    for feed in rows(damaged, "SELECT number, id FROM feed", []) {
        let sql = "INSERT OR IGNORE INTO feed (number, id) VALUES (?1, ?2)";
        transaction.execute(sql, params_from_iter(feed))?;
    }
    let cursors = "SELECT id, last_event_id, retry_ms FROM cursor JOIN feed ON number = feed";
    for cursor in rows(damaged, cursors, []) {
        let sql = "INSERT OR IGNORE INTO cursor (feed, last_event_id, retry_ms)
                   SELECT number, ?2, ?3 FROM feed WHERE id = ?1";
        transaction.execute(sql, params_from_iter(cursor))?;
    }
    let last = last(damaged).unwrap_or(BEYOND);
    let moved =
        transaction.execute("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'event'", [last])?;
    if moved == 0 {
        transaction.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('event', ?1)", [last])?;
    }
    transaction.commit()
}

impl Salvage {
    /// Finds out what there is to save; none if nothing can be read.
    pub(super) fn survey(damaged: &Connection, fresh: &[Vec<String>; 2]) -> Option<Self> {
        let shared = |table, fresh: &[String]| {
            let there = columns(damaged, table).ok()?;
            Some(fresh.iter().filter(|column| there.contains(column)).cloned().collect())
        };
        let [event, content] = fresh;
        Some(Self {
            event: shared("event", event)?,
            content: shared("content", content)?,
            from: 0,
            last: last(damaged)?,
        })
    }

    /// How far it is, of how far, in the numbers of events.
    pub(super) fn progress(&self) -> (u64, u64) {
        let [done, all] = [self.from, self.last].map(|number| u64::try_from(number).unwrap_or(0));
        (done, all)
    }

    /// Reads the next events; none when all are read.
    pub(super) fn read(&mut self, damaged: &Connection) -> Option<Rows> {
        while self.from <= self.last {
            let mut read = Rows::default();
            match self.stretch(damaged, self.last, &mut read) {
                Ok(true) => self.from = self.last + 1,
                Ok(false) => {}
                // A page can't be read: the events around it are looked for one by one.
                Err(_) => self.one_by_one(damaged, &mut read),
            }
            if !read.rows.is_empty() {
                return Some(read);
            }
        }
        None
    }

    fn one_by_one(&mut self, damaged: &Connection, read: &mut Rows) {
        for _ in 0..STEP_ROWS {
            let one = self.from;
            let _ = self.stretch(damaged, one, read);
            self.from = one + 1;
            if self.from > self.last || read.is_full() {
                return;
            }
        }
    }

    /// Reads events up to one of them until there are enough; says whether there are no more.
    fn stretch(&mut self, damaged: &Connection, until: i64, read: &mut Rows) -> rusqlite::Result<bool> {
        let list = |table: &str, columns: &[String]| {
            columns.iter().map(|column| format!("{table}.{column}, ")).collect::<String>()
        };
        // The number of an event leads to all of it, without an index that may be damaged too.
        let sql = format!(
            "SELECT {}{}feed.id, event.id FROM event NOT INDEXED
             CROSS JOIN content ON content.event = event.id CROSS JOIN feed NOT INDEXED ON feed.number = event.feed
             WHERE event.id BETWEEN ?1 AND ?2 ORDER BY event.id",
            list("event", &self.event),
            list("content", &self.content),
        );
        let mut statement = damaged.prepare_cached(&sql)?;
        let width = statement.column_count();
        let mut found = statement.query([self.from, until])?;
        while let Some(row) = found.next()? {
            let values = (0..width).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Value>>>()?;
            self.from = row.get::<_, i64>(width - 1)? + 1;
            read.push(values);
            if read.is_full() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Stores what was read, leaving out what is held already or makes no sense; gives how many were stored.
    pub(super) fn store(&self, fresh: &Connection, read: &Rows) -> rusqlite::Result<u64> {
        let sql = |table, columns: &[String]| {
            let places = vec!["?"; columns.len()].join(", ");
            format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({places})", columns.join(", "))
        };
        let mut to_event = fresh.prepare_cached(&sql("event", &self.event))?;
        let mut to_content = fresh.prepare_cached(&sql("content", &self.content))?;
        let mut known = fresh.prepare_cached(
            "SELECT 1 FROM feed WHERE id = ?1 AND number = ?2 AND NOT EXISTS (SELECT 1 FROM event WHERE id = ?3)",
        )?;
        let feed_at = self.event.iter().position(|column| column == "feed").unwrap_or_default();
        let mut stored = 0;
        for row in &read.rows {
            let (event, rest) = row.split_at(self.event.len());
            let (content, names) = rest.split_at(self.content.len());
            // A feed that was removed meanwhile stays removed.
            if !known.exists([&names[0], &event[feed_at], &names[1]])? {
                continue;
            }
            let done = to_event.execute(params_from_iter(event)).and_then(|inserted| {
                if inserted > 0 {
                    to_content.execute(params_from_iter(content))?;
                }
                Ok(inserted as u64)
            });
            match done {
                Ok(inserted) => stored += inserted,
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(stored)
    }
}

impl Rows {
    /// What storing them costs.
    pub(super) fn weight(&self) -> Weight {
        Weight { rows: self.rows.len(), bytes: self.bytes, lasting: false }
    }

    fn push(&mut self, row: Vec<Value>) {
        self.bytes += row.iter().map(size).sum::<usize>();
        self.rows.push(row);
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= STEP_ROWS || self.bytes >= STEP_BYTES
    }
}

/// Names the columns that events and their contents have.
pub(super) fn layout(database: &Connection) -> rusqlite::Result<[Vec<String>; 2]> {
    Ok([columns(database, "event")?, columns(database, "content")?])
}

fn columns(database: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    database
        .prepare("SELECT name FROM pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect()
}

/// The number of the last event.
fn last(damaged: &Connection) -> Option<i64> {
    let given = "SELECT seq FROM sqlite_sequence WHERE name = 'event'";
    let held = "SELECT max(id) FROM event NOT INDEXED";
    [given, held].into_iter().find_map(|sql| damaged.query_row(sql, [], |row| row.get(0)).ok())
}

/// Reads the rows of a small table as far as they can be read.
fn rows(damaged: &Connection, sql: &str, params: impl Params) -> Vec<Vec<Value>> {
    let read = || -> rusqlite::Result<Vec<Vec<Value>>> {
        let mut statement = damaged.prepare(sql)?;
        let width = statement.column_count();
        let rows = statement.query_map(params, |row| (0..width).map(|at| row.get(at)).collect())?;
        Ok(rows.map_while(Result::ok).collect())
    };
    read().unwrap_or_default()
}

fn size(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Integer(_) | Value::Real(_) => 8,
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
    }
}
