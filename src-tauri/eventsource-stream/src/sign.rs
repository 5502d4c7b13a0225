//! What the published API has no place for, carried by an `Event` whose type is empty.

use std::time::Duration;

use crate::Event;

/// The data of the event that carries [`Sign::Cursor`].
const CURSOR: &str = "cursor";
/// The data of the event that carries [`Sign::Identified`].
const IDENTIFIED: &str = "identified";
/// The data of the event that carries [`Sign::Oversized`], before the size.
const OVERSIZED: &str = "oversized ";
/// The data of the event that carries [`Sign::Chunk`], before its numbers.
const CHUNK: &str = "chunk ";

/// Something a stream said that isn't an event.
///
/// A real event never has an empty type, so an [`Event`] with one carries a sign. Its `id` is the last event ID in
/// force and only [`Sign::Retry`] fills its `retry`, so a client that knows nothing of signs and takes both from
/// every event still goes right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A chunk came that completed nothing else: a line of an event, or of a comment.
    Alive,
    /// A chunk ended that held keep-alives, or ended inside a line; given after all that it completed.
    Chunk {
        /// Its length in bytes.
        bytes: u64,
        /// How many blocks it ended that held nothing but comments.
        keep_alives: u64,
        /// Whether the line that it ended with goes on in the next chunk.
        in_line: bool,
    },
    /// `retry:` set the reconnection time; given at its line, whether or not an event follows.
    ///
    /// A number too large for 64 bits of milliseconds is given as the largest such time.
    Retry(Duration),
    /// A block without an event set the last event ID; the empty string resets it.
    Cursor(String),
    /// The next event's own block set the last event ID.
    Identified,
    /// An event over the limit was skipped; the size of its type and data in bytes as far as they were read.
    Oversized(u64),
}

impl Sign {
    /// Reads the sign an event carries, `None` for a real event.
    #[inline]
    pub fn read(event: &Event) -> Option<Self> {
        if !event.event.is_empty() {
            return None;
        }
        if let Some(time) = event.retry {
            return Some(Self::Retry(time));
        }
        Some(match event.data.as_str() {
            CURSOR => Self::Cursor(event.id.clone()),
            IDENTIFIED => Self::Identified,
            data => match data.strip_prefix(OVERSIZED).and_then(|bytes| bytes.parse().ok()) {
                Some(bytes) => Self::Oversized(bytes),
                None => data.strip_prefix(CHUNK).and_then(Self::chunk).unwrap_or(Self::Alive),
            },
        })
    }

    fn chunk(numbers: &str) -> Option<Self> {
        let mut numbers = numbers.split(' ').map(str::parse);
        let [bytes, keep_alives, in_line] =
            [numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?];
        Some(Self::Chunk { bytes, keep_alives, in_line: in_line > 0 })
    }

    /// Makes the event that carries this sign while `last_event_id` is in force.
    ///
    /// [`Sign::Cursor`] is itself the ID in force and leaves the argument unused.
    pub fn into_event(self, last_event_id: &str) -> Event {
        let (data, id, retry) = match self {
            Self::Alive => (String::new(), last_event_id.to_owned(), None),
            Self::Retry(time) => (String::new(), last_event_id.to_owned(), Some(time)),
            Self::Cursor(id) => (CURSOR.to_owned(), id, None),
            Self::Identified => (IDENTIFIED.to_owned(), last_event_id.to_owned(), None),
            Self::Oversized(bytes) => (format!("{OVERSIZED}{bytes}"), last_event_id.to_owned(), None),
            Self::Chunk { bytes, keep_alives, in_line } => {
                let numbers = format!("{CHUNK}{bytes} {keep_alives} {}", u8::from(in_line));
                (numbers, last_event_id.to_owned(), None)
            }
        };
        Event { event: String::new(), data, id, retry }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_every_sign_it_carries() {
        let signs = [
            Sign::Alive,
            Sign::Retry(Duration::ZERO),
            Sign::Retry(Duration::from_millis(u64::MAX)),
            Sign::Cursor("7".to_owned()),
            Sign::Cursor(String::new()),
            Sign::Identified,
            Sign::Oversized(0),
            Sign::Oversized(u64::MAX),
            Sign::Chunk { bytes: 4096, keep_alives: 0, in_line: true },
            Sign::Chunk { bytes: u64::MAX, keep_alives: u64::MAX, in_line: false },
        ];
        for sign in signs {
            assert_eq!(Sign::read(&sign.clone().into_event("7")), Some(sign));
        }
    }

    #[test]
    fn keeps_the_last_event_id_in_force_on_every_sign() {
        for sign in [Sign::Alive, Sign::Retry(Duration::ZERO), Sign::Identified, Sign::Oversized(1)] {
            assert_eq!(sign.into_event("7").id, "7");
        }
        assert_eq!(Sign::Cursor("8".to_owned()).into_event("7").id, "8");
    }

    #[test]
    fn never_mistakes_a_real_event_for_a_sign() {
        for data in ["", CURSOR, IDENTIFIED, "oversized 9", "chunk 1 2 0"] {
            let event = Event { event: "message".to_owned(), data: data.to_owned(), ..Event::default() };
            assert_eq!(Sign::read(&event), None);
        }
    }

    #[test]
    fn takes_an_unknown_sign_for_a_sign_of_life() {
        for data in ["something else", "oversized", "oversized -1", "chunk", "chunk 1 2", "chunk 1 x 0"] {
            let event = Event { data: data.to_owned(), ..Event::default() };
            assert_eq!(Sign::read(&event), Some(Sign::Alive));
        }
    }
}
