//! How long the machine has slept, from two clocks: one counts sleep, the other doesn't, and nobody can set either.

use std::time::Duration;

/// Gives how long the machine has slept since it was started, `None` where the system has no such clocks.
#[cfg(target_os = "linux")]
pub fn slept() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    let awake = Duration::try_from(clock_gettime(ClockId::Monotonic)).ok()?;
    let all = Duration::try_from(clock_gettime(ClockId::Boottime)).ok()?;
    Some(all.saturating_sub(awake))
}

/// Gives nothing: the clocks this takes are Linux's.
#[cfg(not(target_os = "linux"))]
pub fn slept() -> Option<Duration> {
    None
}
