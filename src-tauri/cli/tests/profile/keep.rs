//! `keep`: limits that people set, and the app keeps.

use tidings_support::{Answer, House, Script, Server, Then, all, draft, stored, until};

use crate::program::{quit, run};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_is_shown_and_kept_by_the_app() {
    let answer = (1..=30).fold(Answer::stream(), |answer, n| answer.event_with_id(&n.to_string(), "x"));
    let later = Answer::stream().event_with_id("31", r#"{"title": "t", "message": "secret"}"#);
    let server = Server::start(Script::new([answer.then(Then::Hold), later.then(Then::Hold)])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 30).await;
    let beside = run(&house, &["keep", "--days", "7"]).await;
    assert_eq!(beside.code, Some(1), "the app runs: {beside:?}");
    quit(engine, &house).await;

    let said = run(&house, &["keep"]).await;
    assert_eq!(said.out, "All together: at most 90 days, 100000 events, 500 MB.\n");
    let said = run(&house, &["keep", "--days", "7", "--megabytes", "0"]).await;
    assert_eq!(said.out, "All together: at most 7 days, 100000 events.\n");
    let said = run(&house, &["keep", "a", "--events", "20", "--titles-only"]).await;
    assert_eq!(said.out, "A: at most 20 events; of new events the titles alone.\n");

    let engine = house.start().await;
    let mut held = 0;
    for _ in 0..3_000 {
        held = engine.holdings().await.unwrap()[&feed].events;
        if held <= 20 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(held <= 20, "{held} are kept");
    until(&engine, "the new event is there", |now| {
        now.recent.first().is_some_and(|row| row.reading.title == "t")
    })
    .await;
    let newest = all(&engine, &feed).await.pop().expect("it is stored");
    assert_eq!((newest.row.reading.body.as_str(), newest.data.as_str()), ("", ""));
    engine.shutdown().await;
}
