//! What holds for any bytes in any chunks.

use eventsource_stream::{DEFAULT_EVENT_LIMIT, Decoder};
use proptest::prelude::*;

use crate::{decode, reference};

/// Bodies made of what a stream is made of, whole and in pieces, well-formed and not.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let words: &[&[u8]] = &[
        b"data",
        b"event",
        b"id",
        b"retry",
        b"data: ",
        b"id: ",
        b"retry: ",
        b":",
        b" ",
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b"\r\r",
        b"7",
        b"18446744073709551616",
        b"x",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xef",
        b"\xbb",
        "é€👍".as_bytes(),
        b"\xe2\x82",
        b"\xf0\x9f\x91",
        b"\xff",
        b"\xed\xa0\x80",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(words.to_vec()).prop_map(<[u8]>::to_vec),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Sizes of chunks, taken in turn until the body is cut up; an empty chunk may occur.
fn sizes() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0..9_usize, 1..40)
        .prop_filter("cuts", |sizes| sizes.iter().any(|&size| size > 0))
}

fn cut<'a>(mut body: &'a [u8], sizes: &[usize]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    for &size in sizes.iter().cycle() {
        if body.is_empty() {
            break;
        }
        let (chunk, rest) = body.split_at(size.min(body.len()));
        chunks.push(chunk);
        body = rest;
    }
    chunks
}

/// How many bodies a run of all tests takes; `PROPTEST_CASES` asks for another number.
const CASES: u32 = 2000;

fn cases() -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    if asked { ProptestConfig::default() } else { ProptestConfig::with_cases(CASES) }
}

#[test]
fn every_seed_in_any_chunks_gives_what_the_reference_gives() {
    let seeds = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/seeds/decoder"));
    for seed in seeds.expect("the seeds are part of the repository") {
        let path = seed.expect("the folder can be read").path();
        let body = std::fs::read(&path).expect("a seed can be read");
        for size in [1, 2, 3, 7, usize::MAX] {
            let mut decoder = Decoder::with_limit(DEFAULT_EVENT_LIMIT);
            let decoded = decode(&mut decoder, cut(&body, &[size]));
            assert_eq!(decoded, reference::decode(&body), "{path:?} in chunks of {size}");
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_body_in_any_chunks_gives_what_the_reference_gives(body in body(), sizes in sizes()) {
        let mut decoder = Decoder::with_limit(DEFAULT_EVENT_LIMIT);
        prop_assert_eq!(decode(&mut decoder, cut(&body, &sizes)), reference::decode(&body));
    }

    #[test]
    fn chunks_make_no_difference_under_any_limit(body in body(), sizes in sizes(), limit in 0..24_usize) {
        let whole = decode(&mut Decoder::with_limit(limit), [body.as_slice()]);
        let parts = decode(&mut Decoder::with_limit(limit), cut(&body, &sizes));
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn any_bytes_are_survived(body in proptest::collection::vec(any::<u8>(), 0..400), sizes in sizes()) {
        let mut decoder = Decoder::with_limit(DEFAULT_EVENT_LIMIT);
        prop_assert_eq!(decode(&mut decoder, cut(&body, &sizes)), reference::decode(&body));
    }

    #[test]
    fn a_finished_decoder_is_ready_for_another_stream(first in body(), second in body()) {
        let mut decoder = Decoder::with_limit(DEFAULT_EVENT_LIMIT);
        decode(&mut decoder, [first.as_slice()]);
        decoder.set_last_event_id("");
        prop_assert_eq!(decode(&mut decoder, [second.as_slice()]), reference::decode(&second));
    }
}
