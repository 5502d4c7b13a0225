//! The streams that decoders are measured on.

use std::fmt::Write as _;

use bytes::Bytes;
use clap::ValueEnum;

/// What a read from a socket gives at most in common clients.
const CHUNK: usize = 16 * 1024;
/// Long enough that starting costs nothing, short enough to stay in a processor's cache.
const BODY: usize = 1_000_000;
/// The longest line.
const LINE: usize = 10_000_000;
/// One byte a chunk costs a thousand times as much as one chunk.
const TRICKLE: usize = 100_000;

/// A column of the decoders' table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Column {
    /// Events of 100 bytes, only data.
    Small,
    /// Events with type, ID and data, 108 bytes or a little more.
    Fields,
    /// Events of 10 KB.
    Large,
    /// One line of 10 MB.
    Line,
    /// Events of 100 bytes, a byte a chunk.
    Trickle,
}

impl Column {
    /// The stream as it comes from a socket.
    pub fn chunks(self) -> Vec<Bytes> {
        let (event, size, chunk): (fn(usize) -> String, _, _) = match self {
            Self::Small => (|number| padded(number, 100), BODY, CHUNK),
            Self::Fields => (fields, BODY, CHUNK),
            Self::Large => (|number| padded(number, 10_000), BODY, CHUNK),
            Self::Line => (|number| padded(number, LINE), LINE, CHUNK),
            Self::Trickle => (|number| padded(number, 100), TRICKLE, 1),
        };
        let mut body = String::with_capacity(size);
        let mut number = 0;
        while body.len() < size {
            body.push_str(&event(number));
            number += 1;
        }
        let body = Bytes::from(body);
        (0..body.len()).step_by(chunk).map(|at| body.slice(at..body.len().min(at + chunk))).collect()
    }
}

/// An event of one data line that is `size` bytes long with its blank line.
fn padded(number: usize, size: usize) -> String {
    let mut event = format!("data: {{\"number\":{number},\"text\":\"");
    let filling = (size - 4).saturating_sub(event.len());
    event.extend("The quick brown fox jumps over the lazy dog. ".chars().cycle().take(filling));
    event.push_str("\"}\n\n");
    event
}

fn fields(number: usize) -> String {
    let mut event = String::new();
    write!(event, "event: update\nid: {number}\ndata: {{\"number\":{number},\"host\":\"db-3\",")
        .and_then(|()| writeln!(event, "\"text\":\"The quick brown fox jumps over the lazy dog.\"}}\n"))
        .expect("a string takes all that is written to it");
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_as_long_as_their_columns_say() {
        for size in [100, 10_000] {
            assert_eq!(padded(7, size).len(), size);
        }
        let (first, chunks) = (fields(0), Column::Line.chunks());
        assert_eq!(first.len(), 108, "{first}");
        assert!(chunks.iter().rev().skip(1).all(|chunk| chunk.len() == CHUNK));
        assert_eq!(chunks.iter().map(Bytes::len).sum::<usize>(), LINE);
        assert!(Column::Trickle.chunks().iter().all(|chunk| chunk.len() == 1));
    }
}
