//! What each feed's connection went through: its last happenings and its counts, as plain data that outlives a run.
//!
//! **Architecture Invariant:** a record decides nothing and is asked by nobody but people: the connection goes on the
//! same without it.

mod book;
mod phase;
mod record;
#[cfg(test)]
mod tests;
pub mod words;

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

pub use book::Book;
pub use phase::Phase;
pub use record::{Record, Standing};

/// What a record remembers: a bad day of one feed, and some tens of kilobytes at most.
pub const MOST_HAPPENINGS: usize = 200;
/// What is kept of an id or a sentence, in characters: enough to recognise it; servers choose their length.
const LONGEST_TEXT: usize = 200;

/// A moment in a connection's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Happening {
    /// When, in wall-clock milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happened. Holds no address, header or secret; times are wall-clock milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum What {
    /// It was its turn, and the request was sent.
    Dialled {
        /// The last event ID it was sent with, cut to what people recognise.
        resumed_from: Option<String>,
    },
    /// The server accepted the connection and hasn't answered the request yet.
    Accepted,
    /// The server promised a stream.
    Opened {
        /// How long after the dial, in milliseconds.
        after_ms: u64,
    },
    /// No sign of life came for so long that the link counts as dead.
    Silent {
        /// For how long, in milliseconds.
        for_ms: u64,
        /// From when on nothing can have come through; none where it was never open.
        away_since_ms: Option<i64>,
    },
    /// A dial ended before a stream was open.
    Refused {
        /// What came instead, in a sentence.
        why: String,
    },
    /// An open link ended.
    Ended {
        /// How long it was open, in milliseconds.
        open_ms: u64,
        /// From when on nothing can have come through.
        away_since_ms: i64,
        /// What ended it, in a sentence.
        why: String,
    },
    /// Somebody wanted it dialled at once.
    Asked {
        /// From when on nothing can have come through; none where it wasn't open.
        away_since_ms: Option<i64>,
    },
    /// There is no network: it is not dialled until that is back.
    Offline {
        /// From when on nothing can have come through; none where it wasn't open.
        away_since_ms: Option<i64>,
    },
    /// The machine woke or the network is back: it is dialled again.
    Woken {
        /// From when on nothing can have come through; none where it wasn't open.
        away_since_ms: Option<i64>,
    },
    /// A wait began.
    Waiting {
        /// When it is over.
        until_ms: i64,
        /// Why, in a sentence.
        why: String,
        /// Whether only a person can mend it.
        for_person: bool,
    },
    /// It won't be dialled again unless a person says so.
    Stopped {
        /// Why, in a sentence.
        why: String,
        /// Whether only a person can mend it; else the server asked for it.
        for_person: bool,
    },
    /// An event over the limit was skipped.
    Oversized {
        /// Its size as far as it was read.
        bytes: u64,
    },
    /// The server set another reconnection time.
    ReconnectionTime {
        /// In milliseconds.
        ms: u64,
    },
    /// By when and how its bytes come, something before the server holds events back.
    HeldBack,
    /// Events come as the server says them again.
    PassesAgain,
    /// Events may be missing.
    GapSuspected {
        /// The last moment before it.
        from_ms: i64,
        /// The first moment after it.
        to_ms: i64,
        /// How many by their ids; none where there are no ids to tell.
        missing: Option<u64>,
    },
    /// Its work ended: it was paused, switched off or changed, or the program ended.
    Left,
    /// The program met a fault of its own while it worked for this feed.
    Panicked {
        /// When the feed is started again.
        until_ms: i64,
    },
}

impl What {
    /// From when on nothing can have come through, where this ended a link that was open.
    pub fn away_since_ms(&self) -> Option<i64> {
        match self {
            Self::Ended { away_since_ms, .. } => Some(*away_since_ms),
            Self::Silent { away_since_ms, .. }
            | Self::Asked { away_since_ms }
            | Self::Offline { away_since_ms }
            | Self::Woken { away_since_ms } => *away_since_ms,
            Self::Dialled { .. }
            | Self::Accepted
            | Self::Opened { .. }
            | Self::Refused { .. }
            | Self::Waiting { .. }
            | Self::Stopped { .. }
            | Self::Oversized { .. }
            | Self::ReconnectionTime { .. }
            | Self::HeldBack
            | Self::PassesAgain
            | Self::GapSuspected { .. }
            | Self::Left
            | Self::Panicked { .. } => None,
        }
    }
}

