//! Stored events as the window shows and names them.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::event as engine;
use tidings_engine::id::EventId;
use tidings_engine::{engine::Page as EnginePage, update};

use super::feed_id;
use crate::failure::Failure;

/// A stored event as lists show it. Its id is text: a JavaScript number can't hold every one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EventRow {
    pub id: String,
    feed: String,
    received_at_ms: i64,
    event_type: String,
    title: String,
    body: String,
    priority: Priority,
    link: Option<String>,
    /// Events of a feed with the same key are states of the same thing.
    key: Option<String>,
    /// What it belongs to.
    group: Option<String>,
    read: bool,
    starred: bool,
}

/// A stored event, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EventDetail {
    row: EventRow,
    data: String,
    last_event_id: String,
    trace: Trace,
    actions: Vec<Action>,
}

/// A page that an event offers besides its link; opened by its place, never by its address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    label: String,
    url: String,
}

/// What became of an event's popup, and what decided about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Trace {
    presented: Presented,
    rule: Option<String>,
    stop: Option<Stop>,
    template: Option<String>,
}

/// What became of an event's popup.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Presented {
    New,
    Presenting,
    Shown,
    Suppressed,
}

/// What keeps a popup back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Stop {
    FeedOff,
    Rule,
    FeedMuted,
    AllMuted,
    Quiet { until_ms: i64 },
}

/// A page of the history, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    rows: Vec<EventRow>,
    more: bool,
}

/// How much an event matters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Priority {
    Min,
    Low,
    Normal,
    High,
    Urgent,
}

/// Which events a person means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Scope {
    Event { id: String },
    Events { ids: Vec<String> },
    Feed { feed: String },
    All,
}

/// More events than a person chooses one by one; each costs the history's writer a change of its own.
const EVENTS_MAX: usize = 5_000;

/// Reads an event's id as the window sends it.
///
/// # Errors
/// An id that isn't a number names no event: gone.
pub fn event_id(text: &str) -> Result<EventId, Failure> {
    text.parse().map(EventId).map_err(|_| Failure::gone("This event is no longer in the history."))
}

impl From<engine::EventRow> for EventRow {
    fn from(row: engine::EventRow) -> Self {
        let engine::EventRow { id, feed, received_at_ms, event_type, reading, read, starred, presented: _ } =
            row;
        let engine::Reading { title, body, link, priority, key, group, actions: _, withdraws: _ } = reading;
        Self {
            id: id.to_string(),
            feed: feed.to_string(),
            received_at_ms,
            event_type,
            title,
            body,
            priority: priority.into(),
            link,
            key,
            group,
            read,
            starred,
        }
    }
}

impl From<engine::StoredEvent> for EventDetail {
    fn from(event: engine::StoredEvent) -> Self {
        let engine::StoredEvent { mut row, data, last_event_id, trace } = event;
        let actions = std::mem::take(&mut row.reading.actions);
        let actions =
            actions.into_iter().map(|engine::Action { label, url }| Action { label, url }).collect();
        let engine::Trace { rule, stop, template } = trace;
        let presented = row.presented.into();
        let trace = Trace { presented, rule, stop: stop.map(Into::into), template };
        Self { row: row.into(), data, last_event_id, trace, actions }
    }
}

impl From<engine::Presented> for Presented {
    fn from(presented: engine::Presented) -> Self {
        match presented {
            engine::Presented::New => Self::New,
            engine::Presented::Presenting => Self::Presenting,
            engine::Presented::Shown => Self::Shown,
            engine::Presented::Suppressed => Self::Suppressed,
        }
    }
}

impl From<engine::Stop> for Stop {
    fn from(stop: engine::Stop) -> Self {
        match stop {
            engine::Stop::FeedOff => Self::FeedOff,
            engine::Stop::Rule => Self::Rule,
            engine::Stop::FeedMuted => Self::FeedMuted,
            engine::Stop::AllMuted => Self::AllMuted,
            engine::Stop::Quiet { until_ms } => Self::Quiet { until_ms },
        }
    }
}

impl From<EnginePage> for Page {
    fn from(page: EnginePage) -> Self {
        Self { rows: page.rows.into_iter().map(Into::into).collect(), more: page.more }
    }
}

impl From<engine::Priority> for Priority {
    fn from(priority: engine::Priority) -> Self {
        match priority {
            engine::Priority::Min => Self::Min,
            engine::Priority::Low => Self::Low,
            engine::Priority::Normal => Self::Normal,
            engine::Priority::High => Self::High,
            engine::Priority::Urgent => Self::Urgent,
        }
    }
}

impl From<Priority> for engine::Priority {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Min => Self::Min,
            Priority::Low => Self::Low,
            Priority::Normal => Self::Normal,
            Priority::High => Self::High,
            Priority::Urgent => Self::Urgent,
        }
    }
}

impl From<update::Scope> for Scope {
    fn from(scope: update::Scope) -> Self {
        match scope {
            update::Scope::Event { id } => Self::Event { id: id.to_string() },
            update::Scope::Events { ids } => {
                Self::Events { ids: ids.iter().map(EventId::to_string).collect() }
            }
            update::Scope::Feed { feed } => Self::Feed { feed: feed.to_string() },
            update::Scope::All => Self::All,
        }
    }
}

impl TryFrom<Scope> for update::Scope {
    type Error = Failure;

    fn try_from(scope: Scope) -> Result<Self, Failure> {
        Ok(match scope {
            Scope::Event { id } => Self::Event { id: event_id(&id)? },
            Scope::Events { ids } if ids.len() > EVENTS_MAX => {
                return Err(Failure::invalid("These are too many events at once. Choose at most 5,000."));
            }
            Scope::Events { ids } => {
                Self::Events { ids: ids.iter().map(|id| event_id(id)).collect::<Result<_, _>>()? }
            }
            Scope::Feed { feed } => Self::Feed { feed: feed_id(feed) },
            Scope::All => Self::All,
        })
    }
}
