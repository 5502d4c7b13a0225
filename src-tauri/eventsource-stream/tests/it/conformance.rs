//! Every parse case of the standard, in several chunkings, by the decoder and by the stream.

use std::convert::Infallible;
use std::time::Duration;

use eventsource_stream::{Decoder, Event, EventStream, Sign, set_event_limit};
use futures_util::{FutureExt, StreamExt, stream};

use crate::cases::{Case, parse_cases};

/// More than the largest case's 10 MiB of data.
const CASES_EVENT_LIMIT: usize = 16 * 1024 * 1024;
/// The longest body that is also decoded a byte at a time: beyond, that takes minutes unoptimised.
const BYTEWISE_LIMIT: usize = 100_000;
/// The chunks of longer bodies: a prime, so that they end everywhere in a line.
const ODD_CHUNK: usize = 4093;

/// The body's own chunks, all in one, and as small as feasible.
fn chunkings(case: &Case) -> [Vec<Vec<u8>>; 3] {
    let own = case.chunks();
    let whole = own.concat();
    let size = if whole.len() <= BYTEWISE_LIMIT { 1 } else { ODD_CHUNK };
    let small = whole.chunks(size).map(<[u8]>::to_vec).collect();
    [own, vec![whole], small]
}

fn assert_meets(case: &Case, chunking: usize, items: &[Event], last_event_id: &str) {
    let at = format!("case {}, chunking {chunking}", case.id);
    let mut events = Vec::new();
    let mut retry = None;
    for item in items {
        match Sign::read(item) {
            None => events.push((item.event.clone(), item.data.clone(), item.id.clone())),
            Some(Sign::Retry(time)) => retry = Some(time),
            Some(Sign::Oversized(bytes)) => panic!("{at}: oversized by {bytes} bytes"),
            Some(Sign::Alive | Sign::Chunk { .. } | Sign::Cursor(_) | Sign::Identified) => {}
        }
    }
    assert!(events == case.expect.events(), "{at}: the events differ: {:.1000}", format!("{events:?}"));
    assert_eq!(retry, case.expect.retry_ms.map(Duration::from_millis), "{at}: reconnection time");
    assert_eq!(last_event_id, case.expect.last_id, "{at}: last event ID");
}

#[test]
fn decoder_meets_every_parse_case_however_it_is_chunked() {
    let cases = parse_cases();
    assert_eq!(cases.len(), 115);
    for case in &cases {
        for (n, chunks) in chunkings(case).iter().enumerate() {
            let mut decoder = Decoder::with_limit(CASES_EVENT_LIMIT);
            let items = crate::decode(&mut decoder, chunks.iter().map(Vec::as_slice));
            assert_meets(case, n, &items, decoder.last_event_id());
        }
    }
}

#[test]
fn stream_meets_every_parse_case_before_the_body_ends() {
    set_event_limit(CASES_EVENT_LIMIT);
    for case in &parse_cases() {
        for (n, chunks) in chunkings(case).into_iter().enumerate() {
            let open = stream::iter(chunks.into_iter().map(Ok::<_, Infallible>)).chain(stream::pending());
            let mut events = EventStream::new(open);
            let mut items = Vec::new();
            while let Some(Some(item)) = events.next().now_or_never() {
                items.push(item.expect("the source doesn't fail"));
            }
            assert!(case.expect.prompt, "case {}: a case that must wait for the end is not covered", case.id);
            assert_meets(case, n, &items, events.last_event_id());
        }
    }
}
