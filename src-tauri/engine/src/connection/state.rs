//! What a connection is doing, for those who watch it.

use std::time::Duration;

use crate::transport::Fault;

/// What a connection is doing. Times are wall-clock milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Dialling, or waiting for its turn to dial; entered before every dial, and the first state of all.
    Connecting,
    /// Open; entered once a dial: when the server promises a stream, or when it has had the request for the time that
    /// connecting may take and neither refused nor answered it.
    Live {
        /// Since when.
        since_ms: i64,
    },
    /// Not dialled because there is no network, and no fault of anyone's; entered when the system says so, left by a dial
    /// as soon as it says otherwise. Nearby servers are dialled all the same.
    Offline,
    /// Between two dials; entered when a dial ended or was silent for too long, and another will follow. Left when the
    /// wait is over or somebody wants it dialled at once.
    Waiting {
        /// The wait, as it is slept.
        wait: Duration,
        /// When it is over.
        until_ms: i64,
        /// Why.
        why: Fault,
        /// Whether only a person can mend it.
        for_person: bool,
    },
    /// Ended until a person says otherwise; entered when the server asked for it (204) or is gone for good (410), and
    /// when strict after every answer but a stream.
    Stopped {
        /// Why.
        why: Fault,
        /// Whether only a person can mend it.
        for_person: bool,
    },
}
