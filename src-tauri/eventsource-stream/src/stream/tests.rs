//! The stream around the decoder: when it gives what, and what it keeps.

use std::convert::Infallible;
use std::error::Error;
use std::fmt::{self, Display, Formatter};

use futures_util::{FutureExt, StreamExt, stream};

use super::*;

/// The next item of a stream that must not make its reader wait.
fn ready<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    stream.next().now_or_never().expect("the item is there")
}

/// A source that gives these chunks and then neither more nor an end.
fn open<'a>(chunks: &'a [&'a str]) -> impl Stream<Item = Result<&'a str, Infallible>> + Unpin {
    stream::iter(chunks.iter().copied().map(Ok)).chain(stream::pending())
}

fn data(item: Option<Result<Event, EventStreamError<Infallible>>>) -> Option<String> {
    item.map(|item| item.expect("the source doesn't fail").data)
}

fn sign(item: Option<Result<Event, EventStreamError<Infallible>>>) -> Option<Sign> {
    Sign::read(&item?.expect("the source doesn't fail"))
}

#[test]
fn gives_each_event_before_asking_for_more_bytes() {
    let mut events = open(&["data: a\n\ndata: b\n\n", "data: c\n\n"]).eventsource();
    for expected in ["a", "b", "c"] {
        assert_eq!(data(ready(&mut events)).as_deref(), Some(expected));
    }
    assert!(events.next().now_or_never().is_none(), "an open stream has no end");
}

fn chunk(bytes: u64, keep_alives: u64, in_line: bool) -> Option<Sign> {
    Some(Sign::Chunk { bytes, keep_alives, in_line })
}

#[test]
fn gives_a_sign_of_life_for_each_chunk_that_completes_nothing() {
    let mut events = open(&[": hi\n", "", "\n", "da", "ta: x\n", "\n: hi\n"]).eventsource();
    for expected in [Some(Sign::Alive), chunk(1, 1, false), chunk(2, 0, true), Some(Sign::Alive)] {
        assert_eq!(sign(ready(&mut events)), expected);
    }
    assert_eq!(data(ready(&mut events)).as_deref(), Some("x"));
    assert!(events.next().now_or_never().is_none(), "the last chunk has shown its life by the event");
}

#[test]
fn says_after_a_chunks_events_what_its_end_says() {
    let mut events =
        open(&["data: a\n\ndata: b\n\nda", "ta: c\n\n:\n\n: x\n: y\n\n", "\nretry: x\n\nid: 1\n:\n\n"])
            .eventsource();
    assert_eq!(data(ready(&mut events)).as_deref(), Some("a"));
    assert_eq!(data(ready(&mut events)).as_deref(), Some("b"));
    assert_eq!(sign(ready(&mut events)), chunk(20, 0, true));
    assert_eq!(data(ready(&mut events)).as_deref(), Some("c"));
    assert_eq!(sign(ready(&mut events)), chunk(19, 2, false), "comments of one block are one keep-alive");
    assert_eq!(
        sign(ready(&mut events)),
        Some(Sign::Cursor("1".to_owned())),
        "an ID is more than a keep-alive"
    );
    assert!(events.next().now_or_never().is_none());
}

#[test]
fn gives_signs_of_life_throughout_an_endless_line() {
    let part = "x".repeat(crate::DEFAULT_EVENT_LIMIT / 2);
    let chunks = ["data: ", &part, &part, &part, &part];
    let mut events = open(&chunks).eventsource();
    for part in chunks {
        assert_eq!(sign(ready(&mut events)), chunk(part.len() as u64, 0, true));
    }
    assert!(events.rest.bytes.capacity() <= KEPT_REST);
}

#[test]
fn keeps_little_room_once_a_large_chunk_is_decoded() {
    let large = "data: x\n\n".repeat(KEPT_REST);
    let chunks = [&large, "data: y\n\n"];
    let mut events = open(&chunks).eventsource();
    for _ in 0..KEPT_REST {
        assert_eq!(data(ready(&mut events)).as_deref(), Some("x"));
    }
    assert_eq!(data(ready(&mut events)).as_deref(), Some("y"));
    assert!(events.rest.bytes.capacity() <= KEPT_REST);
}

#[test]
fn carries_the_last_event_id_through_signs_and_events() {
    let mut events = open(&[": hi\n", "data: x\n\nid: 2\n\n"]).eventsource();
    events.set_last_event_id("1");
    assert_eq!(ready(&mut events).and_then(Result::ok).map(|event| event.id).as_deref(), Some("1"));
    assert_eq!(ready(&mut events).and_then(Result::ok).map(|event| event.id).as_deref(), Some("1"));
    assert_eq!(events.last_event_id(), "1");
    assert_eq!(sign(ready(&mut events)), Some(Sign::Cursor("2".to_owned())));
    assert_eq!(events.last_event_id(), "2");
}

#[test]
fn ends_with_its_source_and_stays_ended() {
    let source = stream::iter(["data: a\n\ndata: unfinished\n"].map(Ok::<_, Infallible>));
    let mut events = EventStream::new(source);
    assert_eq!(data(ready(&mut events)).as_deref(), Some("a"));
    for _ in 0..3 {
        assert_eq!(ready(&mut events), None);
    }
}

#[test]
fn tells_of_an_oversized_event_that_the_end_cuts_off() {
    let long = format!("data: {}", "x".repeat(crate::DEFAULT_EVENT_LIMIT + 1));
    let mut events = EventStream::new(stream::iter([Ok::<_, Infallible>(long)]));
    assert_eq!(sign(ready(&mut events)), chunk(1024 * 1024 + 7, 0, true));
    assert_eq!(sign(ready(&mut events)), Some(Sign::Oversized(1024 * 1024 + 1)));
    assert_eq!(ready(&mut events), None);
}

#[derive(Debug, PartialEq)]
struct Reset;

impl Display for Reset {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("connection reset")
    }
}

#[test]
fn hands_on_an_error_of_its_source_after_the_events_before_it() {
    let mut events = EventStream::new(stream::iter([Ok("data: a\n\ndata: b\n\n"), Err(Reset)]));
    assert_eq!(ready(&mut events).and_then(Result::ok).map(|event| event.data).as_deref(), Some("a"));
    assert_eq!(ready(&mut events).and_then(Result::ok).map(|event| event.data).as_deref(), Some("b"));
    let error = ready(&mut events).and_then(Result::err).expect("the source fails");
    assert_eq!(error, EventStreamError::Transport(Reset));
    assert_eq!((&error as &dyn Error).to_string(), "Transport error: connection reset");
}
