//! Spans of the day in local time, past midnight and across changes of the clock.
//!
//! A span is two moments, so that an hour that comes twice in autumn, or never in spring, is decided once and the same
//! way for "is it now" and "when does it end".

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};

use crate::settings::{Day, Hours};

/// The moment and the place that hours are asked for.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// Where: what local time is.
    pub zone: TimeZone,
}

impl Moment {
    /// This moment, where this machine is.
    pub fn present() -> Self {
        Self { at: Timestamp::now(), zone: TimeZone::system() }
    }
}

/// Gives when the span that holds at a moment ends; none where none holds.
///
/// A time that the clock skips is taken as the moment it would have been; one that comes twice, as the first.
pub fn end(hours: &Hours, moment: &Moment) -> Option<Timestamp> {
    let today = moment.at.to_zoned(moment.zone.clone()).date();
    let spans = [today.yesterday().ok(), Some(today)].into_iter().flatten();
    // Of two that hold, the later one's end is what people wait for.
    spans
        .filter_map(|date| span(hours, date, &moment.zone))
        .filter(|(from, to)| (*from..*to).contains(&moment.at))
        .map(|(_, to)| to)
        .max()
}

/// Gives the span that begins on a date.
fn span(hours: &Hours, date: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let begins = hours.days.is_empty() || hours.days.contains(&day(date.weekday()));
    let last = if hours.to > hours.from { date } else { date.checked_add(1.day()).ok()? };
    let moment = |date: Date, time| zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().ok();
    begins.then_some(())?;
    Some((moment(date, hours.from)?, moment(last, hours.to)?))
}

fn day(weekday: Weekday) -> Day {
    match weekday {
        Weekday::Monday => Day::Mon,
        Weekday::Tuesday => Day::Tue,
        Weekday::Wednesday => Day::Wed,
        Weekday::Thursday => Day::Thu,
        Weekday::Friday => Day::Fri,
        Weekday::Saturday => Day::Sat,
        Weekday::Sunday => Day::Sun,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{DateTime, time};

    use super::*;

    const BERLIN: &str = "Europe/Berlin";

    fn hours(from: i8, to: i8, days: &[Day]) -> Hours {
        Hours { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0), days: days.to_vec() }
    }

    fn at(local: &str, zone: &str) -> Moment {
        let zone = TimeZone::get(zone).unwrap();
        let at = local.parse::<DateTime>().unwrap().to_zoned(zone.clone()).unwrap().timestamp();
        Moment { at, zone }
    }

    fn end_of(hours: &Hours, local: &str) -> Option<String> {
        let moment = at(local, BERLIN);
        Some(end(hours, &moment)?.to_zoned(moment.zone).datetime().to_string())
    }

    #[test]
    fn a_span_holds_from_its_first_moment_to_before_its_last() {
        // 2026-11-21 is a Saturday.
        let table: &[(Hours, &str, Option<&str>)] = &[
            (hours(9, 17, &[]), "2026-11-21T08:59:59.999", None),
            (hours(9, 17, &[]), "2026-11-21T09:00", Some("2026-11-21T17:00:00")),
            (hours(9, 17, &[]), "2026-11-21T16:59:59", Some("2026-11-21T17:00:00")),
            (hours(9, 17, &[]), "2026-11-21T17:00", None),
            (hours(22, 7, &[]), "2026-11-21T21:59", None),
            (hours(22, 7, &[]), "2026-11-21T22:00", Some("2026-11-22T07:00:00")),
            (hours(22, 7, &[]), "2026-11-22T00:00", Some("2026-11-22T07:00:00")),
            (hours(22, 7, &[]), "2026-11-22T06:59", Some("2026-11-22T07:00:00")),
            (hours(22, 7, &[]), "2026-11-22T07:00", None),
            // The day is the one it begins on.
            (hours(22, 7, &[Day::Fri]), "2026-11-21T06:00", Some("2026-11-21T07:00:00")),
            (hours(22, 7, &[Day::Fri]), "2026-11-21T23:00", None),
            (hours(22, 7, &[Day::Sat]), "2026-11-21T06:00", None),
            (hours(22, 7, &[Day::Sat]), "2026-11-22T06:00", Some("2026-11-22T07:00:00")),
            // The same time twice is a whole day.
            (hours(0, 0, &[Day::Sat, Day::Sun]), "2026-11-20T23:59", None),
            (hours(0, 0, &[Day::Sat, Day::Sun]), "2026-11-21T00:00", Some("2026-11-22T00:00:00")),
            (hours(0, 0, &[Day::Sat, Day::Sun]), "2026-11-22T23:59", Some("2026-11-23T00:00:00")),
            (hours(0, 0, &[Day::Sat, Day::Sun]), "2026-11-23T00:00", None),
        ];
        for (hours, local, expected) in table {
            assert_eq!(end_of(hours, local).as_deref(), *expected, "{hours:?} at {local}");
        }
    }

    #[test]
    fn a_night_with_another_length_is_one_night() {
        let night = hours(22, 7, &[]);
        let length = |local: &str| {
            let moment = at(local, BERLIN);
            end(&night, &moment).unwrap().duration_since(moment.at).as_hours()
        };
        assert_eq!(length("2026-10-24T22:00"), 10, "the clock goes back in this night");
        assert_eq!(length("2026-03-28T22:00"), 8, "the clock goes forward in this night");
        assert_eq!(length("2026-06-01T22:00"), 9);
    }

    #[test]
    fn a_time_that_is_skipped_or_comes_twice_ends_a_span_once() {
        let skipped = Hours { from: time(1, 0, 0, 0), to: time(2, 30, 0, 0), days: vec![] };
        assert_eq!(end_of(&skipped, "2026-03-29T01:30").as_deref(), Some("2026-03-29T03:30:00"));
        let twice = Hours { from: time(1, 0, 0, 0), to: time(2, 30, 0, 0), days: vec![] };
        let moment = at("2026-10-25T02:29", BERLIN);
        let end_at = end(&twice, &moment).unwrap();
        assert_eq!(end_at.duration_since(moment.at).as_mins(), 1);
        let second = Moment { at: end_at + 30.minutes(), zone: moment.zone };
        assert_eq!(end(&twice, &second), None, "the second 02:00 is not quiet again");
    }

    #[test]
    fn hours_follow_the_person_to_another_zone() {
        let night = hours(22, 7, &[]);
        let berlin = at("2026-11-21T23:00", BERLIN);
        assert!(end(&night, &berlin).is_some());
        let new_york = Moment { zone: TimeZone::get("America/New_York").unwrap(), ..berlin };
        assert_eq!(end(&night, &new_york), None, "it is five in the afternoon there");
    }

    #[test]
    fn the_ends_of_time_are_no_panic() {
        for at in [Timestamp::MIN, Timestamp::MAX] {
            for zone in [TimeZone::UTC, TimeZone::get("Pacific/Kiritimati").unwrap()] {
                let _ = end(&hours(22, 7, &[]), &Moment { at, zone });
            }
        }
    }
}
