//! What a record keeps, counts and forgets.

use super::*;
use crate::id::FeedId;
use crate::state::FeedState;

fn dialled(at_ms: i64) -> Happening {
    Happening { at_ms, what: What::Dialled { resumed_from: None } }
}

#[test]
fn keeps_the_last_two_hundred_and_counts_them_all() {
    let mut record = FeedHealth::begin(7);
    for n in 0..300 {
        record.add(dialled(n));
        record.add(Happening { at_ms: n, what: What::Opened { after_ms: 1 } });
        record.count(10, n);
    }
    assert_eq!(record.happenings.len(), MOST_HAPPENINGS);
    assert_eq!((record.happenings[0].at_ms, record.happenings[199].at_ms), (200, 299));
    let counts =
        Counts { events: 300, bytes: 3000, dials: 300, opens: 300, reconnects: 299, ..Counts::default() };
    assert_eq!((record.counts, record.since_ms, record.last_event_at_ms), (counts, 7, Some(299)));
}

#[test]
fn events_that_are_held_back_are_remarked_until_they_pass_or_the_feeds_work_ends() {
    let remarked = |told: &[What]| {
        let mut record = FeedHealth::begin(1);
        told.iter().for_each(|what| record.list(Happening { at_ms: 2, what: what.clone() }));
        words::remark(&record).is_some()
    };
    let held = What::HeldBack;
    assert!(!remarked(&[]));
    assert!(remarked(&[held.clone(), What::Opened { after_ms: 1 }, What::Accepted]));
    for end in [What::PassesAgain, What::Left, What::Panicked { until_ms: 3 }] {
        assert!(!remarked(&[held.clone(), end.clone()]), "{end:?}");
        assert!(remarked(&[held.clone(), end, held.clone()]));
    }
}

#[test]
fn a_book_forgets_removed_feeds_and_hears_nothing_of_them_any_more() {
    let [a, b] = ["a", "b"].map(FeedId::from_text);
    let book = Book::default();
    book.keep([&a, &b].into_iter(), 1);
    book.add(&a, dialled(2));
    book.add(&b, dialled(2));
    book.keep([&b].into_iter(), 3);
    book.add(&a, dialled(4));
    book.count(&a, 5, 4);
    assert_eq!(book.record(&a), None);
    let kept = book.record(&b).unwrap().health;
    assert_eq!((kept.since_ms, kept.counts.dials), (1, 1), "what is kept keeps its record");
    book.keep([&a].into_iter(), 5);
    assert_eq!(book.record(&a).unwrap().health, FeedHealth::begin(5));
}

#[test]
fn a_servers_text_is_cut_to_what_people_recognise() {
    assert_eq!(cut("short"), "short");
    let long = cut(&"ä".repeat(1_000_000));
    assert_eq!((long.chars().count(), long.chars().last()), (201, Some('…')));
}

#[test]
fn reads_as_plain_json_and_back() {
    let mut record = FeedHealth::begin(1);
    record.add(Happening { at_ms: 2, what: What::Silent { for_ms: 3, away_since_ms: None } });
    let json = serde_json::to_value(&record).unwrap();
    let expected = serde_json::json!({"kind": "silent", "atMs": 2, "forMs": 3, "awaySinceMs": null});
    assert_eq!(json["happenings"][0], expected);
    assert_eq!(serde_json::from_value::<FeedHealth>(json).unwrap(), record);
}

#[test]
fn only_what_is_new_is_due_and_until_it_is_kept() {
    let feed = FeedId::from_text("a");
    let book = Book::default();
    book.keep([&feed].into_iter(), 1);
    assert_eq!(book.due(&feed), None, "an idle feed has nothing to keep");
    book.add(&feed, dialled(2));
    book.add(&feed, dialled(3));
    let first = book.due(&feed).unwrap();
    assert_eq!((first.told, first.health.happenings.len()), (2, 2));
    assert_eq!(book.due(&feed), Some(first.clone()), "what could not be kept is due again");
    book.add(&feed, dialled(4));
    book.kept(&feed, &first);
    let second = book.due(&feed).unwrap();
    assert_eq!((second.told, second.health.happenings), (3, [dialled(4)].into()));
    assert!(second.edition > first.edition);
    assert_eq!(second.health.counts.dials, 3, "counts are of the whole record");
    book.enter(&feed, FeedState::Connecting, 5);
    let third = book.due(&feed).unwrap();
    book.kept(&feed, &third);
    book.enter(&feed, FeedState::Connecting, 6);
    assert_eq!(book.due(&feed), None, "a state that stays is no news");
    assert_eq!(
        third.standing,
        Some(Standing { at_ms: 5, state: FeedState::Connecting, open_until_ms: None })
    );
}

#[test]
fn a_burst_longer_than_a_record_is_due_as_far_as_it_is_remembered() {
    let feed = FeedId::from_text("a");
    let book = Book::default();
    book.keep([&feed].into_iter(), 1);
    (0..500).for_each(|n| book.add(&feed, dialled(n)));
    let due = book.due(&feed).unwrap();
    assert_eq!((due.told, due.health.happenings.len()), (500, MOST_HAPPENINGS));
}

#[test]
fn a_record_goes_on_after_a_restart() {
    let feed = FeedId::from_text("a");
    let book = Book::default();
    book.keep([&feed].into_iter(), 1);
    let left = |at_ms| Happening { at_ms, what: What::Left };
    book.add(&feed, dialled(2));
    book.add(&feed, left(2));
    book.count(&feed, 10, 3);
    let book = Book::new([(feed.clone(), book.due(&feed).unwrap())].into());
    book.keep([&feed].into_iter(), 9);
    assert_eq!(book.due(&feed), None);
    book.add(&feed, dialled(10));
    let health = book.record(&feed).unwrap().health;
    assert_eq!((health.since_ms, health.counts.dials, health.counts.events), (1, 2, 1));
    assert_eq!(health.happenings, [dialled(2), left(2), dialled(10)]);
    assert_eq!(book.due(&feed).unwrap().health.happenings, [dialled(10)]);
}

#[test]
fn a_run_that_was_killed_left_at_the_last_moment_known() {
    let feed = FeedId::from_text("a");
    let told = |record: Record| {
        let book = Book::new([(feed.clone(), record)].into());
        book.record(&feed).unwrap().health.happenings.back().map(|last| (last.at_ms, last.what.clone()))
    };
    let mut record = Record::begin(1);
    assert_eq!(told(record.clone()), None, "it was never followed");
    record.health.add(dialled(2));
    assert_eq!(told(record.clone()), Some((2, What::Left)));
    record.health.add(Happening { at_ms: 3, what: What::Opened { after_ms: 1 } });
    record.health.count(1, 9);
    assert_eq!(told(record.clone()), Some((9, What::Left)));
    let state = FeedState::Live { since_ms: 3 };
    record.standing = Some(Standing { at_ms: 3, state, open_until_ms: Some(12) });
    assert_eq!(told(record.clone()), Some((12, What::Left)));
    record.health.add(Happening { at_ms: 10, what: What::Left });
    assert_eq!(told(record), Some((10, What::Left)), "its end is told once");
}
