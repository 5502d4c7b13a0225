//! What is found, deleted and exported, as the window asks for it.

use serde_json::{Value, json};

use super::Stage;

#[test]
fn search_finds_and_explains_and_star_is_found() {
    let stage = Stage::new();
    let feed = stage.add();
    let search = |text: &str| {
        let asked =
            json!({"text": text, "feed": null, "place": {"kind": "newest"}, "order": "newest", "limit": 10});
        stage.ask("search", asked).expect("answered")
    };
    let found = search("seven -nothing");
    assert_eq!((&found["kind"], &found["rows"][0]["title"]), (&json!("found"), &json!("Seven")));
    assert_eq!((&found["rows"][0]["feed"], &found["older"]), (&json!(feed), &Value::Null));
    let wrong = search("seven is:odd");
    assert_eq!((&wrong["kind"], &wrong["start"], &wrong["end"]), (&json!("wrong"), &json!(6), &json!(12)));
    assert_eq!(search("is:starred")["rows"], json!([]));
    let id = &found["rows"][0]["id"];
    assert_eq!(stage.ask("star", json!({"id": id, "starred": true})), Ok(Value::Null));
    assert_eq!(search("is:starred")["rows"][0]["id"], *id);
    assert_eq!(stage.code("star", json!({"id": "77", "starred": true})), "gone");
    let nowhere = json!({"kind": "around", "id": "x"});
    let asked = json!({"text": "", "feed": null, "place": nowhere, "order": "best", "limit": 10});
    assert_eq!(stage.code("search", asked), "gone");
}

#[test]
fn delete_takes_events_and_undo_brings_them_back_once() {
    let stage = Stage::new();
    stage.add();
    let deleted = stage.ask("delete", json!({"scope": {"kind": "all"}})).expect("deleted");
    assert_eq!(deleted["events"], 2);
    stage.until("they are gone", |now| now.recent.is_empty() && now.feeds[0].unread == 0);
    assert_eq!(stage.ask("undo", json!({"deletion": deleted["number"]})), Ok(Value::Null));
    stage.until("they are back", |now| now.recent.len() == 2 && now.feeds[0].unread == 2);
    assert_eq!(stage.code("undo", json!({"deletion": deleted["number"]})), "gone");
}

#[test]
fn export_events_writes_where_the_person_says_and_nothing_where_they_say_nothing() {
    let stage = Stage::new();
    stage.add();
    let export =
        |text: &str| stage.ask("export_events", json!({"text": text, "feed": null, "format": "jsonLines"}));
    assert_eq!(export("is:odd").expect_err("refused")["code"], "invalid", "and nobody was asked for a file");
    assert_eq!(export("seven"), Ok(Value::Null));
    let done = export("seven").expect("exported");
    assert_eq!(done["events"], 1);
    let file = std::fs::read_to_string(done["path"].as_str().expect("a path")).expect("it is there");
    assert!(file.contains("\"title\":\"Seven\"") && file.lines().count() == 1, "{file}");
}

#[test]
fn searches_are_kept_as_they_are_set_and_refused_without_a_name() {
    let stage = Stage::new();
    assert_eq!(stage.ask("searches", json!({})), Ok(json!([])));
    let kept =
        json!([{"name": "Alarms", "text": "priority:urgent"}, {"name": "Lost", "text": "type:tidings-gap"}]);
    assert_eq!(stage.ask("set_searches", json!({"searches": kept})), Ok(Value::Null));
    assert_eq!(stage.code("set_searches", json!({"searches": [{"name": " ", "text": "x"}]})), "invalid");
    assert_eq!(stage.ask("searches", json!({})), Ok(kept));
}
