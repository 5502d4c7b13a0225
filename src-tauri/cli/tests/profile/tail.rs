//! `tail`: what is stored, as it is stored, told by the engine's home or out of the history's file.

use tidings_demo::{Demo, Options};
use tidings_engine::engine::Engine;
use tidings_engine::update::{FeedState, FeedView};
use tidings_support::{House, draft, stored, until};

use crate::program::{Program, at_home, leave, quit, run};

/// A server that sends what it is told and nothing else.
async fn quiet() -> Demo {
    Demo::start(([127, 0, 0, 1], 0).into(), Options::quiet()).await.expect("it can listen")
}

async fn all_live(engine: &Engine) {
    let live = |feed: &FeedView| matches!(feed.state, FeedState::Live { .. });
    until(engine, "all are live", |at| at.feeds.iter().all(live)).await;
}

/// Follows one of two feeds, with an event from before and thirty after.
async fn follow_one(house: &House, engine: &Engine, ready: impl FnOnce()) {
    let demo = quiet().await;
    let send = |data: &str| demo.control().publish("/replay", None, data).expect("a feed");
    let url = format!("{}/replay", demo.base_url());
    let feed = engine.add_feed(draft("A", &url)).await.expect("added").id;
    let other = engine.add_feed(draft("B", &url)).await.expect("added").id;
    all_live(engine).await;
    send("before");
    stored(engine, &feed, 1).await;
    stored(engine, &other, 1).await;
    ready();

    let mut tail = Program::start(house, &["tail", "A", "--json", "--since", "1h", "--events", "31"]);
    assert_eq!(tail.json().await["data"], "before");
    for n in 0..30 {
        send(&n.to_string());
        let event = tail.json().await;
        assert_eq!((&event["data"], &event["feedName"]), (&n.to_string().into(), &"A".into()));
    }
    assert_eq!(tail.code().await, Some(0));
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prints_each_event_once_and_in_order_out_of_the_file() {
    let house = House::new();
    let engine = house.start().await;
    follow_one(&house, &engine, || {}).await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prints_each_event_once_and_in_order_where_only_the_engine_can_tell() {
    let house = House::new();
    let host = at_home(&house).await;
    let file = house.options().data_folder.join("history.db");
    // The engine has it open, and nobody finds it.
    let hide = || std::fs::rename(&file, file.with_extension("hidden")).expect("a file");
    follow_one(&house, host.engine(), hide).await;
    leave(host, &house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn says_that_the_app_is_not_running_and_goes_on_when_it_is() {
    let demo = quiet().await;
    let house = House::new();
    let mut tail = Program::start(&house, &["tail", "--json"]);
    tail.says("is not running").await;
    let engine = house.start().await;
    let url = format!("{}/replay", demo.base_url());
    engine.add_feed(draft("A", &url)).await.unwrap();
    all_live(&engine).await;
    demo.control().publish("/replay", None, "one").unwrap();
    let event = tail.json().await;
    assert_eq!((&event["data"], &event["feedName"]), (&"one".into(), &"A".into()));
    tail.says("Tidings is running.").await;
    quit(engine, &house).await;
    tail.says("is not running").await;
    let engine = house.start().await;
    demo.control().publish("/replay", None, "two").unwrap();
    assert_eq!(tail.json().await["data"], "two");
    engine.shutdown().await;
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goes_on_over_the_ends_of_engines_and_prints_nothing_twice() {
    let demo = quiet().await;
    let house = House::new();
    let mut tail = Program::start(&house, &["tail", "--json"]);
    tail.says("is not running").await;
    for (round, data) in ["one", "two"].into_iter().enumerate() {
        let host = at_home(&house).await;
        if round == 0 {
            let url = format!("{}/replay", demo.base_url());
            host.engine().add_feed(draft("A", &url)).await.unwrap();
        }
        tail.says("Tidings is running.").await;
        all_live(host.engine()).await;
        demo.control().publish("/replay", None, data).unwrap();
        assert_eq!(tail.json().await["data"], data);
        leave(host, &house).await;
        tail.says("is not running").await;
    }
    demo.stop().await;
}

#[tokio::test]
async fn says_how_to_write_a_time() {
    let house = House::new();
    let said = run(&house, &["tail", "--since", "yesterday"]).await;
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.contains("yesterday") && said.err.contains("2h"), "{said:?}");
}
