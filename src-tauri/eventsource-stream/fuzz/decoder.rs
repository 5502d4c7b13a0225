//! Any bytes in any chunks give what the reference decoder gives, and more bytes than the limit are never held.

#![no_main]

#[path = "../tests/it/reference.rs"]
mod reference;

use eventsource_stream::{DEFAULT_EVENT_LIMIT, Decoder, Event, ID_LIMIT};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    // The reference has no limits, and ids are the only thing whose limit is shorter than what is tried here.
    let body = &body[..body.len().min(ID_LIMIT)];
    let expected = reference::decode(body);
    for longest in [usize::MAX, 1, 2, 7] {
        assert_eq!(decode(DEFAULT_EVENT_LIMIT, body, longest), expected, "chunks of at most {longest}");
    }
    let limit = body.len() / 4;
    assert_eq!(decode(limit, body, 3), decode(limit, body, usize::MAX), "a limit of {limit}");
});

/// Decodes a body cut into chunks whose sizes follow from its bytes.
fn decode(limit: usize, mut body: &[u8], longest: usize) -> Vec<Event> {
    let mut decoder = Decoder::with_limit(limit);
    let mut events = Vec::new();
    let mut turn = body.len();
    while !body.is_empty() {
        turn = turn.wrapping_mul(31).wrapping_add(usize::from(body[0]));
        let (mut chunk, rest) = body.split_at(body.len().min(1 + turn % longest));
        body = rest;
        while let Some(event) = decoder.decode(&mut chunk) {
            events.push(event);
        }
        assert!(chunk.is_empty(), "no bytes are left where nothing was completed");
    }
    events.extend(decoder.finish());
    events
}
