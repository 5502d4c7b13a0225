//! The tiles of the dashboard, as they stand in the settings file.

use serde::{Deserialize, Serialize};

use crate::id::FeedId;

/// A tile of the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// Whose events it shows.
    pub feed: FeedId,
    /// What it shows of them.
    pub shows: Shows,
    /// Where the number stands in their data, as in `order.items[0].price`; not needed where events are counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Which of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_where: Option<OnlyWhere>,
    /// What it is called.
    pub label: String,
    /// What is written behind its numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

/// What a tile shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// A number over time.
    Number,
    /// How far each task is, from 0 to 100.
    Tasks,
    /// How many events come.
    Rate,
}

/// A condition on events' data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyWhere {
    /// Where, as a path.
    pub path: String,
    /// What stands there.
    pub equals: String,
}
