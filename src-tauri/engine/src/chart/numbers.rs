//! Which numbers a feed's newest events hold, and by what they could be told apart.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::place;
use crate::history::{History, Readings, Seen, StoreError};
use crate::id::{EventId, FeedId};

/// Newest events that are looked at: a few seconds of a busy feed, a day of a calm one.
const ROWS: usize = 240;
/// Paths that are told of; a feed with more has data that nobody charts by hand.
const PATHS: usize = 64;
/// Values at a path that make a choice people can make.
const VALUES: usize = 24;
/// Longer texts tell nothing apart.
const VALUE_CHARS: usize = 60;
/// How deep numbers are looked for…
const DEPTH: usize = 6;
/// …and how far into a list.
const ITEMS: usize = 4;

/// What a feed's newest events hold.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedNumbers {
    /// The feed.
    pub feed: FeedId,
    /// How many events were looked at.
    pub of: u64,
    /// Where numbers stand, in the order of the newest data.
    pub numbers: Vec<Numbers>,
    /// Where a text tells events apart.
    pub choices: Vec<Choice>,
}

/// A path at which numbers stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// The path; empty where the data itself is the number.
    pub path: String,
    /// In how many of the events.
    pub seen: u64,
    /// In how many of them with a key of its own, as a task's states have one.
    pub keyed: u64,
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
    /// The newest.
    pub last: f64,
}

/// A path at which a few texts stand in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The path.
    pub path: String,
    /// In how many of the events.
    pub seen: u64,
    /// The texts.
    pub values: Vec<String>,
}

/// Looks at a feed's newest events.
///
/// # Errors
/// If the history can't be read.
pub async fn numbers(history: &History, feed: &FeedId) -> Result<FeedNumbers, StoreError> {
    let newest = history.page(Some(feed.clone()), None, ROWS).await?;
    // The page holds exactly the newest ones, where a range of time would hold a sample.
    let (first, last) = (newest.last().map(|row| row.id), newest.first().map(|row| row.id));
    let readings = Readings {
        feed: feed.clone(),
        from_ms: i64::MIN,
        to_ms: i64::MAX,
        after: first.map(|id| EventId(id.0.saturating_sub(1))),
        until: last.unwrap_or(EventId(0)),
        rows: ROWS,
        data: true,
    };
    let (found, _) = history.read(readings, Found::default(), Found::take).await?;
    Ok(found.told(feed.clone()))
}

#[derive(Default)]
struct Found {
    of: u64,
    numbers: Vec<Numbers>,
    choices: Vec<(String, u64, BTreeSet<String>)>,
}

impl Found {
    fn take(&mut self, seen: &Seen) {
        self.of += 1;
        if let Some(data) = place::read(&seen.data) {
            self.look(&data, &mut String::new(), seen.key.is_some(), 0);
        }
    }

    /// Looks into a value; `path` is left as it was.
    fn look(&mut self, value: &Value, path: &mut String, keyed: bool, depth: usize) {
        if let Some(number) = place::number(value) {
            self.number(path, number, keyed);
        }
        match value {
            Value::String(text) => self.text(path, text),
            Value::Array(items) if depth < DEPTH => {
                for (index, item) in items.iter().take(ITEMS).enumerate() {
                    self.inside(path, &format!("[{index}]"), |found, path| {
                        found.look(item, path, keyed, depth + 1);
                    });
                }
            }
            Value::Object(members) if depth < DEPTH => self.members(members, path, keyed, depth),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {}
        }
    }

    fn members(&mut self, members: &Map<String, Value>, path: &mut String, keyed: bool, depth: usize) {
        for (name, member) in members.iter().take(PATHS) {
            self.inside(path, &step(name, path.is_empty()), |found, path| {
                found.look(member, path, keyed, depth + 1);
            });
        }
    }

    fn inside(&mut self, path: &mut String, step: &str, look: impl FnOnce(&mut Self, &mut String)) {
        let length = path.len();
        path.push_str(step);
        look(self, path);
        path.truncate(length);
    }

    fn number(&mut self, path: &str, number: f64, keyed: bool) {
        let keyed = u64::from(keyed);
        if let Some(known) = self.numbers.iter_mut().find(|known| known.path == path) {
            known.seen += 1;
            known.keyed += keyed;
            (known.min, known.max, known.last) = (known.min.min(number), known.max.max(number), number);
        } else if self.numbers.len() < PATHS {
            let path = path.to_owned();
            self.numbers.push(Numbers { path, seen: 1, keyed, min: number, max: number, last: number });
        }
    }

    fn text(&mut self, path: &str, text: &str) {
        let short = text.chars().nth(VALUE_CHARS).is_none();
        if let Some((_, seen, values)) = self.choices.iter_mut().find(|(known, ..)| known == path) {
            *seen += 1;
            // One more than make a choice shows that it is none.
            if values.len() <= VALUES {
                values.insert(if short { text.to_owned() } else { String::new() });
            }
        } else if short && self.choices.len() < PATHS {
            self.choices.push((path.to_owned(), 1, BTreeSet::from([text.to_owned()])));
        }
    }

    fn told(self, feed: FeedId) -> FeedNumbers {
        let choices = self.choices.into_iter().filter(|(.., values)| values.len() <= VALUES);
        let choices = choices.map(|(path, seen, values)| {
            let values = values.into_iter().filter(|value| !value.is_empty()).collect();
            Choice { path, seen, values }
        });
        let choices = choices.filter(|choice: &Choice| choice.values.len() > 1).collect();
        FeedNumbers { feed, of: self.of, numbers: self.numbers, choices }
    }
}

/// Writes a step of a path so that it is read back as the same name.
fn step(name: &str, first: bool) -> String {
    let plain = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | ' ');
    let is_plain = name.starts_with(|first: char| first.is_alphanumeric() || first == '_')
        && !name.ends_with(' ')
        && name.chars().all(plain);
    match (is_plain, first) {
        (true, true) => name.to_owned(),
        (true, false) => format!(".{name}"),
        (false, _) => format!("[{}]", Value::from(name)),
    }
}
