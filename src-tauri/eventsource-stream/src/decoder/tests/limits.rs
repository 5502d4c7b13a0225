//! What is skipped, what is told of it, and how little is held meanwhile.

use super::*;

/// A part of an endless line.
const PART: [u8; 1000] = [b'x'; 1000];

/// The bytes that the decoder has reserved between chunks.
fn reserved(decoder: &Decoder) -> usize {
    decoder.block.reserved() + decoder.last_event_id.capacity()
}

#[test]
fn takes_an_event_of_exactly_the_limit_and_skips_one_byte_more() {
    assert_gives(4, &[(b"data: 1234\n\n", &[message("1234")]), (b"data: 12345\n\n", &[oversized(5)])]);
    assert_gives(4, &[(b"data: 12\ndata: 3\n\n", &[message("12\n3")])]);
    assert_gives(4, &[(b"data: 12\ndata: 34\n\n", &[oversized(5)])]);
    assert_gives(4, &[(b"event: a\ndata: 123\n\n", &[event("a", "123", "")])]);
    assert_gives(4, &[(b"event: ab\ndata: 123\n\n", &[oversized(5)])]);
    assert_gives(0, &[(b"data:\n\n", &[message("")]), (b"data:1\n\n", &[oversized(1)])]);
}

#[test]
fn goes_on_with_the_event_after_the_skipped_one() {
    assert_gives(
        4,
        &[
            (b"event: t\ndata: 123", &[]),
            (b"45678\ndata: 9\nother: line\n", &[]),
            (b"\ndata: next\n\n", &[oversized(11), message("next")]),
        ],
    );
}

#[test]
fn keeps_the_id_and_reconnection_time_of_a_skipped_event() {
    assert_gives(
        4,
        &[
            (b"id: 7\ndata: 12345\nretry: 9\n", &[retry(9)]),
            (b"\n", &[oversized(5), cursor("7")]),
            (b"data: x\n\n", &[event("message", "x", "7")]),
        ],
    );
}

#[test]
fn tells_of_a_skipped_event_that_the_end_of_the_stream_cut_off() {
    let mut decoder = Decoder::with_limit(4);
    assert_eq!(push(&mut decoder, b"id: 7\ndata: 123456"), []);
    assert_eq!(decoder.finish().map(item), Some(oversized(6)));
    assert_eq!(decoder.finish(), None);
    assert_eq!(decoder.last_event_id(), "");
    assert_eq!(push(&mut decoder, b"data: x\n\n"), [message("x")]);
}

#[test]
fn counts_blocks_of_many_lines_as_one_event() {
    let mut decoder = Decoder::with_limit(8);
    for _ in 0..100 {
        assert_eq!(push(&mut decoder, b"data\n"), []);
    }
    assert_eq!(push(&mut decoder, b"\n"), [oversized(99)]);
}

#[test]
fn ignores_an_id_over_its_limit_and_keeps_the_one_before() {
    let longest = "i".repeat(ID_LIMIT);
    assert_gives(99, &[(format!("id: {longest}\n\n").as_bytes(), &[cursor(&longest)])]);
    assert_gives(
        99,
        &[
            (b"id: 1\n\n", &[cursor("1")]),
            (format!("id: {longest}").as_bytes(), &[]),
            (b"i\ndata: x\n\n", &[event("message", "x", "1")]),
        ],
    );
}

#[test]
fn never_reserves_more_than_the_limit_for_an_endless_line() {
    const LIMIT: usize = 50_000;
    for start in ["data: ", "event: "] {
        let mut decoder = Decoder::with_limit(LIMIT);
        assert_eq!(push(&mut decoder, start.as_bytes()), []);
        for n in 1..=200 {
            assert_eq!(push(&mut decoder, &PART), []);
            assert!(reserved(&decoder) <= LIMIT);
            assert_eq!(n * PART.len() > LIMIT, reserved(&decoder) == 0, "held until the limit, then dropped");
        }
        assert_eq!(push(&mut decoder, b"\n\n"), [oversized(200_000)]);
    }
}

#[test]
fn reserves_nothing_for_lines_that_say_nothing() {
    for start in [": ", "unknown: ", "unknown", "retry: "] {
        let mut decoder = Decoder::with_limit(99);
        assert_eq!(push(&mut decoder, start.as_bytes()), []);
        for _ in 0..200 {
            assert_eq!(push(&mut decoder, &PART), []);
            assert_eq!(reserved(&decoder), 0, "in {start:?}");
        }
        assert_eq!(push(&mut decoder, b"\ndata: x\n\n"), [message("x")]);
    }
}

#[test]
fn reserves_for_an_endless_id_no_more_than_its_limit() {
    let mut decoder = Decoder::with_limit(99);
    assert_eq!(push(&mut decoder, b"id: "), []);
    for _ in 0..200 {
        assert_eq!(push(&mut decoder, &PART), []);
        assert!(reserved(&decoder) <= 2 * ID_LIMIT);
    }
}
