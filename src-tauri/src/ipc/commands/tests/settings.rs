//! The commands of the places for health and settings.

use serde_json::{Value, json};

use super::Stage;

#[test]
fn health_gives_a_feeds_record_and_diagnostics_a_report_without_its_events() {
    let stage = Stage::new();
    let feed = stage.add();
    let health = stage.ask("health", json!({"feed": feed})).expect("a record");
    assert_eq!((&health["counts"]["events"], &health["counts"]["gaps"]), (&json!(2), &json!(0)));
    let happenings = health["happenings"].as_array().expect("a list");
    let last = happenings.last().expect("the first dial");
    assert_eq!((&last["words"], &last["phase"]), (&json!("dialled"), &json!("connecting")));
    assert_eq!(stage.code("health", json!({"feed": "0"})), "gone");
    let report = stage.ask("diagnostics", json!({})).expect("a report");
    let report = report.as_str().expect("text");
    assert!(report.contains("Feed 1: http://") && !report.contains("Seven"), "{report}");
}

#[test]
fn set_keep_changes_what_keep_gives_beside_what_there_is() {
    let stage = Stage::new();
    stage.add();
    let kept = stage.ask("keep", json!({})).expect("what is kept");
    assert_eq!((&kept["keep"]["days"], &kept["events"]), (&json!(90), &json!(2)));
    let keep = json!({"days": 0, "events": 1000, "megabytes": 50, "bodies": null});
    assert_eq!(stage.ask("set_keep", json!({"keep": keep})), Ok(Value::Null));
    assert_eq!(stage.ask("keep", json!({})).expect("what is kept")["keep"], keep);
}

#[test]
fn a_feed_has_limits_of_its_own_and_may_store_titles_alone() {
    let stage = Stage::new();
    let feed = stage.add();
    let none = json!({"days": 0, "events": 0, "megabytes": 0, "bodies": true});
    let kept = stage.ask("keep", json!({"feed": feed})).expect("what is kept");
    assert_eq!((&kept["keep"], &kept["events"]), (&none, &json!(2)));
    let keep = json!({"days": 7, "events": 1000, "megabytes": 0, "bodies": false});
    assert_eq!(stage.ask("set_keep", json!({"feed": feed, "keep": keep})), Ok(Value::Null));
    assert_eq!(stage.ask("keep", json!({"feed": feed})).expect("what is kept")["keep"], keep);
    // What isn't said of it stays.
    let silent = json!({"days": 7, "events": 1000, "megabytes": 0, "bodies": null});
    assert_eq!(stage.ask("set_keep", json!({"feed": feed, "keep": silent})), Ok(Value::Null));
    assert_eq!(stage.ask("keep", json!({"feed": feed})).expect("what is kept")["keep"], keep);
    assert_eq!(stage.ask("keep", json!({})).expect("what is kept")["keep"]["days"], 90);
    assert_eq!(stage.ask("keep", json!({"feed": "none"})).expect_err("no such feed")["code"], "gone");
}

#[test]
fn set_window_keeps_how_the_window_looks_within_what_can_be_read() {
    let stage = Stage::new();
    let window = |percent: u16| json!({"theme": "highContrast", "density": "compact", "textPercent": percent, "onClose": "quit", "hiddenAtLogin": false, "language": "de"});
    assert_eq!(stage.ask("set_window", json!({"window": window(900)})), Ok(Value::Null));
    let snapshot = stage.ask("attach", json!({"channel": "__CHANNEL__:1"})).expect("attached");
    assert_eq!(snapshot["window"], window(200));
}

#[test]
fn sentences_gives_what_the_engine_says_in_german_and_nothing_for_english() {
    let stage = Stage::new();
    assert_eq!(stage.ask("sentences", json!({"language": "en"})), Ok(json!([])));
    let german = stage.ask("sentences", json!({"language": "de"})).expect("sentences");
    let known = json!(["The server ended the stream.", "Der Server hat den Datenstrom beendet."]);
    assert!(german.as_array().expect("a list").contains(&known), "{german}");
}

#[test]
fn set_login_changes_what_the_desktop_does_and_login_says_it() {
    let stage = Stage::new();
    assert_eq!(stage.ask("login", json!({})), Ok(json!(false)));
    assert_eq!(stage.ask("set_login", json!({"on": true})), Ok(Value::Null));
    assert_eq!(stage.ask("login", json!({})), Ok(json!(true)));
}

#[test]
fn add_feeds_adds_what_was_chosen_of_a_list_that_preview_feeds_showed() {
    let stage = Stage::new();
    let text = format!("{} Mine\nhttps://other.example/sse?token=hush\nodd", stage.server.url());
    let shown = stage.ask("preview_feeds", json!({"text": text})).expect("a list");
    assert_eq!((&shown["kind"], &shown["feeds"][0]["name"]), (&json!("addresses"), &json!("Mine")));
    assert_eq!((&shown["feeds"][1]["signsIn"], &shown["odd"]), (&json!(true), &json!(["odd"])));
    assert!(!shown.to_string().contains("hush"), "{shown}");
    let added = stage.ask("add_feeds", json!({"text": text, "chosen": [0], "secrets": "keyring"}));
    assert_eq!(added, Ok(json!({"added": 1, "refused": []})));
    stage.until("it is there and live", |now| now.feeds.len() == 1 && now.recent.len() == 2);
    assert_eq!(stage.code("preview_feeds", json!({"text": "nothing"})), "invalid");
}

#[test]
fn import_events_takes_the_persons_file_in_and_export_settings_writes_where_they_say() {
    let stage = Stage::new();
    stage.add();
    let export = json!({"text": "", "feed": null, "format": "jsonLines"});
    assert_eq!(
        stage.ask("export_events", export.clone()),
        Ok(Value::Null),
        "the person saves nothing at first"
    );
    stage.ask("export_events", export).expect("exported");
    let done = stage.ask("import_events", json!({})).expect("imported");
    assert_eq!((&done["stored"], &done["held"], &done["homeless"]), (&json!(0), &json!(2), &json!([])));
    assert_eq!(stage.ask("export_settings", json!({})), Ok(Value::Null), "the person saves nothing");
}

#[test]
fn about_names_the_version_and_the_licence() {
    let about = Stage::new().ask("about", json!({}));
    assert_eq!(about, Ok(json!({"version": env!("CARGO_PKG_VERSION"), "licence": "MIT"})));
}

#[test]
fn stop_work_says_when_there_is_nothing_to_stop() {
    let stage = Stage::new();
    assert_eq!(stage.code("stop_work", json!({"number": 7})), "gone");
}

#[test]
fn set_network_keeps_a_proxy_whose_password_network_never_gives() {
    let stage = Stage::new();
    let proxy = json!({"kind": "url", "url": "http://proxy:3128", "username": "me", "password": "hush"});
    assert_eq!(stage.ask("set_network", json!({"proxy": proxy, "secrets": "keyring"})), Ok(Value::Null));
    let shown = json!({"kind": "url", "url": "http://proxy:3128", "username": "me"});
    assert_eq!(stage.ask("network", json!({})), Ok(json!({"proxy": shown, "secrets": "kept"})));
    let wrong = json!({"kind": "url", "url": "proxy", "username": "", "password": null});
    let refused =
        stage.ask("set_network", json!({"proxy": wrong, "secrets": "keyring"})).expect_err("refused");
    assert_eq!((&refused["code"], &refused["field"]), (&json!("invalid"), &json!("proxy")));
}
