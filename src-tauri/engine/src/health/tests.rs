//! What a record keeps, counts and forgets.

use super::*;
use crate::id::FeedId;

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
fn a_book_forgets_removed_feeds_and_hears_nothing_of_them_any_more() {
    let [a, b] = ["a", "b"].map(FeedId::from_text);
    let book = Book::default();
    book.keep([&a, &b].into_iter(), 1);
    book.add(&a, dialled(2));
    book.add(&b, dialled(2));
    book.keep([&b].into_iter(), 3);
    book.add(&a, dialled(4));
    book.count(&a, 5, 4);
    assert_eq!(book.read(&a), None);
    let kept = book.read(&b).unwrap();
    assert_eq!((kept.since_ms, kept.counts.dials), (1, 1), "what is kept keeps its record");
    book.keep([&a].into_iter(), 5);
    assert_eq!(book.read(&a), Some(FeedHealth::begin(5)));
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
