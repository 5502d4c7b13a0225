//! Other decoders and clients of Server-Sent Events beside ours, each driven in the way its own documentation shows.

pub mod bodies;
pub mod client;
pub mod decoder;

use std::borrow::Cow;

/// What a decoder gave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The event type.
    pub kind: Cow<'static, str>,
    /// The data.
    pub data: String,
    /// The last event ID, where the decoder keeps one from event to event; else this event's own.
    pub id: String,
}
