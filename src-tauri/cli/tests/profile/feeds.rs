//! `feeds`: changes made without the app, and refused beside it.

use tidings_engine::settings::{Icon, Settings, SettingsFile, SignIn};
use tidings_engine::update::FeedState;
use tidings_support::{Answer, House, Script, Server, Then, draft, stored, until};

use crate::program::{quit, run, run_with};

/// No output, file or error may hold it.
const SECRET: &str = "hush-4711-sentinel";

fn settings(house: &House) -> Settings {
    SettingsFile::open(&house.options().settings_file).expect("the settings are sound").1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_added_renamed_switched_and_removed_and_the_app_takes_it_as_its_own() {
    let stream = Answer::stream().event_with_id("1", "one").then(Then::Hold);
    let server = Server::start(Script::new([stream])).await;
    let house = House::new();
    let said = run(&house, &["feeds", "add", server.url(), "--name", "Alarm", "--popups", "off"]).await;
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.starts_with("Added Alarm ("), "{said:?}");
    let feed = settings(&house).feeds[0].clone();
    assert_eq!((feed.name.as_str(), feed.notify, feed.enabled), ("Alarm", false, true));
    assert_eq!(
        run(&house, &["feeds", "edit", "alarm", "--name", "Horn", "--popups", "on"]).await.code,
        Some(0)
    );
    assert_eq!(run(&house, &["feeds", "disable", "Horn"]).await.code, Some(0));
    assert!(!settings(&house).feeds[0].enabled);
    assert_eq!(run(&house, &["feeds", "enable", feed.id.as_str()]).await.code, Some(0));
    let listed = run(&house, &["feeds", "list", "--json"]).await.json();
    assert_eq!((&listed[0]["name"], &listed[0]["notify"]), (&"Horn".into(), &true.into()));

    let engine = house.start().await;
    stored(&engine, &feed.id, 1).await;
    quit(engine, &house).await;
    let said = run(&house, &["feeds", "remove", "Horn"]).await;
    assert_eq!((said.code, settings(&house).feeds.len()), (Some(2), 1), "it asks first: {said:?}");
    assert_eq!(run(&house, &["feeds", "remove", "Horn", "--yes"]).await.code, Some(0));
    let engine = house.start().await;
    let page = engine.page(None, None, 10).await.unwrap();
    assert!(settings(&house).feeds.is_empty() && page.rows.is_empty());
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_begins_anew() {
    let stream = |id: &str| Answer::stream().event_with_id(id, id).then(Then::Hold);
    let [old, new] =
        [Server::start(Script::new([stream("old")])), Server::start(Script::new([stream("new")]))];
    let (old, new) = tokio::join!(old, new);
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", old.url())).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    quit(engine, &house).await;
    assert_eq!(run(&house, &["feeds", "edit", "A", "--url", new.url()]).await.code, Some(0));
    let engine = house.start().await;
    stored(&engine, &feed, 2).await;
    assert_eq!(new.requests()[0].header_values("last-event-id").count(), 0);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_the_running_app_nothing_is_changed_and_it_is_said_why() {
    let server = Server::start(Script::new([Answer::stream().event("x").then(Then::Hold)])).await;
    let house = House::new();
    let engine = house.start().await;
    engine.add_feed(draft("A", server.url())).await.unwrap();
    until(&engine, "it is live", |at| matches!(at.feeds[0].state, FeedState::Live { .. })).await;
    let before = settings(&house);
    let table: [&[&str]; 5] = [
        &["add", "https://example.org/"],
        &["edit", "A", "--name", "B"],
        &["disable", "A"],
        &["enable", "A"],
        &["remove", "A", "--yes"],
    ];
    for arguments in table {
        let said = run(&house, &[&["feeds"], arguments].concat()).await;
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(said.err.contains("do this in its window, or quit it first"), "{said:?}");
    }
    assert_eq!(settings(&house), before);
    assert_eq!(run(&house, &["feeds", "list", "--json"]).await.json()[0]["name"], "A");
    engine.shutdown().await;
}

#[tokio::test]
async fn what_is_wrong_names_the_option_that_mends_it() {
    let house = House::new();
    let long = "x".repeat(101);
    let table: [(&[&str], &str); 7] = [
        (&["ftp://example.org/"], "address"),
        (&["nonsense"], "address"),
        (&["https://example.org/", "--name", &long], "--name"),
        (&["https://example.org/", "--popups", "perhaps"], "on or off"),
        (&["https://example.org/", "-H", "x-key: value"], "alone"),
        (&["https://example.org/", "--basic", "me", "--bearer"], "--bearer"),
        (&["https://example.org/", "--bearer"], "--token-stdin"),
    ];
    for (arguments, named) in table {
        let said = run(&house, &[&["feeds", "add"], arguments].concat()).await;
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{arguments:?}: {said:?}");
        assert!(said.err.contains(named), "{arguments:?}: {said:?}");
    }
    assert!(settings(&house).feeds.is_empty());
}

#[tokio::test]
async fn a_secret_is_never_taken_from_arguments_and_never_said() {
    let house = House::new();
    let header = format!("x-key: {SECRET}");
    let [user, parameter] =
        [format!("https://me:{SECRET}@example.org/"), format!("https://example.org/?access_token={SECRET}")];
    let url = "https://example.org/";
    let input = format!("{SECRET}\n{SECRET}\n");
    let table: [(&[&str], &str); 7] = [
        (&["add", &user], ""),
        (&["add", &parameter], ""),
        (&["add", url, "-H", &header], ""),
        // There is no keyring to take these, and nothing may be left of them.
        (&["add", url, "--bearer", "--token-stdin"], &input),
        (&["add", url, "--basic", "me", "-H", "x-key", "--token-stdin"], &input),
        (&["add", "-"], &user),
        (&["add", "http://example.org/", "--bearer", "--token-stdin"], &input),
    ];
    for (arguments, input) in table {
        let said = run_with(&house, &[&["feeds"], arguments].concat(), input).await;
        assert!(matches!(said.code, Some(1 | 2)), "{arguments:?}: {said:?}");
        assert!(!format!("{said:?}").contains(SECRET), "{arguments:?}: {said:?}");
        assert!(settings(&house).feeds.is_empty(), "{arguments:?}");
    }
}

#[tokio::test]
async fn a_secret_written_into_the_settings_by_hand_is_not_shown() {
    let house = House::new();
    assert_eq!(run(&house, &["feeds", "add", "https://example.org/", "--name", "A"]).await.code, Some(0));
    let file = house.options().settings_file;
    let by_hand = std::fs::read_to_string(&file)
        .unwrap()
        .replace("https://example.org/", &format!("https://me:{SECRET}@example.org/?token={SECRET}"));
    std::fs::write(&file, by_hand).unwrap();
    assert_eq!(settings(&house).feeds[0].sign_in, SignIn::None);
    let table: [&[&str]; 6] = [
        &["feeds", "list"],
        &["feeds", "list", "--json"],
        &["feeds", "disable", "A"],
        &["health"],
        &["doctor"],
        &["doctor", "--json"],
    ];
    for arguments in table {
        let said = run(&house, arguments).await;
        assert!(!format!("{said:?}").contains(SECRET), "{arguments:?}: {said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_icon_is_an_emoji_or_a_picture_and_is_in_a_backup() {
    let house = House::new();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/../../icons/128x128.png");
    let url = "https://example.org/events";
    assert_eq!(run(&house, &["feeds", "add", url, "--name", "A", "--icon", "🔔"]).await.code, Some(0));
    assert_eq!(settings(&house).feeds[0].icon, Some(Icon::Emoji("🔔".into())));
    assert_eq!(run(&house, &["feeds", "edit", "A", "--icon", picture]).await.code, Some(0));
    let Some(Icon::Picture(name)) = settings(&house).feeds[0].icon.clone() else { panic!("a picture") };
    let said = run(&house, &["feeds", "edit", "A", "--name", "B", "--icon", "bell"]).await;
    assert!(said.code == Some(2) && said.err.contains("--icon"), "{said:?}");
    assert_eq!(settings(&house).feeds[0].name, "A", "nothing is changed by half");
    let backup = house.folder().join("backup.tar");
    assert_eq!(run(&house, &["backup", backup.to_str().unwrap()]).await.code, Some(0));
    let mut archive = tar::Archive::new(std::fs::File::open(backup).unwrap());
    let names = archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().into_owned());
    assert!(names.into_iter().any(|path| path.ends_with(format!("icons/{name}.png"))));
    assert_eq!(run(&house, &["feeds", "edit", "A", "--icon", "none"]).await.code, Some(0));
    assert_eq!(settings(&house).feeds[0].icon, None);
}
