//! A disk that has no room.

use rusqlite::Connection;

use super::super::StoreError;
use super::super::writer::Weight;
use super::*;

/// Lets the database grow by so many pages and no more.
async fn leave_pages(history: &History, pages: i64) {
    let limit = move |database: &Connection| {
        let held: i64 = database.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        database
            .query_row(&format!("PRAGMA max_page_count = {}", held + pages), [], |row| row.get::<_, i64>(0))
    };
    history.shared.writer.ask(Weight { rows: 1, bytes: 0, lasting: false }, limit).await.unwrap();
}

fn large(id: &str) -> NewEvent {
    let mut event = event(id);
    event.received.data = "x".repeat(1024 * 1024);
    event
}

#[tokio::test]
async fn stores_nothing_of_a_batch_that_does_not_fit_and_leaves_the_cursor() {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["1"]).await;
    leave_pages(&history, 20).await;
    let full = history.store(batch(&feed("a"), vec![event("2"), large("3")])).await;
    assert_eq!(full, Err(StoreError::Failed { message: "The disk is full.".to_owned() }));
    assert_eq!(titles(&history, &feed("a")).await, ["1"]);
    assert_eq!(history.cursors().await.unwrap()[&feed("a")].last_event_id.as_deref(), Some("1"));
    assert_eq!(history.unread().await.unwrap(), [(feed("a"), 1)].into());
}

#[tokio::test]
async fn a_batch_that_does_not_fit_takes_no_other_with_it() {
    let folder = folder();
    let history = open(folder.path());
    leave_pages(&history, 40).await;
    let (a, b, c) = tokio::join!(
        history.store(batch(&feed("a"), vec![event("1")])),
        history.store(batch(&feed("b"), vec![large("1")])),
        history.store(batch(&feed("c"), vec![event("1")])),
    );
    assert!(a.is_ok() && b.is_err() && c.is_ok(), "{a:?} {b:?} {c:?}");
    assert_eq!(all(&history, None).await.len(), 2);
}

#[tokio::test]
async fn stores_the_same_batch_when_there_is_room_again() {
    let folder = folder();
    let history = open(folder.path());
    leave_pages(&history, 20).await;
    let kept = batch(&feed("a"), vec![event("1"), large("2"), event("3")]);
    for _ in 0..3 {
        assert!(history.store(kept.clone()).await.is_err());
    }
    leave_pages(&history, 2_000).await;
    assert_eq!(history.store(kept).await.unwrap().iter().flatten().count(), 3);
    history.close().await;
    assert_eq!(titles(&open(folder.path()), &feed("a")).await, ["1", "2", "3"]);
}
