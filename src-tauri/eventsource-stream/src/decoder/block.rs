//! What the lines since the last blank line have said: the standard's buffers, with limits.

use std::mem;
use std::time::Duration;

use memchr::memchr;

use crate::limit::ID_LIMIT;

/// What a block is good for at its blank line, besides the last event ID.
pub(super) enum Content {
    /// No data, so no event.
    Nothing,
    Event {
        kind: String,
        data: String,
        retry: Option<Duration>,
    },
    /// An event over the limit, of so many bytes.
    Oversized(u64),
}

/// The buffers of one block.
pub(super) struct Block {
    limit: u64,
    /// The bytes of type and data so far, also of those that were dropped.
    size: u64,
    /// The data as raw bytes. Lines are joined by LF, which no malformed sequence reaches across, so decoding them
    /// together equals decoding each.
    data: Vec<u8>,
    has_data: bool,
    kind: Vec<u8>,
    /// The value of an `id` line, cut where it has passed the limit.
    id_line: Vec<u8>,
    /// The last event ID of this block, where it has set one.
    id: Vec<u8>,
    has_id: bool,
    number: Number,
    retry: Option<Duration>,
}

impl Block {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit: u64::try_from(limit).unwrap_or(u64::MAX),
            size: 0,
            data: Vec::new(),
            has_data: false,
            kind: Vec::new(),
            id_line: Vec::new(),
            id: Vec::new(),
            has_id: false,
            number: Number::Empty,
            retry: None,
        }
    }

    #[inline]
    pub(super) fn begin_data(&mut self) {
        if self.has_data {
            self.push_data(b"\n");
        }
        self.has_data = true;
    }

    #[inline]
    pub(super) fn push_data(&mut self, bytes: &[u8]) {
        if self.admits(bytes) {
            extend_within(&mut self.data, bytes, self.limit);
        }
    }

    pub(super) fn begin_type(&mut self) {
        self.kind.clear();
    }

    pub(super) fn push_type(&mut self, bytes: &[u8]) {
        if self.admits(bytes) {
            extend_within(&mut self.kind, bytes, self.limit);
        }
    }

    pub(super) fn begin_id(&mut self) {
        self.id_line.clear();
    }

    pub(super) fn push_id(&mut self, bytes: &[u8]) {
        let room = ID_LIMIT + 1 - self.id_line.len();
        self.id_line.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// Takes the `id` line over at its end, unless it is too long or contains NUL.
    pub(super) fn end_id(&mut self) {
        if self.id_line.len() <= ID_LIMIT && memchr(0, &self.id_line).is_none() {
            mem::swap(&mut self.id, &mut self.id_line);
            self.has_id = true;
        }
    }

    pub(super) fn begin_retry(&mut self) {
        self.number = Number::Empty;
    }

    pub(super) fn push_retry(&mut self, bytes: &[u8]) {
        self.number = bytes.iter().fold(self.number, |number, &byte| number.push(byte));
    }

    /// Takes the `retry` line over at its end and returns its time, `None` where it isn't only digits.
    pub(super) fn end_retry(&mut self) -> Option<Duration> {
        match self.number {
            Number::Digits(number) => {
                self.retry = Some(Duration::from_millis(number));
                self.retry
            }
            Number::Empty | Number::Invalid => None,
        }
    }

    /// Writes the last event ID that the block has set over the one before; says whether it has set one.
    #[inline]
    pub(super) fn take_id(&mut self, last: &mut String) -> bool {
        let set = mem::take(&mut self.has_id);
        if set {
            last.clear();
            last.push_str(&String::from_utf8_lossy(&self.id));
        }
        set
    }

    /// Ends the block and makes ready for the next one.
    #[inline]
    pub(super) fn finish(&mut self) -> Content {
        let over = self.size > self.limit;
        let size = mem::take(&mut self.size);
        let retry = self.retry.take();
        let data = mem::take(&mut self.data);
        let kind = mem::take(&mut self.kind);
        self.has_id = false;
        match (mem::take(&mut self.has_data), over) {
            (_, true) => Content::Oversized(size),
            (false, false) => Content::Nothing,
            (true, false) => Content::Event { kind: or_message(kind), data: decoded(data), retry },
        }
    }

    /// The bytes reserved in all buffers.
    #[cfg(test)]
    pub(super) fn reserved(&self) -> usize {
        self.data.capacity() + self.kind.capacity() + self.id_line.capacity() + self.id.capacity()
    }

    /// Counts bytes of type or data and says whether to hold them; drops what is held once the limit is passed.
    #[inline]
    fn admits(&mut self, bytes: &[u8]) -> bool {
        self.size = self.size.saturating_add(bytes.len() as u64);
        let within = self.size <= self.limit;
        if !within {
            self.data = Vec::new();
            self.kind = Vec::new();
        }
        within
    }
}

/// The value of a `retry` line.
#[derive(Clone, Copy)]
enum Number {
    Empty,
    Digits(u64),
    Invalid,
}

impl Number {
    fn push(self, byte: u8) -> Self {
        if !byte.is_ascii_digit() {
            return Self::Invalid;
        }
        let digit = u64::from(byte - b'0');
        match self {
            Self::Empty => Self::Digits(digit),
            Self::Digits(number) => Self::Digits(number.saturating_mul(10).saturating_add(digit)),
            Self::Invalid => Self::Invalid,
        }
    }
}

/// Appends in amortised constant time without ever reserving more than the limit.
#[inline]
fn extend_within(buffer: &mut Vec<u8>, bytes: &[u8], limit: u64) {
    let needed = buffer.len() + bytes.len();
    if needed > buffer.capacity() && !buffer.is_empty() {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let room = buffer.capacity().saturating_mul(2).min(limit).max(needed);
        buffer.reserve_exact(room - buffer.len());
    }
    buffer.extend_from_slice(bytes);
}

fn or_message(kind: Vec<u8>) -> String {
    if kind.is_empty() { "message".to_owned() } else { decoded(kind) }
}

/// Decodes as the Encoding standard does, without a copy where the bytes are well-formed.
fn decoded(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
