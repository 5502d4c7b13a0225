//! What a person sets about popups, and about the icons in them.

use tidings_engine::settings::Mute;

use super::*;

#[test]
fn choose_picture_takes_a_picture_and_a_feed_has_it() {
    let stage = Stage::new();
    let feed = stage.add();
    let picture = stage.ask("choose_picture", json!({})).expect("it is a picture");
    let url = picture["url"].as_str().expect("a text");
    assert!(url.starts_with("data:image/png;base64,") && url.len() < 64 * 1024, "{url}");
    let mut draft = stage.draft();
    draft["icon"] = json!({"kind": "picture", "name": picture["name"]});
    let edited = stage.ask("edit_feed", json!({"feed": feed, "draft": draft})).expect("edited");
    assert_eq!(edited["icon"], json!({"kind": "picture", "picture": picture}));
    assert_eq!(stage.code("choose_picture", json!({})), "invalid", "that file is no picture");
    assert_eq!(stage.ask("choose_picture", json!({})), Ok(Value::Null), "they chose none");
    draft["icon"] = json!({"kind": "none"});
    let edited = stage.ask("edit_feed", json!({"feed": feed, "draft": draft})).expect("edited");
    assert_eq!(edited["icon"], json!({"kind": "none"}));
}

#[test]
fn settle_bursts_ends_a_feeds_popups_or_leaves_them() {
    let stage = Stage::new();
    let feed = stage.add();
    let settle = |feed: &str, popups: bool| json!({"feed": feed, "popups": popups});
    assert_eq!(stage.ask("settle_bursts", settle(&feed, false)), Ok(Value::Null));
    stage.until("its popups are off", |now| !now.feeds[0].notify);
    assert_eq!(stage.ask("settle_bursts", settle(&feed, true)), Ok(Value::Null));
    stage.until("its popups are on", |now| now.feeds[0].notify);
    assert_eq!(stage.code("settle_bursts", settle("gone", true)), "gone");
}

#[test]
fn mute_mutes_a_feed_or_all_until_it_is_taken_back() {
    let stage = Stage::new();
    let feed = stage.add();
    let mute = |feed: &Value, span: &str| stage.ask("mute", json!({"feed": feed, "span": span}));
    assert_eq!(mute(&json!(feed), "hour"), Ok(Value::Null));
    stage.until("the feed is muted", |now| matches!(now.feeds[0].mute, Mute::Until { .. }));
    assert_eq!(mute(&Value::Null, "ever"), Ok(Value::Null));
    stage.until("all are muted", |now| now.mute == Mute::On);
    assert_eq!(mute(&json!(feed), "nothing"), Ok(Value::Null));
    assert_eq!(mute(&Value::Null, "nothing"), Ok(Value::Null));
    stage.until("nothing is muted", |now| now.mute.is_off() && now.feeds[0].mute.is_off());
    assert_eq!(stage.code("mute", json!({"feed": "gone", "span": "tomorrow"})), "gone");
}

#[test]
fn quiet_hours_are_set_and_told() {
    let stage = Stage::new();
    assert_eq!(stage.ask("quiet", json!({})), Ok(json!({"kind": "off"})));
    let hours =
        json!({"kind": "hours", "from": "22:00", "to": "07:00", "days": ["fri"], "letsUrgentThrough": true});
    assert_eq!(stage.ask("set_quiet", json!({"quiet": hours})), Ok(Value::Null));
    assert_eq!(stage.ask("quiet", json!({})), Ok(hours));
    let odd = json!({"kind": "hours", "from": "late", "to": "07:00", "days": [], "letsUrgentThrough": true});
    assert_eq!(stage.code("set_quiet", json!({"quiet": odd})), "invalid");
}

#[test]
fn test_popup_tells_each_step() {
    let Ok(Value::Array(steps)) = Stage::new().ask("test_popup", json!({})) else { panic!("steps") };
    assert!(steps.iter().all(|step| step["fine"].is_boolean() && step["message"].is_string()), "{steps:?}");
    assert!(!steps.is_empty());
}
