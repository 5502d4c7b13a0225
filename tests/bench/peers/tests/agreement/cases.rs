//! The parse cases of `tests/data/sse-cases.json`, in several chunkings.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use tidings_peers::Seen;
use tidings_peers::decoder::Decoder;

use crate::wrong::WRONG;

/// Longer bodies are decoded as they are cut in the case and not byte by byte: one peer needs time with the square of
/// a line's length.
const BYTEWISE: usize = 20_000;
/// Beyond this the same peer needs minutes, whatever the chunks.
const LONGEST: usize = 1_000_000;
/// Above the largest event of the cases.
const EVENT_LIMIT: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
struct File {
    parse: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    chunks: Vec<Piece>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Base64 { b64: String },
    Fill { fill: String, n: usize },
}

#[derive(Deserialize)]
struct Expect {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    data: Text,
    #[serde(rename = "lastEventId")]
    id: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Fill { fill: String, n: usize },
}

impl Case {
    fn chunks(&self) -> Vec<Bytes> {
        let bytes = |piece: &Piece| match piece {
            Piece::Base64 { b64 } => BASE64_STANDARD.decode(b64).expect("the case holds Base64").into(),
            Piece::Fill { fill, n } => fill.repeat(*n).into(),
        };
        self.chunks.iter().map(bytes).collect()
    }

    fn chunkings(&self) -> Vec<Vec<Bytes>> {
        let own = self.chunks();
        let whole = Bytes::from(own.concat());
        let mut chunkings = vec![own];
        if whole.len() <= BYTEWISE {
            chunkings.push((0..whole.len()).map(|at| whole.slice(at..=at)).collect());
            chunkings.push(vec![whole]);
        }
        chunkings
    }

    fn events(&self) -> Vec<Seen> {
        let text = |text: &Text| match text {
            Text::Whole(text) => text.clone(),
            Text::Fill { fill, n } => fill.repeat(*n),
        };
        let seen = |event: &Event| Seen {
            kind: Cow::Owned(event.kind.clone()),
            data: text(&event.data),
            id: event.id.clone(),
        };
        self.expect.events.iter().map(seen).collect()
    }

    fn is_right(&self, decoder: Decoder) -> bool {
        self.chunkings().into_iter().all(|chunks| crate::decode(decoder, chunks) == Some(self.events()))
    }
}

fn cases() -> Vec<Case> {
    let file: File =
        serde_json::from_str(include_str!("../../../../data/sse-cases.json")).expect("the cases are JSON");
    assert_eq!(file.parse.len(), 115);
    file.parse
}

fn assert_wrong_only_where_the_table_says(peer: Decoder) {
    let short = |case: &Case| case.chunks().iter().map(Bytes::len).sum::<usize>() <= LONGEST;
    let all = cases();
    let wrong: BTreeSet<_> =
        all.iter().filter(|case| short(case) && !case.is_right(peer)).map(|case| case.id.as_str()).collect();
    let told = WRONG.iter().filter(|wrong| wrong.peer == peer);
    let told: BTreeMap<_, _> =
        told.flat_map(|wrong| wrong.cases.iter().map(|case| (*case, wrong.what))).collect();
    let untold: Vec<_> = wrong.iter().filter(|case| !told.contains_key(*case)).collect();
    let right: Vec<_> = told.iter().filter(|(case, _)| !wrong.contains(*case)).collect();
    assert!(untold.is_empty() && right.is_empty(), "{peer:?}: wrong in {untold:?}, right in {right:?}");
}

#[test]
fn ours_is_right_in_every_case() {
    ours::set_event_limit(EVENT_LIMIT);
    let wrong: Vec<_> =
        cases().into_iter().filter(|case| !case.is_right(Decoder::Ours)).map(|case| case.id).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn stock_is_wrong_only_where_the_table_says() {
    assert_wrong_only_where_the_table_says(Decoder::Stock);
}

#[test]
fn eventsource_client_is_wrong_only_where_the_table_says() {
    assert_wrong_only_where_the_table_says(Decoder::EventsourceClient);
}

#[test]
fn sse_stream_is_wrong_only_where_the_table_says() {
    assert_wrong_only_where_the_table_says(Decoder::SseStream);
}
