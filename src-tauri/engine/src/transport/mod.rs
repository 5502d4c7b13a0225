//! One dial: a request to a feed and the frames its answer holds, until a fault ends it.
//!
//! **Architecture Invariant:** a dial never retries. It follows the redirects it may follow, yields frames, and ends with
//! exactly one [`Fault`]; what happens then is the connection machine's business.

mod certificate;
mod clients;
mod dialect;
mod failure;
mod fault;
mod fetch;
#[cfg(test)]
mod hostile;
mod open_files;
mod query;
mod reach;
mod redirect;
mod request;
mod route;
mod sse;
mod tls;
mod unsaid;

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use url::Url;

pub use certificate::Fingerprint;
pub use dialect::{Dialect, Goodbye, PayloadId, ResumeBy};
pub use fault::{Cause, Fault};
pub use fetch::{FETCH_BYTES, FetchError};
pub use open_files::OpenFiles;
pub(crate) use query::{MASK, encoded, masked, splice, take};
pub use reach::Reach;
pub use request::{Call, CallError, CallParts, FORBIDDEN_HEADERS};
pub(crate) use request::{basic_value, percent_decoded};
pub use route::{Proxy, Route, RouteParts};
pub use sse::{SseTransport, TransportError, allow_large_events};

use crate::event::Received;

/// How long connecting (name, TCP, TLS, proxy) may take; an answer may take longer, some servers send no headers
/// before their first event.
pub const CONNECT_DEADLINE: Duration = Duration::from_secs(15);

/// Something a feed said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The server accepted the request and promises a stream; always the first.
    Opened,
    /// The server said that it no longer has what came after the last event ID it was asked to go on from.
    Lost,
    /// An event.
    Message(Received),
    /// A block without data moved the last event ID, or reset it when empty.
    Cursor(String),
    /// The server set the reconnection time.
    Retry(Duration),
    /// Bytes came that mean nothing else: a line of an event, or of a comment.
    Alive,
    /// Bytes that came together, as the network gave them, held keep-alives or ended inside a line; after all that they held.
    Chunk {
        /// How many bytes.
        bytes: u64,
        /// How many blocks of nothing but comments.
        keep_alives: u64,
        /// Whether the rest of their last line is still to come.
        in_line: bool,
    },
    /// An event over the limit was skipped.
    Oversized {
        /// Its size as far as it was read.
        bytes: u64,
    },
}

/// The frames of one dial: after the first fault comes nothing.
pub type Frames = BoxStream<'static, Result<Frame, Fault>>;

/// Something that can dial: real sockets, or a script in tests.
pub trait Transport: Send + Sync {
    /// Dials once, lazily: nothing happens before the first poll. Dropping the frames closes the socket.
    fn dial(&self, call: &Call, last_event_id: &str) -> Frames;

    /// Fetches a small file from the call's own server, without anything that says who asks; see [`FetchError`] for what
    /// may be in the way. One that only dials fetches nothing.
    fn fetch(&self, _call: &Call, _address: &Url) -> BoxFuture<'static, Result<Vec<u8>, FetchError>> {
        Box::pin(async { Err(FetchError("nothing is fetched here".into())) })
    }
}
