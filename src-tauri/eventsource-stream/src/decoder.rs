//! The decoder proper: bytes in, events and signs out, no I/O.

mod block;
mod line;

use std::mem;

use memchr::memchr2;

use crate::event::Event;
use crate::limit::event_limit;
use crate::sign::Sign;

use block::{Block, Content};
use line::{Field, Line};

/// The byte-order mark, dropped once at the very start of a stream.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes one event stream, pushed in as chunks of any size.
///
/// Every byte is looked at once, whatever the chunks. What is held between chunks is the type and data of one event,
/// together at most the event limit, and one last event ID, at most [`ID_LIMIT`](crate::ID_LIMIT); comments and
/// unknown fields take no memory. A value is decoded when its line is complete, so a character may span chunks.
pub struct Decoder {
    /// How much of a byte-order mark the stream has begun with, `None` once that is decided.
    mark: Option<usize>,
    /// The last line ended with CR: an LF that follows belongs to it.
    after_cr: bool,
    line: Line,
    block: Block,
    last_event_id: String,
    /// The second of two items completed by the same byte.
    next: Option<Event>,
    /// The block being read holds a comment.
    commented: bool,
    /// The blocks of nothing but comments since they were last asked for.
    keep_alives: u64,
}

impl Decoder {
    /// Makes a decoder with the process's [event limit](crate::set_event_limit) at this moment.
    pub fn new() -> Self {
        Self::with_limit(event_limit())
    }

    /// Makes a decoder for events of up to `limit` bytes of type and data.
    pub fn with_limit(limit: usize) -> Self {
        Self {
            mark: Some(0),
            after_cr: false,
            line: Line::default(),
            block: Block::new(limit),
            last_event_id: String::new(),
            next: None,
            commented: false,
            keep_alives: 0,
        }
    }

    /// Sets the last event ID, which events without one of their own inherit.
    pub fn set_last_event_id(&mut self, id: impl Into<String>) {
        self.last_event_id = id.into();
    }

    /// Returns the last event ID in force.
    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// Takes bytes from the front of `chunk` until they complete an item and returns it.
    ///
    /// `None` means that all bytes are taken and completed nothing further. Until then it is called again with
    /// what is left, even where that is empty: one byte can complete two items. [`Sign::Alive`] and [`Sign::Chunk`] are
    /// not among them; who pushes the chunks knows where they end.
    pub fn decode(&mut self, chunk: &mut &[u8]) -> Option<Event> {
        if let Some(event) = self.next.take() {
            return Some(event);
        }
        self.drop_mark(chunk);
        while let Some(&first) = chunk.first() {
            if mem::take(&mut self.after_cr) && first == b'\n' {
                *chunk = &chunk[1..];
                continue;
            }
            // A blank line is seen without a search: there is one for each event.
            let end = if matches!(first, b'\r' | b'\n') { Some(0) } else { memchr2(b'\r', b'\n', chunk) };
            let Some(end) = end else {
                self.line.push(chunk, &mut self.block);
                *chunk = &[];
                break;
            };
            let field = self.end_line(&chunk[..end]);
            self.after_cr = chunk[end] == b'\r';
            *chunk = &chunk[end + 1..];
            if let Some(event) = self.told_by(field) {
                return Some(event);
            }
        }
        None
    }

    /// Whether the line that the bytes so far end with goes on.
    pub fn is_in_line(&self) -> bool {
        self.line.is_begun()
    }

    /// Gives how many blocks of nothing but comments ended since this was last asked.
    pub fn take_keep_alives(&mut self) -> u64 {
        mem::take(&mut self.keep_alives)
    }

    /// Ends the stream, which drops its unfinished event, and makes the decoder ready for another stream.
    ///
    /// Returns [`Sign::Oversized`] where that event had passed the limit.
    pub fn finish(&mut self) -> Option<Event> {
        self.mark = Some(0);
        self.after_cr = false;
        self.line = Line::default();
        self.next = None;
        self.commented = false;
        self.keep_alives = 0;
        match self.block.finish() {
            Content::Nothing | Content::Event { .. } => None,
            Content::Oversized(bytes) => Some(self.sign(Sign::Oversized(bytes))),
        }
    }

    /// Drops a byte-order mark at the start of the stream, which may come in parts.
    fn drop_mark(&mut self, chunk: &mut &[u8]) {
        let Some(seen) = self.mark else { return };
        let matching = MARK[seen..].iter().zip(chunk.iter()).take_while(|(mark, byte)| mark == byte).count();
        if seen + matching == MARK.len() {
            self.mark = None;
            *chunk = &chunk[matching..];
        } else if matching == chunk.len() {
            self.mark = Some(seen + matching);
            *chunk = &[];
        } else {
            self.mark = None;
            self.line.push(&MARK[..seen], &mut self.block);
        }
    }

    /// Takes the last part of a line, or all of it; returns what the line held, `None` for a blank line.
    fn end_line(&mut self, bytes: &[u8]) -> Option<Field> {
        if !self.line.is_begun() {
            return Line::take(bytes, &mut self.block);
        }
        self.line.push(bytes, &mut self.block);
        self.line.end(&mut self.block)
    }

    /// What the end of a line completes.
    fn told_by(&mut self, field: Option<Field>) -> Option<Event> {
        match field {
            None => self.end_block(),
            Some(Field::Id) => {
                self.block.end_id();
                None
            }
            Some(Field::Retry) => self.block.end_retry().map(|time| self.sign(Sign::Retry(time))),
            Some(Field::Ignored) => {
                self.commented = true;
                None
            }
            Some(Field::Data | Field::Type) => None,
        }
    }

    /// Ends the block at its blank line: the standard's "dispatch the event", and the signs beside it.
    fn end_block(&mut self) -> Option<Event> {
        let identified = self.block.take_id(&mut self.last_event_id);
        let commented = mem::take(&mut self.commented);
        match (self.block.finish(), identified) {
            (Content::Nothing, false) => {
                self.keep_alives += u64::from(commented);
                None
            }
            (Content::Nothing, true) => Some(self.sign(Sign::Cursor(self.last_event_id.clone()))),
            (Content::Event { kind, data, retry }, identified) => {
                let event = Event { event: kind, data, id: self.last_event_id.clone(), retry };
                if !identified {
                    return Some(event);
                }
                self.next = Some(event);
                Some(self.sign(Sign::Identified))
            }
            (Content::Oversized(bytes), identified) => {
                self.next = identified.then(|| self.sign(Sign::Cursor(self.last_event_id.clone())));
                Some(self.sign(Sign::Oversized(bytes)))
            }
        }
    }

    fn sign(&self, sign: Sign) -> Event {
        sign.into_event(&self.last_event_id)
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
