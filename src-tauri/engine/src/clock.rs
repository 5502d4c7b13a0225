//! The wall clock, for what people read; waits use tokio's monotonic clock instead.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Returns the wall-clock time in milliseconds since the Unix epoch, 0 for a clock set before it.
pub fn now_ms() -> i64 {
    ms(SystemTime::now())
}

/// Says a moment in the local time zone; a number that is none reads as itself.
pub fn said(at_ms: i64) -> String {
    match Timestamp::from_millisecond(at_ms) {
        Ok(at) => at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => format!("{at_ms} ms"),
    }
}

/// Returns the time since the machine was started in milliseconds, sleep included: a clock that nobody can set. Where the
/// system has none, the wall clock.
pub fn steady_ms() -> i64 {
    boot_ms().unwrap_or_else(now_ms)
}

#[cfg(target_os = "linux")]
fn boot_ms() -> Option<i64> {
    use rustix::time::{ClockId, clock_gettime};
    let since = std::time::Duration::try_from(clock_gettime(ClockId::Boottime)).ok()?;
    i64::try_from(since.as_millis()).ok()
}

#[cfg(not(target_os = "linux"))]
fn boot_ms() -> Option<i64> {
    None
}

fn ms(at: SystemTime) -> i64 {
    at.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn any_time_a_clock_can_be_set_to_has_a_number() {
        let decade = Duration::from_secs(10 * 365 * 86_400);
        assert_eq!(ms(UNIX_EPOCH + decade), 315_360_000_000);
        assert_eq!(ms(UNIX_EPOCH - decade), 0);
        assert_eq!(ms(UNIX_EPOCH), 0);
    }
}
