//! Why a stream of events failed, as the published API names it.

use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};
use std::string::FromUtf8Error;

/// What a stream of events can fail with: of the three, only its source's own error ever occurs.
#[derive(Debug, PartialEq)]
pub enum EventStreamError<E> {
    /// Never made: malformed UTF-8 is replaced, as the standard asks.
    Utf8(FromUtf8Error),
    /// Never made: any bytes are a valid event stream.
    Parser(nom::error::Error<String>),
    /// The source of the bytes failed.
    Transport(E),
}

impl<E: Display> Display for EventStreamError<E> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf8(error) => write!(out, "UTF8 error: {error}"),
            Self::Parser(error) => write!(out, "Parse error: {error}"),
            Self::Transport(error) => write!(out, "Transport error: {error}"),
        }
    }
}

impl<E: Display + Debug + Send + Sync> Error for EventStreamError<E> {}
