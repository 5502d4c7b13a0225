//! Every command, as the window sends it, on a whole engine; and nothing but the commands.

mod wishes;

use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};
use tauri::async_runtime::block_on;
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindow, WebviewWindowBuilder};
use tidings_engine::settings::Mute;
use tidings_engine::update::{FeedState, Snapshot};
use tidings_support::{Answer, House, Script, Server, until};

use crate::ipc;
use crate::ipc::names::NAMES;
use crate::running::Running;
use crate::saving::Saving;

/// The app with a window and a server, all but the screen.
struct Stage {
    _house: House,
    server: Server,
    app: App<MockRuntime>,
    window: WebviewWindow<MockRuntime>,
}

impl Stage {
    fn new() -> Self {
        let house = House::new();
        let engine = block_on(house.start());
        let stream = Answer::stream()
            .event_with_id("7", r#"{"title": "Seven", "message": "Body"}"#)
            .event_with_id("8", "Eight")
            .hold_before_eof(Duration::from_secs(60));
        let server = block_on(Server::start(Script::new([stream])));
        let app = mock_builder()
            .invoke_handler(ipc::commands().invoke_handler())
            .build(crate::app::context())
            .expect("an app without a screen");
        app.manage(Running::new(engine, tauri::async_runtime::handle().inner().clone()));
        let folder = house.folder();
        let choose = Mutex::new(vec![Some(folder.join("events.jsonl")), None]);
        app.manage(Saving::new(move |_, reply| {
            reply.send(choose.lock().expect("one test").pop().flatten()).expect("somebody waits");
        }));
        let window = WebviewWindowBuilder::new(&app, crate::window::LABEL, Default::default());
        let window = window.build().expect("a window without a screen");
        Self { _house: house, server, app, window }
    }

    /// Sends what the window would, and gives what it would get.
    fn ask(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        ask(&self.window, command, arguments)
    }

    fn code(&self, command: &str, arguments: Value) -> Value {
        self.ask(command, arguments).expect_err("refused")["code"].clone()
    }

    fn draft(&self) -> Value {
        json!({
            "name": "Feed", "url": self.server.url(), "notify": false, "secrets": "keyring", "plainHttp": false,
            "signIn": {"kind": "none"}, "headers": [],
        })
    }

    /// Adds a feed and waits for its two events; gives its id.
    fn add(&self) -> String {
        let feed = self.ask("add_feed", json!({"draft": self.draft()})).expect("added");
        self.until("both events are there", |now| now.recent.len() == 2);
        feed["id"].as_str().expect("an id").to_owned()
    }

    fn until(&self, what: &str, wanted: impl Fn(&Snapshot) -> bool) -> Snapshot {
        block_on(until(self.app.state::<Running>().engine(), what, wanted))
    }

    fn state(&self, what: &str, wanted: impl Fn(&FeedState) -> bool) {
        self.until(what, |now| now.feeds.iter().all(|feed| wanted(&feed.state)));
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        block_on(self.app.state::<Running>().engine().shutdown());
    }
}

fn ask(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: tauri::ipc::CallbackFn(0),
        error: tauri::ipc::CallbackFn(1),
        url: "tauri://localhost".parse().expect("a URL"),
        body: arguments.into(),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|answer| answer.deserialize().expect("JSON"))
}

#[test]
fn add_feed_gives_the_feed_and_attach_everything_there_is() {
    let stage = Stage::new();
    let feed = stage.add();
    stage.until("they are counted", |now| now.feeds[0].unread == 2);
    let snapshot = stage.ask("attach", json!({"channel": "__CHANNEL__:1"})).expect("attached");
    assert_eq!(snapshot["feeds"][0]["id"], feed);
    assert_eq!(snapshot["feeds"][0]["unread"], 2);
    assert_eq!(snapshot["recent"][0]["title"], "Eight");
    assert_eq!(snapshot["recent"][1]["body"], "Body");
    assert_eq!(snapshot["paused"], false);
}

