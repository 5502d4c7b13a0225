//! The names by which rooms speak of a feed and of a stored event.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A feed's name for life: 16 lower-case hexadecimal digits, chosen at random when the feed is added.
///
/// It is also the name under which the feed's secrets lie in the keyring.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedId(String);

impl FeedId {
    /// Makes a new one, at random.
    pub fn random() -> Self {
        let mut bytes = [0_u8; 8];
        getrandom::fill(&mut bytes).expect("the operating system has randomness");
        Self(format!("{:016x}", u64::from_be_bytes(bytes)))
    }

    /// Takes an id that settings, the window or the history hold already.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FeedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A stored event's number in the history: ascending in the order of storing, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub i64);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
