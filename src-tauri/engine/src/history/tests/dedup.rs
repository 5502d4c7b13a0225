//! What counts as the same event.

use super::*;

/// An event as a server sends it: id, whether its own, type, data.
type Sent = (&'static str, bool, &'static str, &'static str);

async fn stored_of(first: Sent, second: Sent) -> usize {
    let folder = folder();
    let history = open(folder.path());
    let mut stored = 0;
    for (id, own_id, event_type, data) in [first, second] {
        let mut event = event(id);
        event.received.own_id = own_id;
        event.received.event_type = event_type.to_owned();
        event.received.data = data.to_owned();
        stored += history.store(batch(&feed("a"), vec![event])).await.unwrap().iter().flatten().count();
    }
    assert_eq!(all(&history, None).await.len(), stored);
    history.close().await;
    stored
}

#[tokio::test]
async fn holds_an_event_once_if_id_type_and_data_are_the_same() {
    let sent = ("7", true, "message", "hello");
    let cases: &[(&str, Sent, usize)] = &[
        ("a replay", ("7", true, "message", "hello"), 1),
        ("a counter that began again", ("7", true, "message", "bye"), 2),
        ("another type", ("7", true, "alarm", "hello"), 2),
        ("another id", ("8", true, "message", "hello"), 2),
        ("an id that only was in force", ("7", false, "message", "hello"), 2),
        ("an id that only looks the same", ("７", true, "message", "hello"), 2),
        ("type and data divided elsewhere", ("7", true, "messagehel", "lo"), 2),
    ];
    for (what, again, expected) in cases {
        assert_eq!(stored_of(sent, *again).await, *expected, "{what}");
    }
}

#[tokio::test]
async fn stores_every_event_that_has_no_id_of_its_own() {
    for sent in
        [("", false, "message", "tick"), ("7", false, "message", "tick"), ("", true, "message", "tick")]
    {
        assert_eq!(stored_of(sent, sent).await, 2, "{sent:?}");
    }
}

#[tokio::test]
async fn takes_a_long_id_and_data_with_a_nul_to_the_last_byte() {
    let long = "x".repeat(10_000);
    let (one, other) = (format!("{long}1"), format!("{long}2"));
    let folder = folder();
    let history = open(folder.path());
    assert_eq!(store(&history, &feed("a"), &[&one, &other, &one]).await.iter().flatten().count(), 2);
    let mut cut = event("nul");
    cut.received.data = "before\0after".to_owned();
    let mut other = cut.clone();
    other.received.data = "before\0later".to_owned();
    let stored = history.store(batch(&feed("a"), vec![cut, other])).await.unwrap();
    let id = stored[0].unwrap();
    assert!(stored[1].is_some());
    assert_eq!(history.event(id).await.unwrap().unwrap().data, "before\0after");
}

#[tokio::test]
async fn tells_which_events_of_a_batch_were_held_already() {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["2", "4"]).await;
    let stored = store(&history, &feed("a"), &["1", "2", "3", "4", "5", "5"]).await;
    let held: Vec<bool> = stored.iter().map(Option::is_none).collect();
    assert_eq!(held, [false, true, false, true, false, true]);
}

#[tokio::test]
async fn knows_the_same_event_of_two_feeds_apart() {
    let folder = folder();
    let history = open(folder.path());
    assert!(store(&history, &feed("a"), &["1"]).await[0].is_some());
    assert!(store(&history, &feed("b"), &["1"]).await[0].is_some());
}

#[tokio::test]
async fn never_gives_a_number_twice_even_after_the_newest_event_was_deleted() {
    let folder = folder();
    let history = open(folder.path());
    let first = store(&history, &feed("a"), &["1", "2"]).await[1].unwrap();
    forget(&history, Scope::All).await;
    history.close().await;
    let history = open(folder.path());
    let next = store(&history, &feed("a"), &["3"]).await[0].unwrap();
    assert!(next > first, "{next} after {first}");
}
