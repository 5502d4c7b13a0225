//! What popups do besides appearing, through a whole engine.

use std::time::Duration;

use jiff::civil::Time;
use tidings_engine::engine::{FeedDraft, MuteFor};
use tidings_engine::event::{Presented, Priority};
use tidings_engine::notify::Choice;
use tidings_engine::notify::desktop::Sound;
use tidings_engine::settings::{Allowed, Hours, Quiet, Rule, Then, Urgency, When};
use tidings_engine::update::Update;
use tidings_support::{Answer, House, Script, Server, all, draft, stored, until};

/// A message of an ntfy server, as its stream sends it.
fn ntfy(event: &str, id: &str, sequence: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","sequence_id":"{sequence}","time":1795227117,"event":"{event}","topic":"backups"{more}}}"#
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_takes_the_popup_away_and_keeps_the_event() {
    let house = House::new();
    let engine = house.start().await;
    let told = ntfy("message", "L0UGj4kMQsqu", "L0UGj4kMQsqu", r#","title":"Backup","message":"Failed""#);
    let deleted = ntfy("message_delete", "bVn3QmZ8tR4y", "L0UGj4kMQsqu", "");
    let answer = Answer::stream().event(&told).gap(Duration::from_secs(1)).event(&deleted);
    let server = Server::start(Script::new([answer])).await;
    let feed = engine.add_feed(draft("Backups", server.url())).await.expect("the draft is right").id;
    until(&engine, "the popup is taken away", |_| house.popups.taken_away() == ["Backup"]).await;
    let events = all(&engine, &feed).await;
    let kept = events.iter().find(|event| event.row.reading.body.contains("Failed")).expect("it is kept");
    assert_eq!((kept.row.presented, house.popups.shown().len()), (Presented::Shown, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_quiet_hours_is_one_popup_for_all_feeds_and_settles_each() {
    let house = House::new();
    let engine = house.start().await;
    // A whole day that began this midnight: it holds, whatever the hour.
    let hours = Hours { from: Time::midnight(), to: Time::midnight(), days: Vec::new() };
    engine.set_quiet(Some(Quiet { hours, lets_urgent_through: false })).await.expect("there is room");
    let mut feeds = Vec::new();
    let mut servers = Vec::new();
    for (name, events) in [("Shop", 1), ("Chat", 2)] {
        let events = (0..events).map(|event| event.to_string());
        let answer = events.fold(Answer::stream(), |answer, id| answer.event_with_id(&id, &id));
        let server = Server::start(Script::new([answer])).await;
        feeds.push(engine.add_feed(draft(name, server.url())).await.expect("the draft is right").id);
        servers.push(server);
    }
    for (feed, events) in feeds.iter().zip([1, 2]) {
        stored(&engine, feed, events).await;
    }
    engine.set_quiet(None).await.expect("there is room");
    until(&engine, "the digest pops up", |_| !house.popups.shown().is_empty()).await;
    for feed in &feeds {
        while all(&engine, feed).await.iter().any(|event| event.row.presented != Presented::Shown) {
            tokio::task::yield_now().await;
        }
    }
    let titles: Vec<_> = house.popups.shown().into_iter().map(|(_, popup)| popup.title).collect();
    assert_eq!(titles, ["While it was quiet: 2 from Chat, 1 from Shop"]);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_of_a_popup_do_what_the_window_would() {
    let house = House::new();
    let engine = house.start().await;
    let actions =
        r#","message":"Failed","actions":[{"action":"view","label":"Log","url":"https://nas.example/log"}]"#;
    let told = ntfy("message", "L0UGj4kMQsqu", "L0UGj4kMQsqu", actions);
    let server = Server::start(Script::new([Answer::stream().event(&told)])).await;
    let feed = engine.add_feed(draft("Backups", server.url())).await.expect("the draft is right").id;
    until(&engine, "it pops up", |_| !house.popups.shown().is_empty()).await;
    let labels: Vec<_> =
        house.popups.shown()[0].1.buttons.iter().map(|button| button.label.clone()).collect();
    assert_eq!(labels, ["Log", "Mark read", "Mute 1 h", "Copy text"]);
    let event = all(&engine, &feed).await[0].row.id;
    assert_eq!(engine.link(event).await, Ok(Some("https://nas.example/log".to_owned())));
    let offered = engine.event(event).await.expect("it is stored").row.reading.actions;
    assert_eq!(offered.into_iter().map(|action| action.label).collect::<Vec<_>>(), ["Log"]);

    let mut updates = engine.attach().updates;
    house.popups.press(0, Choice::Follow).await;
    while updates.recv().await.expect("the engine runs") != Update::Follow(event) {}
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_has_its_events_text_copied_without_what_nobody_sees() {
    let house = House::new();
    let engine = house.start().await;
    let told = r#"{"title": "Run \u202ethis", "message": "ls\u001b[2K\nsecond line"}"#;
    let server = Server::start(Script::new([Answer::stream().event(told)])).await;
    let feed = engine.add_feed(draft("Shop", server.url())).await.expect("the draft is right").id;
    until(&engine, "it pops up", |_| !house.popups.shown().is_empty()).await;
    let event = stored(&engine, &feed, 1).await[0].row.id;
    let mut updates = engine.attach().updates;
    house.popups.press(0, Choice::Copy).await;
    while updates.recv().await.expect("the engine runs") != Update::Copy(event) {}
    assert_eq!(engine.text(event).await, Ok("Run this\nls[2K\nsecond line".to_owned()));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_marks_its_event_read_and_mutes_its_feed() {
    let house = House::new();
    let engine = house.start().await;
    let answer = Answer::stream().event_with_id("1", "one").event_with_id("2", "two");
    let server = Server::start(Script::new([answer])).await;
    let feed = engine.add_feed(draft("Shop", server.url())).await.expect("the draft is right").id;
    until(&engine, "both pop up", |_| house.popups.shown().len() == 2).await;
    house.popups.press(0, Choice::MarkRead).await;
    until(&engine, "one is read", |at| at.feeds.iter().all(|feed| feed.unread == 1)).await;
    house.popups.press(1, Choice::MuteHour).await;
    let muted = || std::fs::read_to_string(house.options().settings_file).expect("there are settings");
    until(&engine, "the feed is muted", |_| muted().contains("mute")).await;
    assert_eq!(all(&engine, &feed).await.len(), 2);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_is_shown_in_quiet_hours_too_and_tells_each_step() {
    let house = House::new();
    let engine = house.start().await;
    engine.mute(None, MuteFor::Ever).await.expect("there is room");
    let steps = engine.test_popup().await;
    let titles: Vec<_> = house.popups.shown().into_iter().map(|(_, popup)| popup.title).collect();
    assert_eq!(titles, ["Test notification"]);
    assert!(steps[0].fine && steps[0].message.contains("a desktop of a test"), "{steps:?}");
    assert!(steps.iter().any(|step| !step.fine && step.message.contains("muted")), "{steps:?}");
    house.popups.absent(true);
    let steps = engine.test_popup().await;
    assert!(matches!(&steps[..], [step] if !step.fine), "{steps:?}");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_kept_in_the_history_only_pops_up_where_a_rule_says_so() {
    let house = House::new();
    let engine = house.start().await;
    let script = Script::new([Answer::stream().event("one")])
        .at("later", [Answer::stream().event_with_id("1", "two").event_with_id("2", "ALARM")]);
    let server = Server::start(script).await;
    let feed = engine.add_feed(draft("Ticker", server.url())).await.expect("the draft is right").id;
    until(&engine, "it pops up", |_| house.popups.shown().len() == 1).await;
    engine.settle_bursts(&feed, false).await.expect("there is room");
    assert!(!engine.attach().snapshot.feeds[0].notify);
    let when = When { text: "alarm".into(), ..When::default() };
    let then = Then { popup: Some(true), ..Then::default() };
    engine.set_rules(vec![Rule { when, then, ..Rule::default() }]).await.expect("the rule is right");
    let later = FeedDraft { notify: false, ..draft("Ticker", &format!("{}/later", server.url())) };
    engine.edit_feed(&feed, later).await.expect("the draft is right");
    stored(&engine, &feed, 3).await;
    until(&engine, "the alarm pops up", |_| house.popups.shown().len() == 2).await;
    let shown = house.popups.shown();
    assert!(format!("{:?}", shown[1].1).contains("ALARM"), "{shown:?}");
    engine.settle_bursts(&feed, true).await.expect("there is room");
    let settings = std::fs::read_to_string(house.options().settings_file).expect("there are settings");
    assert!(settings.contains("bursts_are_fine = true"), "{settings}");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_opens_the_window_at_its_event() {
    let house = House::new();
    let engine = house.start().await;
    let answer = Answer::stream().event_with_id("1", "one").event_with_id("2", "two");
    let server = Server::start(Script::new([answer])).await;
    let feed = engine.add_feed(draft("Shop", server.url())).await.expect("the draft is right").id;
    until(&engine, "both pop up", |_| house.popups.shown().len() == 2).await;
    let second = stored(&engine, &feed, 2).await[1].row.id;
    let mut updates = engine.attach().updates;
    house.popups.click(1).await;
    while updates.recv().await.expect("the engine runs") != Update::Open(Some(second)) {}
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_servers_priority_five_is_as_urgent_as_its_feed_allows() {
    let house = House::new();
    let engine = house.start().await;
    for (urgency, wanted) in [
        (Urgency::Urgent, Priority::Urgent),
        (Urgency::Normal, Priority::High),
        (Urgency::Low, Priority::Low),
    ] {
        let told = ntfy("message", "L0UGj4kMQsqu", "L0UGj4kMQsqu", r#","message":"Now!","priority":5"#);
        let server = Server::start(Script::new([Answer::stream().event(&told)])).await;
        let allowed = Some(Allowed { urgency, ..Allowed::default() });
        let draft = FeedDraft { allowed, ..draft(&format!("{urgency:?}"), server.url()) };
        let feed = engine.add_feed(draft).await.expect("the draft is right");
        assert_eq!(feed.allowed.urgency, urgency);
        let name = Some(format!("{urgency:?}"));
        let shown = || house.popups.shown().into_iter().find(|(_, popup)| popup.feed_name == name);
        until(&engine, "it pops up", |_| shown().is_some()).await;
        assert_eq!(shown().expect("it was shown").1.priority, wanted);
        assert_eq!(
            stored(&engine, &feed.id, 1).await[0].row.reading.priority,
            wanted,
            "and so in the history"
        );
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_chooses_neither_sound_nor_icon_nor_name_and_no_more_urgency_than_its_feed_may() {
    let house = House::new();
    let engine = house.start().await;
    let told = r#"{"title": "A", "message": "B", "priority": "urgent", "urgency": 2, "icon": "/etc/passwd",
        "image": "https://evil.example/i.png", "image-path": "file:///etc/passwd", "attach": "https://evil.example/i.png",
        "sound": "/etc/passwd", "sound-file": "/etc/passwd", "app_name": "System", "feed": "Bank", "timeout": 0}"#;
    let told = told.replace('\n', " ");
    let first = Answer::stream().event_with_id("1", &told);
    let server =
        Server::start(Script::new([first]).at("later", [Answer::stream().event_with_id("2", &told)])).await;
    let feed = engine.add_feed(draft("Shop", server.url())).await.expect("the draft is right").id;
    until(&engine, "it pops up", |_| !house.popups.shown().is_empty()).await;
    let popup = house.popups.shown().remove(0).1;
    assert_eq!((&popup.feed_name, popup.priority), (&Some("Shop".to_owned()), Priority::Urgent));
    assert_eq!((&popup.picture, &popup.sound, popup.stays), (&None, &Sound::Usual, false));

    let when = When { feeds: vec![feed.clone()], at_least: Some(Priority::High), ..When::default() };
    let then = Then { priority: Some(Priority::Normal), ..Then::default() };
    engine.set_rules(vec![Rule { when, then, ..Rule::default() }]).await.expect("the rule is right");
    let later = draft("Shop", &format!("{}/later", server.url()));
    engine.edit_feed(&feed, later).await.expect("the draft is right");
    until(&engine, "it pops up again", |_| house.popups.shown().len() > 1).await;
    let popup = house.popups.shown().pop().expect("it was shown").1;
    assert_eq!(popup.priority, Priority::Normal, "no more than the feed may");
    engine.shutdown().await;
}
