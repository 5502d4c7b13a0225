//! How long a server may be silent, learned from its own signs of life: pure arithmetic on durations.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A shorter limit would take a slow moment of the network for a death.
const SHORTEST: Duration = Duration::from_secs(15);
/// A server that says nothing for longer can't be told from a dead one.
const LONGEST: Duration = Duration::from_mins(5);
/// One or two signs of life may be lost or late; the third is not.
const TIMES: u32 = 3;
/// What a sign of life may be late beside that: a server's timers are seldom exact.
const MARGIN: Duration = Duration::from_secs(5);
/// Signs closer than this are one: the events of a burst say nothing of the pauses between bursts.
const ONE_SIGN: Duration = Duration::from_secs(1);
/// Fewer gaps are a coincidence.
const ENOUGH_GAPS: u32 = 3;
/// After so many unexplained silences the server is taken for a slow one, not for a dead one.
const ENOUGH_SILENCES: u32 = 2;
/// How many chapters are remembered: with the default silence, the last twelve minutes.
const CHAPTERS: usize = 8;
/// Each wrong guess doubles the evidence asked for, up to this often: 64 chapters, an hour and a half.
const MOST_DOUBLINGS: u32 = 6;

/// What is remembered of gaps that together lasted about the configured time.
#[derive(Clone, Copy, Debug, Default)]
struct Chapter {
    gaps: u32,
    lasted: Duration,
    longest: Duration,
    shortest: Duration,
}

/// Learns how long a link may be silent.
///
/// It begins with the configured limit. A server whose signs of life come often gets a shorter one, so that a dead link
/// is noticed earlier: three times the longest of the recent gaps and a margin. A server whose keep-alive is regular
/// and slower than a third of the configured limit gets a longer one by the same sum, and so does a server that was found silent twice without a known rhythm,
/// as its keep-alive may be slower than the limit. Bursts count as one sign, and a shorter limit needs evidence that
/// lasted as long as the configured one, twice as long after each time that it ran out.
#[derive(Clone, Debug)]
pub(super) struct Rhythm {
    configured: Duration,
    /// The chapter being written is the first.
    chapters: [Chapter; CHAPTERS],
    /// What was heard since the last silence.
    proven: Duration,
    doublings: u32,
    silences: u32,
    /// How long ago the last sign that counts came; none before the first of a link.
    since_sign: Option<Duration>,
}

/// What was learned of a feed's rhythm, for its next connection; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Learned(Arc<Mutex<Option<Rhythm>>>);

impl Learned {
    /// Goes on with what was learned under the same configured limit, else begins anew.
    pub(super) fn recall(&self, configured: Duration) -> Rhythm {
        let learned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let learned = learned.as_ref().filter(|rhythm| rhythm.configured == configured);
        learned.cloned().unwrap_or_else(|| Rhythm::new(configured))
    }

    /// Keeps what was learned until here.
    pub(super) fn keep(&self, rhythm: &Rhythm) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(rhythm.clone());
    }
}

impl Rhythm {
    /// Knows nothing but the configured limit.
    pub(super) fn new(configured: Duration) -> Self {
        Self {
            configured,
            chapters: [Chapter::default(); CHAPTERS],
            proven: Duration::ZERO,
            doublings: 0,
            silences: 0,
            since_sign: None,
        }
    }

    /// A link opened: gaps count from its first sign of life on, as a server's timer may be of any age by then.
    pub(super) fn opened(&mut self) {
        self.since_sign = None;
    }

    /// A sign of life came `gap` after the one before.
    pub(super) fn heard(&mut self, gap: Duration) {
        let Some(since_sign) = self.since_sign.replace(Duration::ZERO) else { return };
        let since_sign = since_sign.saturating_add(gap);
        if since_sign < ONE_SIGN {
            self.since_sign = Some(since_sign);
            return;
        }
        self.write(since_sign);
        if self.is_proven() && self.evidence().longest <= self.configured {
            self.silences = 0;
        }
    }

    /// The limit passed without a sign of life.
    pub(super) fn silent(&mut self) {
        if self.proven.is_zero() {
            // Two silences and nothing between them: whatever rhythm it had is gone.
            self.chapters = [Chapter::default(); CHAPTERS];
        }
        if self.limit() < self.configured {
            // The server may have changed its ways, or the link died: only more evidence tells.
            self.doublings = (self.doublings + 1).min(MOST_DOUBLINGS);
        } else if !self.is_known() {
            self.silences = self.silences.saturating_add(1);
        }
        self.proven = Duration::ZERO;
    }

    /// How long a link may be silent.
    pub(super) fn limit(&self) -> Duration {
        let evidence = self.evidence();
        let sum = evidence.longest.saturating_mul(TIMES).saturating_add(MARGIN);
        let longest = LONGEST.max(self.configured);
        if self.silences >= ENOUGH_SILENCES {
            return longest;
        }
        if evidence.is_regular() && evidence.longest.saturating_mul(TIMES) > self.configured {
            return sum.min(longest);
        }
        if self.is_proven() {
            return sum.max(SHORTEST).min(self.configured);
        }
        self.configured
    }

    /// Whether the server has shown a rhythm, so that a silence is out of the ordinary.
    pub(super) fn is_known(&self) -> bool {
        self.evidence().is_regular() || self.is_proven()
    }

    fn is_proven(&self) -> bool {
        let asked = self.configured.saturating_mul(1 << self.doublings);
        self.evidence().gaps >= ENOUGH_GAPS && self.proven >= asked
    }

    fn write(&mut self, gap: Duration) {
        self.proven = self.proven.saturating_add(gap);
        if self.chapters[0].lasted >= self.configured {
            self.chapters.rotate_right(1);
            self.chapters[0] = Chapter::default();
        }
        self.chapters[0] =
            self.chapters[0].and(Chapter { gaps: 1, lasted: gap, longest: gap, shortest: gap });
    }

    fn evidence(&self) -> Chapter {
        self.chapters.iter().fold(Chapter::default(), |all, chapter| all.and(*chapter))
    }
}

impl Chapter {
    fn and(self, other: Self) -> Self {
        let shortest = match (self.gaps, other.gaps) {
            (0, _) => other.shortest,
            (_, 0) => self.shortest,
            (_, _) => self.shortest.min(other.shortest),
        };
        Self {
            gaps: self.gaps.saturating_add(other.gaps),
            lasted: self.lasted.saturating_add(other.lasted),
            longest: self.longest.max(other.longest),
            shortest,
        }
    }

    /// Events come when they come; a keep-alive comes at about the same pace.
    fn is_regular(&self) -> bool {
        self.gaps >= ENOUGH_GAPS && self.longest <= self.shortest.saturating_mul(2)
    }
}

#[cfg(test)]
mod tests;
