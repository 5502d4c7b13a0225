//! The decoder of Server-Sent Events behind the `eventsource-stream` 0.2 API.

mod sign;
mod stream;

pub use sign::Sign;
pub use stream::{Event, EventStream, EventStreamError, Eventsource};
