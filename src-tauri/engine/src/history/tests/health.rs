//! Records of connections: bounded, as true as the newest edition, and gone with their feed.

use super::*;
use crate::health::{Book, Counts, FeedHealth, Happening, MOST_HAPPENINGS, Record, Standing, What};
use crate::update::FeedState;

fn dialled(at_ms: i64) -> Happening {
    Happening { at_ms, what: What::Dialled { resumed_from: Some(format!("id {at_ms}")) } }
}

/// A record whose newest happenings, up to number `told`, aren't kept yet.
fn record(told: u64, fresh: u64) -> Record {
    let at = |number| i64::try_from(number).unwrap();
    let happenings = (told - fresh + 1..=told).map(|number| dialled(at(number))).collect();
    let counts = Counts { dials: told, ..Counts::default() };
    let standing = Some(Standing {
        at_ms: at(told),
        state: FeedState::Live { since_ms: at(told) },
        open_until_ms: Some(at(told) + 1),
    });
    let health =
        FeedHealth { since_ms: 1, counts, last_event_at_ms: Some(at(told)), held_back: false, happenings };
    Record { edition: told, told, standing, health }
}

#[tokio::test]
async fn what_is_kept_bit_by_bit_is_read_as_one_record() {
    let folder = folder();
    let (history, feed) = (open(folder.path()), feed("a"));
    history.keep_record(feed.clone(), record(3, 3)).await.unwrap();
    history.store_with(batch(&feed, vec![event("1")]), Some(record(5, 2)), false).await.unwrap();
    history.close().await;
    let history = open(folder.path());
    assert_eq!(history.records().await.unwrap(), [(feed, record(5, 5))].into());
}

#[tokio::test]
async fn what_is_remarked_of_a_feed_is_known_to_who_reads_its_record() {
    let folder = folder();
    let (history, feed) = (open(folder.path()), feed("a"));
    let mut told = record(2, 2);
    told.health.list(Happening { at_ms: 3, what: What::HeldBack });
    told.told = 3;
    history.keep_record(feed.clone(), told).await.unwrap();
    assert!(history.records().await.unwrap()[&feed].health.held_back);
}

#[tokio::test]
async fn an_older_edition_that_comes_late_changes_nothing() {
    let folder = folder();
    let (history, feed) = (open(folder.path()), feed("a"));
    history.keep_record(feed.clone(), record(5, 5)).await.unwrap();
    history.keep_record(feed.clone(), record(4, 2)).await.unwrap();
    history.keep_record(feed.clone(), record(5, 1)).await.unwrap();
    assert_eq!(history.records().await.unwrap(), [(feed, record(5, 5))].into());
}

#[tokio::test]
async fn a_feed_that_never_rests_keeps_two_hundred_rows() {
    let folder = folder();
    let (history, feed, book) = (open(folder.path()), feed("a"), Book::default());
    book.keep([&feed].into_iter(), 1);
    for n in 0..1_000 {
        (0..=n % 3).for_each(|_| book.add(&feed, dialled(n)));
        let due = book.due(&feed).unwrap();
        history.keep_record(feed.clone(), due.clone()).await.unwrap();
        book.kept(&feed, &due);
    }
    let kept = history.records().await.unwrap().remove(&feed).unwrap();
    assert_eq!(kept.health, book.record(&feed).unwrap().health);
    assert_eq!((kept.health.happenings.len(), kept.told), (MOST_HAPPENINGS, 1_999));
}

#[tokio::test]
async fn clearing_a_feed_leaves_its_record_and_removing_it_takes_it_along() {
    let folder = folder();
    let (history, feed) = (open(folder.path()), feed("a"));
    history.store_with(batch(&feed, vec![event("1")]), Some(record(2, 2)), false).await.unwrap();
    forget(&history, Scope::All).await;
    assert_eq!(history.records().await.unwrap().len(), 1);
    history.remove_feed(feed).await.unwrap();
    history.close().await;
    let database = rusqlite::Connection::open(folder.path().join("history.db")).unwrap();
    let rows = "SELECT (SELECT count(*) FROM health) + (SELECT count(*) FROM happening)";
    assert_eq!(database.query_row(rows, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[tokio::test]
async fn what_another_program_wrote_hides_nothing_else() {
    let folder = folder();
    let (history, feed) = (open(folder.path()), feed("a"));
    history.keep_record(feed.clone(), record(3, 3)).await.unwrap();
    history.close().await;
    let database = rusqlite::Connection::open(folder.path().join("history.db")).unwrap();
    let strange = "UPDATE happening SET what = '{\"kind\":\"teleported\"}' WHERE number = 2;
                   UPDATE health SET counts = '7', standing = 'x';";
    database.execute_batch(strange).unwrap();
    drop(database);
    let kept = open(folder.path()).records().await.unwrap().remove(&feed).unwrap();
    assert_eq!((kept.edition, kept.standing, kept.health.counts), (3, None, Counts::default()));
    assert_eq!(kept.health.happenings, [dialled(1), dialled(3)]);
}
