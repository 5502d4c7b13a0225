//! Resuming: after a drop in the middle of an event, after the server's and the app's own restart, without ids.

use std::time::Duration;

use tidings_demo::{Demo, Ending, Options};
use tidings_support::{Answer, House, Script, Server, Then, all, draft, stored};

fn numbers(events: &[tidings_engine::event::StoredEvent]) -> Vec<String> {
    events.iter().map(|event| event.data.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn resumes_with_the_last_id_after_a_drop_in_the_middle_of_an_event() {
    let server = Server::start(Script::new([
        Answer::stream()
            .retry(Duration::from_millis(1))
            .event_with_id("1", "one")
            .chunk("id: 2\ndata: tw")
            .then(Then::Rst),
        Answer::stream().event_with_id("2", "two").event_with_id("3", "three"),
    ]))
    .await;
    let (house, url) = (House::new(), server.url().to_owned());
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", &url)).await.unwrap().id;
    assert_eq!(numbers(&stored(&engine, &feed, 3).await), ["one", "two", "three"]);
    let ids: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("last-event-id").map(ToOwned::to_owned))
        .collect();
    assert_eq!(ids[..2], [None, Some("1".to_owned())]);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_without_an_id_does_not_move_the_cursor_and_is_kept() {
    let server = Server::start(Script::new([
        Answer::stream()
            .retry(Duration::from_millis(1))
            .event_with_id("1", "one")
            .event("loose")
            .then(Then::Eof),
        Answer::stream().event_with_id("2", "two"),
    ]))
    .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    assert_eq!(numbers(&stored(&engine, &feed, 3).await), ["one", "loose", "two"]);
    assert_eq!(server.requests()[1].header("last-event-id"), Some("1"));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_without_ids_keeps_going_through_every_end() {
    let server = Server::start(Script::new([
        Answer::stream().retry(Duration::from_millis(1)).event("a").event("a").then(Then::Eof),
        Answer::stream().event("b").then(Then::Close),
        Answer::stream().event("c"),
    ]))
    .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    assert_eq!(numbers(&stored(&engine, &feed, 4).await), ["a", "a", "b", "c"]);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn resumes_without_gap_or_double_when_the_app_restarts() {
    let demo = Demo::start(
        ([127, 0, 0, 1], 0).into(),
        Options { reconnection_time: Duration::from_millis(50), ..Options::quiet() },
    )
    .await
    .unwrap();
    let publish = |n: u32| {
        demo.control().publish("/replay", None, &n.to_string()).unwrap();
    };
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("Replay", &format!("{}/replay", demo.base_url()))).await.unwrap().id;
    tidings_support::until(&engine, "it is live", |snapshot| {
        matches!(snapshot.feeds[0].state, tidings_engine::update::FeedState::Live { .. })
    })
    .await;
    (0..20).for_each(publish);
    stored(&engine, &feed, 20).await;
    engine.shutdown().await;
    drop(engine);
    (20..40).for_each(publish);

    let engine = house.start().await;
    demo.control().drop_all("/replay", Ending::Tear).unwrap();
    (40..60).for_each(publish);
    stored(&engine, &feed, 60).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let expected: Vec<_> = (0..60).map(|n| n.to_string()).collect();
    assert_eq!(numbers(&all(&engine, &feed).await), expected);
    engine.shutdown().await;
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goes_on_where_it_was_when_the_server_restarts() {
    let options = Options { counter_every: Duration::from_millis(40), ..Options::quiet() };
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), options.clone()).await.unwrap();
    let address = demo.addr();
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("Counter", &format!("{}/counter", demo.base_url()))).await.unwrap().id;
    stored(&engine, &feed, 10).await;
    demo.stop().await;
    tidings_support::until(&engine, "the server is missed", |snapshot| {
        matches!(snapshot.feeds[0].state, tidings_engine::update::FeedState::Waiting { .. })
    })
    .await;
    let before = all(&engine, &feed).await.len();
    let demo = Demo::start(address, options).await.unwrap();
    let ids: Vec<_> =
        stored(&engine, &feed, before + 10).await.into_iter().map(|event| event.last_event_id).collect();
    assert_eq!(ids, (1..=ids.len()).map(|n| n.to_string()).collect::<Vec<_>>());
    engine.shutdown().await;
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_counts_from_one_again_loses_nothing() {
    let server = Server::start(Script::new([
        Answer::stream()
            .retry(Duration::from_millis(1))
            .event_with_id("1", "monday 1")
            .event_with_id("2", "monday 2")
            .then(Then::Eof),
        Answer::stream()
            .event_with_id("1", "tuesday 1")
            .event_with_id("2", "monday 2")
            .event_with_id("3", "end"),
    ]))
    .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    assert_eq!(numbers(&stored(&engine, &feed, 4).await), ["monday 1", "monday 2", "tuesday 1", "end"]);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_starts_without_the_old_ones_id() {
    let answer = |n: &str| Answer::stream().event_with_id(n, n);
    let server = Server::start(Script::new([answer("5")]).at("other", [answer("6")])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    engine.edit_feed(&feed, draft("A", &format!("{}/other", server.url()))).await.unwrap();
    assert_eq!(numbers(&stored(&engine, &feed, 2).await), ["5", "6"]);
    assert_eq!(server.requests_to("other")[0].header("last-event-id"), None);
    engine.shutdown().await;
}
