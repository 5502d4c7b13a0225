//! The dashboard's commands: tiles, the numbers they can be made of, and charts.

use serde_json::{Value, json};

use super::Stage;

#[test]
fn tiles_are_kept_and_a_wrong_one_is_refused() {
    let stage = Stage::new();
    let feed = stage.add();
    assert_eq!(stage.ask("tiles", json!({})), Ok(Value::Null));
    let only = json!({"path": "s", "equals": "OAK"});
    let tile =
        json!({"feed": feed, "shows": "number", "path": "a.b", "only": only, "label": "B", "unit": "%"});
    assert_eq!(stage.ask("set_tiles", json!({"tiles": [tile]})), Ok(Value::Null));
    assert_eq!(stage.ask("tiles", json!({})), Ok(json!([tile])));
    let mut wrong = tile.clone();
    wrong["path"] = "a..b".into();
    let refused = stage.ask("set_tiles", json!({"tiles": [wrong]})).expect_err("refused");
    assert_eq!((&refused["code"], &refused["field"]), (&json!("invalid"), &json!("tiles")));
    assert_eq!(stage.ask("remove_feed", json!({"feed": feed})), Ok(Value::Null));
    assert_eq!(stage.ask("tiles", json!({})), Ok(json!([])));
    assert_eq!(stage.code("set_tiles", json!({"tiles": [tile]})), "gone");
}

#[test]
fn chart_sums_up_what_numbers_finds() {
    let stage = Stage::new();
    let feed = stage.add();
    let numbers = stage.ask("numbers", json!({"feed": feed})).expect("answered");
    assert_eq!((&numbers["of"], &numbers["numbers"]), (&json!(2), &json!([])));
    assert_eq!(stage.code("numbers", json!({"feed": "0"})), "gone");
    let line = |shows: &str, path: &str| json!({"feed": feed, "shows": shows, "path": path, "only": null});
    let lines = [line("rate", ""), line("number", "n"), line("tasks", "a..b")];
    let now_ms = tidings_engine::clock::now_ms();
    let span = json!({"fromMs": now_ms - 3_600_000, "toMs": now_ms + 3_600_000, "widthMs": 7_200_000});
    let chart = |after: Value| stage.ask("chart", json!({"lines": lines, "span": span, "after": after}));
    let first = chart(Value::Null).expect("a chart");
    let counted: Vec<_> = first["series"][0]["buckets"].as_array().expect("a list").iter().collect();
    assert_eq!(counted.iter().filter_map(|bucket| bucket["count"].as_u64()).sum::<u64>(), 2);
    assert_eq!((&first["series"][1]["buckets"], &first["series"][1]["of"]), (&json!([]), &json!(2)));
    assert!(first["series"][2]["wrong"].is_string());
    let later = chart(first["until"].clone()).expect("a chart");
    assert_eq!(later["series"][0]["buckets"], json!([]));
    assert_eq!(chart(json!("x")).expect_err("refused")["code"], "gone");
}
