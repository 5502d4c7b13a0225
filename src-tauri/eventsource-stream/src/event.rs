//! One event, as the published API shows it.

use std::time::Duration;

/// One event, or a [`Sign`](crate::Sign) where the type is empty.
#[derive(Default, Debug, Eq, PartialEq, Clone)]
pub struct Event {
    /// The event type, `message` where the stream names none.
    pub event: String,
    /// The data, its lines joined by LF.
    pub data: String,
    /// The last event ID in force, whether this event's own block set it or an earlier one.
    pub id: String,
    /// The reconnection time that this event's own block set.
    pub retry: Option<Duration>,
}
