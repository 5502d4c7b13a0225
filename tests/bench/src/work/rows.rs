//! Events as a history that is searched holds them: of any number the same each time.

use tidings_engine::event::{Presented, Received, Trace};
use tidings_engine::format;
use tidings_engine::history::NewEvent;

/// A word in every second event.
pub(super) const COMMON: &str = "deploy";
/// A word in one of 200,000 events.
pub(super) const RARE: &str = "zanzibar";
/// Three words that stand together in one of a thousand events, and apart in all others.
pub(super) const PHRASE: &str = "\"disk almost full\"";
/// The beginning of words in one of fifty events.
pub(super) const PREFIX: &str = "cust*";
/// One of 55 events.
pub(super) const FILTERS: &str = "type:alert priority:high";

/// The feeds that the events are of.
pub(super) const FEEDS: u64 = 20;
/// Between two events, in milliseconds: a million of them make two months.
const EVERY_MS: i64 = 5_000;
/// The words that say nothing are made of three of these.
const SYLLABLES: [&str; 16] =
    ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "we"];
/// Such words in an event.
const WORDS: u64 = 12;

/// The event of a number, the newest of `count` being of the time `now_ms`.
pub(super) fn event(number: u64, count: u64, now_ms: i64) -> NewEvent {
    let before = i64::try_from(count.saturating_sub(number)).unwrap_or(0);
    let received = Received {
        event_type: if number.is_multiple_of(5) { "alert" } else { "message" }.into(),
        data: data(number),
        last_event_id: number.to_string(),
        own_id: true,
        received_at_ms: now_ms - before * EVERY_MS,
    };
    let reading = format::read(&received, "Feed");
    NewEvent {
        received,
        reading,
        read: !number.is_multiple_of(3),
        starred: false,
        presented: Presented::Shown,
        trace: Trace::default(),
    }
}

fn data(number: u64) -> String {
    let priority = if number.is_multiple_of(11) { "high" } else { "normal" };
    let subject = if number.is_multiple_of(2) { COMMON } else { "backup" };
    let state = if number % 1_000 == 1 { PHRASE.trim_matches('"') } else { "almost done, full disk" };
    let rare = if number % 200_000 == 77_777 { RARE } else { "" };
    let customer = if number % 50 == 3 { format!("customer{}", number % 700) } else { String::new() };
    let filling: Vec<_> = (0..WORDS).map(|at| word(mixed(number * WORDS + at))).collect();
    let filling = filling.join(" ");
    format!(
        r#"{{"title":"{subject} of host-{}","message":"{state} {customer} {rare} {filling}","priority":"{priority}"}}"#,
        number % 97
    )
}

/// A word out of 4,096, some far more often than others.
fn word(random: u64) -> String {
    let (one, other) = (random % 4_096, (random >> 20) % 4_096);
    let chosen = one * other / 4_096;
    [chosen >> 8, chosen >> 4, chosen].map(|part| SYLLABLES[(part % 16) as usize]).concat()
}

/// A number that looks like chance.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use tidings_engine::event::Priority;

    use super::*;

    #[test]
    fn every_search_finds_as_many_as_it_should() {
        let events: Vec<_> = (1..=11_000).map(|number| event(number, 11_000, 0)).collect();
        let holding = |text: &str| events.iter().filter(|event| event.received.data.contains(text)).count();
        assert_eq!(holding(COMMON), 5_500);
        assert_eq!(holding(PHRASE.trim_matches('"')), 11);
        assert_eq!(holding(PREFIX.trim_end_matches('*')), 220);
        assert!(event(277_777, 300_000, 0).received.data.contains(RARE));
        let both = events
            .iter()
            .filter(|event| event.received.event_type == "alert" && event.reading.priority == Priority::High);
        assert_eq!(both.count(), 200);
    }

    #[test]
    fn the_newest_is_of_this_moment_and_all_differ() {
        assert_eq!(event(5, 5, 1_000_000).received.received_at_ms, 1_000_000);
        assert_eq!(event(4, 5, 1_000_000).received.received_at_ms, 995_000);
        assert_ne!(event(4, 5, 0).reading.body, event(6, 5, 0).reading.body);
    }
}
