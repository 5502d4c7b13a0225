//! A query as SQL: what the index narrows, what is asked of each row, and where to look at all.

use rusqlite::Connection;
use rusqlite::types::{ToSql, ToSqlOutput, Value};

use super::index;
use super::query::{Choice, Query, Text};
use crate::event::Priority;
use crate::history::{events, feeds};
use crate::id::FeedId;

/// How a query is looked for.
#[derive(Debug)]
pub(super) struct Plan {
    /// Through the index, if words or tags narrow it: the statement without its end.
    indexed: Option<Statement>,
    /// Row by row: the statement without its end.
    rowwise: Statement,
    /// What has to be looked for in each row's text.
    pub(super) texts: Vec<Text>,
    /// Where to look, the oldest first: first and last number.
    ranges: Vec<(i64, i64)>,
    /// Up to here the index knows every event.
    mark: i64,
}

/// A statement that wants the range, the order and a limit.
#[derive(Debug)]
pub(super) struct Statement {
    /// Its text up to the range.
    text: String,
    /// The column that holds the event's number.
    number: &'static str,
    /// What its parameters are, the range and limit excepted.
    values: Vec<Value>,
    /// Whether each row's text has to be looked at.
    pub(super) by_text: bool,
}

/// Which way to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From newer to older.
    Down,
    /// From older to newer.
    Up,
}

/// Events to be looked through at one go.
#[derive(Debug)]
pub(super) struct Span<'a> {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) statement: &'a Statement,
}

impl Plan {
    /// Plans a query; none if nothing can be found.
    pub(super) fn new(connection: &Connection, query: &Query) -> rusqlite::Result<Option<Self>> {
        let Some(oldest) = index::oldest(connection)? else { return Ok(None) };
        let (mark, newest) = (index::mark(connection)?, index::newest(connection)?);
        let Some(filters) = Filters::new(connection, query)? else { return Ok(None) };
        let ranges = if query.after_ms.is_some() || query.before_ms.is_some() {
            index::ranges(connection, query.after_ms, query.before_ms)?
        } else {
            vec![(oldest, newest)]
        };
        let by_text = !query.texts.is_empty();
        let indexed = expression(query, &filters).map(|expression| {
            let mut values = vec![Value::Text(expression)];
            values.extend(filters.values.iter().cloned());
            let text = format!(
                "SELECT {} FROM words CROSS JOIN event ON event.id = words.rowid
                 CROSS JOIN feed ON feed.number = event.feed WHERE words MATCH ? AND {}",
                events::COLUMNS,
                filters.text
            );
            Statement { text, number: "words.rowid", values, by_text: false }
        });
        let rowwise = Statement {
            text: rowwise(query, &filters, by_text),
            number: "event.id",
            values: filters.values,
            by_text,
        };
        let ranges = ranges.into_iter().map(|(first, last)| (first.max(oldest), last.min(newest)));
        let ranges = ranges.filter(|(first, last)| first <= last).collect();
        Ok(Some(Self { indexed, rowwise, texts: query.texts.clone(), ranges, mark }))
    }

    /// Gives the next events to look through, at most so many; none when all were.
    pub(super) fn span(&self, from: i64, way: Way, width: i64) -> Option<Span<'_>> {
        let (mut first, mut last) = match way {
            Way::Down => {
                let (first, last) = self.ranges.iter().rev().find(|(first, _)| *first <= from)?;
                let last = from.min(*last);
                ((*first).max(last.saturating_sub(width - 1)), last)
            }
            Way::Up => {
                let (first, last) = self.ranges.iter().find(|(_, last)| *last >= from)?;
                let first = from.max(*first);
                (first, (*last).min(first.saturating_add(width - 1)))
            }
        };
        let statement = match &self.indexed {
            None => &self.rowwise,
            Some(indexed) => {
                // No span crosses the mark, because the two sides are looked for in two ways.
                match way {
                    Way::Down if last > self.mark => first = first.max(self.mark + 1),
                    Way::Up if first <= self.mark => last = last.min(self.mark),
                    Way::Down | Way::Up => {}
                }
                if first > self.mark { &self.rowwise } else { indexed }
            }
        };
        Some(Span { first, last, statement })
    }
}

impl Statement {
    /// The whole text and all parameters for one go.
    pub(super) fn bind(&self, span: (i64, i64), way: Way, limit: usize) -> (String, Vec<Value>) {
        let Self { text, number, .. } = self;
        let order = match way {
            Way::Down => "DESC",
            Way::Up => "ASC",
        };
        let text = format!("{text} AND {number} BETWEEN ? AND ? ORDER BY {number} {order} LIMIT ?");
        let mut values = self.values.clone();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        values.extend([span.0, span.1, limit].map(Value::Integer));
        (text, values)
    }
}

fn rowwise(query: &Query, filters: &Filters, by_text: bool) -> String {
    // What few events have is found through the index of exactly those, whichever their feeds.
    let index = match (query.starred, query.read) {
        (Some(true), _) => "INDEXED BY event_starred",
        (_, Some(false)) => "INDEXED BY event_unread",
        _ if !query.feeds.one_of.is_empty() => "INDEXED BY event_by_feed",
        _ => "NOT INDEXED",
    };
    let body = if by_text { ", content.body" } else { "" };
    let content = if by_text { "LEFT JOIN content ON content.event = event.id" } else { "" };
    let any_feed = if index != "NOT INDEXED" && query.feeds.one_of.is_empty() {
        "event.feed IN (SELECT number FROM feed) AND "
    } else {
        ""
    };
    format!(
        "SELECT {}{body} FROM event {index} CROSS JOIN feed ON feed.number = event.feed {content} WHERE {any_feed}{}",
        events::COLUMNS,
        filters.text
    )
}

