//! Moments as people write and read them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub(crate) use tidings_engine::clock::said;

/// Reads a moment of the past: a time span back from `now` as `90s`, `15m`, `2h` or `3d`, a date, or a date and time.
///
/// # Errors
/// Says how to write it.
pub(crate) fn read(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, String> {
    let wrong = || {
        "write a time span (90s, 15m, 2h, 3d), a date (2026-11-21) or a time (2026-11-21T07:30)".to_owned()
    };
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let local = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(DateTime::from));
    if let Ok(local) = local {
        return zone.to_ambiguous_timestamp(local).compatible().map_err(|_| wrong());
    }
    let (number, seconds) = match text.char_indices().last().map(|(at, unit)| (&text[..at], unit)) {
        Some((number, 's')) => (number, 1),
        Some((number, 'm')) => (number, 60),
        Some((number, 'h')) => (number, 3600),
        Some((number, 'd')) => (number, 86_400),
        Some(_) | None => return Err(wrong()),
    };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    now.checked_sub(SignedDuration::from_secs(i64::from(number) * seconds)).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_spans_dates_and_times() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let table = [
            ("90s", "2026-11-21T11:58:30Z"),
            ("2h", "2026-11-21T10:00:00Z"),
            (" 3d ", "2026-11-18T12:00:00Z"),
            ("2026-11-20", "2026-11-19T23:00:00Z"),
            ("2026-11-20T07:30", "2026-11-20T06:30:00Z"),
            ("2026-11-20 07:30:15", "2026-11-20T06:30:15Z"),
            ("2026-11-20T07:30:00Z", "2026-11-20T07:30:00Z"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text, now, &zone).map(|at| at.to_string()).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn says_how_to_write_what_it_cannot_read() {
        let now = Timestamp::UNIX_EPOCH;
        for text in ["", "h", "-1h", "2 weeks", "99999999999h", "4294967295d", "2026-13-01", "ü"] {
            assert!(read(text, now, &TimeZone::UTC).is_err_and(|said| said.contains("2h")), "{text}");
        }
    }
}
