//! Looking into a history beside the program that has it open, and without one.

use super::super::OpenError;
use super::*;

fn look(folder: &Path) -> History {
    History::look(folder).unwrap().unwrap()
}

async fn after(history: &History, after: i64) -> Vec<String> {
    let events = history.after(EventId(after), PAGE_ROWS).await.unwrap();
    events.into_iter().map(|kept| kept.event.data).collect()
}

#[tokio::test]
async fn sees_what_is_stored_as_it_is_stored_and_changes_nothing() {
    let folder = folder();
    assert!(History::look(folder.path()).unwrap().is_none());
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "looking makes no files");
    std::fs::write(History::file(folder.path()), "").unwrap();
    assert!(History::look(folder.path()).unwrap().is_none(), "it is about to be made");
    let (history, feed) = (open(folder.path()), feed("a"));
    let looked = look(folder.path());
    assert_eq!(after(&looked, 0).await, [""; 0]);
    store(&history, &feed, &["1", "2", "3"]).await;
    assert_eq!(after(&looked, 1).await, ["data of 2", "data of 3"]);
    assert_eq!(looked.extent().await.unwrap().events, 3);
    assert_eq!(looked.store(batch(&feed, vec![event("4")])).await, Err(StoreError::Closed));
    history.close().await;
    assert_eq!(after(&looked, 0).await.len(), 3);
    assert_eq!(after(&look(folder.path()), 2).await, ["data of 3"], "nobody else has it open");
    assert_eq!(looked.fault().await.unwrap(), None);
}

#[tokio::test]
async fn finds_where_a_moment_lies_among_the_events() {
    let folder = folder();
    let (history, feed) = (open(folder.path()), feed("a"));
    assert_eq!(history.last_before(i64::MAX).await.unwrap(), EventId(0));
    let at = |id: &str, received_at_ms| {
        let mut event = event(id);
        event.received.received_at_ms = received_at_ms;
        event
    };
    history.store(batch(&feed, vec![at("1", 100), at("2", 200), at("3", 300)])).await.unwrap();
    for (moment, last) in [(100, 0), (101, 1), (300, 2), (i64::MAX, 3)] {
        assert_eq!(history.last_before(moment).await.unwrap(), EventId(last), "{moment}");
    }
}

#[tokio::test]
async fn a_copy_holds_what_was_stored_until_then() {
    let (from, into) = (folder(), folder());
    let (history, feed) = (open(from.path()), feed("a"));
    store(&history, &feed, &["1", "2"]).await;
    History::copy(from.path(), &History::file(into.path())).unwrap();
    store(&history, &feed, &["3"]).await;
    let copy = open(into.path());
    assert_eq!(titles(&copy, &feed).await, ["1", "2"]);
    assert_eq!(copy.cursors().await.unwrap()[&feed].last_event_id.as_deref(), Some("2"));
    let there = History::file(into.path());
    assert!(History::copy(from.path(), &there).is_err(), "what holds something is not written over");
}

#[test]
fn other_versions_are_refused_in_clear_words() {
    let folder = folder();
    runtime().block_on(open(folder.path()).close());
    for (version, said) in [("1", "Start Tidings once"), ("99", "newer version")] {
        let database = rusqlite::Connection::open(History::file(folder.path())).unwrap();
        database.execute_batch(&format!("PRAGMA user_version = {version}")).unwrap();
        drop(database);
        let error = History::look(folder.path()).unwrap_err();
        assert!(matches!(error, OpenError::Older { .. } | OpenError::Newer { .. }));
        assert!(error.to_string().contains(said), "{error}");
    }
}
