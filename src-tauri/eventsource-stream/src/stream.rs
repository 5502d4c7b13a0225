//! The published stream: chunks of bytes from a source, events out.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::decoder::Decoder;
use crate::error::EventStreamError;
use crate::event::Event;
use crate::sign::Sign;

/// The room for a chunk's rest that is kept between chunks, in bytes: more than a socket read or a TLS record gives.
const KEPT_REST: usize = 64 * 1024;

/// The way in: makes a stream of events from a stream of bytes.
pub trait Eventsource: Sized {
    /// Makes a stream of events from a stream of bytes.
    fn eventsource(self) -> EventStream<Self>;
}

impl<S, B, E> Eventsource for S
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    fn eventsource(self) -> EventStream<Self> {
        EventStream::new(self)
    }
}

pin_project! {
    /// A stream of events, and of [`Sign`]s.
    ///
    /// Every chunk that isn't empty gives at least one item, so its reader sees each sign of life; where it says more than
    /// its events do, [`Sign::Chunk`] is its last. It ends with its
    /// source; an error of the source is handed on, and what happens then is up to the source.
    pub struct EventStream<S> {
        #[pin]
        source: S,
        decoder: Decoder,
        rest: Rest,
        // The length of the chunk that `rest` is of.
        chunk: Option<usize>,
        ended: bool,
    }
}

impl<S> EventStream<S> {
    /// Makes a stream of events from a stream of bytes, with the process's
    /// [event limit](crate::set_event_limit) at this moment.
    pub fn new(source: S) -> Self {
        Self { source, decoder: Decoder::new(), rest: Rest::default(), chunk: None, ended: false }
    }

    /// Sets the last event ID, which events without one of their own inherit.
    pub fn set_last_event_id(&mut self, id: impl Into<String>) {
        self.decoder.set_last_event_id(id);
    }

    /// Returns the last event ID in force.
    pub fn last_event_id(&self) -> &str {
        self.decoder.last_event_id()
    }
}

impl<S, B, E> Stream for EventStream<S>
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    type Item = Result<Event, EventStreamError<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        if let Some(event) = this.rest.decode(this.decoder) {
            return Poll::Ready(Some(Ok(event)));
        }
        if let Some(sign) = this.chunk.take().and_then(|bytes| chunk_sign(this.decoder, bytes)) {
            return Poll::Ready(Some(Ok(sign.into_event(this.decoder.last_event_id()))));
        }
        while !*this.ended {
            match ready!(this.source.as_mut().poll_next(context)) {
                Some(Ok(chunk)) => {
                    let mut bytes = chunk.as_ref();
                    if bytes.is_empty() {
                        continue;
                    }
                    let length = bytes.len();
                    let Some(event) = this.decoder.decode(&mut bytes) else {
                        let sign = chunk_sign(this.decoder, length).unwrap_or(Sign::Alive);
                        return Poll::Ready(Some(Ok(sign.into_event(this.decoder.last_event_id()))));
                    };
                    this.rest.keep(bytes);
                    *this.chunk = Some(length);
                    return Poll::Ready(Some(Ok(event)));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(EventStreamError::Transport(error)))),
                None => {
                    *this.ended = true;
                    return Poll::Ready(this.decoder.finish().map(Ok));
                }
            }
        }
        Poll::Ready(None)
    }
}

/// What the end of a chunk of so many bytes says besides its items.
fn chunk_sign(decoder: &mut Decoder, bytes: usize) -> Option<Sign> {
    let (keep_alives, in_line) = (decoder.take_keep_alives(), decoder.is_in_line());
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    (keep_alives > 0 || in_line).then_some(Sign::Chunk { bytes, keep_alives, in_line })
}

/// What an item left of its chunk, to be decoded before the next chunk is asked for.
///
/// It is copied because the published type can't name the chunk's own.
#[derive(Default)]
struct Rest {
    bytes: Vec<u8>,
    taken: usize,
    /// Whether the decoder's last answer was an item, so that it has to be asked again.
    open: bool,
}

impl Rest {
    fn keep(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.taken = 0;
        self.open = true;
    }

    fn decode(&mut self, decoder: &mut Decoder) -> Option<Event> {
        if !self.open {
            return None;
        }
        let mut bytes = self.bytes.get(self.taken..).unwrap_or_default();
        let item = decoder.decode(&mut bytes);
        self.taken = self.bytes.len() - bytes.len();
        if item.is_none() {
            self.open = false;
            self.bytes.clear();
            self.bytes.shrink_to(KEPT_REST);
        }
        item
    }
}

#[cfg(test)]
mod tests;
