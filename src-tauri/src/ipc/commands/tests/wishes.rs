//! Mutes, quiet hours, rules and templates, as the window asks about them.

use serde_json::{Value, json};

use super::Stage;

#[test]
fn rules_are_tried_set_and_told_and_a_wrong_one_names_its_part() {
    let stage = Stage::new();
    let feed = stage.add();
    assert_eq!(stage.ask("rules", json!({})), Ok(json!([])));
    let rule = json!({
        "name": "Sevens", "off": true,
        "when": {
            "feeds": [feed], "types": ["message"], "text": "seven", "atLeast": "low", "atMost": null,
            "json": [{"path": "title", "is": "contains", "value": "sev"}],
            "hours": {"from": "00:00", "to": "00:00:30", "days": ["mon"]},
        },
        "then": {"popup": false, "stays": true, "priority": "high", "sound": "bell", "read": false, "star": true},
    });
    assert_eq!(stage.ask("set_rules", json!({"rules": [rule]})), Ok(json!([])));
    assert_eq!(stage.ask("rules", json!({})), Ok(json!([rule])));
    let mut always = rule.clone();
    always["off"] = false.into();
    always["when"]["hours"] = Value::Null;
    let tried = stage.ask("try_rules", json!({"rules": [rule, always], "feed": feed})).expect("tried");
    assert_eq!((&tried["kind"], &tried["of"], &tried["popups"]), (&json!("tried"), &json!(2), &json!(0)));
    assert_eq!(tried["held"][1], 1);

    let mut late = always.clone();
    late["when"]["hours"] = json!({"from": "late", "to": "00:00", "days": []});
    let mut odd = always;
    odd["when"]["json"][0]["path"] = "a..b".into();
    for (wrong, part, test) in [(late, "hours", Value::Null), (odd, "json", json!(0))] {
        let rules = json!({"rules": [rule, wrong], "feed": null});
        let faults = stage.ask("set_rules", rules.clone()).expect("answered");
        assert_eq!((&faults[0]["rule"], &faults[0]["part"]), (&json!(1), &json!(part)));
        assert_eq!(faults[0]["test"], test);
        let tried = stage.ask("try_rules", rules).expect("answered");
        assert_eq!((&tried["kind"], &tried["faults"]), (&json!("wrong"), &faults));
    }
    assert_eq!(stage.ask("rules", json!({})), Ok(json!([rule])), "nothing was changed");
}

#[test]
fn seen_gives_the_types_and_values_that_a_feed_sent() {
    let stage = Stage::new();
    let feed = stage.add();
    let seen = stage.ask("seen", json!({"feed": feed})).expect("answered");
    assert_eq!(seen["types"], json!(["message"]));
    assert_eq!(seen["values"][0], json!({"path": "title", "sample": "Seven"}));
    assert_eq!(stage.ask("seen", json!({"feed": "0"})), Ok(json!({"types": [], "values": []})));
}

#[test]
fn templates_are_tried_set_and_told_and_a_wrong_one_names_its_place() {
    let stage = Stage::new();
    let feed = stage.add();
    let mut templates = json!({"title": "{{ json.message }}!", "body": "", "link": "", "priority": "", "key": "", "group": ""});
    let tried = stage.ask("try_templates", json!({"feed": feed, "templates": templates})).expect("tried");
    assert_eq!((&tried["faults"], &tried["previews"][1]["title"]), (&json!([]), &json!("Body!")));
    assert_eq!(stage.ask("set_templates", json!({"feed": feed, "templates": templates})), Ok(json!([])));
    assert_eq!(stage.ask("templates", json!({"feed": feed})), Ok(templates.clone()));
    templates["body"] = "\n {{ a".into();
    let wrong = json!({"feed": feed, "templates": templates});
    let faults = stage.ask("set_templates", wrong.clone()).expect("answered");
    assert_eq!((&faults[0]["part"], &faults[0]["line"]), (&json!("body"), &json!(2)));
    assert_eq!(stage.ask("try_templates", wrong).expect("tried")["faults"], faults);
    assert_eq!(
        stage.ask("templates", json!({"feed": feed})).expect("told")["body"],
        "",
        "nothing was changed"
    );
    templates["body"] = "".into();
    for command in ["templates", "set_templates", "try_templates"] {
        assert_eq!(stage.code(command, json!({"feed": "0", "templates": templates})), "gone", "{command}");
    }
}
