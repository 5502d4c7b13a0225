//! One dial's clocks: how long it has been open, how long it has been quiet.

use std::time::Duration;

use tokio::time::Instant;

use crate::clock;

/// The monotonic clock stands still while a machine sleeps; the two clocks drift by less than this while it is awake.
const SLEPT: Duration = Duration::from_secs(10);

/// The clocks of one dial.
#[derive(Debug)]
pub(super) struct Link {
    dialled: Instant,
    opened: Option<Instant>,
    heard: Instant,
    heard_steady_ms: i64,
}

impl Link {
    /// Begins with the dial.
    pub(super) fn dialled() -> Self {
        let now = Instant::now();
        Self { dialled: now, opened: None, heard: now, heard_steady_ms: clock::steady_ms() }
    }

    /// Notes that the stream is open; gives how long after the dial.
    pub(super) fn open(&mut self) -> Duration {
        let now = Instant::now();
        self.opened = Some(now);
        now - self.dialled
    }

    /// How long the stream has been open; none if it never was.
    pub(super) fn open_for(&self) -> Option<Duration> {
        self.opened.map(|at| at.elapsed())
    }

    /// How long it has been listened to without a byte.
    pub(super) fn quiet(&self) -> Duration {
        self.heard.elapsed()
    }

    /// Notes that a byte was taken and the next is waited for.
    pub(super) fn listen(&mut self) {
        self.heard = Instant::now();
        self.heard_steady_ms = clock::steady_ms();
    }

    /// From when on nothing can have come through a stream that ends at this moment; none if it never was open.
    ///
    /// That is this moment, unless the quiet before it was odd or the machine slept through it: then it may have been
    /// dead since its last sign of life.
    pub(super) fn away_since(&self, quiet_was_odd: bool) -> Option<i64> {
        self.opened?;
        let now_ms = clock::now_ms();
        // The wall clock may have been set meanwhile, so what is told is counted back from its present time.
        let quiet_ms = clock::steady_ms().saturating_sub(self.heard_steady_ms);
        let slept = quiet_ms.saturating_sub(whole(self.quiet())) > whole(SLEPT);
        Some(if quiet_was_odd || slept { now_ms.saturating_sub(quiet_ms) } else { now_ms })
    }
}

/// A duration as happenings tell it.
pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn whole(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An open link whose last sign of life came when the clocks said so.
    fn link(heard: Duration, heard_with_sleep: Duration) -> Link {
        let mut link = Link::dialled();
        link.open();
        link.heard -= heard;
        link.heard_steady_ms -= whole(heard_with_sleep);
        link
    }

    #[test]
    fn a_link_that_was_never_open_is_not_away() {
        assert_eq!(Link::dialled().away_since(true), None);
    }

    #[test]
    fn away_since_the_last_sign_of_life_after_a_sleep_or_an_odd_quiet_else_since_the_end() {
        const SECOND: Duration = Duration::from_secs(1);
        const HOUR: Duration = Duration::from_hours(1);
        let table = [
            (SECOND, SECOND, true, true),
            (SECOND, SECOND, false, false),
            (SECOND, HOUR, false, true),
            (5 * SECOND, SECOND, false, false),
        ];
        for (heard, with_sleep, odd, since_last_sign) in table {
            let link = link(heard, with_sleep);
            let before_ms = clock::now_ms();
            let away = link.away_since(odd).expect("it was open");
            assert_eq!(away < before_ms, since_last_sign, "{heard:?} {with_sleep:?} {odd}");
        }
    }
}
