//! `doctor`: finds what was broken on purpose.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;
use tidings_support::{Answer, House, Script, Server, draft, until};

use crate::program::{Said, quit, run};

/// The verdict on a part, and what is said of it with what mends it.
fn of(said: &Said, about: &str) -> (String, String) {
    let report = said.json();
    let findings = report["findings"].as_array().expect("findings are a list");
    let found = findings.iter().find(|finding| finding["about"] == about);
    let finding = found.unwrap_or_else(|| panic!("nothing of {about}: {said:?}"));
    let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    (text("verdict"), text("said") + &text("mend"))
}

async fn doctor(house: &House) -> Said {
    run(house, &["doctor", "--json"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_profile_is_fine_but_for_the_missing_desktop() {
    let house = House::new();
    let engine = house.start().await;
    let said = doctor(&house).await;
    assert_eq!((said.code, &said.json()["running"]), (Some(1), &Value::Bool(true)));
    for about in ["History", "Privacy", "Clock"] {
        assert_eq!(of(&said, about).0, "fine", "{said:?}");
    }
    let (verdict, told) = of(&said, "Notifications");
    assert!(verdict == "trouble" && told.contains("D-Bus"), "{told}");
    assert_eq!(of(&said, "Keyring").0, "note", "no feed needs it");
    quit(engine, &house).await;
    let text = run(&house, &["doctor"]).await;
    assert!(text.out.contains("ok    History: ") && text.out.contains("BAD   Notifications: "), "{text:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_of_files_that_others_can_read_and_of_broken_ones() {
    let house = House::new();
    quit(house.start().await, &house).await;
    let database = house.folder().join("data/history.db");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(house.options().settings_file, "version = 1\npaused = maybe\n").unwrap();
    let said = doctor(&house).await;
    let (verdict, told) = of(&said, "Privacy");
    assert!(verdict == "trouble" && told.contains("chmod 600"), "{told}");
    let (verdict, told) = of(&said, "Settings");
    assert!(verdict == "trouble" && told.contains("line 2"), "{told}");

    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[4096..middle].fill(0x55);
    fs::write(&database, bytes).unwrap();
    let (verdict, told) = of(&doctor(&house).await, "History");
    assert!(verdict == "trouble" && told.contains("tart Tidings"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tells_of_feeds_that_wait_for_a_person_and_of_events_from_the_future() {
    let server = Server::start(Script::new([Answer::status(401)])).await;
    let house = House::new();
    let engine = house.start().await;
    engine.add_feed(draft("Alarm", server.url())).await.unwrap();
    until(&engine, "it is refused", |at| {
        matches!(at.feeds[0].state, tidings_engine::update::FeedState::NeedsPerson { .. })
    })
    .await;
    let mut told = of(&doctor(&house).await, "Clock");
    assert_eq!(told.0, "fine", "{told:?}");
    quit(engine, &house).await;
    told = of(&doctor(&house).await, "Feed");
    assert!(told.0 == "trouble" && told.1.contains("Alarm needs you"), "{told:?}");
}
