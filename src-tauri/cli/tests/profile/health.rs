//! `health`: beside a running engine, and after it.

use tidings_support::{Answer, House, Script, Server, Then, draft, stored};

use crate::program::{Said, at_home, leave, quit, run, socket};

#[tokio::test(flavor = "multi_thread")]
async fn tells_how_things_are_and_afterwards_how_they_were() {
    let stream = Answer::stream().event_with_id("1", "one").event_with_id("2", "two").then(Then::Hold);
    let server = Server::start(Script::new([Answer::status(503), stream])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("Alarm", server.url())).await.unwrap().id;
    stored(&engine, &feed, 2).await;
    let health = run(&house, &["health", "--json"]).await.json();
    assert_eq!(health["running"], true);
    let entry = &health["feeds"][0];
    assert_eq!((&entry["name"], &entry["state"]["kind"]), (&"Alarm".into(), &"live".into()));
    assert_eq!((&entry["counts"]["events"], &entry["counts"]["dials"]), (&2.into(), &2.into()));
    let kinds: Vec<_> = entry["happenings"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["dialled", "refused", "waiting", "dialled", "opened"]);

    let said = run(&house, &["health", "alarm"]).await;
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(said.out.starts_with("Alarm  live since 20"), "{said:?}");
    assert!(said.out.contains("  refused: ") && said.out.contains("503"), "{said:?}");

    quit(engine, &house).await;
    let after = run(&house, &["health", "--json"]).await.json();
    let (entry, ended) = (&health["feeds"][0], &after["feeds"][0]);
    assert_eq!(after["running"], false);
    assert_eq!((&ended["state"], &ended["counts"]), (&entry["state"], &entry["counts"]));
    assert_eq!(ended["happenings"].as_array().unwrap().last().unwrap()["kind"], "left");
    let said = run(&house, &["health"]).await;
    assert!(said.out.starts_with("Tidings is not running"), "{said:?}");
}

/// What was said of feeds, whenever.
fn feeds(said: &Said) -> serde_json::Value {
    said.json()["feeds"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_at_its_socket_says_the_same_as_its_file() {
    let stream = Answer::stream().event_with_id("1", "one").event_with_id("2", "two").then(Then::Hold);
    let server = Server::start(Script::new([Answer::status(503), stream])).await;
    let house = House::new();
    let host = at_home(&house).await;
    for name in ["Alarm", "Bell"] {
        host.engine().add_feed(draft(name, server.url())).await.unwrap();
    }
    let feed = host.engine().attach().snapshot.feeds[0].id.clone();
    host.engine().enable_feed(&feed, false).await.unwrap();
    let file = house.options().data_folder.join("history.db");
    let hidden = file.with_extension("hidden");
    // The engine has it open, and nobody finds it.
    std::fs::rename(&file, &hidden).expect("a file");
    let (all, one) = (run(&house, &["health", "--json"]).await, run(&house, &["health", "alarm"]).await);
    std::fs::rename(&hidden, &file).expect("a file");
    assert_eq!(all.json()["running"], true);
    assert_eq!(feeds(&all)[0]["state"]["kind"], "disabled");
    assert_eq!(feeds(&all)[0]["happenings"].as_array().map(Vec::is_empty), Some(false));
    // Without its socket it can't be asked.
    std::fs::remove_file(socket(&house)).expect("a socket");
    assert_eq!(feeds(&run(&house, &["health", "--json"]).await)[0], feeds(&all)[0]);
    assert_eq!(run(&house, &["health", "alarm"]).await.out, one.out);
    leave(host, &house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_was_switched_off_meanwhile_is_not_said_to_be_live() {
    let server = Server::start(Script::new([Answer::stream().event("x").then(Then::Hold)])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    quit(engine, &house).await;
    assert_eq!(run(&house, &["feeds", "disable", "A"]).await.code, Some(0));
    let entry = &run(&house, &["health", "--json"]).await.json()["feeds"][0];
    assert_eq!((&entry["state"]["kind"], &entry["counts"]["events"]), (&"disabled".into(), &1.into()));
}

#[tokio::test]
async fn says_what_is_missing() {
    let house = House::new();
    let said = run(&house, &["health"]).await;
    assert_eq!(said.code, Some(0));
    assert!(said.out.contains("There are no feeds"), "{said:?}");
    let said = run(&house, &["health", "nobody"]).await;
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.contains("“nobody”"), "{said:?}");
    let elsewhere = house.folder().join("not-there");
    let said = run(&house, &["health", "--profile", elsewhere.to_str().unwrap()]).await;
    assert_eq!(said.code, Some(2), "a profile is named once: {said:?}");
    assert!(!elsewhere.exists());
}
