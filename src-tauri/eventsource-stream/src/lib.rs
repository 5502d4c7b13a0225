//! The decoder of Server-Sent Events behind the `eventsource-stream` 0.2 API.
//!
//! The contract is the standard's ["Parsing" and "Interpreting an event
//! stream"](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
//! [`Decoder`] turns bytes into items without any I/O; [`EventStream`] feeds it from a stream of chunks.
//! What happens in a stream besides events comes as an [`Event`] with an empty type, read by [`Sign::read`].
//!
//! ```
//! use eventsource_stream::{Decoder, Sign};
//!
//! let mut bytes: &[u8] = b"retry: 500\ndata: hello\n\n";
//! let mut decoder = Decoder::new();
//!
//! let first = decoder.decode(&mut bytes).unwrap();
//! assert!(matches!(Sign::read(&first), Some(Sign::Retry(time)) if time.as_millis() == 500));
//! let second = decoder.decode(&mut bytes).unwrap();
//! assert_eq!((second.event.as_str(), second.data.as_str()), ("message", "hello"));
//! ```

mod decoder;
mod error;
mod event;
mod limit;
mod sign;
mod stream;

pub use decoder::Decoder;
pub use error::EventStreamError;
pub use event::Event;
pub use limit::{DEFAULT_EVENT_LIMIT, ID_LIMIT, event_limit, set_event_limit};
pub use sign::Sign;
pub use stream::{EventStream, Eventsource};
