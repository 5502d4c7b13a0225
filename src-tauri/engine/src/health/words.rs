//! What a record says, in words for people: the same in a terminal, in the window and in a report.

use super::{FeedHealth, What};
use crate::clock::said as moment;
use crate::state::FeedState;

/// What is told of something before the server that holds events back, and how that is mended.
const HELD_BACK: &str = "The server's proxy seems to hold events back. Turn its response buffering off for this path: \
    proxy_buffering off in nginx, or the header X-Accel-Buffering: no from the server.";

/// Says what happened to a connection. A server's own words are in it as they came.
pub fn happening(what: &What) -> String {
    match what {
        What::Dialled { resumed_from: None } => "dialled".into(),
        What::Dialled { resumed_from: Some(id) } => format!("dialled, to resume after #{id}"),
        What::Accepted => "the server took the request and hasn't answered yet".into(),
        What::Opened { after_ms } => format!("opened {after_ms} ms after the dial"),
        What::Silent { for_ms, .. } => format!("silent for {}", seconds(*for_ms)),
        What::Refused { why } => format!("refused: {why}"),
        What::Ended { open_ms, why, .. } => format!("ended after {}: {why}", seconds(*open_ms)),
        What::Asked { .. } => "to be dialled at once".into(),
        What::Offline { .. } => "offline: there is no network".into(),
        What::Woken { .. } => "dialled again: the machine woke, or the network is back".into(),
        What::Waiting { until_ms, why, .. } => format!("waits until {}: {why}", moment(*until_ms)),
        What::Stopped { why, .. } => format!("stopped: {why}"),
        What::Oversized { bytes } => format!("an event of {bytes} bytes was skipped: it is over the limit"),
        What::ReconnectionTime { ms } => format!("the reconnection time is {}", seconds(*ms)),
        What::HeldBack => HELD_BACK.into(),
        What::PassesAgain => "events pass at once again".into(),
        What::GapSuspected { missing: Some(1), .. } => "1 event may be missing".into(),
        What::GapSuspected { missing: Some(many), .. } => format!("{many} events may be missing"),
        What::GapSuspected { missing: None, .. } => "events may be missing".into(),
        What::Left => "left: paused, switched off, changed, or Tidings ended".into(),
        What::Panicked { .. } => "a fault of the program's own".into(),
    }
}

/// Says what a feed does, and since when where that is known.
pub fn state(state: &FeedState, since_ms: Option<i64>) -> String {
    let since = since_ms.map_or_else(|| "?".into(), moment);
    match state {
        FeedState::Connecting => format!("connecting since {since}"),
        FeedState::Live { since_ms } => format!("live since {}", moment(*since_ms)),
        FeedState::Waiting { until_ms, why } => {
            format!("waiting until {}: {}", moment(*until_ms), why.message)
        }
        FeedState::Offline => format!("offline since {since}"),
        FeedState::NeedsPerson { why } => format!("needs you since {since}: {}", why.message),
        FeedState::StoppedByServer { why } => format!("stopped by the server since {since}: {}", why.message),
        FeedState::Paused => "paused".into(),
        FeedState::Disabled => "switched off".into(),
    }
}

/// Says what is the matter with a feed's connection although it is open; none where nothing is.
pub fn remark(health: &FeedHealth) -> Option<&'static str> {
    health.held_back.then_some(HELD_BACK)
}

/// Says how often things happened.
pub fn counts(health: &FeedHealth) -> String {
    let counts = &health.counts;
    let events = match health.last_event_at_ms {
        Some(at_ms) => format!("{}, the last {}", many(counts.events, "event", "events"), moment(at_ms)),
        None => "no events".into(),
    };
    let told = [
        (counts.reconnects, "reconnection", "reconnections"),
        (counts.oversized, "event skipped for its size", "events skipped for their size"),
        (counts.gaps, "suspected gap", "suspected gaps"),
    ];
    let mut parts = vec![events, many(counts.dials, "dial", "dials")];
    parts.extend(told.into_iter().filter(|told| told.0 > 0).map(|(count, one, more)| many(count, one, more)));
    format!("{} · since {}", parts.join(" · "), moment(health.since_ms))
}

fn many(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn seconds(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::{Counts, Happening};

    #[test]
    fn happenings_read_as_what_happened() {
        let table = [
            (What::Dialled { resumed_from: Some("5".into()) }, "dialled, to resume after #5"),
            (
                What::Ended { open_ms: 1500, away_since_ms: 0, why: "The server ended it.".into() },
                "ended after 1.5 s: The server ended it.",
            ),
            (What::GapSuspected { from_ms: 0, to_ms: 1, missing: Some(3) }, "3 events may be missing"),
            (What::PassesAgain, "events pass at once again"),
            (What::Left, "left: paused, switched off, changed, or Tidings ended"),
        ];
        for (what, words) in table {
            assert_eq!(happening(&what), words);
        }
    }

    #[test]
    fn counts_name_only_what_happened_besides_events_and_dials() {
        let mut health = FeedHealth::begin(0);
        health.add(Happening { at_ms: 0, what: What::Dialled { resumed_from: None } });
        assert!(counts(&health).starts_with("no events · 1 dial · since "), "{}", counts(&health));
        health.counts = Counts { gaps: 2, reconnects: 1, ..health.counts };
        health.count(3, 5);
        let said = counts(&health);
        assert!(
            said.contains("1 event, the last ") && said.contains("1 reconnection · 2 suspected gaps"),
            "{said}"
        );
    }
}
