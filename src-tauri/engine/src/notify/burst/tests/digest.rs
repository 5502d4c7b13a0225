//! What quiet hours held, at their end.

use super::*;

fn sum(feed: &str, count: u64, newest: i64) -> Summary {
    Summary { count, newest: EventId(newest), most_urgent: keyed(feed, newest, "k") }
}

fn keyed(feed: &str, event: i64, key: &str) -> Notice {
    Notice { key: Some(key.to_owned()), ..notice(feed, event) }
}

fn digests(stage: &Stage) -> Vec<Vec<(&str, u64)>> {
    let each = stage.shown.iter().filter_map(|(_, call)| match &call.content {
        Content::Digest(sums) => {
            Some(sums.iter().map(|sum| (sum.most_urgent.feed.as_str(), sum.count)).collect())
        }
        Content::Event(_)
        | Content::More { .. }
        | Content::Summary(_)
        | Content::Alert(_)
        | Content::Word(_) => None,
    });
    each.collect()
}

#[test]
fn all_feeds_are_one_popup_at_once() {
    let mut stage = Stage::new();
    stage.bursts.digest(vec![sum("a", 14, 20), sum("b", 1, 9)], stage.now);
    stage.run(Duration::ZERO);
    assert_eq!(digests(&stage), [[("a", 14), ("b", 1)]]);
    stage.run(SECOND * 60);
    assert_eq!(stage.shown.len(), 1);
}

#[test]
fn a_single_event_speaks_for_itself_and_nothing_says_nothing() {
    let mut stage = Stage::new();
    stage.bursts.digest(Vec::new(), stage.now);
    stage.bursts.digest(vec![sum("a", 1, 9)], stage.now);
    stage.run(SECOND * 5);
    let contents: Vec<_> = stage.shown.iter().map(|(_, call)| &call.content).collect();
    assert_eq!(contents, [&Content::Event(keyed("a", 9, "k"))]);
}

#[test]
fn what_waits_of_the_hours_before_is_added_up() {
    let mut stage = Stage::new();
    stage.bursts.digest(vec![sum("a", 2, 5), sum("b", 3, 6)], stage.now);
    stage.bursts.digest(vec![sum("a", 4, 9)], stage.now);
    stage.run(SECOND);
    assert_eq!(digests(&stage), [[("b", 3), ("a", 6)]]);
}

#[test]
fn a_forgotten_feed_and_what_was_taken_back_are_left_out() {
    let mut stage = Stage::new();
    let held = || vec![sum("a", 2, 5), sum("b", 1, 6), sum("c", 3, 7)];
    stage.bursts.digest(held(), stage.now);
    stage.bursts.forget(&FeedId::from_text("a"));
    assert_eq!(stage.bursts.withdraw(&FeedId::from_text("b"), "k", stage.now), [EventId(6)]);
    assert_eq!(stage.bursts.withdraw(&FeedId::from_text("c"), "k", stage.now), []);
    stage.run(SECOND);
    assert_eq!(digests(&stage), [[("c", 3)]]);
    stage.bursts.digest(vec![sum("a", 2, 5)], stage.now);
    stage.bursts.forget(&FeedId::from_text("a"));
    stage.run(SECOND * 60);
    assert_eq!(stage.shown.len(), 1);
}