#[test]
fn edit_feed_changes_the_feed_and_says_which_field_is_wrong() {
    let stage = Stage::new();
    let feed = stage.add();
    let mut draft = stage.draft();
    draft["name"] = "Other".into();
    let edited = stage.ask("edit_feed", json!({"feed": feed, "draft": draft})).expect("edited");
    assert_eq!(edited["name"], "Other");
    draft["url"] = "no address".into();
    let refused = stage.ask("edit_feed", json!({"feed": feed, "draft": draft})).expect_err("refused");
    assert_eq!((&refused["code"], &refused["field"]), (&json!("invalid"), &json!("url")));
    assert_eq!(stage.code("edit_feed", json!({"feed": "0", "draft": stage.draft()})), "gone");
}

#[test]
fn remove_feed_takes_the_feed_and_its_events() {
    let stage = Stage::new();
    let feed = stage.add();
    assert_eq!(stage.ask("remove_feed", json!({"feed": feed})), Ok(Value::Null));
    let left = stage.ask("page", json!({"feed": null, "before": null, "limit": 10}));
    assert_eq!(left, Ok(json!({"rows": [], "more": false})));
    assert_eq!(stage.code("remove_feed", json!({"feed": feed})), "gone");
}

#[test]
fn enable_feed_and_pause_switch_off_and_on() {
    let stage = Stage::new();
    let feed = stage.add();
    let live = |state: &FeedState| matches!(state, FeedState::Live { .. });
    for (command, on, off, word) in [
        (
            "enable_feed",
            json!({"feed": feed, "enabled": true}),
            json!({"feed": feed, "enabled": false}),
            "off",
        ),
        ("pause", json!({"paused": false}), json!({"paused": true}), "paused"),
    ] {
        assert_eq!(stage.ask(command, off), Ok(Value::Null));
        stage.state(word, |state| matches!(state, FeedState::Disabled | FeedState::Paused));
        assert_eq!(stage.ask(command, on), Ok(Value::Null));
        stage.state("live again", live);
    }
}

#[test]
fn probe_says_what_an_address_is_and_adds_nothing() {
    let stage = Stage::new();
    let probe = stage.ask("probe", json!({"draft": stage.draft(), "feed": null})).expect("tried");
    assert_eq!(probe["verdict"], "open");
    assert_eq!(probe["events"][0]["title"], "Seven");
    assert_eq!(stage.until("anything", |_| true).feeds, []);
}

