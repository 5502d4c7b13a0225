//! One answer of a scripted server, byte for byte as a test wants it.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer};

/// What a server answers to one request.
///
/// Made by [`Answer::stream`] and its like and the methods after them, or read from a case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub(crate) status: u16,
    #[serde(deserialize_with = "pairs")]
    pub(crate) headers: Vec<(String, String)>,
    /// The body, one write each.
    pub(crate) chunks: Vec<Piece>,
    pub(crate) then: Then,
    #[serde(default, rename = "gap_ms", deserialize_with = "milliseconds")]
    pub(crate) gap: Duration,
    #[serde(default, rename = "hold_before_eof_ms", deserialize_with = "milliseconds")]
    pub(crate) hold_before_eof: Duration,
    #[serde(default, skip)]
    pub(crate) delay: Duration,
    #[serde(default)]
    pub(crate) framing: Framing,
    #[serde(default, rename = "http")]
    pub(crate) version: Version,
    #[serde(default)]
    pub(crate) gzip: bool,
    #[serde(default, rename = "chunkext")]
    pub(crate) chunk_extensions: bool,
    /// The status of an interim answer before this one.
    #[serde(default)]
    pub(crate) early: Option<u16>,
    /// The whole answer, instead of status, headers and chunks.
    #[serde(default)]
    pub(crate) raw: Option<Piece>,
}

/// What a server does after the last byte of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Then {
    /// Keeps the answer open until the client closes it.
    Hold,
    /// Ends the answer as its framing asks, then closes the connection.
    Eof,
    /// Closes the connection without ending the answer, which truncates it where its framing has an end.
    Close,
    /// Resets the connection.
    Rst,
    /// Closes the connection without having sent a byte.
    Nothing,
}

/// How a client knows where the body ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Framing {
    /// By `Transfer-Encoding: chunked`, a chunk each write.
    #[default]
    Chunked,
    /// By `Content-Length`.
    Length,
    /// By the end of the connection.
    Close,
}

/// The version in the status line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Version {
    /// HTTP/1.0.
    #[serde(rename = "1.0")]
    Http10,
    /// HTTP/1.1.
    #[default]
    #[serde(rename = "1.1")]
    Http11,
}

/// A piece of a body: bytes, in the cases as Base64 or as a text repeated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "PieceText")]
pub struct Piece(pub Vec<u8>);

#[derive(Deserialize)]
#[serde(untagged)]
enum PieceText {
    Bytes { b64: String },
    Fill { fill: String, n: usize },
}

impl TryFrom<PieceText> for Piece {
    type Error = base64::DecodeError;

    fn try_from(text: PieceText) -> Result<Self, Self::Error> {
        Ok(Self(match text {
            PieceText::Bytes { b64 } => BASE64_STANDARD.decode(b64)?,
            PieceText::Fill { fill, n } => fill.repeat(n).into_bytes(),
        }))
    }
}

impl Answer {
    /// Answers 200 with an event stream that stays open.
    pub fn stream() -> Self {
        Self::status(200).header("Content-Type", "text/event-stream").then(Then::Hold)
    }

    /// Answers a status with an empty body and a clean end.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            chunks: Vec::new(),
            then: Then::Eof,
            gap: Duration::ZERO,
            hold_before_eof: Duration::ZERO,
            delay: Duration::ZERO,
            framing: Framing::default(),
            version: Version::default(),
            gzip: false,
            chunk_extensions: false,
            early: None,
            raw: None,
        }
    }

    /// Answers these bytes and nothing else, broken or not, then closes the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { raw: Some(Piece(bytes.into())), ..Self::status(200).then(Then::Close) }
    }

    /// Closes the connection without an answer.
    pub fn nothing() -> Self {
        Self::status(200).then(Then::Nothing)
    }

    /// Adds a header; `{self}`, `{selfpath}` and `{self2}` stand for the feed's URL, its path, and the same path on
    /// another origin.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a piece of the body, one write.
    pub fn chunk(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.chunks.push(Piece(bytes.into()));
        self
    }

    /// Adds an event without an ID; each line of `data` becomes a line of its own.
    pub fn event(self, data: &str) -> Self {
        self.chunk(format!("{}\n", data_lines(data)))
    }

    /// Adds an event with an ID.
    pub fn event_with_id(self, id: &str, data: &str) -> Self {
        self.chunk(format!("id: {id}\n{}\n", data_lines(data)))
    }

    /// Adds a block that sets the reconnection time.
    pub fn retry(self, time: Duration) -> Self {
        self.chunk(format!("retry: {}\n\n", time.as_millis()))
    }

    /// Adds a comment.
    pub fn comment(self, text: &str) -> Self {
        self.chunk(format!(": {text}\n\n"))
    }

    /// Waits so long between two pieces of the body.
    pub fn gap(self, gap: Duration) -> Self {
        Self { gap, ..self }
    }

    /// Waits so long before the first byte of the answer, headers included.
    pub fn delay(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    /// Waits so long between the last piece of the body and its end.
    pub fn hold_before_eof(self, hold_before_eof: Duration) -> Self {
        Self { hold_before_eof, ..self }
    }

    /// Says what happens after the last byte.
    pub fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }

    /// Says how the body is framed.
    pub fn framing(self, framing: Framing) -> Self {
        Self { framing, ..self }
    }

    /// Says which version the status line names.
    pub fn version(self, version: Version) -> Self {
        Self { version, ..self }
    }

    /// Compresses the body, flushed after each piece.
    pub fn gzip(self) -> Self {
        Self { gzip: true, ..self }
    }

    /// Writes chunk sizes in odd but valid ways.
    pub fn chunk_extensions(self) -> Self {
        Self { chunk_extensions: true, ..self }
    }

    /// Sends an interim answer of this status first.
    pub fn early(self, status: u16) -> Self {
        Self { early: Some(status), ..self }
    }
}

fn data_lines(data: &str) -> String {
    data.split('\n').map(|line| format!("data: {line}\n")).collect()
}

fn pairs<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<(String, String)>, D::Error> {
    Ok(BTreeMap::deserialize(input)?.into_iter().collect())
}

/// Reads a number of milliseconds.
pub(crate) fn milliseconds<'de, D: Deserializer<'de>>(input: D) -> Result<Duration, D::Error> {
    u64::deserialize(input).map(Duration::from_millis)
}
