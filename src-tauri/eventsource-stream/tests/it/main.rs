//! The decoder held against the standard: its cases as data, and an independent reference decoder.

mod cases;
mod conformance;
mod properties;
mod reference;

use eventsource_stream::{Decoder, Event};

/// Decodes all chunks and the end of the stream.
fn decode<'a>(decoder: &mut Decoder, chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<Event> {
    let mut events = Vec::new();
    for mut chunk in chunks {
        while let Some(event) = decoder.decode(&mut chunk) {
            events.push(event);
        }
        assert!(chunk.is_empty(), "no bytes are left where nothing was completed");
    }
    events.extend(decoder.finish());
    events
}
