//! What a feed's connection is doing, in the words that health and the window share.

use serde::{Deserialize, Serialize};

/// A cause in words, with a code where the window offers something for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// What the window branches on.
    pub code: ReasonCode,
    /// One sentence for people: what happened and what mends it.
    pub message: String,
}

/// What the window branches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReasonCode {
    /// Sign-in is missing or was refused: offer to edit it.
    SignIn,
    /// The server's key is vouched for by nobody, or is not the pinned one: offer to compare it.
    Key,
    /// The keyring gave no answer or no access: offer "try again" and "this session only".
    Keyring,
    /// Anything else: the message says it all.
    Other,
}

/// What a feed's connection is doing. Times are wall-clock milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FeedState {
    /// Dialling, or waiting for its turn to dial; entered at every dial, and when the feed is switched on.
    Connecting,
    /// Open; entered when the server promises a stream, or has accepted the connection and keeps silent for longer than
    /// connecting may take.
    Live {
        /// Since when.
        since_ms: i64,
    },
    /// Not dialled because this computer has no network; entered when the system says so, left by a dial as soon as it
    /// says otherwise.
    Offline,
    /// Between two dials; entered when a dial ended or was silent for too long, and after a fault of the program's own.
    Waiting {
        /// When the next dial is due.
        until_ms: i64,
        /// Why it isn't open.
        why: Reason,
    },
    /// Nothing but a person can mend it (it is still tried now and then where that is harmless); entered when sign-in is
    /// missing or refused, the keyring gives nothing, the server is gone for good or the certificate doesn't fit.
    NeedsPerson {
        /// What the person has to do.
        why: Reason,
    },
    /// The server asked not to come back; entered on its 204, tried again at the next start or when told to.
    StoppedByServer {
        /// What the server said.
        why: Reason,
    },
    /// Everything is paused; entered by a person, for every feed that is switched on.
    Paused,
    /// The feed is switched off; entered by a person.
    Disabled,
}