/// What is asked of each row.
struct Filters {
    text: String,
    values: Vec<Value>,
    feeds: Choice<i64>,
}

impl Filters {
    /// Writes the conditions; none if no event can fulfil them.
    fn new(connection: &Connection, query: &Query) -> rusqlite::Result<Option<Self>> {
        let number = |ids: &[FeedId]| -> rusqlite::Result<Vec<i64>> {
            ids.iter().filter_map(|id| feeds::number(connection, id).transpose()).collect()
        };
        let feeds = Choice { one_of: number(&query.feeds.one_of)?, none_of: number(&query.feeds.none_of)? };
        if feeds.one_of.is_empty() != query.feeds.one_of.is_empty() {
            return Ok(None);
        }
        let mut filters =
            Self { text: "event.deletion IS NULL".into(), values: Vec::new(), feeds: feeds.clone() };
        filters.choose("event.feed", "", &feeds, |number| Value::Integer(*number));
        filters.choose("event.event_type", "COLLATE NOCASE", &query.types, |name| Value::Text(name.clone()));
        // An event of no group is none of that group.
        filters.choose("coalesce(event.belongs_to, '')", "COLLATE NOCASE", &query.groups, |name| {
            Value::Text(name.clone())
        });
        filters.choose("event.priority", "", &query.priorities, code);
        filters.flag(query.read, "event.read = 1", "event.read = 0");
        filters.flag(query.starred, "event.starred = 1", "event.starred = 0");
        filters.flag(query.link, "event.link IS NOT NULL", "event.link IS NULL");
        filters.bound("event.received_at_ms >= ?", query.after_ms);
        filters.bound("event.received_at_ms < ?", query.before_ms);
        Ok(Some(filters))
    }

    fn choose<T>(&mut self, column: &str, how: &str, choice: &Choice<T>, value: impl Fn(&T) -> Value) {
        for (values, not) in [(&choice.one_of, ""), (&choice.none_of, "NOT ")] {
            if !values.is_empty() {
                let marks = vec!["?"; values.len()].join(", ");
                self.text.push_str(&format!(" AND {column} {how} {not}IN ({marks})"));
                self.values.extend(values.iter().map(&value));
            }
        }
    }

    fn flag(&mut self, wanted: Option<bool>, yes: &str, no: &str) {
        if let Some(wanted) = wanted {
            self.text.push_str(" AND ");
            self.text.push_str(if wanted { yes } else { no });
        }
    }

    fn bound(&mut self, condition: &str, at_ms: Option<i64>) {
        if let Some(at_ms) = at_ms {
            self.text.push_str(" AND ");
            self.text.push_str(condition);
            self.values.push(Value::Integer(at_ms));
        }
    }
}

fn code(priority: &Priority) -> Value {
    match priority.to_sql() {
        Ok(ToSqlOutput::Owned(value)) => value,
        Ok(_) | Err(_) => Value::Null,
    }
}

/// Writes a query in the index's own language, if the index narrows it.
///
/// Only folded words come here, which hold no character that language knows, and tags of our own.
fn expression(query: &Query, filters: &Filters) -> Option<String> {
    let (not, wanted): (Vec<&Text>, Vec<&Text>) = query.texts.iter().partition(|text| text.not);
    let mut parts: Vec<String> = wanted.into_iter().map(phrase).collect();
    let types = query.types.one_of.iter().map(|name| index::type_tag(name));
    parts.extend(any_tag(types));
    parts.extend(any_tag(query.groups.one_of.iter().map(|name| index::group_tag(name))));
    if query.link == Some(true) {
        parts.extend(any_tag(["link".to_owned()]));
    }
    let priorities = &query.priorities.one_of;
    // Nearly all events are of the normal priority, so that word would narrow nothing.
    if !priorities.contains(&Priority::Normal) {
        let numbers = priorities.iter().filter_map(|priority| match code(priority) {
            Value::Integer(number) => Some(format!("p{number}")),
            Value::Null | Value::Real(_) | Value::Text(_) | Value::Blob(_) => None,
        });
        parts.extend(any_tag(numbers));
    }
    if parts.is_empty() {
        return None;
    }
    // A feed alone is found by its own index.
    parts.extend(any_tag(filters.feeds.one_of.iter().map(|number| format!("f{number}"))));
    let parts = parts.join(" AND ");
    if not.is_empty() {
        return Some(parts);
    }
    let not: Vec<String> = not.into_iter().map(phrase).collect();
    Some(format!("({parts}) NOT ({})", not.join(" OR ")))
}

fn phrase(text: &Text) -> String {
    let prefix = if text.prefix { " *" } else { "" };
    format!("{{title body}} : \"{}\"{prefix}", text.words.trim_matches(' '))
}

fn any_tag(tags: impl IntoIterator<Item = String>) -> Option<String> {
    let tags: Vec<String> = tags.into_iter().map(|tag| format!("\"{tag}\"")).collect();
    (!tags.is_empty()).then(|| format!("tags : ({})", tags.join(" OR ")))
}
