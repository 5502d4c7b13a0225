//! Servers without ids: what they send again after a reconnection is stored once, what they really say twice is kept.

use std::time::Duration;

use tidings_engine::update::FeedState;
use tidings_support::{Answer, House, Script, Server, Then, all, draft, stored, until};

/// A server that answers each connection with some events, and closes all but the last.
async fn server(connections: &[&[&str]]) -> Server {
    let last = connections.len() - 1;
    let answers = connections.iter().enumerate().map(|(nth, events)| {
        let answer = Answer::stream().retry(Duration::from_millis(1));
        let answer = events.iter().fold(answer, |answer, data| answer.event(data));
        if nth == last { answer } else { answer.then(Then::Eof) }
    });
    Server::start(Script::new(answers)).await
}

async fn stored_of(connections: &[&[&str]], count: usize) -> Vec<String> {
    let server = server(connections).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.expect("it is added").id;
    let events = stored(&engine, &feed, count).await;
    engine.shutdown().await;
    events.into_iter().map(|event| event.data).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_sends_its_last_events_at_each_connection_is_stored_once() {
    let connections: [&[&str]; 4] = [&["a", "b"], &["a", "b", "c"], &["b", "c"], &["b", "c", "d", "end"]];
    assert_eq!(stored_of(&connections, 5).await, ["a", "b", "c", "d", "end"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_within_one_connection_or_after_news_is_said_twice() {
    let connections: [&[&str]; 2] = [&["tick", "tick"], &["tock", "tick", "tock", "end"]];
    assert_eq!(stored_of(&connections, 6).await, ["tick", "tick", "tock", "tick", "tock", "end"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_later_than_at_once_after_a_reconnection_is_news() {
    let late =
        Answer::stream().chunk(": open\n\n").event("tick").event("end").gap(Duration::from_millis(3_200));
    let first = Answer::stream().retry(Duration::from_millis(1)).event("tick").then(Then::Eof);
    let server = Server::start(Script::new([first, late])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    let data: Vec<_> = stored(&engine, &feed, 3).await.into_iter().map(|event| event.data).collect();
    assert_eq!(data, ["tick", "tick", "end"]);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_is_known_after_the_program_was_restarted_and_raises_no_popup() {
    let server = server(&[&["a", "b"]]).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 2).await;
    until(&engine, "both are shown", |_| house.popups.shown().len() == 2).await;
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    until(&engine, "it is live", |at| matches!(at.feeds[0].state, FeedState::Live { .. })).await;
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(all(&engine, &feed).await.len(), 2);
    assert_eq!(house.popups.shown().len(), 2, "{:?}", house.popups.shown());
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_during_a_long_absence_is_one_catch_up_with_the_most_urgent_title() {
    let missed = (2..16).fold(Answer::stream(), |answer, n| {
        let priority = if n == 5 { 5 } else { 3 };
        answer.event_with_id(&n.to_string(), &format!(r#"{{"title":"Event {n}","priority":{priority}}}"#))
    });
    let server = Server::start(Script::new([Answer::stream().event_with_id("1", "one"), missed])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    until(&engine, "it is shown", |_| house.popups.shown().len() == 1).await;
    engine.shutdown().await;
    drop(engine);
    house.age(2);
    let engine = house.start().await;
    stored(&engine, &feed, 15).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let shown: Vec<_> =
        house.popups.shown().into_iter().map(|(_, popup)| (popup.title, popup.body)).collect();
    let catch_up = ("14 from A while you were away".to_owned(), "Event 5".to_owned());
    assert_eq!(shown[1..], [catch_up]);
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(house.popups.shown().len(), 2, "it is settled");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_without_data_moves_the_stored_cursor() {
    let server = Server::start(Script::new([
        Answer::stream().event_with_id("1", "one").chunk("id: 7\n\n").comment("still here"),
        Answer::stream().event_with_id("8", "eight"),
    ]))
    .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    stored(&engine, &feed, 2).await;
    assert_eq!(server.requests()[1].header("last-event-id"), Some("7"));
    engine.shutdown().await;
}
