//! The parse cases of `tests/data/sse-cases.json`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

/// One case: the body's chunks and what they must give.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    chunks: Vec<Piece>,
    pub(crate) expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    events: Vec<ExpectedEvent>,
    pub(crate) retry_ms: Option<u64>,
    pub(crate) last_id: String,
    pub(crate) prompt: bool,
}

#[derive(Deserialize)]
struct ExpectedEvent {
    #[serde(rename = "type")]
    kind: String,
    data: Text,
    #[serde(rename = "lastEventId")]
    last_event_id: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Bytes { b64: String },
    Fill { fill: String, n: usize },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Fill { fill: String, n: usize },
}

impl Case {
    pub(crate) fn chunks(&self) -> Vec<Vec<u8>> {
        let bytes = |piece: &Piece| match piece {
            Piece::Bytes { b64 } => BASE64_STANDARD.decode(b64).expect("the case holds valid Base64"),
            Piece::Fill { fill, n } => fill.repeat(*n).into_bytes(),
        };
        self.chunks.iter().map(bytes).collect()
    }
}

impl Expect {
    /// The events as (type, data, last event ID).
    pub(crate) fn events(&self) -> Vec<(String, String, String)> {
        let text = |text: &Text| match text {
            Text::Whole(text) => text.clone(),
            Text::Fill { fill, n } => fill.repeat(*n),
        };
        self.events.iter().map(|it| (it.kind.clone(), text(&it.data), it.last_event_id.clone())).collect()
    }
}

/// Reads all parse cases.
pub(crate) fn parse_cases() -> Vec<Case> {
    #[derive(Deserialize)]
    struct File {
        parse: Vec<Case>,
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/sse-cases.json");
    let text = std::fs::read_to_string(path).expect("the cases are part of the repository");
    serde_json::from_str::<File>(&text).expect("the cases are valid JSON").parse
}
