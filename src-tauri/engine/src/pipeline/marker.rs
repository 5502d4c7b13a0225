//! The row that stands in the history where events may be missing.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::gap::{Gap, Why};
use crate::event::{GAP_TYPE, Presented, Priority, Reading, Received, Trace};
use crate::history::NewEvent;

/// Makes the row: read from the start, without a popup, and stored beside the events like one of them.
pub(super) fn of(gap: &Gap, zone: &TimeZone) -> NewEvent {
    let Gap { from_ms, to_ms, why } = *gap;
    let (from, to) = times(from_ms, to_ms, zone);
    let body = match why {
        Why::Skipped(1) => "By the numbers of its events, 1 never came.".to_owned(),
        Why::Skipped(many) => format!("By the numbers of its events, {many} never came."),
        Why::NoId => "The feed was away, and its server gave no id to resume from.".to_owned(),
        Why::Lost => "The feed was away, and its server no longer has what came meanwhile.".to_owned(),
    };
    let reading = Reading {
        title: format!("Events may be missing between {from} and {to}."),
        body,
        priority: Priority::Low,
        ..Reading::default()
    };
    let received = Received {
        event_type: GAP_TYPE.into(),
        data: json!({ "fromMs": from_ms, "toMs": to_ms, "missing": why.missing() }).to_string(),
        last_event_id: String::new(),
        own_id: false,
        received_at_ms: to_ms,
    };
    NewEvent {
        received,
        reading,
        read: true,
        starred: false,
        presented: Presented::Suppressed,
        trace: Trace::default(),
    }
}

/// Both times in the place's own time, only as exact as it takes to tell them apart.
fn times(from_ms: i64, to_ms: i64, zone: &TimeZone) -> (String, String) {
    // Only a clock set beyond the year 9999 has no date.
    let [from, to] =
        [from_ms, to_ms].map(|ms| Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned(zone.clone()));
    let pattern = if from.date() != to.date() {
        "%-d %b %H:%M"
    } else if (from.hour(), from.minute()) != (to.hour(), to.minute()) {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    (from.strftime(pattern).to_string(), to.strftime(pattern).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(from: &str, to: &str) -> String {
        let [from_ms, to_ms] = [from, to].map(|text| text.parse::<Timestamp>().unwrap().as_millisecond());
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        of(&Gap { from_ms, to_ms, why: Why::NoId }, &zone).reading.title
    }

    #[test]
    fn says_between_when_and_when_in_the_places_own_time() {
        let table = [
            ("2026-11-21T09:32:10Z", "2026-11-21T09:40:00Z", "10:32 and 10:40"),
            ("2026-11-21T09:32:10Z", "2026-11-21T09:32:40Z", "10:32:10 and 10:32:40"),
            ("2026-11-20T21:00:00Z", "2026-11-21T07:05:00Z", "20 Nov 22:00 and 21 Nov 08:05"),
        ];
        for (from, to, said) in table {
            assert_eq!(title(from, to), format!("Events may be missing between {said}."));
        }
    }

    #[test]
    fn is_read_and_silent_and_holds_its_times_as_data() {
        let marker = of(&Gap { from_ms: i64::MIN, to_ms: i64::MAX, why: Why::Skipped(12) }, &TimeZone::UTC);
        assert!(marker.read && marker.presented == Presented::Suppressed && !marker.received.own_id);
        assert!(marker.reading.body.contains("12 never came"));
        let data: serde_json::Value = serde_json::from_str(&marker.received.data).unwrap();
        assert_eq!(data, json!({ "fromMs": i64::MIN, "toMs": i64::MAX, "missing": 12 }));
    }
}
