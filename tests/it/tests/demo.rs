//! The demo through a whole engine: its feeds go live by themselves, outlive a restart on another port, and go without a trace.

use std::collections::HashSet;

use tidings_engine::engine::{Engine, RequestError};
use tidings_engine::event::StoredEvent;
use tidings_engine::settings::{Shows, Tile};
use tidings_engine::update::{FeedState, Snapshot};
use tidings_support::{House, all, draft, until};

fn everything_plays(snapshot: &Snapshot) -> bool {
    let feeds = &snapshot.feeds;
    let speaks = |feed: &_| snapshot.recent.iter().any(|row| row.feed == *feed);
    !feeds.is_empty()
        && feeds.iter().all(|feed| matches!(feed.state, FeedState::Live { .. }) && speaks(&feed.id))
}

async fn played(engine: &Engine) -> Vec<StoredEvent> {
    let mut events = Vec::new();
    for feed in engine.attach().snapshot.feeds {
        events.extend(all(engine, &feed.id).await);
    }
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_goes_live_by_itself_and_a_restart_on_another_port_doubles_nothing() {
    let house = House::new();
    let engine = house.start().await;
    let added = engine.add_demo().await.unwrap();
    assert!((5..=6).contains(&added.len()));
    assert_eq!(added.iter().filter(|feed| feed.notify).count(), 1, "one feed raises popups");
    until(&engine, "every feed is live and has spoken", everything_plays).await;
    assert_eq!(engine.add_demo().await.unwrap().len(), added.len(), "asked twice, it is there once");
    engine.shutdown().await;
    drop(engine);
    let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
    assert!(settings.contains("tidings-demo:/ticker") && !settings.contains("127.0.0.1"), "{settings}");

    let engine = house.start().await;
    let before = played(&engine).await.len();
    until(&engine, "every feed is live again", everything_plays).await;
    until(&engine, "more has come", |now| now.recent.len() >= before.min(150) + 20).await;
    let events = played(&engine).await;
    let told: HashSet<_> = events.iter().map(|event| (&event.row.feed, &event.last_event_id)).collect();
    assert_eq!(told.len(), events.len(), "an event is there twice");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_the_demo_leaves_nothing_of_it_and_all_of_the_rest() {
    let house = House::new();
    let engine = house.start().await;
    let own = engine.add_feed(draft("Own", "http://127.0.0.1:1/")).await.unwrap().id;
    let demo = engine.add_demo().await.unwrap();
    until(&engine, "the demo has spoken", |now| now.recent.iter().any(|row| row.feed == demo[1].id)).await;
    let tile = Tile {
        feed: demo[1].id.clone(),
        shows: Shows::Rate,
        path: String::new(),
        only_where: None,
        label: "Prices".into(),
        unit: String::new(),
    };
    engine.set_tiles(vec![tile]).await.unwrap();
    engine.remove_demo().await.unwrap();
    let now = engine.attach().snapshot;
    assert_eq!(now.feeds.iter().map(|feed| &feed.id).collect::<Vec<_>>(), [&own]);
    assert!(now.recent.is_empty() && engine.tiles().await == Some(vec![]));
    assert!(engine.page(None, None, 10).await.unwrap().rows.is_empty(), "its events are gone");
    engine.remove_demo().await.expect("removing nothing is fine");
    engine.shutdown().await;
    let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
    assert!(!settings.contains("tidings-demo"), "{settings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_feed_is_edited_like_any_other_and_its_address_is_for_nobody_else() {
    let house = House::new();
    let engine = house.start().await;
    let refused = engine.add_feed(draft("Mine", "tidings-demo:/ticker")).await.unwrap_err();
    assert!(matches!(refused, RequestError::Invalid { .. }), "{refused}");
    let ticker = engine.add_demo().await.unwrap().remove(1);
    let renamed = engine.edit_feed(&ticker.id, draft("Prices", &ticker.url)).await.unwrap();
    assert_eq!((renamed.name.as_str(), &renamed.url), ("Prices", &ticker.url));
    let probe = engine.probe(draft("Prices", &ticker.url), Some(&ticker.id)).await.unwrap();
    assert!(!probe.events.is_empty(), "{}", probe.message);
    let list = house.folder().join("list.toml");
    engine.export_settings(&list).await.unwrap();
    assert!(!std::fs::read_to_string(list).unwrap().contains("tidings-demo:"), "another has its own");
    engine.shutdown().await;
}
