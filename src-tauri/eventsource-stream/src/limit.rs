//! How much of a stream is held in memory at most.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The event limit until [`set_event_limit`] is called, in bytes.
///
/// A notification shows a few hundred bytes and the largest payloads of known services stay under 100 KiB,
/// while fifty feeds at this limit still fit in a small machine.
pub const DEFAULT_EVENT_LIMIT: usize = 1024 * 1024;

/// The longest last event ID that is taken over, in bytes; a longer one is ignored like one that contains NUL.
///
/// An ID goes back in a request header, and common servers take 8 KiB of headers, of which this leaves half to
/// the others. Cut short it would name another event, so it is ignored as a whole: the ID before it stays in
/// force, and resuming repeats events rather than losing any.
pub const ID_LIMIT: usize = 4 * 1024;

static EVENT_LIMIT: AtomicUsize = AtomicUsize::new(DEFAULT_EVENT_LIMIT);

/// Sets the event limit of every stream created from then on in this process, in bytes.
///
/// An event's type and data together may be this long; a longer event is skipped up to its blank line and told
/// by [`Sign::Oversized`](crate::Sign::Oversized). It is process-wide because the published API has no place for
/// it, and a client that creates the stream itself hands nothing through.
pub fn set_event_limit(bytes: usize) {
    EVENT_LIMIT.store(bytes, Ordering::Relaxed);
}

/// Returns the event limit for streams created from then on, in bytes.
pub fn event_limit() -> usize {
    EVENT_LIMIT.load(Ordering::Relaxed)
}
