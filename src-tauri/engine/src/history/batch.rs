//! What is given to the history to be stored together.

use super::events;
use super::writer::Weight;
use crate::event::{EventRow, Presented, Reading, Received, Trace};
use crate::id::{EventId, FeedId};

/// Where a feed resumes. In a [`Batch`] a part that is not given stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The last event ID; empty where the server took it back.
    pub last_event_id: Option<String>,
    /// The reconnection time, in milliseconds.
    pub retry_ms: Option<u64>,
}

/// An event to be stored.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// As it came.
    pub received: Received,
    /// As it reads.
    pub reading: Reading,
    /// Whether it counts as read from the start.
    pub read: bool,
    /// Whether it is starred from the start.
    pub starred: bool,
    /// What is decided about its popup.
    pub presented: Presented,
    /// What decided.
    pub trace: Trace,
}

/// Events of one feed, oldest first, and where the feed resumes after them.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The feed.
    pub feed: FeedId,
    /// Its events.
    pub events: Vec<NewEvent>,
    /// What moves of its cursor.
    pub cursor: Cursor,
}

impl NewEvent {
    /// The event as lists show it, once it is stored.
    pub fn to_row(&self, feed: FeedId, id: EventId) -> EventRow {
        let body = events::preview(&self.reading.body).to_owned();
        EventRow {
            id,
            feed,
            received_at_ms: self.received.received_at_ms,
            event_type: self.received.event_type.clone(),
            reading: Reading { body, ..self.reading.clone() },
            read: self.read,
            starred: self.starred,
            presented: self.presented,
        }
    }
}

impl Batch {
    /// What storing it costs. An event without an id of its own must last: no server sends it again.
    pub(super) fn weight(&self) -> Weight {
        let bytes = self.events.iter().map(|NewEvent { received, reading, .. }| {
            // What else an event holds is short.
            received.data.len() + reading.body.len() + reading.title.len() + received.last_event_id.len()
        });
        let lasting = self.events.iter().any(|event| !event.received.is_named());
        Weight { rows: self.events.len().max(1), bytes: bytes.sum(), lasting }
    }
}
