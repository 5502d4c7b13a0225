//! How long to wait: pure arithmetic on durations and jitter.

use std::time::Duration;

/// A server that says `retry: 0` must not make us spin.
pub const SHORTEST: Duration = Duration::from_secs(1);
/// Longer than this and a person thinks the program is broken; a feed may set another ceiling.
pub const LONGEST: Duration = Duration::from_mins(5);
/// `Retry-After` may ask for more, as rate limits do.
pub const LONGEST_ASKED: Duration = Duration::from_hours(1);
/// To the letter the standard has no floor; ours keeps `retry: 0` from being a busy loop.
pub const SHORTEST_STRICT: Duration = Duration::from_millis(10);
/// Timers of the runtime overflow far beyond this; nobody waits longer for a feed.
const LONGEST_STRICT: Duration = Duration::from_hours(24 * 365);
/// A sign-in doesn't heal by itself; a look now and then finds a mended server.
pub const SIGN_IN: Duration = Duration::from_mins(30);
/// A missing page may be a deployment going on…
const ABSENT_FIRST: Duration = Duration::from_mins(15);
/// …or gone for good, then a few looks a day are enough.
const ABSENT_LONGEST: Duration = Duration::from_hours(6);

/// The wait after a clean end: the reconnection time, spread upward to twice as long so that a restarted server's
/// clients don't come all at once.
pub fn after_end(reconnection: Duration, jitter: f64, longest: Duration) -> Duration {
    let longest = longest.max(SHORTEST);
    let base = reconnection.clamp(SHORTEST, longest);
    spread(base, base.saturating_mul(2), jitter).min(longest)
}

/// The wait after the `failures`th failure in a row (from 1): between the reconnection time and its doubling for each.
pub fn after_failure(reconnection: Duration, failures: u32, jitter: f64, longest: Duration) -> Duration {
    let longest = longest.max(SHORTEST);
    let base = reconnection.clamp(SHORTEST, longest);
    spread(base, doubled(base, failures).min(longest), jitter)
}

/// The wait a server asked for, within reason, spread upward a little as all its clients got the same answer.
pub fn asked(retry_after: Duration, jitter: f64) -> Duration {
    let base = retry_after.clamp(SHORTEST, LONGEST_ASKED);
    spread(base, base + base / 10, jitter).min(LONGEST_ASKED)
}

/// The wait after the `refusals`th "not there" in a row (from 1).
pub fn after_absence(refusals: u32) -> Duration {
    doubled(ABSENT_FIRST, refusals.saturating_sub(1)).min(ABSENT_LONGEST)
}

/// The wait to the letter of the standard: exactly the reconnection time, doubled for each failed dial after the first.
pub fn strict(reconnection: Duration, failures: u32) -> Duration {
    let base = reconnection.clamp(SHORTEST_STRICT, LONGEST_STRICT);
    let most = base.max(LONGEST);
    doubled(base, failures.saturating_sub(1)).min(most)
}

fn doubled(base: Duration, times: u32) -> Duration {
    base.saturating_mul(2_u32.saturating_pow(times.min(20)))
}

fn spread(from: Duration, to: Duration, jitter: f64) -> Duration {
    let wait = from + to.saturating_sub(from).mul_f64(jitter.clamp(0.0, 1.0));
    // Whole milliseconds, as timers have them: what is shown is what is slept.
    wait - Duration::from_nanos(u64::from(wait.subsec_nanos() % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn doubles_up_to_five_minutes() {
        let most: Vec<_> = (1..9).map(|n| after_failure(S(3), n, 1.0, LONGEST)).collect();
        assert_eq!(most, [6, 12, 24, 48, 96, 192, 300, 300].map(S));
        assert_eq!(after_failure(S(3), 5, 0.0, LONGEST), S(3));
        assert_eq!([1, 3, 9].map(|n| after_failure(S(3), n, 1.0, S(20))), [6, 20, 20].map(S));
        assert_eq!(after_end(S(60), 0.5, S(20)), S(20));
    }

    #[test]
    fn asks_for_a_missing_page_ever_more_rarely() {
        let waits: Vec<_> = (1..8).map(|n| after_absence(n).as_secs() / 60).collect();
        assert_eq!(waits, [15, 30, 60, 120, 240, 360, 360]);
    }

    #[test]
    fn keeps_to_the_letter_when_strict() {
        let table = [(0, 0, 10), (1500, 0, 1500), (1500, 1, 1500), (1500, 2, 3000), (1500, 30, 300_000)];
        for (reconnection, failures, expected) in table {
            let wait = strict(Duration::from_millis(reconnection), failures);
            assert_eq!(wait, Duration::from_millis(expected), "{reconnection} after {failures}");
        }
    }

    #[test]
    fn a_date_read_by_a_clock_that_is_ten_years_off_neither_spins_nor_sleeps_for_ever() {
        for jitter in [0.0, 1.0] {
            assert_eq!(asked(S(10 * 365 * 86_400), jitter), LONGEST_ASKED);
            assert!(asked(S(0), jitter) >= SHORTEST);
        }
    }

    proptest! {
        #[test]
        fn no_wait_spins_or_sleeps_for_ever(ms: u64, failures: u32, jitter in 0.0..1.0_f64, ceiling in 0..9999_u64) {
            let longest = S(ceiling);
            let time = Duration::from_millis(ms);
            for wait in [after_end(time, jitter, longest), after_failure(time, failures, jitter, longest)] {
                prop_assert!((SHORTEST..=longest.max(SHORTEST)).contains(&wait));
            }
            prop_assert!((SHORTEST..=LONGEST_ASKED).contains(&asked(time, jitter)));
            prop_assert!((SHORTEST_STRICT..=LONGEST_STRICT).contains(&strict(time, failures)));
        }
    }
}