#[test]
fn page_and_event_give_the_history_piece_by_piece() {
    let stage = Stage::new();
    let feed = stage.add();
    let page = |before: &Value| stage.ask("page", json!({"feed": feed, "before": before, "limit": 1}));
    let first = page(&Value::Null).expect("a page");
    assert_eq!((&first["rows"][0]["title"], &first["more"]), (&json!("Eight"), &json!(true)));
    let second = page(&first["rows"][0]["id"]).expect("a page");
    assert_eq!((&second["rows"][0]["title"], &second["more"]), (&json!("Seven"), &json!(false)));
    let event = stage.ask("event", json!({"id": second["rows"][0]["id"]})).expect("an event");
    assert_eq!(event["data"], r#"{"title": "Seven", "message": "Body"}"#);
    assert_eq!(event["lastEventId"], "7");
    for id in ["999999", "x", ""] {
        assert_eq!(stage.code("event", json!({"id": id})), "gone", "{id}");
    }
}

#[test]
fn mark_read_marks_what_the_scope_says() {
    let stage = Stage::new();
    let feed = stage.add();
    let newest = stage.until("anything", |_| true).recent[0].id.to_string();
    let mark = |scope: Value, read| stage.ask("mark_read", json!({"scope": scope, "read": read}));
    let unread = |count| stage.until("marked", |now| now.feeds[0].unread == count);
    assert_eq!(mark(json!({"kind": "event", "id": newest}), true), Ok(Value::Null));
    unread(1);
    assert_eq!(mark(json!({"kind": "events", "ids": [newest]}), false), Ok(Value::Null));
    unread(2);
    assert_eq!(mark(json!({"kind": "feed", "feed": feed}), true), Ok(Value::Null));
    unread(0);
    assert_eq!(mark(json!({"kind": "all"}), false), Ok(Value::Null));
    unread(2);
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
fn reconnect_dials_again() {
    let stage = Stage::new();
    let feed = stage.add();
    assert_eq!(stage.ask("reconnect", json!({"feed": feed})), Ok(Value::Null));
    let asked = stage.server.wait_until(Duration::from_secs(30), |requests| requests.len() == 2);
    assert_eq!(block_on(asked).len(), 2);
    assert_eq!(stage.ask("reconnect", json!({"feed": null})), Ok(Value::Null));
}

#[test]
fn retry_keyring_answers_also_where_nothing_is_missing() {
    assert_eq!(Stage::new().ask("retry_keyring", json!({})), Ok(Value::Null));
}

#[test]
fn open_link_refuses_an_event_without_one() {
    let stage = Stage::new();
    stage.add();
    let newest = stage.until("anything", |_| true).recent[0].id.to_string();
    assert_eq!(stage.code("open_link", json!({"event": newest, "action": null})), "gone");
    assert_eq!(stage.code("open_link", json!({"event": newest, "action": 0})), "gone");
    assert_eq!(stage.code("open_link", json!({"event": "https://example.org/", "action": null})), "gone");
}

#[test]
fn test_popup_tells_each_step() {
    let Ok(Value::Array(steps)) = Stage::new().ask("test_popup", json!({})) else { panic!("steps") };
    assert!(steps.iter().all(|step| step["fine"].is_boolean() && step["message"].is_string()), "{steps:?}");
    assert!(!steps.is_empty());
}

#[test]
fn what_was_not_granted_is_refused() {
    let stage = Stage::new();
    let refused = |command: &str| ask(&stage.window, command, json!({})).expect_err(command);
    for command in ["plugin:window|close", "plugin:event|listen", "plugin:webview|create_webview", "shutdown"]
    {
        let said = refused(command).to_string();
        assert!(said.contains("not allowed") || said.contains("not found"), "{command}: {said}");
    }
    let other = WebviewWindowBuilder::new(&stage.app, "other", Default::default()).build().expect("a window");
    for command in NAMES {
        let said = ask(&other, command, json!({})).expect_err(command).to_string();
        assert!(said.contains("not allowed"), "{command}: {said}");
    }
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
    let asks_nothing = [
        "quiet",
        "rules",
        "seen",
        "reconnect",
        "retry_keyring",
        "test_popup",
        "tiles",
        "keep",
        "diagnostics",
    ];
    for command in NAMES.iter().filter(|name| !asks_nothing.contains(name)) {
        for arguments in &nonsense {
            assert!(stage.ask(command, arguments.clone()).is_err(), "{command} {arguments}");
        }
    }
    stage.add();
}

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
fn searches_are_kept_as_they_are_set_and_refused_without_a_name() {
    let stage = Stage::new();
    assert_eq!(stage.ask("searches", json!({})), Ok(json!([])));
    let kept =
        json!([{"name": "Alarms", "text": "priority:urgent"}, {"name": "Lost", "text": "type:tidings-gap"}]);
    assert_eq!(stage.ask("set_searches", json!({"searches": kept})), Ok(Value::Null));
    assert_eq!(stage.code("set_searches", json!({"searches": [{"name": " ", "text": "x"}]})), "invalid");
    assert_eq!(stage.ask("searches", json!({})), Ok(kept));
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
    let keep = json!({"days": 0, "events": 1000, "megabytes": 50});
    assert_eq!(stage.ask("set_keep", json!({"keep": keep})), Ok(Value::Null));
    assert_eq!(stage.ask("keep", json!({})).expect("what is kept")["keep"], keep);
}

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
