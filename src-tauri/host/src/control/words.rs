//! What is said on the socket, one line of JSON each.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::codec::LinesCodec;

use crate::dto::Update;
use crate::failure::Failure;
use crate::host::Goodbye;
use crate::request::Request;

/// The longest line that a program may send, in bytes: a list of feeds or a certificate, never more.
pub(super) const LONGEST_CALL: usize = 4 * 1024 * 1024;
/// The longest line that an engine may send: a page of 500 events, each at the decoder's limit, is folded well below.
pub(super) const LONGEST_WORD: usize = 64 * 1024 * 1024;
/// Who doesn't greet within this isn't one of ours.
pub(super) const GREETING: Duration = Duration::from_secs(5);

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hello {
    /// The version of its program.
    pub version: String,
}

/// What a program says to the engine's home.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Call {
    /// The greeting; always the first.
    Hello(Hello),
    /// Something asked.
    Ask {
        /// What the answer is known by.
        number: u64,
        /// What.
        request: Box<Request>,
    },
    /// A window wants to be told everything, in place of any other; a snapshot comes first.
    Attach,
    /// It wants to be told whenever events were stored; which, it asks for.
    Follow,
    /// The engine is to finish, and its home to end.
    Finish {
        /// Whether a program of another version takes over.
        upgrade: bool,
    },
}

/// What the engine's home says to a program.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Word {
    /// The greeting; always the first.
    Hello(Hello),
    /// What was asked.
    Done {
        /// As it was asked.
        number: u64,
        /// In the shape of what was asked.
        answer: Value,
    },
    /// Why it wasn't done.
    Failed {
        /// As it was asked.
        number: u64,
        /// Why.
        failure: Failure,
    },
    /// Something changed.
    Update(Box<Update>),
    /// Events were stored since this was said last.
    Stored,
    /// Nothing more is heard from here.
    Goodbye {
        /// Why.
        why: Goodbye,
    },
}

/// Reads and writes lines up to a length.
pub(super) fn lines(longest: usize) -> LinesCodec {
    LinesCodec::new_with_max_length(longest)
}
