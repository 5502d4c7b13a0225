//! Why a dial ended, in kind and in words.

use std::time::Duration;

use super::certificate::Fingerprint;

/// Why a dial ended. The sentence is for people and holds no address, header or secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What the connection machine goes by.
    pub cause: Cause,
    /// What happened and, where a person can mend it, how.
    pub sentence: String,
}

/// What a fault means for the next dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The stream ended as streams do: again after the reconnection time.
    Ended,
    /// The network failed: again, with backoff. Also what silence is.
    Failed,
    /// The server answered, but in vain (5xx and the like): again, with backoff.
    Useless,
    /// The server answered with something else than a stream (a web page, a captive portal): again, with backoff.
    NotAStream,
    /// The server named a time to come back (429, 503).
    Busy {
        /// How long it asked to wait.
        retry_after: Duration,
    },
    /// Sign-in is missing or refused (401, 403): a person must edit it.
    SignIn,
    /// Not there (404 and other lasting refusals): again, slowly.
    Absent,
    /// Gone for good (410): only a person can mend it.
    Gone,
    /// The server asked not to come back (204).
    Stopped,
    /// Nobody vouches for the server's key, or it is not the pinned one: a person must compare it and pin it.
    Untrusted {
        /// The key that the server showed in the handshake, which ended there.
        key: Fingerprint,
    },
    /// Only a person can mend it: a redirect to another origin, a certificate that doesn't fit.
    Person,
}

impl Fault {
    pub(super) fn new(cause: Cause, sentence: impl Into<String>) -> Self {
        Self { cause, sentence: sentence.into() }
    }

    /// The fault of a stream that ended as streams do.
    pub fn ended() -> Self {
        Self::new(Cause::Ended, "The server ended the stream.")
    }

    /// The fault of a dial that was accepted and had no answer for `limit`. Some servers send none before their first
    /// event; a proxy that collects an answer keeps its head too.
    pub fn unanswered(limit: Duration) -> Self {
        let sentence = format!(
            "Nothing came for {} s, not even the start of an answer. If a proxy holds it back, turn its buffering off for \
             this path (in nginx: proxy_buffering off, or X-Accel-Buffering: no from the server).",
            limit.as_secs()
        );
        Self::new(Cause::Failed, sentence)
    }

    /// The fault of an open link on which no byte came for `limit`.
    pub fn silent(limit: Duration) -> Self {
        Self::new(Cause::Failed, format!("Nothing came for {} s, not even a sign of life.", limit.as_secs()))
    }
}
