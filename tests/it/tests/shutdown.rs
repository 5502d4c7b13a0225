//! Ending: within a second, with everything received in store, whatever the feeds are doing.

use std::time::{Duration, Instant};

use tidings_demo::{Demo, Options};
use tidings_support::{Answer, House, Script, Server, Then, draft, until};

#[tokio::test(flavor = "multi_thread")]
async fn ends_within_a_second_in_the_middle_of_everything() {
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), Options::default()).await.unwrap();
    let silent = Server::start(Script::new([Answer::nothing().then(Then::Hold)])).await;
    let house = House::new();
    let engine = house.start().await;
    for path in ["/ticker", "/metrics", "/counter?every=1", "/progress"] {
        engine.add_feed(draft(path, &format!("{}{path}", demo.base_url()))).await.unwrap();
    }
    engine.add_feed(draft("silent", silent.url())).await.unwrap();
    engine.add_feed(draft("refused", "http://127.0.0.1:1/")).await.unwrap();
    until(&engine, "events flow", |snapshot| snapshot.recent.len() > 50).await;
    let asked = Instant::now();
    engine.shutdown().await;
    assert!(asked.elapsed() < Duration::from_secs(1), "it took {:?}", asked.elapsed());
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_engine_on_the_same_profile_is_refused_until_the_first_is_gone() {
    let house = House::new();
    let engine = house.start().await;
    // A second one that opened the database would make it anew where it is gone.
    let (database, hidden) = ("history.db", "hidden");
    let at = |name: &str| house.options().data_folder.join(name);
    std::fs::rename(at(database), at(hidden)).unwrap();
    let refused = tidings_engine::engine::Engine::start(house.options()).await.unwrap_err();
    assert_eq!(refused.to_string(), "Tidings is already running with this profile.");
    assert!(!at(database).exists(), "the database was opened");
    std::fs::rename(at(hidden), at(database)).unwrap();
    engine.shutdown().await;
    drop(engine);
    house.start().await.shutdown().await;
}
