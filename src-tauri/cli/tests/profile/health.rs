//! `health`: beside a running engine, and after it.

use tidings_support::{Answer, House, Script, Server, Then, draft, stored};

use crate::program::{quit, run};

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
