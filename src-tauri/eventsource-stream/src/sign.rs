//! What the published API has no place for, carried by an `Event` whose type is empty.

use std::time::Duration;

use crate::Event;

/// Something a stream said that isn't an event.
///
/// A real event never has an empty type, so an [`Event`] with one carries a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Bytes came that completed nothing else: a comment, a part of a line.
    Alive,
    /// `retry:` set the reconnection time; given at its line, whether or not an event follows.
    Retry(Duration),
    /// A block without data set the last event ID.
    Cursor(String),
    /// The next event's own block set the last event ID.
    Identified,
    /// An event over the limit was skipped; its size in bytes as far as it was read.
    Oversized(u64),
}

impl Sign {
    /// Reads the sign an event carries, `None` for a real event.
    pub fn read(event: &Event) -> Option<Self> {
        let _ = event;
        None
    }
}
