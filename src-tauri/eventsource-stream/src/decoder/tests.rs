//! The rules of the standard and the signs, byte by byte.

use std::time::Duration;

use super::Decoder;
use crate::{Event, ID_LIMIT, Sign};

/// One item in a form short enough for a table.
#[derive(Debug, PartialEq)]
enum Item {
    /// The type, data and last event ID of an event.
    Event(String, String, String),
    Sign(Sign),
}

fn event(kind: &str, data: &str, id: &str) -> Item {
    Item::Event(kind.to_owned(), data.to_owned(), id.to_owned())
}

fn message(data: &str) -> Item {
    event("message", data, "")
}

fn cursor(id: &str) -> Item {
    Item::Sign(Sign::Cursor(id.to_owned()))
}

fn retry(ms: u64) -> Item {
    Item::Sign(Sign::Retry(Duration::from_millis(ms)))
}

const IDENTIFIED: Item = Item::Sign(Sign::Identified);

fn oversized(bytes: u64) -> Item {
    Item::Sign(Sign::Oversized(bytes))
}

fn item(event: Event) -> Item {
    match Sign::read(&event) {
        Some(sign) => Item::Sign(sign),
        None => Item::Event(event.event, event.data, event.id),
    }
}

fn push(decoder: &mut Decoder, mut chunk: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some(event) = decoder.decode(&mut chunk) {
        items.push(item(event));
    }
    items
}

/// What the parts of a body give, each part with what it completes.
fn assert_gives(limit: usize, parts: &[(&[u8], &[Item])]) {
    let mut decoder = Decoder::with_limit(limit);
    for (bytes, expected) in parts {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
        assert_eq!(push(&mut decoder, bytes), *expected, "after {shown:?}");
    }
}

mod limits;

#[test]
fn delivers_an_event_at_the_first_byte_that_completes_its_blank_line() {
    assert_gives(99, &[(b"data: x\r\n\r", &[message("x")]), (b"\ndata: y\r\n\r\n", &[message("y")])]);
    assert_gives(99, &[(b"data: x\r\r", &[message("x")]), (b"data: y\r\r", &[message("y")])]);
    assert_gives(99, &[(b"data: x\n", &[]), (b"\n", &[message("x")])]);
}

#[test]
fn takes_an_lf_after_a_chunk_that_ended_with_cr_for_the_same_line_end() {
    assert_gives(99, &[(b"data: a\r", &[]), (b"\n", &[]), (b"data: b\n\n", &[message("a\nb")])]);
    assert_gives(99, &[(b"data: a\r", &[]), (b"", &[]), (b"\n", &[]), (b"\n", &[message("a")])]);
}

#[test]
fn gives_the_reconnection_time_at_its_line() {
    assert_gives(
        99,
        &[(b"retry: 80", &[]), (b"0\n", &[retry(800)]), (b"retry: 5\r", &[retry(5)]), (b"\n\r\n", &[])],
    );
}

#[test]
fn shows_the_reconnection_time_on_the_event_of_its_own_block_too() {
    let mut decoder = Decoder::with_limit(99);
    let mut bytes: &[u8] = b"retry: 7\ndata: a\n\ndata: b\n\n";
    let times: Vec<_> = std::iter::from_fn(|| decoder.decode(&mut bytes)).map(|event| event.retry).collect();
    assert_eq!(times, [Some(Duration::from_millis(7)), Some(Duration::from_millis(7)), None]);
}

#[test]
fn takes_only_ascii_digits_for_a_reconnection_time() {
    for line in
        ["retry", "retry:", "retry: ", "retry:  1", "retry: 1 ", "retry: +1", "retry: -1", "retry: 1.0"]
    {
        assert_gives(99, &[(format!("{line}\n\n").as_bytes(), &[])]);
    }
    for (line, ms) in [("retry:0", 0), ("retry: 0010", 10), ("retry:18446744073709551615", u64::MAX)] {
        assert_gives(99, &[(format!("{line}\n").as_bytes(), &[retry(ms)])]);
    }
}

