//! `history`, `export` and `import`: what is stored found, written to files, and read back elsewhere.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;
use tidings_engine::engine::Engine;
use tidings_support::{Answer, House, Script, Server, Then, all, draft, stored};

use crate::program::{Said, quit, run};

/// An engine whose feed "A" holds so many events, the n-th saying "event n of many" and each tenth "rare" besides.
async fn filled(house: &House, events: u64) -> (Engine, Server) {
    let answer = (1..=events).fold(Answer::stream(), |answer, n| {
        let rare = if n % 10 == 0 { " rare" } else { "" };
        answer.event_with_id(&n.to_string(), &format!("event {n} of many{rare}"))
    });
    let server = Server::start(Script::new([answer.then(Then::Hold)])).await;
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.expect("added").id;
    stored(&engine, &feed, usize::try_from(events).expect("a few")).await;
    (engine, server)
}

fn data(said: &Said) -> Vec<String> {
    let event = |line| serde_json::from_str::<Value>(line).expect("a line is JSON");
    said.out.lines().map(|line| event(line)["data"].as_str().expect("it has data").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_running_app_stored_is_found_newest_first() {
    let house = House::new();
    let (engine, _server) = filled(&house, 30).await;
    let said = run(&house, &["history", "rare", "feed:a", "after:1h", "--json"]).await;
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(data(&said), ["event 30 of many rare", "event 20 of many rare", "event 10 of many rare"]);
    assert_eq!(run(&house, &["history"]).await.out.lines().count(), 20, "the newest ones alone");
    assert_eq!(run(&house, &["history", "--limit", "25"]).await.out.lines().count(), 25);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_found_and_a_wrong_search_are_told_apart() {
    let house = House::new();
    let (engine, _server) = filled(&house, 1).await;
    let said = run(&house, &["history", "nowhere"]).await;
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(1), "", "Nothing was found.\n"));
    for command in ["history", "export"] {
        let said = run(&house, &[command, "feed:Weather"]).await;
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
        assert!(said.err.contains("Weather"), "{said:?}");
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_taken_in_by_another_profile_once() {
    let (house, elsewhere) = (House::new(), House::new());
    let (engine, server) = filled(&house, 300).await;
    let feed = engine.attach().snapshot.feeds[0].id.clone();
    let before = all(&engine, &feed).await;
    let file = house.folder().join("events.jsonl");
    let path = file.to_str().unwrap();
    let said = run(&house, &["export", "--output", path]).await;
    assert_eq!((said.code, said.out), (Some(0), format!("Wrote 300 events to {path}.\n")));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let again = run(&house, &["export", "--output", path]).await;
    assert_eq!(again.code, Some(2), "{again:?}");
    let beside = run(&house, &["import", path]).await;
    assert_eq!(beside.code, Some(1), "the app runs: {beside:?}");
    quit(engine, &house).await;

    // A feed of that name, whose server holds nothing of it.
    let nothing = Server::start(Script::new([Answer::stream().then(Then::Hold)])).await;
    let engine = elsewhere.start().await;
    let feed = engine.add_feed(draft("a", nothing.url())).await.unwrap().id;
    quit(engine, &elsewhere).await;
    assert_eq!(run(&elsewhere, &["import", path]).await.out, "Imported 300 events.\n");
    assert_eq!(run(&elsewhere, &["import", path]).await.out, "Imported 0 events; 300 were there already.\n");
    let engine = elsewhere.start().await;
    let after = all(&engine, &feed).await;
    let told = |events: &[tidings_engine::event::StoredEvent]| -> Vec<_> {
        events.iter().map(|event| (event.row.received_at_ms, event.data.clone())).collect()
    };
    assert_eq!(told(&after), told(&before));
    engine.shutdown().await;
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_writes_what_was_asked_for_in_the_format_of_its_name() {
    let house = House::new();
    let (engine, _server) = filled(&house, 20).await;
    let lines = run(&house, &["export", "rare"]).await;
    assert_eq!(data(&lines), ["event 10 of many rare", "event 20 of many rare"], "oldest first");
    let file = house.folder().join("rare.csv");
    let said = run(&house, &["export", "rare", "--output", file.to_str().unwrap()]).await;
    assert_eq!(said.code, Some(0), "{said:?}");
    let table = fs::read_to_string(&file).unwrap();
    assert!(table.starts_with("received,feed,") && table.lines().count() == 3, "{table}");
    let page = run(&house, &["export", "rare", "--format", "md"]).await;
    assert!(page.out.starts_with("## event 10 of many rare\n\n"), "{page:?}");
    assert_eq!(page.out.matches("## ").count(), 2);
    engine.shutdown().await;
}
