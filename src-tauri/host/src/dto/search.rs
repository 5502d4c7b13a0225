//! Searches and deletions as the window asks for them.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine::{self, RequestError};
use tidings_engine::history::search;
use tidings_engine::settings;

use super::{EventRow, event_id};
use crate::failure::Failure;

/// Where in the history to look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Place {
    /// From the newest event on downwards.
    Newest,
    /// Below an event.
    Older { id: String },
    /// Above an event: the ones next to it.
    Newer { id: String },
    /// An event, if it fits, and its neighbours on both sides.
    Around { id: String },
}

/// In which order events are given: the newest first, or of the newest 1,000 that fit those first that fit best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Order {
    Newest,
    Best,
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SearchAnswer {
    /// A page; with few rows or none there may still be a way on.
    Found { rows: Vec<EventRow>, older: Option<String>, newer: Option<String> },
    /// The text is no search: where, counted in characters, what is wrong and what mends it.
    Wrong { start: u32, end: u32, message: String, mend: String },
}

/// A search that is kept by a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedSearch {
    name: String,
    text: String,
}

/// What was deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Deletion {
    /// By this it is undone.
    number: i64,
    events: u64,
}

impl SearchAnswer {
    /// Takes what the engine gave; only what is no answer is a failure.
    pub fn of(answer: Result<search::Found, RequestError>) -> Result<Self, Failure> {
        match answer {
            Ok(search::Found { rows, older, newer }) => Ok(Self::Found {
                rows: rows.into_iter().map(Into::into).collect(),
                older: older.map(|id| id.to_string()),
                newer: newer.map(|id| id.to_string()),
            }),
            Err(RequestError::Search(search::query::Wrong { place, message, mend })) => {
                let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
                Ok(Self::Wrong { start: at(place.start), end: at(place.end), message, mend })
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl TryFrom<Place> for search::Place {
    type Error = Failure;

    fn try_from(place: Place) -> Result<Self, Failure> {
        Ok(match place {
            Place::Newest => Self::Newest,
            Place::Older { id } => Self::Older(event_id(&id)?),
            Place::Newer { id } => Self::Newer(event_id(&id)?),
            Place::Around { id } => Self::Around(event_id(&id)?),
        })
    }
}

impl From<Order> for search::Order {
    fn from(order: Order) -> Self {
        match order {
            Order::Newest => Self::Newest,
            Order::Best => Self::Best,
        }
    }
}

impl From<settings::SavedSearch> for SavedSearch {
    fn from(settings::SavedSearch { name, text }: settings::SavedSearch) -> Self {
        Self { name, text }
    }
}

impl From<SavedSearch> for settings::SavedSearch {
    fn from(SavedSearch { name, text }: SavedSearch) -> Self {
        Self { name, text }
    }
}

impl From<engine::Deletion> for Deletion {
    fn from(engine::Deletion { number, events }: engine::Deletion) -> Self {
        Self { number, events }
    }
}
