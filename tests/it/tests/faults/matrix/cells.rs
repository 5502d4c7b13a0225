//! The table: what is told of each fault in each phase.

use std::time::Duration;

use tidings_engine::health::What;
use tidings_support::{Fault, Phase};

/// Every fault. What a person would call a byte a second is a hundred times as fast.
pub(super) const FAULTS: [Fault; 16] = [
    Fault::Refused,
    Fault::Reset,
    Fault::End,
    Fault::HalfOpen,
    Fault::Trickle(Duration::from_millis(10)),
    Fault::Latency(Duration::from_millis(300)),
    Fault::Cut,
    Fault::WrongTls,
    Fault::Garbage,
    Fault::SlowHeaders(Duration::from_millis(500)),
    Fault::Interim,
    Fault::EndlessLine,
    Fault::EndlessComment,
    Fault::EndlessHeader,
    Fault::GzipBomb,
    Fault::RedirectLoop,
];

/// What a fault in a phase comes to.
pub(super) enum Cell {
    /// This is told of it, in this order, and nothing else.
    Told(&'static [Told]),
    /// The feed is live all along.
    Unharmed,
    /// There is no such thing, and why.
    NoSuchThing(&'static str),
}

/// A happening that is trouble, with words of its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) enum Told {
    Refused(&'static str),
    Ended(&'static str),
    Silent,
    Accepted,
    Oversized,
}

impl Told {
    /// Whether a happening is one of those that this table is about.
    pub(super) fn is_trouble(what: &What) -> bool {
        match what {
            What::Accepted
            | What::Silent { .. }
            | What::Refused { .. }
            | What::Ended { .. }
            | What::Offline { .. }
            | What::Stopped { .. }
            | What::Oversized { .. }
            | What::HeldBack
            | What::GapSuspected { .. }
            | What::Panicked { .. } => true,
            What::Dialled { .. }
            | What::Opened { .. }
            | What::Asked { .. }
            | What::Woken { .. }
            | What::Waiting { .. }
            | What::ReconnectionTime { .. }
            | What::PassesAgain
            | What::Left => false,
        }
    }

    /// Whether two happenings are the same but for their times.
    pub(super) fn says_the_same(one: &What, other: &What) -> bool {
        let words = |what: &What| match what {
            What::Refused { why } | What::Ended { why, .. } => why.clone(),
            What::Accepted
            | What::Silent { .. }
            | What::Offline { .. }
            | What::Stopped { .. }
            | What::Oversized { .. }
            | What::GapSuspected { .. }
            | What::Panicked { .. }
            | What::Dialled { .. }
            | What::Opened { .. }
            | What::Asked { .. }
            | What::Woken { .. }
            | What::Waiting { .. }
            | What::ReconnectionTime { .. }
            | What::HeldBack
            | What::PassesAgain
            | What::Left => String::new(),
        };
        std::mem::discriminant(one) == std::mem::discriminant(other) && words(one) == words(other)
    }

    pub(super) fn is(&self, what: &What) -> bool {
        match (self, what) {
            (Self::Refused(words), What::Refused { why }) => why.contains(words),
            (Self::Ended(words), What::Ended { why, .. }) => why.contains(words),
            (Self::Silent, What::Silent { for_ms: 15_000, .. }) => true,
            (Self::Accepted, What::Accepted) => true,
            (Self::Oversized, What::Oversized { bytes }) => *bytes > 1 << 20,
            (Self::Refused(_) | Self::Ended(_) | Self::Silent | Self::Accepted | Self::Oversized, _) => false,
        }
    }

    /// The words that are shown while the feed waits; none where it stays live.
    pub(super) fn shown(&self) -> Option<&'static str> {
        match self {
            Self::Refused(words) | Self::Ended(words) => Some(words),
            Self::Silent => Some("Nothing came for 15 s"),
            Self::Accepted | Self::Oversized => None,
        }
    }
}

const NOBODY: Told = Told::Refused("nothing listens at that address and port");
const NO_ANSWER: Told = Told::Refused("closed the connection without an answer");
const NOT_HTTP: Told = Told::Refused("does not speak HTTP");
const LONG_HEAD: Told = Told::Refused("headers are too long");
const CIRCLE: Told = Told::Refused("redirects in circles");
const RESET: Told = Told::Ended("broke the connection off");
const END: Told = Told::Ended("The server ended the stream.");
const CUT: Told = Told::Ended("middle of the answer");
const NONSENSE: Told = Told::Ended("breaks the rules of HTTP");

/// What a fault in a phase comes to. Where a fault has no meaning in a phase of its own, it has its nearest: a server that
/// refuses, or runs in circles, in the middle of a stream is one that ends the stream and then refuses.
pub(super) fn cell(fault: Fault, phase: Phase) -> Cell {
    use Cell::{NoSuchThing, Told as T, Unharmed};
    use Phase::{Between, Connecting, Headers, MidLine};
    match (fault, phase) {
        (Fault::Refused, Connecting) => T(&[NOBODY]),
        (Fault::Refused, Headers) => T(&[Told::Refused("broke the connection off"), NOBODY]),
        (Fault::Refused, MidLine | Between) => T(&[RESET, NOBODY]),
        (Fault::Reset, Connecting | Headers) => T(&[Told::Refused("broke the connection off")]),
        (Fault::Reset, MidLine | Between) => T(&[RESET]),
        (Fault::End | Fault::Cut | Fault::CutAt(_), Connecting | Headers) => T(&[NO_ANSWER]),
        (Fault::End, MidLine | Between) => T(&[END]),
        (Fault::Cut | Fault::CutAt(_), MidLine | Between) => T(&[CUT]),
        (Fault::HalfOpen, Connecting | Headers) => T(&[Told::Accepted, Told::Silent]),
        (Fault::HalfOpen, MidLine | Between) => T(&[Told::Silent]),
        (Fault::Trickle(_) | Fault::Latency(_), _) => Unharmed,
        (Fault::WrongTls, Connecting) => T(&[Told::Refused("Is it https at all?")]),
        (Fault::WrongTls, Headers) => T(&[Told::Refused("damaged on its way")]),
        (Fault::WrongTls, MidLine | Between) => T(&[Told::Ended("damaged on its way")]),
        (Fault::Garbage, Connecting | Headers) => T(&[NOT_HTTP]),
        (Fault::Garbage, MidLine | Between) => T(&[NONSENSE]),
        (Fault::SlowHeaders(_), Connecting | Headers) => T(&[Told::Accepted]),
        (Fault::SlowHeaders(_), MidLine | Between) => {
            NoSuchThing("the headers are over; what is slow after them is a byte a second")
        }
        (Fault::Interim, Connecting) => Unharmed,
        (Fault::Interim, Headers) => T(&[NOT_HTTP]),
        (Fault::Interim, MidLine | Between) => T(&[NONSENSE]),
        (Fault::EndlessLine, Connecting | Headers) => T(&[LONG_HEAD]),
        (Fault::EndlessLine, MidLine) => T(&[CUT]),
        (Fault::EndlessLine, Between) => T(&[Told::Oversized]),
        (Fault::EndlessComment, Connecting | Headers) => NoSuchThing("a head has no comments"),
        (Fault::EndlessComment, MidLine | Between) => Unharmed,
        (Fault::EndlessHeader, Connecting | Headers) => T(&[LONG_HEAD]),
        // The head of a chunk is the only one there is.
        (Fault::EndlessHeader, MidLine | Between) => T(&[NONSENSE]),
        // The body of a refusal.
        (Fault::GzipBomb, Connecting) => T(&[Told::Refused("fault of its own")]),
        (Fault::GzipBomb, MidLine) => T(&[CUT]),
        (Fault::GzipBomb, Headers | Between) => T(&[Told::Oversized]),
        (Fault::RedirectLoop, Connecting) => T(&[CIRCLE]),
        (Fault::RedirectLoop, Headers) => T(&[NO_ANSWER, CIRCLE]),
        (Fault::RedirectLoop, MidLine | Between) => T(&[END, CIRCLE]),
    }
}