#[test]
fn takes_a_reconnection_time_of_thirty_digits_for_the_longest() {
    assert_gives(99, &[(b"retry: 999999999999999999999999999999\n", &[retry(u64::MAX)])]);
}

#[test]
fn tells_an_id_without_data_at_its_blank_line() {
    assert_gives(99, &[(b"id: 7\n", &[]), (b"\n", &[cursor("7")]), (b"\n", &[])]);
    assert_gives(99, &[(b"id: 7\n\nid\n\n", &[cursor("7"), cursor("")])]);
}

#[test]
fn tells_an_own_id_from_an_inherited_one() {
    assert_gives(
        99,
        &[
            (b"id: 1\ndata: a\n\n", &[IDENTIFIED, event("message", "a", "1")]),
            (b"data: b\n\n", &[event("message", "b", "1")]),
            (b"data: c\nid: 1\n\n", &[IDENTIFIED, event("message", "c", "1")]),
            (b"id:\ndata: d\n\n", &[IDENTIFIED, event("message", "d", "")]),
        ],
    );
}

#[test]
fn ignores_an_id_with_nul_as_if_the_line_were_not_there() {
    assert_gives(99, &[(b"id: a\0b\n\n", &[]), (b"id: \0\ndata: x\n\n", &[message("x")])]);
    assert_gives(99, &[(b"id: 1\nid: 2\0\n\n", &[cursor("1")])]);
}

#[test]
fn keeps_the_id_set_from_outside_until_the_stream_sets_one() {
    let mut decoder = Decoder::with_limit(99);
    decoder.set_last_event_id("before");
    assert_eq!(push(&mut decoder, b"data: x\n\n"), [event("message", "x", "before")]);
    assert_eq!(decoder.last_event_id(), "before");
    assert_eq!(push(&mut decoder, b"id: 1\n"), []);
    assert_eq!(decoder.last_event_id(), "before");
    assert_eq!(push(&mut decoder, b"\n"), [cursor("1")]);
    assert_eq!(decoder.last_event_id(), "1");
}

#[test]
fn drops_the_unfinished_event_and_its_id_at_the_end_of_the_stream() {
    let mut decoder = Decoder::with_limit(99);
    assert_eq!(push(&mut decoder, b"id: 1\nevent: a\ndata: x\nda"), []);
    assert_eq!(decoder.finish(), None);
    assert_eq!(push(&mut decoder, b"ta: y\n\ndata: z\n\n"), [message("z")]);
}

#[test]
fn drops_one_mark_at_the_start_of_each_stream() {
    let mut decoder = Decoder::with_limit(99);
    for _ in 0..2 {
        assert_eq!(push(&mut decoder, b"\xef\xbb"), []);
        assert_eq!(push(&mut decoder, b"\xbfdata: x\r"), []);
        assert_eq!(push(&mut decoder, b"\r"), [message("x")]);
        assert_eq!(decoder.finish(), None);
    }
}

#[test]
fn takes_half_a_mark_for_a_part_of_the_first_line() {
    assert_gives(99, &[(b"\xef\xbb", &[]), (b"data: x\n\n", &[]), (b"data: y\n\n", &[message("y")])]);
    assert_gives(99, &[(b"\xef\n\ndata: y\n\n", &[message("y")])]);
}

#[test]
fn replaces_malformed_bytes_once_for_each_maximal_part() {
    let table: [(&[u8], &str); 6] = [
        (b"\xff", "\u{fffd}"),
        (b"\xe2\x82", "\u{fffd}"),
        (b"\xf0\x9f\x91x", "\u{fffd}x"),
        (b"\xc0\xaf", "\u{fffd}\u{fffd}"),
        (b"\xed\xa0\x80", "\u{fffd}\u{fffd}\u{fffd}"),
        (b"\xf4\x90\x80\x80", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
    ];
    for (bytes, text) in table {
        let body = [b"data: ", bytes, b"\ndata: ", bytes, b"\n\n"].concat();
        assert_gives(99, &[(&body, &[message(&format!("{text}\n{text}"))])]);
    }
}
