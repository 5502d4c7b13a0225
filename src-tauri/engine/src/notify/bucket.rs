//! A token bucket on a clock that is handed in.

use std::time::Duration;

use tokio::time::Instant;

/// Holds up to a number of tokens and gains one after each interval.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    interval: Duration,
    full: Duration,
    /// What is in it, as the time it took to gain.
    credit: Duration,
    at: Instant,
}

impl Bucket {
    /// Makes a full one.
    pub(super) fn new(tokens: u32, interval: Duration, now: Instant) -> Self {
        let full = interval * tokens;
        Self { interval, full, credit: full, at: now }
    }

    /// Whether it holds at least this many.
    pub(super) fn holds(&self, tokens: u32, now: Instant) -> bool {
        self.ready(tokens, now) <= now
    }

    /// When it holds at least this many; never later than it takes to fill it.
    pub(super) fn ready(&self, tokens: u32, now: Instant) -> Instant {
        let wanted = (self.interval * tokens).min(self.full);
        now + wanted.saturating_sub(self.level(now))
    }

    /// Takes one out; an empty one stays empty.
    pub(super) fn take(&mut self, now: Instant) {
        self.credit = self.level(now).saturating_sub(self.interval);
        self.at = now;
    }

    fn level(&self, now: Instant) -> Duration {
        (self.credit + now.saturating_duration_since(self.at)).min(self.full)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn gains_a_token_after_each_interval_up_to_full() {
        let start = Instant::now();
        let mut bucket = Bucket::new(2, SECOND, start);
        bucket.take(start);
        bucket.take(start);
        assert_eq!(bucket.ready(1, start), start + SECOND);
        assert!(!bucket.holds(1, start + SECOND / 2));
        assert!(bucket.holds(1, start + SECOND));
        assert!(!bucket.holds(2, start + SECOND));
        assert!(bucket.holds(2, start + SECOND * 100));
        bucket.take(start + SECOND * 100);
        assert!(!bucket.holds(2, start + SECOND * 100));
    }

    proptest! {
        #[test]
        fn never_gives_more_than_it_holds_and_gains(waits in prop::collection::vec(0..3_000_u64, 1..200)) {
            let start = Instant::now();
            let mut now = start;
            let mut bucket = Bucket::new(4, SECOND, start);
            let mut taken = 0;
            for wait in waits {
                now += Duration::from_millis(wait);
                while bucket.holds(1, now) {
                    bucket.take(now);
                    taken += 1;
                }
                prop_assert!(taken <= 4 + (now - start).as_secs());
            }
        }
    }
}
