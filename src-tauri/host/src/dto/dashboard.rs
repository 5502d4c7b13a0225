//! The dashboard: its tiles, what numbers there are, and charts of them.
//!
//! A chart's numbers are finite. Specta would write every `f64` as one that may be null, hence the type of another number.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::chart;
use tidings_engine::id::EventId;
use tidings_engine::settings;

use super::feed_id;

/// A tile of the dashboard: whose events, what of them, and which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Tile {
    feed: String,
    shows: Shows,
    /// Where the number stands in the data; empty where it is the data itself, or events are counted.
    path: String,
    only: Option<OnlyWhere>,
    label: String,
    unit: String,
}

/// What a tile or a line shows: a number over time, how far each task is, or how many events come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Shows {
    Number,
    Tasks,
    Rate,
}

/// Only events whose data says this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct OnlyWhere {
    path: String,
    equals: String,
}

/// A line of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    feed: String,
    shows: Shows,
    path: String,
    only: Option<OnlyWhere>,
}

/// The time of a chart, in wall-clock milliseconds since the Unix epoch, and the width of its buckets.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    from_ms: i64,
    to_ms: i64,
    width_ms: i64,
}

/// What lines show, in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    series: Vec<Series>,
    /// All events up to this one are in it.
    until: String,
    width_ms: i64,
}

/// One line; where fewer events were read than there are, it is made of an even sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Series {
    /// Oldest first; none where there was nothing.
    buckets: Vec<Bucket>,
    /// The latest first.
    tasks: Vec<Task>,
    looked: u64,
    of: u64,
    /// Why the line can't be read.
    wrong: Option<String>,
}

/// What was in a span of time; it begins at a multiple of the width.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bucket {
    at_ms: i64,
    count: u64,
    #[specta(type = i32)]
    min: f64,
    #[specta(type = i32)]
    max: f64,
    #[specta(type = i32)]
    last: f64,
}

/// How far a task is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Task {
    key: String,
    title: String,
    #[specta(type = i32)]
    percent: f64,
    at_ms: i64,
}

/// Where the newest events of a feed hold numbers, and texts that tell its events apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedNumbers {
    of: u64,
    numbers: Vec<Numbers>,
    choices: Vec<Choice>,
}

/// A path with numbers: in how many events, and in how many of them with a key as a task's states have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Numbers {
    path: String,
    seen: u64,
    keyed: u64,
    #[specta(type = i32)]
    min: f64,
    #[specta(type = i32)]
    max: f64,
    #[specta(type = i32)]
    last: f64,
}

/// A path with a few texts in turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Choice {
    path: String,
    seen: u64,
    values: Vec<String>,
}

impl From<settings::Tile> for Tile {
    fn from(settings::Tile { feed, shows, path, only_where, label, unit }: settings::Tile) -> Self {
        let shows = match shows {
            settings::Shows::Number => Shows::Number,
            settings::Shows::Tasks => Shows::Tasks,
            settings::Shows::Rate => Shows::Rate,
        };
        let only = only_where.map(|settings::OnlyWhere { path, equals }| OnlyWhere { path, equals });
        Self { feed: feed.as_str().to_owned(), shows, path, only, label, unit }
    }
}

impl From<Tile> for settings::Tile {
    fn from(Tile { feed, shows, path, only, label, unit }: Tile) -> Self {
        let shows = match shows {
            Shows::Number => settings::Shows::Number,
            Shows::Tasks => settings::Shows::Tasks,
            Shows::Rate => settings::Shows::Rate,
        };
        let only_where = only.map(|OnlyWhere { path, equals }| settings::OnlyWhere { path, equals });
        Self { feed: feed_id(feed), shows, path, only_where, label, unit }
    }
}

impl From<Line> for chart::Line {
    fn from(Line { feed, shows, path, only }: Line) -> Self {
        let what = match shows {
            Shows::Number => chart::What::Number(path),
            Shows::Tasks => chart::What::Tasks(path),
            Shows::Rate => chart::What::Count,
        };
        let only = only.map(|OnlyWhere { path, equals }| chart::Only { path, equals });
        Self { feed: feed_id(feed), what, only }
    }
}

impl From<Span> for chart::Span {
    fn from(Span { from_ms, to_ms, width_ms }: Span) -> Self {
        Self { from_ms, to_ms, width_ms }
    }
}

impl From<chart::Chart> for Chart {
    fn from(chart::Chart { series, until: EventId(until), width_ms }: chart::Chart) -> Self {
        Self { series: series.into_iter().map(Into::into).collect(), until: until.to_string(), width_ms }
    }
}

impl From<chart::Series> for Series {
    fn from(chart::Series { buckets, tasks, looked, wrong }: chart::Series) -> Self {
        let bucket = |chart::Bucket { at_ms, count, min, max, last }| Bucket { at_ms, count, min, max, last };
        let task = |chart::Task { key, title, percent, at_ms }| Task { key, title, percent, at_ms };
        Self {
            buckets: buckets.into_iter().map(bucket).collect(),
            tasks: tasks.into_iter().map(task).collect(),
            looked: looked.looked,
            of: looked.of,
            wrong: wrong.map(|error| error.to_string()),
        }
    }
}

impl From<chart::FeedNumbers> for FeedNumbers {
    fn from(chart::FeedNumbers { feed: _, of, numbers, choices }: chart::FeedNumbers) -> Self {
        let number = |chart::Numbers { path, seen, keyed, min, max, last }| Numbers {
            path,
            seen,
            keyed,
            min,
            max,
            last,
        };
        let choice = |chart::Choice { path, seen, values }| Choice { path, seen, values };
        Self {
            of,
            numbers: numbers.into_iter().map(number).collect(),
            choices: choices.into_iter().map(choice).collect(),
        }
    }
}
