//! Every command, as the window sends it, on a whole engine; and nothing but the commands.

mod dashboard;
mod demo;
mod history;
mod links;
mod nonsense;
mod popups;
mod settings;
mod wishes;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tauri::async_runtime::block_on;
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindow, WebviewWindowBuilder};
use tidings_engine::engine::Engine;
use tidings_engine::update::{FeedState, Snapshot};
use tidings_host::VERSION;
use tidings_host::browser::Browser;
use tidings_host::control::start::Starter;
use tidings_host::control::{Link, Server as Socket};
use tidings_host::face::Face;
use tidings_host::host::Host;
use tidings_support::{Answer, House, Script, Server, until};

use crate::choosing::Choosing;
use crate::ipc;
use crate::ipc::names::NAMES;
use crate::links::Agreed;
use crate::login::{Entry, Login};
use crate::saving::Saving;
use crate::window::Raise;

/// Stands in for the desktop's entry.
#[derive(Default)]
struct Switch(AtomicBool);

impl Entry for Switch {
    fn is_there(&self) -> Result<bool, String> {
        Ok(self.0.load(Ordering::Relaxed))
    }

    fn put(&self, there: bool) -> Result<(), String> {
        self.0.store(there, Ordering::Relaxed);
        Ok(())
    }
}

/// The app with a window and a server, all but the screen.
struct Stage {
    house: House,
    host: Arc<Host>,
    server: Server,
    /// The pages that the browser was given.
    pages: Arc<Mutex<Vec<String>>>,
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
        let folder = house.folder();
        let pages = Arc::<Mutex<Vec<String>>>::default();
        let given = Arc::clone(&pages);
        let browser = Browser::new(move |page| {
            given.lock().expect("one test").push(page.to_string());
            Ok(())
        });
        let runtime = tauri::async_runtime::handle().inner().clone();
        let host = Arc::new(Host::new(engine, browser, runtime));
        app.manage(block_on(face(&host, &folder)));
        app.manage(Arc::new(Raise::new(|| {})));
        app.manage(Agreed::default());
        let choose = Mutex::new(vec![Some(folder.join("events.jsonl")), None]);
        let opened = folder.join("events.jsonl");
        app.manage(Saving::new(
            move |_, reply| {
                reply.send(choose.lock().expect("one test").pop().flatten()).expect("somebody waits");
            },
            move |reply| reply.send(Some(opened.clone())).expect("somebody waits"),
        ));
        app.manage(Login::new(Switch::default()));
        let pictures = concat!(env!("CARGO_MANIFEST_DIR"), "/../icons/128x128.png");
        let pictures = Mutex::new(vec![None, Some(folder.join("settings.toml")), Some(pictures.into())]);
        app.manage(Choosing::new(move |reply| {
            reply.send(pictures.lock().expect("one test").pop().flatten()).expect("somebody waits");
        }));
        let window = WebviewWindowBuilder::new(&app, crate::window::LABEL, Default::default());
        let window = window.build().expect("a window without a screen");
        Self { house, host, server, pages, app, window }
    }

    fn engine(&self) -> &Engine {
        self.host.engine()
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
        block_on(until(self.engine(), what, wanted))
    }

    fn state(&self, what: &str, wanted: impl Fn(&FeedState) -> bool) {
        self.until(what, |now| now.feeds.iter().all(|feed| wanted(&feed.state)));
    }
}

/// The way to an engine: straight, or by a socket, as this module is named.
async fn face(host: &Arc<Host>, folder: &Path) -> Face {
    if !module_path!().contains("apart") {
        return Face::here(Arc::clone(host));
    }
    let socket = folder.join("socket").join("control.sock");
    let server = Socket::bind(&socket, VERSION).expect("a socket");
    let served = Arc::clone(host);
    host.run(async move { server.serve(served).await });
    let link = Link::open(&socket, VERSION).await.expect("it listens");
    Face::there(link, Starter::new("/nowhere".into(), [], socket, VERSION))
}

impl Drop for Stage {
    fn drop(&mut self) {
        block_on(self.host.end());
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
fn edit_feed_sets_what_the_server_may_and_null_keeps_it() {
    let stage = Stage::new();
    let feed = stage.add();
    let mut draft = stage.draft();
    for (allowed, urgency) in [(json!({"urgency": "low", "pictures": true}), "low"), (Value::Null, "low")] {
        draft["allowed"] = allowed;
        let edited = stage.ask("edit_feed", json!({"feed": feed, "draft": draft})).expect("edited");
        assert_eq!(edited["allowed"], json!({"urgency": urgency, "pictures": true}));
    }
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
