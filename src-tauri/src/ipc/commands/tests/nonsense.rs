//! Whatever a page could say instead of what ours says: it is refused, and harms nothing.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;

/// What can't be wrong, because nothing is said with it.
const ASKS_NOTHING: [&str; 19] = [
    "quit",
    "add_demo",
    "remove_demo",
    "quiet",
    "rules",
    "seen",
    "reconnect",
    "retry_keyring",
    "test_popup",
    "tiles",
    "keep",
    "diagnostics",
    "network",
    "login",
    "about",
    "searches",
    "import_events",
    "export_settings",
    "choose_picture",
];
/// Every name of an argument, and some of none.
const NAMED: [&str; 24] = [
    "feed",
    "id",
    "scope",
    "read",
    "draft",
    "channel",
    "event",
    "action",
    "before",
    "limit",
    "text",
    "place",
    "order",
    "rules",
    "templates",
    "tiles",
    "lines",
    "span",
    "keep",
    "window",
    "proxy",
    "secrets",
    "__proto__",
    "",
];

fn asked() -> impl Iterator<Item = &'static &'static str> {
    NAMES.iter().filter(|name| !ASKS_NOTHING.contains(name))
}

#[test]
fn what_makes_no_sense_is_refused_and_harms_nothing() {
    let stage = Stage::new();
    let nonsense = [
        json!({}),
        json!(null),
        json!([]),
        json!({"feed": 1, "id": {}, "scope": "all", "draft": [], "channel": "x", "event": null}),
        json!({"feed": "x", "limit": -1, "before": "x", "paused": "yes", "read": 2, "enabled": []}),
        json!({"scope": {"kind": "nothing"}, "draft": {"signIn": {"kind": "magic"}}, "read": true}),
    ];
    for command in asked() {
        for arguments in &nonsense {
            assert!(stage.ask(command, arguments.clone()).is_err(), "{command} {arguments}");
        }
    }
    stage.add();
}

/// Any JSON, of a depth and length that a page could send many of.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        prop::sample::select(vec![
            "all",
            "event",
            "hour",
            "newest",
            "9223372036854775808",
            "-1",
            "../../etc/passwd"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let key = prop_oneof![
            prop::sample::select(NAMED.to_vec()).prop_map(str::to_owned),
            "[a-zA-Z]{1,8}",
            Just("kind".into())
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(key, inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

#[test]
fn ten_thousand_malformed_messages_harm_nothing() {
    let stage = Stage::new();
    let said = prop::collection::hash_map(prop::sample::select(NAMED.to_vec()), anything(), 0..8);
    let commands: Vec<_> = asked().collect();
    let mut runner = TestRunner::deterministic();
    for number in 0..10_000 {
        let arguments = said.new_tree(&mut runner).expect("a value").current();
        let arguments = arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        // By chance one may make sense; all that counts is that each is answered.
        let _ = stage.ask(commands[number % commands.len()], arguments);
    }
    stage.add();
}
