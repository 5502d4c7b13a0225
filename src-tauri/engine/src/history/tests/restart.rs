//! What is there again after the program was closed and opened.

use super::*;
use crate::event::{Priority, Trace};

#[tokio::test]
async fn finds_everything_again_as_it_was_stored() {
    let folder = folder();
    let whole = NewEvent {
        received: Received {
            event_type: "alarm".to_owned(),
            data: "{\"n\":1}\nsecond line".to_owned(),
            last_event_id: "id ✓".to_owned(),
            own_id: true,
            received_at_ms: 1_763_693_400_123,
        },
        reading: Reading {
            title: "Dörte, 東京 and 🦀".to_owned(),
            body: "é".repeat(1_000),
            link: Some("https://example.org/".to_owned()),
            priority: Priority::Urgent,
            key: Some("disk".to_owned()),
            group: Some("web 1".to_owned()),
            ..Reading::default()
        },
        read: true,
        presented: Presented::Suppressed,
        starred: true,
        trace: Trace { rule: Some("Night".into()), ..Trace::default() },
    };
    let history = open(folder.path());
    let id = history.store(batch(&feed("a"), vec![whole.clone()])).await.unwrap()[0].unwrap();
    history.close().await;

    let history = open(folder.path());
    let listed = history.page(None, None, 10).await.unwrap();
    assert_eq!(listed, [whole.to_row(feed("a"), id)]);
    assert_eq!(listed[0].reading.body, "é".repeat(300));
    let found = history.event(id).await.unwrap().unwrap();
    assert_eq!(found.data, whole.received.data);
    assert_eq!(found.last_event_id, whole.received.last_event_id);
    assert_eq!(found.row.reading, whole.reading);
    assert_eq!(history.event(EventId(id.0 + 1)).await.unwrap(), None);
}

#[tokio::test]
async fn holds_the_largest_event_a_feed_may_send() {
    let folder = folder();
    let mut large = event("large");
    large.received.data = "x".repeat(16 * 1024 * 1024);
    large.reading.body = large.received.data.clone();
    let history = open(folder.path());
    let id = history.store(batch(&feed("a"), vec![large.clone()])).await.unwrap()[0].unwrap();
    history.mark_read(Scope::All, true).await.unwrap();
    let found = history.event(id).await.unwrap().unwrap();
    assert!(found.data == large.received.data && found.row.reading.body == large.reading.body);
    forget(&history, Scope::All).await;
}

#[tokio::test]
async fn moves_only_the_given_part_of_a_cursor() {
    let folder = folder();
    let history = open(folder.path());
    let moves = [
        (Some("1"), None, Some("1"), None),
        (None, Some(5_000), Some("1"), Some(5_000)),
        (Some("2"), None, Some("2"), Some(5_000)),
        (None, None, Some("2"), Some(5_000)),
        (Some(""), Some(0), Some(""), Some(0)),
        (None, Some(u64::MAX), Some(""), Some(i64::MAX.cast_unsigned())),
    ];
    let cursor = |id: Option<&str>, retry_ms| Cursor { last_event_id: id.map(str::to_owned), retry_ms };
    for (id, retry_ms, then_id, then_retry_ms) in moves {
        let cursor_move = cursor(id, retry_ms);
        history.store(Batch { feed: feed("a"), events: vec![], cursor: cursor_move }).await.unwrap();
        let kept = history.cursors().await.unwrap();
        assert_eq!(kept, [(feed("a"), cursor(then_id, then_retry_ms))].into());
    }
}

#[tokio::test]
async fn resumes_every_feed_where_it_was_whatever_was_deleted() {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["1", "2"]).await;
    store(&history, &feed("b"), &["9"]).await;
    let before = history.cursors().await.unwrap();
    forget(&history, Scope::Feed { feed: feed("a") }).await;
    forget(&history, Scope::All).await;
    history.close().await;
    let history = open(folder.path());
    assert!(all(&history, None).await.is_empty());
    assert_eq!(history.cursors().await.unwrap(), before);
    assert_eq!(before.len(), 2);
}

#[tokio::test]
async fn removes_a_feed_with_its_cursor_and_leaves_the_others() {
    let folder = folder();
    let history = open(folder.path());
    let many = (0..1_200).map(|n| event(&n.to_string())).collect();
    history.store(batch(&feed("a"), many)).await.unwrap();
    store(&history, &feed("b"), &["1"]).await;
    history.remove_feed(feed("a")).await.unwrap();
    history.remove_feed(feed("never seen")).await.unwrap();
    assert_eq!(all(&history, None).await.len(), 1);
    assert_eq!(history.cursors().await.unwrap().into_keys().collect::<Vec<_>>(), [feed("b")]);
    assert_eq!(history.unread().await.unwrap(), [(feed("b"), 1)].into());
    assert!(store(&history, &feed("a"), &["1"]).await[0].is_some());
}

#[tokio::test]
async fn stores_what_was_asked_for_before_it_was_closed_and_nothing_after() {
    let folder = folder();
    let history = open(folder.path());
    let asked = (0..30).map(|n| {
        let history = history.clone();
        async move { store(&history, &feed("a"), &[&n.to_string()]).await }
    });
    let asked = futures_util::future::join_all(asked);
    let (stored, ()) = tokio::join!(asked, history.close());
    assert_eq!(stored.len(), 30);
    assert_eq!(history.cursors().await, Err(super::super::StoreError::Closed));
    let late = history.store(batch(&feed("a"), vec![event("late")])).await;
    assert_eq!(late, Err(super::super::StoreError::Closed));
    assert_eq!(all(&open(folder.path()), None).await.len(), 30);
}

#[tokio::test]
async fn leaves_one_file_when_it_is_closed() {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["1"]).await;
    all(&history, None).await;
    history.close().await;
    assert_eq!(names(&folder), ["history.db"]);
}
