//! Bursts and outages of the desktop: everything is stored, few popups, none lost, none twice.

use std::time::Duration;

use tidings_engine::update::{FeedState, Part};
use tidings_support::{Answer, House, Script, Server, all, draft, stored, until};

const BURST: usize = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_events_are_stored_in_order_with_at_most_eight_popups_in_ten_seconds() {
    let body: String = (0..BURST).map(|n| format!("id: {n}\ndata: event {n}\n\n")).collect();
    let flood = Server::start(Script::new([Answer::stream().chunk(body)])).await;
    let calm = Server::start(Script::new([Answer::stream().event("calm")])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("Flood", flood.url())).await.unwrap().id;
    until(&engine, "all are stored", |at| at.feeds[0].unread == BURST as u64).await;
    let other = engine.add_feed(draft("Calm", calm.url())).await.unwrap().id;
    stored(&engine, &other, 1).await;

    let events = all(&engine, &feed).await;
    let data: Vec<_> = events.iter().map(|event| event.data.clone()).collect();
    assert_eq!(data, (0..BURST).map(|n| format!("event {n}")).collect::<Vec<_>>());
    let first = house.popups.shown()[0].0;
    tokio::time::sleep_until((first + Duration::from_secs(11)).into()).await;
    let shown = house.popups.shown();
    let of_flood = |popup: &&(_, tidings_engine::notify::desktop::Popup)| {
        !popup.1.title.contains("calm") && !popup.1.body.contains("calm")
    };
    let early = shown.iter().filter(of_flood).filter(|(at, _)| *at < first + Duration::from_secs(10)).count();
    assert!(early <= 8, "{early} popups in the first ten seconds: {shown:#?}");
    assert!(shown.iter().any(|popup| !of_flood(&popup)), "the calm feed was drowned: {shown:#?}");
    assert!(
        shown.iter().any(|(_, popup)| format!("{popup:?}").contains("more")),
        "the rest is told: {shown:#?}"
    );
    until(&engine, "nothing waits", |_| true).await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_daemon_could_show_becomes_one_summary_when_it_is_back() {
    let server = Server::start(
        Script::new([Answer::stream().event_with_id("1", "one").event_with_id("2", "two")])
            .at("later", [Answer::stream().event("three")]),
    )
    .await;
    let house = House::new();
    house.popups.absent(true);
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 2).await;
    until(&engine, "the trouble is told", |at| {
        at.problems.iter().any(|problem| problem.part == Part::Notifications)
    })
    .await;
    house.popups.absent(false);
    engine.add_feed(draft("B", &format!("{}/later", server.url()))).await.unwrap();
    until(&engine, "the trouble is over", |at| at.problems.is_empty()).await;
    until(&engine, "two popups are shown", |_| house.popups.shown().len() >= 2).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let shown: Vec<_> = house
        .popups
        .shown()
        .into_iter()
        .map(|(_, popup)| format!("{} {}", popup.title, popup.body))
        .collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown[0].contains("three") && shown[1].contains('2') && shown[1].contains('A'), "{shown:?}");
    engine.shutdown().await;
}

/// Stores two events that nobody is shown, lets minutes pass, and gives the popups of the two starts after that.
async fn shown_later(minutes: i64) -> [Vec<String>; 2] {
    let server =
        Server::start(Script::new([Answer::stream().event_with_id("1", "one").event_with_id("2", "two")]))
            .await;
    let house = House::new();
    house.popups.absent(true);
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.expect("it is added").id;
    stored(&engine, &feed, 2).await;
    engine.shutdown().await;
    drop(engine);
    house.age(minutes);
    house.popups.absent(false);
    let mut shown = [Vec::new(), Vec::new()];
    for shown in &mut shown {
        let engine = house.start().await;
        until(&engine, "it is live", |at| matches!(at.feeds[0].state, FeedState::Live { .. })).await;
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        *shown = house.popups.shown().into_iter().map(|(_, popup)| popup.title).collect();
        engine.shutdown().await;
    }
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_and_not_shown_is_told_once_at_the_next_start() {
    let (fresh, old) = tokio::join!(shown_later(0), shown_later(2));
    assert_eq!(fresh, [["one", "two"]; 2]);
    assert_eq!(old, [["2 from A while you were away"]; 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_without_popups_is_stored_in_silence() {
    let server = Server::start(Script::new([Answer::stream().event("one")])).await;
    let house = House::new();
    let engine = house.start().await;
    let mut quiet = draft("A", server.url());
    quiet.notify = false;
    let feed = engine.add_feed(quiet).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert!(house.popups.shown().is_empty());
    engine.shutdown().await;
}
