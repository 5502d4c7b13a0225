//! What a person types into the search box: parsed whole or explained, never passed on as it is.

mod moment;
mod piece;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::Zoned;
use thiserror::Error;

use self::piece::Piece;
use super::words::words;
use crate::event::Priority;
use crate::id::FeedId;

/// A search box holds no more; a longer text was pasted there by mistake.
const LONGEST_CHARS: usize = 1_000;
/// More terms than this narrow nothing down any more.
const MOST_TERMS: usize = 32;

/// All priorities, the least first.
const PRIORITIES: [(&str, Priority); 5] = [
    ("min", Priority::Min),
    ("low", Priority::Low),
    ("normal", Priority::Normal),
    ("high", Priority::High),
    ("urgent", Priority::Urgent),
];

/// What is looked for; every condition holds of every event found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words and phrases.
    pub texts: Vec<Text>,
    /// Feeds.
    pub feeds: Choice<FeedId>,
    /// Event types, whatever their case.
    pub types: Choice<String>,
    /// Groups, whatever their case.
    pub groups: Choice<String>,
    /// Priorities.
    pub priorities: Choice<Priority>,
    /// Whether it was read.
    pub read: Option<bool>,
    /// Whether it is starred.
    pub starred: Option<bool>,
    /// Whether it has a link.
    pub link: Option<bool>,
    /// Arrived at this instant or later, in milliseconds since the Unix epoch.
    pub after_ms: Option<i64>,
    /// Arrived before this instant, in milliseconds since the Unix epoch.
    pub before_ms: Option<i64>,
}

/// Words that stand one after another, in the title or in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The words, folded, a blank before and after each.
    pub(super) words: String,
    /// Whether the last word may go on.
    pub(super) prefix: bool,
    /// Whether events that have them are left out.
    pub(super) not: bool,
}

/// Values of which one has to be there, and values that must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// Any of these; empty is anything.
    pub one_of: Vec<T>,
    /// None of these.
    pub none_of: Vec<T>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { one_of: Vec::new(), none_of: Vec::new() }
    }
}

impl<T> Choice<T> {
    fn add(&mut self, not: bool, values: impl IntoIterator<Item = T>) {
        if not { &mut self.none_of } else { &mut self.one_of }.extend(values);
    }
}

/// What a query is read against.
#[derive(Clone, Copy, Debug)]
pub struct Standpoint<'a> {
    /// The present, in the person's time zone.
    pub now: &'a Zoned,
    /// The feeds and their names.
    pub feeds: &'a [(FeedId, String)],
}

/// Why a query isn't one, for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message} {mend}")]
pub struct Wrong {
    /// Where in the text, in characters.
    pub place: Range<usize>,
    /// What is wrong there, in a sentence.
    pub message: String,
    /// What mends it, in a sentence.
    pub mend: String,
}

impl Query {
    /// Reads what a person typed. Nothing typed finds everything.
    ///
    /// # Errors
    ///
    /// A filter doesn't exist or its value means nothing.
    pub fn parse(text: &str, standpoint: Standpoint<'_>) -> Result<Self, Wrong> {
        let chars = text.chars().count();
        if chars > LONGEST_CHARS {
            return Err(Wrong {
                place: LONGEST_CHARS..chars,
                message: format!("A search holds at most {LONGEST_CHARS} characters."),
                mend: "Leave some words out.".into(),
            });
        }
        let pieces = piece::split(text);
        if let Some(piece) = pieces.get(MOST_TERMS) {
            return Err(piece.wrong(
                format!("A search holds at most {MOST_TERMS} words and filters."),
                "Leave some out.".into(),
            ));
        }
        let mut query = Self::default();
        pieces.iter().try_for_each(|piece| query.add(piece, standpoint))?;
        Ok(query)
    }

    /// Narrows it to one feed, whatever feeds it names.
    pub fn within(&mut self, feed: FeedId) {
        let Choice { one_of, none_of } = &mut self.feeds;
        // A feed that the query doesn't mean is named and left out, so nothing is found.
        if !one_of.is_empty() && !one_of.contains(&feed) {
            none_of.push(feed.clone());
        }
        *one_of = vec![feed];
    }

