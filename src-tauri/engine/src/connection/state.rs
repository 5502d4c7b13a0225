//! What a connection is doing, for those who watch it.

use std::time::Duration;

use crate::transport::Fault;

/// What a connection is doing. Times are wall-clock milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Dialling, or waiting for its turn to dial; entered before every dial.
    Connecting,
    /// Open; entered when the server promises a stream, or has accepted the connection and keeps silent.
    Live {
        /// Since when.
        since_ms: i64,
    },
    /// Not dialled because there is no network, and no fault of anyone's; entered when the system says so, left by a dial
    /// as soon as it says otherwise. Nearby servers are dialled all the same.
    Offline,
    /// Between two dials; entered when a dial ended and another will follow.
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
    /// Ended until a person says otherwise; entered when the server asked for it or is gone for good.
    Stopped {
        /// Why.
        why: Fault,
        /// Whether only a person can mend it.
        for_person: bool,
    },
}
