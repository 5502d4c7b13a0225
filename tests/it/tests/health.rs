//! What a feed's record says, and where the history says that events may be missing.

use std::time::Duration;

use tidings_engine::engine::{Engine, RequestError};
use tidings_engine::event::{GAP_TYPE, Presented, StoredEvent};
use tidings_engine::health::{FeedHealth, What};
use tidings_engine::id::FeedId;
use tidings_support::{Answer, House, Script, Server, Then, draft, stored, until};

const BRIEFLY: Duration = Duration::from_millis(1);

/// Waits until the record is as wanted, and gives it.
async fn record(engine: &Engine, feed: &FeedId, wanted: impl Fn(&FeedHealth) -> bool) -> FeedHealth {
    for _ in 0..3000 {
        let health = engine.health(feed).expect("the feed is there");
        if wanted(&health) {
            return health;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("in vain waited; it is {:#?}", engine.health(feed));
}

fn answers(ids: std::ops::RangeInclusive<u32>) -> Answer {
    ids.fold(Answer::stream().retry(BRIEFLY), |answer, n| {
        answer.event_with_id(&n.to_string(), &n.to_string())
    })
}

fn gaps(events: &[StoredEvent]) -> Vec<&StoredEvent> {
    events.iter().filter(|event| event.row.event_type == GAP_TYPE).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_tells_its_happenings_in_order_and_counts_them() {
    let server =
        Server::start(Script::new([answers(1..=2).then(Then::Eof), Answer::status(500), answers(3..=3)]))
            .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    let health = record(&engine, &feed, |health| health.counts.events == 3).await;
    let counts = health.counts;
    assert_eq!((counts.dials, counts.opens, counts.reconnects, counts.bytes), (3, 2, 1, 3));
    assert!(health.last_event_at_ms >= Some(health.since_ms));
    let told: Vec<_> = health.happenings.iter().map(|happening| &happening.what).collect();
    assert!(
        matches!(
            told[..],
            [
                What::Dialled { resumed_from: None },
                What::Opened { .. },
                What::ReconnectionTime { ms: 1 },
                What::Ended { .. },
                What::Waiting { for_person: false, .. },
                What::Dialled { resumed_from: Some(_) },
                What::Refused { .. },
                What::Waiting { .. },
                What::Dialled { .. },
                What::Opened { .. },
            ]
        ),
        "{told:#?}"
    );
    engine.remove_feed(&feed).await.unwrap();
    assert!(matches!(engine.health(&feed), Err(RequestError::Gone(_))));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_skip_stand_in_the_history_as_a_gap_that_nobody_is_bothered_with() {
    let server = Server::start(Script::new([answers(1..=5).then(Then::Eof), answers(9..=10)])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    let events = stored(&engine, &feed, 8).await;
    assert_eq!(events[5].row.event_type, GAP_TYPE, "it stands where the events would: {events:#?}");
    let [gap] = gaps(&events)[..] else { panic!("one gap: {events:#?}") };
    assert!(gap.row.read && gap.row.presented == Presented::Suppressed);
    assert!(gap.row.reading.title.starts_with("Events may be missing between "));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&gap.data).unwrap()["missing"], 3);
    until(&engine, "only events are unread", |snapshot| snapshot.feeds[0].unread == 7).await;
    let health = record(&engine, &feed, |health| health.counts.gaps == 1).await;
    assert_eq!(health.counts.events, 7);
    assert!(house.popups.shown().iter().all(|(_, popup)| !format!("{popup:?}").contains("missing")));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_skipped_while_the_program_was_not_running_are_a_gap_too() {
    let server = Server::start(Script::new([answers(1..=5), answers(8..=8)])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 5).await;
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    let events = stored(&engine, &feed, 7).await;
    let [gap] = gaps(&events)[..] else { panic!("one gap: {events:#?}") };
    assert!(gap.row.reading.body.contains("2 never came"), "{gap:?}");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_ids_a_gap_begins_when_the_program_ended_and_not_with_the_last_event() {
    let server =
        Server::start(Script::new([Answer::stream().event("one"), Answer::stream().event("two")])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    let [first] = &stored(&engine, &feed, 1).await[..] else { panic!("one event") };
    engine.shutdown().await;
    drop(engine);
    house.age(60);
    // The stream was open without an event for another half of an hour.
    let history = rusqlite::Connection::open(house.options().data_folder.join("history.db")).unwrap();
    history.execute("UPDATE event SET received_at_ms = received_at_ms - 1800000", []).unwrap();
    drop(history);
    let engine = house.start().await;
    let events = stored(&engine, &feed, 3).await;
    let [gap] = gaps(&events)[..] else { panic!("one gap: {events:#?}") };
    let data: serde_json::Value = serde_json::from_str(&gap.data).unwrap();
    let from_ms = data["fromMs"].as_i64().unwrap();
    assert!(from_ms >= first.row.received_at_ms - 3_600_000, "it begins with the last event: {gap:?}");
    assert!(from_ms < data["toMs"].as_i64().unwrap() - 3_500_000, "it begins too late: {gap:?}");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_connection_went_through_outlives_the_program() {
    let server = Server::start(Script::new([
        Answer::status(503),
        answers(1..=2).then(Then::Hold),
        answers(3..=3).then(Then::Hold),
    ]))
    .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 2).await;
    let before = engine.health(&feed).unwrap();
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    let mut health = record(&engine, &feed, |health| health.counts.events == 3).await;
    assert_eq!((health.since_ms, health.counts.dials, health.counts.opens), (before.since_ms, 3, 2));
    let [first, .., last] = health.happenings.make_contiguous() else { panic!("{health:#?}") };
    assert!(matches!((&first.what, &last.what), (What::Dialled { resumed_from: None }, What::Opened { .. })));
    assert!(health.happenings.iter().any(|happening| matches!(happening.what, What::Refused { .. })));
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    engine.enable_feed(&feed, false).await.unwrap();
    let resting = engine.health(&feed).unwrap();
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    assert_eq!(engine.health(&feed).unwrap(), resting, "a feed that rests writes nothing");
    engine.shutdown().await;
}
