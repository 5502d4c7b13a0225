//! Dates and spans as people write them in a search.

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan as _, Zoned};

use super::Wrong;
use super::piece::Piece;

/// What can be written.
const MEND: &str = "Write a date like 2026-11-21, a time like 2026-11-21T14:30, today, yesterday, or a span like 30m, 2h, 3d or 1w.";

/// Reads the instant that `before:` or `after:` names, in milliseconds since the Unix epoch: a date means its first
/// instant, a span that long ago.
pub(super) fn read(piece: &Piece, value: &str, now: &Zoned) -> Result<i64, Wrong> {
    let at = day(value, now).or_else(|| span(value).and_then(|span| now.checked_sub(span).ok()));
    let wrong = || piece.wrong(format!("“{}” is no date and no span of time.", piece.value), MEND.into());
    at.map(|at| at.timestamp().as_millisecond()).ok_or_else(wrong)
}

fn day(value: &str, now: &Zoned) -> Option<Zoned> {
    let zone = now.time_zone().clone();
    match value {
        "now" => return Some(now.clone()),
        "today" => return now.start_of_day().ok(),
        "yesterday" => return now.checked_sub(1.day()).ok()?.start_of_day().ok(),
        _ => {}
    }
    // Only what looks like a date is handed on, so that nothing else is taken for one.
    if !value.starts_with(|char: char| char.is_ascii_digit()) || !value.contains('-') {
        return None;
    }
    let month = format!("{value}-01");
    if let Ok(date) = Date::strptime("%Y-%m-%d", value).or_else(|_| Date::strptime("%Y-%m-%d", &month)) {
        return date.to_zoned(zone).ok();
    }
    let time = value.replace('t', " ");
    let time = DateTime::strptime("%Y-%m-%d %H:%M:%S", &time)
        .or_else(|_| DateTime::strptime("%Y-%m-%d %H:%M", &time));
    time.ok()?.to_zoned(zone).ok()
}

fn span(value: &str) -> Option<Span> {
    let unit = value.find(|char: char| !char.is_ascii_digit())?;
    let count: i64 = value[..unit].parse().ok()?;
    let span = Span::new();
    match &value[unit..] {
        "s" | "sec" => span.try_seconds(count),
        "m" | "min" => span.try_minutes(count),
        "h" => span.try_hours(count),
        "d" => span.try_days(count),
        "w" => span.try_weeks(count),
        "mo" => span.try_months(count),
        "y" => span.try_years(count),
        _ => return None,
    }
    .ok()
}