/// How often things happened since the record began. One that an earlier version didn't count reads as none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Counts {
    /// Events that came, those the history held already included.
    pub events: u64,
    /// The bytes of their data.
    pub bytes: u64,
    /// Requests sent.
    pub dials: u64,
    /// Streams opened.
    pub opens: u64,
    /// Streams opened after the first.
    pub reconnects: u64,
    /// Events skipped for their size.
    pub oversized: u64,
    /// Suspected gaps.
    pub gaps: u64,
}

/// What a feed's connection went through since the feed was added, however often the program was started since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedHealth {
    /// When the record began, in wall-clock milliseconds since the Unix epoch.
    pub since_ms: i64,
    /// How often things happened since then, those no longer listed included.
    pub counts: Counts,
    /// When the last event came, in wall-clock milliseconds since the Unix epoch.
    pub last_event_at_ms: Option<i64>,
    /// Whether something before the server holds events back, as far as this can be seen.
    #[serde(default)]
    pub held_back: bool,
    /// The last [`MOST_HAPPENINGS`], oldest first.
    pub happenings: VecDeque<Happening>,
}

impl FeedHealth {
    /// Begins a record.
    pub fn begin(now_ms: i64) -> Self {
        Self {
            since_ms: now_ms,
            counts: Counts::default(),
            last_event_at_ms: None,
            held_back: false,
            happenings: VecDeque::new(),
        }
    }

    /// Adds a happening and counts it.
    pub fn add(&mut self, happening: Happening) {
        let counts = &mut self.counts;
        match &happening.what {
            What::Dialled { .. } => counts.dials += 1,
            What::Opened { .. } => {
                counts.reconnects = counts.opens;
                counts.opens += 1;
            }
            What::Oversized { .. } => counts.oversized += 1,
            What::GapSuspected { .. } => counts.gaps += 1,
            What::Accepted
            | What::Silent { .. }
            | What::Refused { .. }
            | What::Ended { .. }
            | What::Asked { .. }
            | What::Offline { .. }
            | What::Woken { .. }
            | What::Waiting { .. }
            | What::Stopped { .. }
            | What::ReconnectionTime { .. }
            | What::HeldBack
            | What::PassesAgain
            | What::Left
            | What::Panicked { .. } => {}
        }
        self.list(happening);
    }

    /// Lists a happening that is counted already; the oldest goes where there are too many.
    pub fn list(&mut self, happening: Happening) {
        match happening.what {
            What::HeldBack => self.held_back = true,
            // What comes after its work ended may come another way.
            What::PassesAgain | What::Left | What::Panicked { .. } => self.held_back = false,
            What::Dialled { .. }
            | What::Accepted
            | What::Opened { .. }
            | What::Silent { .. }
            | What::Refused { .. }
            | What::Ended { .. }
            | What::Asked { .. }
            | What::Offline { .. }
            | What::Woken { .. }
            | What::Waiting { .. }
            | What::Stopped { .. }
            | What::Oversized { .. }
            | What::ReconnectionTime { .. }
            | What::GapSuspected { .. } => {}
        }
        if self.happenings.len() == MOST_HAPPENINGS {
            self.happenings.pop_front();
        }
        self.happenings.push_back(happening);
    }

    /// Whether the feed was being followed when the last of these happened.
    fn is_at_work(&self) -> bool {
        let last = self.happenings.iter().rev().find_map(|happening| happening.what.phase());
        last.is_some_and(|phase| phase != Phase::Left)
    }

    /// The last moment that is known of the feed's work.
    fn last_moment_of_work(&self) -> Option<i64> {
        self.happenings.back().map(|happening| happening.at_ms).max(self.last_event_at_ms)
    }

    /// Counts an event.
    pub fn count(&mut self, bytes: usize, received_at_ms: i64) {
        self.counts.events += 1;
        self.counts.bytes += bytes as u64;
        self.last_event_at_ms = Some(received_at_ms);
    }
}

/// Cuts a server's text to what a record keeps.
pub fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) else { return text.to_owned() };
    format!("{}…", &text[..end])
}
