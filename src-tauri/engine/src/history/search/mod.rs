//! Finding events: newest first or the best of the newest, page by page in both directions.

mod index;
mod plan;
pub mod query;
#[cfg(test)]
mod tests;
mod words;

use std::time::{Duration, Instant};

use rusqlite::{Connection, params_from_iter};

use self::plan::{Plan, Span, Way};
use self::query::{Query, Text};
use super::events;
use crate::event::EventRow;
use crate::id::EventId;

pub(super) use self::index::{STEP_ROWS, behind, newest, ranges, step};

/// The first look: more than a page where every second event fits.
const FIRST_WIDTH: i64 = 4096;
/// A look that takes longer than this is too wide…
const LONG: Duration = Duration::from_millis(40);
/// …and one that takes less may be wider.
const SHORT: Duration = Duration::from_millis(8);
/// A search answers with what it has after this long, so that a person sees something move.
pub(super) const PATIENCE: Duration = Duration::from_millis(150);
/// How many of the newest events that fit are compared for the best ones.
const RANKED: usize = 1_000;

/// Where in the history to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// From the newest event on downwards.
    Newest,
    /// Below an event.
    Older(EventId),
    /// Above an event: the ones next to it.
    Newer(EventId),
    /// An event, if it fits, and its neighbours on both sides.
    Around(EventId),
}

/// In which order events are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// Of the newest 1,000 that fit, those first that fit best; one page, and no way on from it.
    Best,
}

/// What to look for and how much of it.
#[derive(Clone, Debug)]
pub struct Search {
    /// The conditions.
    pub query: Query,
    /// Where to begin.
    pub place: Place,
    /// In which order.
    pub order: Order,
    /// Events a page holds at most.
    pub limit: usize,
}

/// A page of what was found.
///
/// A page may hold fewer events than asked for, even none, and still have a way on: then the search took a while, and
/// asking on from there goes on with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The events, newest first unless the best were asked for.
    pub rows: Vec<EventRow>,
    /// From where to ask for older ones; none if there are none, or the other direction was asked for.
    pub older: Option<EventId>,
    /// From where to ask for newer ones; none if there are none, or the other direction was asked for.
    pub newer: Option<EventId>,
}

/// Looks for events, for about as long as `patience`.
pub(super) fn find(connection: &Connection, search: &Search, patience: Duration) -> rusqlite::Result<Found> {
    let Some(plan) = Plan::new(connection, &search.query)? else { return Ok(Found::default()) };
    let look = |from: i64, way, limit| Look { connection, plan: &plan, patience }.run(from, way, limit);
    if search.order == Order::Best {
        let (rows, _) = look(i64::MAX, Way::Down, RANKED)?;
        return Ok(Found { rows: best(rows, &plan.texts, search.limit), older: None, newer: None });
    }
    match search.place {
        Place::Newest => {
            look(i64::MAX, Way::Down, search.limit).map(|(rows, older)| Found { rows, older, newer: None })
        }
        Place::Older(id) => look(id.0.saturating_sub(1), Way::Down, search.limit)
            .map(|(rows, older)| Found { rows, older, newer: None }),
        Place::Newer(id) => look(id.0.saturating_add(1), Way::Up, search.limit).map(|(mut rows, newer)| {
            rows.reverse();
            Found { rows, older: None, newer }
        }),
        Place::Around(id) => {
            let (mut rows, newer) = look(id.0.saturating_add(1), Way::Up, search.limit / 2)?;
            rows.reverse();
            let (below, older) = look(id.0, Way::Down, search.limit - rows.len())?;
            rows.extend(below);
            Ok(Found { rows, older, newer })
        }
    }
}

struct Look<'a> {
    connection: &'a Connection,
    plan: &'a Plan,
    patience: Duration,
}

impl Look<'_> {
    /// Gives what fits in one direction, and from where to go on; none if all was looked through.
    fn run(&self, from: i64, way: Way, limit: usize) -> rusqlite::Result<(Vec<EventRow>, Option<EventId>)> {
        let began = Instant::now();
        let (mut rows, mut at, mut width) = (Vec::new(), from, FIRST_WIDTH);
        while let Some(span) = self.plan.span(at, way, width) {
            let look = Instant::now();
            // One more than asked for tells whether there are more.
            self.read(&span, way, limit + 1 - rows.len(), &mut rows)?;
            if rows.len() > limit {
                rows.truncate(limit);
                return Ok((rows.clone(), rows.last().map_or(Some(EventId(from)), |row| Some(row.id))));
            }
            at = match way {
                Way::Down => span.first - 1,
                Way::Up => span.last + 1,
            };
            width = wider(width, look.elapsed());
            if began.elapsed() >= self.patience && self.plan.span(at, way, width).is_some() {
                let edge = match way {
                    Way::Down => span.first,
                    Way::Up => span.last,
                };
                return Ok((rows, Some(EventId(edge))));
            }
        }
        Ok((rows, None))
    }

    fn read(
        &self,
        span: &Span<'_>,
        way: Way,
        room: usize,
        found: &mut Vec<EventRow>,
    ) -> rusqlite::Result<()> {
        // Rows whose text doesn't fit must not use up the limit.
        let limit = if span.statement.by_text { usize::MAX } else { room };
        let (text, values) = span.statement.bind((span.first, span.last), way, limit);
        let mut statement = self.connection.prepare_cached(&text)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let full = found.len() + room;
        while let Some(row) = rows.next()? {
            let event = events::event_row(row)?;
            let fits = !span.statement.by_text || {
                let whole: Option<String> = row.get(events::COLUMN_COUNT)?;
                fits(&self.plan.texts, &event, whole.as_deref())
            };
            if fits {
                found.push(event);
                if found.len() == full {
                    break;
                }
            }
        }
        Ok(())
    }
}

fn wider(width: i64, took: Duration) -> i64 {
    if took > LONG {
        (width / 2).max(FIRST_WIDTH / 4)
    } else if took < SHORT {
        width.saturating_mul(4)
    } else {
        width
    }
}

/// Looks into the text as the index would.
fn fits(texts: &[Text], event: &EventRow, whole: Option<&str>) -> bool {
    let title = words::words(&event.reading.title);
    let body = index::body(whole.unwrap_or(&event.reading.body), event.reading.link.as_deref());
    texts.iter().all(|text| text.not != (text.is_in(&title) || text.is_in(&body)))
}

impl Text {
    fn is_in(&self, words: &str) -> bool {
        words.contains(if self.prefix { self.words.trim_end_matches(' ') } else { &self.words })
    }
}

/// Titles count most, and among equals the newest.
fn best(rows: Vec<EventRow>, texts: &[Text], limit: usize) -> Vec<EventRow> {
    let score = |row: &EventRow| -> usize {
        let (title, body) = (words::words(&row.reading.title), words::words(&row.reading.body));
        let wanted = texts.iter().filter(|text| !text.not);
        wanted
            .map(|text| {
                let whole = title.trim_matches(' ') == text.words.trim_matches(' ');
                8 * usize::from(whole) + 4 * usize::from(text.is_in(&title)) + usize::from(text.is_in(&body))
            })
            .sum()
    };
    let mut scored: Vec<_> = rows.into_iter().map(|row| (score(&row), row)).collect();
    // The sort is stable, so what came newest first stays so.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().take(limit).map(|(_, row)| row).collect()
}
