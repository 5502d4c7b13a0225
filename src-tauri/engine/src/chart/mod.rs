//! Numbers over time: what feeds' events say at a place in their data, summed up in equal spans of time.

mod bucket;
mod numbers;
mod place;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde_json::Value;

pub use bucket::Bucket;
pub use numbers::{Choice, FeedNumbers, Numbers, numbers};
pub use place::Place;

use crate::history::{History, Looked, Readings, Seen, StoreError};
use crate::id::{EventId, FeedId};
use crate::rules::PathError;
use bucket::Buckets;

/// Lines asked for at once: more than fit on a large screen.
pub const LINES: usize = 64;
/// Buckets of a line: more than a wide chart has pixels for.
pub const BUCKETS: i64 = 1_000;
/// Events of a feed that are read for a chart: enough for its shape, and a tenth of a second of one thread.
const ROWS: usize = 16_384;
/// Tasks that are told of, the latest first.
const TASKS: usize = 12;
/// Tasks that are kept in mind while reading; keys are the server's, so there may be any number.
const TASKS_HELD: usize = 256;

/// What to chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose events.
    pub feed: FeedId,
    /// What of them.
    pub what: What,
    /// Only events whose data says this.
    pub only: Option<Only>,
}

/// What of its events a line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// How many there were.
    Count,
    /// The number at a path; an empty one means the data itself.
    Number(String),
    /// The number at a path, from 0 to 100, of each key.
    Tasks(String),
}

/// A condition on events' data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// Where.
    pub path: String,
    /// What stands there, as text.
    pub equals: String,
}

/// The time of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Since when, in milliseconds since the Unix epoch.
    pub from_ms: i64,
    /// Until when, this millisecond excluded.
    pub to_ms: i64,
    /// The width of a bucket in milliseconds; widened where there would be more than [`BUCKETS`].
    pub width_ms: i64,
}

/// What became of the lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// One for each line, in their order.
    pub series: Vec<Series>,
    /// All events up to this one are in it.
    pub until: EventId,
    /// The width of the buckets, in milliseconds.
    pub width_ms: i64,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Oldest first; none where there was nothing. Each begins at a multiple of the width.
    pub buckets: Vec<Bucket>,
    /// The latest state of each task, the latest first.
    pub tasks: Vec<Task>,
    /// How many of its feed's events were read.
    pub looked: Looked,
    /// Why the line can't be read.
    pub wrong: Option<PathError>,
}

/// How far a task is.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What tells it from others.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// From 0 to 100.
    pub percent: f64,
    /// When it said so, in milliseconds since the Unix epoch.
    pub at_ms: i64,
}

/// Sums up lines, as far as they follow an event that a chart of before held; each feed is read once.
///
/// # Errors
/// If the history can't be read.
pub async fn chart(
    history: &History,
    lines: &[Line],
    span: Span,
    after: Option<EventId>,
) -> Result<Chart, StoreError> {
    let span = span.bounded();
    let until = history.newest().await?;
    let lines = &lines[..lines.len().min(LINES)];
    let mut series = vec![Series::default(); lines.len()];
    let mut feeds: HashMap<&FeedId, Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        feeds.entry(&line.feed).or_default().push(index);
    }
    for (feed, indices) in feeds {
        let readers = indices.iter().map(|index| Reader::new(&lines[*index], span.width_ms)).collect();
        let readers = Readers(readers);
        let readings = Readings {
            feed: feed.clone(),
            from_ms: span.from_ms,
            to_ms: span.to_ms,
            after,
            until,
            rows: ROWS,
            data: readers.want_data(),
        };
        let (readers, looked) = history.read(readings, readers, Readers::take).await?;
        for (index, reader) in indices.into_iter().zip(readers.0) {
            series[index] = reader.series(looked);
        }
    }
    Ok(Chart { series, until, width_ms: span.width_ms })
}

impl Span {
    /// Makes sense of any numbers: whole buckets, not too many.
    fn bounded(self) -> Self {
        let from_ms = self.from_ms.max(0);
        let to_ms = self.to_ms.max(from_ms);
        let width_ms = self.width_ms.max((to_ms - from_ms) / BUCKETS + 1);
        Self { from_ms, to_ms, width_ms }
    }
}

/// The lines of one feed: what they need is read from each event once.
struct Readers(Vec<Reader>);

impl Readers {
    fn want_data(&self) -> bool {
        self.0.iter().any(|reader| reader.value.is_some() || reader.only.is_some())
    }

    fn take(&mut self, seen: &Seen) {
        let data = if self.want_data() { place::read(&seen.data) } else { None };
        self.0.iter_mut().for_each(|reader| reader.take(seen, data.as_ref()));
    }
}

/// One line while its feed is read.
struct Reader {
    /// Where its number stands; none where events are counted.
    value: Option<Place>,
    only: Option<(Place, String)>,
    wrong: Option<PathError>,
    buckets: Buckets,
    /// The latest state by key, for a line of tasks.
    tasks: Option<HashMap<String, Task>>,
}

impl Reader {
    fn new(line: &Line, width_ms: i64) -> Self {
        let (value, tasks) = match &line.what {
            What::Count => (Ok(None), None),
            What::Number(path) => (Place::parse(path).map(Some), None),
            What::Tasks(path) => (Place::parse(path).map(Some), Some(HashMap::new())),
        };
        let only = line.only.as_ref().map(|only| Ok((Place::parse(&only.path)?, only.equals.clone())));
        let only = only.transpose();
        let wrong = value.as_ref().err().or(only.as_ref().err()).cloned();
        let (value, only) = (value.ok().flatten(), only.ok().flatten());
        Self { value, only, wrong, buckets: Buckets::new(width_ms), tasks }
    }

    fn take(&mut self, seen: &Seen, data: Option<&Value>) {
        if self.wrong.is_some() {
            return;
        }
        if let Some((place, wanted)) = &self.only
            && data.and_then(|data| place.text(data)).as_deref() != Some(wanted)
        {
            return;
        }
        let Some(place) = &self.value else { return self.buckets.add(seen.at_ms, 1.0) };
        let Some(number) = data.and_then(|data| place.number(data)) else { return };
        match &mut self.tasks {
            None => self.buckets.add(seen.at_ms, number),
            Some(tasks) => note(tasks, seen, number),
        }
    }

    fn series(self, looked: Looked) -> Series {
        let mut tasks: Vec<Task> = self.tasks.unwrap_or_default().into_values().collect();
        tasks.sort_by(|one, other| other.at_ms.cmp(&one.at_ms).then_with(|| one.key.cmp(&other.key)));
        tasks.truncate(TASKS);
        Series { buckets: self.buckets.read(looked), tasks, looked, wrong: self.wrong }
    }
}

/// Keeps a task's latest state; of too many, those of long ago are let go.
fn note(tasks: &mut HashMap<String, Task>, seen: &Seen, percent: f64) {
    let Some(key) = seen.key.clone().filter(|_| (0.0..=100.0).contains(&percent)) else { return };
    if tasks.len() >= TASKS_HELD && !tasks.contains_key(&key) {
        let mut times: Vec<i64> = tasks.values().map(|task| task.at_ms).collect();
        times.sort_unstable();
        let middle = times[times.len() / 2];
        tasks.retain(|_, task| task.at_ms > middle);
        // All of the same moment are no more telling than the others.
        if tasks.len() >= TASKS_HELD {
            tasks.clear();
        }
    }
    let task = Task { key: key.clone(), title: seen.title.clone(), percent, at_ms: seen.at_ms };
    tasks.insert(key, task);
}