    fn add(&mut self, piece: &Piece, standpoint: Standpoint<'_>) -> Result<(), Wrong> {
        let Some(key) = &piece.key else {
            self.add_text(piece);
            return Ok(());
        };
        if piece.value.is_empty() {
            return Err(piece.wrong(format!("“{key}:” has no value."), format!("Write {}.", example(key))));
        }
        let (value, not) = (piece.value.to_lowercase(), piece.not);
        match key.as_str() {
            "feed" => self.feeds.add(not, feeds(piece, standpoint.feeds)?),
            "type" => self.types.add(not, [piece.value.clone()]),
            "group" => self.groups.add(not, [piece.value.clone()]),
            "priority" => self.priorities.add(not, priorities(piece, &value)?),
            "is" => self.add_state(piece, &value)?,
            "has" if matches!(value.as_str(), "link" | "links") => set(&mut self.link, !not, piece)?,
            "has" => return Err(unknown(piece, "has:link")),
            "before" => self.bound(!not, moment::read(piece, &value, standpoint.now)?),
            "after" => self.bound(not, moment::read(piece, &value, standpoint.now)?),
            meant => {
                return Err(piece.wrong(
                    format!("There is no filter “{meant}:”."),
                    "To look for that text, put it in quotation marks.".into(),
                ));
            }
        }
        Ok(())
    }

    fn add_text(&mut self, piece: &Piece) {
        let words = words(&piece.value);
        // Punctuation alone is no word, so there is nothing to look for.
        if words.len() > 1 {
            self.texts.push(Text { words, prefix: piece.prefix, not: piece.not });
        }
    }

    fn add_state(&mut self, piece: &Piece, value: &str) -> Result<(), Wrong> {
        match value {
            "read" => set(&mut self.read, !piece.not, piece),
            "unread" => set(&mut self.read, piece.not, piece),
            "starred" => set(&mut self.starred, !piece.not, piece),
            "unstarred" => set(&mut self.starred, piece.not, piece),
            _ => Err(unknown(piece, "is:unread, is:read or is:starred")),
        }
    }

    /// Of several bounds the narrowest holds.
    fn bound(&mut self, before: bool, at_ms: i64) {
        if before {
            self.before_ms = Some(self.before_ms.map_or(at_ms, |known| known.min(at_ms)));
        } else {
            self.after_ms = Some(self.after_ms.map_or(at_ms, |known| known.max(at_ms)));
        }
    }
}

fn set(state: &mut Option<bool>, to: bool, piece: &Piece) -> Result<(), Wrong> {
    if state.is_some_and(|known| known != to) {
        return Err(piece.wrong(
            "This contradicts an earlier filter, so nothing can be found.".into(),
            "Leave one of them out.".into(),
        ));
    }
    *state = Some(to);
    Ok(())
}

/// Finds the feeds a person means: those of that name, else those whose names contain it.
fn feeds(piece: &Piece, known: &[(FeedId, String)]) -> Result<Vec<FeedId>, Wrong> {
    let wanted = words(&piece.value);
    let inner = wanted.trim_matches(' ');
    let fits = |exact: bool| -> Vec<FeedId> {
        let fit = |(id, name): &&(FeedId, String)| {
            let name = words(name);
            let same = if exact { name == wanted } else { !inner.is_empty() && name.contains(inner) };
            same || exact && id.as_str() == piece.value
        };
        known.iter().filter(fit).map(|(id, _)| id.clone()).collect()
    };
    let exact = fits(true);
    let found = if exact.is_empty() { fits(false) } else { exact };
    if !found.is_empty() {
        return Ok(found);
    }
    let mend = match known.iter().map(|(_, name)| name).min_by_key(|name| distance(&words(name), &wanted)) {
        Some(name) => format!("The most alike is feed:{}.", quoted(name)),
        None => "There are no feeds yet.".into(),
    };
    Err(piece.wrong(format!("No feed is called “{}”.", piece.value), mend))
}

fn priorities(piece: &Piece, value: &str) -> Result<Vec<Priority>, Wrong> {
    let (name, up) = value.strip_suffix('+').map_or((value, false), |name| (name, true));
    let at = PRIORITIES.iter().position(|(known, _)| *known == name);
    let at = at.ok_or_else(|| {
        unknown(piece, "priority:min, low, normal, high, urgent, or high+ for high and more")
    })?;
    let until = if up { PRIORITIES.len() } else { at + 1 };
    Ok(PRIORITIES[at..until].iter().map(|(_, priority)| *priority).collect())
}

fn unknown(piece: &Piece, known: &str) -> Wrong {
    let key = piece.key.as_deref().unwrap_or_default();
    piece.wrong(format!("“{key}:” doesn't know “{}”.", piece.value), format!("Write {known}."))
}

fn example(key: &str) -> &'static str {
    match key {
        "feed" => "feed:name, or feed:\"a longer name\"",
        "type" => "type:message",
        "group" => "group:name, or group:\"a longer name\"",
        "priority" => "priority:high",
        "is" => "is:unread, is:read or is:starred",
        "has" => "has:link",
        "before" => "before:2026-11-21 or before:3d",
        _ => "after:2026-11-21 or after:2h",
    }
}

/// A name as it is written after a filter.
fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{}\"", name.replace('"', " ")) } else { name.into() }
}

/// How many letters have to be changed, added or left out to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let kept = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = kept.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}
