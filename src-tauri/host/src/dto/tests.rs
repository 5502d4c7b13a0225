//! What crosses to the window is exactly what the contract says.

use serde_json::{Value, json};
use tidings_engine::engine::{self, RequestError};
use tidings_engine::event::{self, EventRow, Presented, Reading, StoredEvent};
use tidings_engine::id::{EventId, FeedId};
use tidings_engine::settings;
use tidings_engine::update::{self as update, FeedView, Reason, ReasonCode, SecretsView, SignInView};
use tidings_engine::update::{ConnectionView, IconView, ProxyView};

use super::*;
use crate::failure::Failure;

fn json_of<To: serde::Serialize>(from: impl Into<To>) -> Value {
    serde_json::to_value(from.into()).expect("plain data")
}

fn row(id: i64) -> EventRow {
    EventRow {
        id: EventId(id),
        feed: FeedId::from_text("f1"),
        received_at_ms: 1_795_000_000_123,
        event_type: "message".to_owned(),
        reading: Reading {
            title: "Title".to_owned(),
            body: "one\ntwo".to_owned(),
            link: Some("https://example.org/".to_owned()),
            priority: event::Priority::High,
            key: Some("k".to_owned()),
            group: Some("g".to_owned()),
            ..Reading::default()
        },
        read: false,
        starred: true,
        presented: Presented::Shown,
    }
}

fn row_json(id: &str) -> Value {
    json!({
        "id": id, "feed": "f1", "receivedAtMs": 1_795_000_000_123_i64, "eventType": "message",
        "title": "Title", "body": "one\ntwo", "priority": "high", "link": "https://example.org/", "key": "k",
        "group": "g", "read": false, "starred": true,
    })
}

fn view() -> FeedView {
    FeedView {
        id: FeedId::from_text("f1"),
        name: "Feed".to_owned(),
        icon: Some(IconView::Emoji("🔔".to_owned())),
        url: "https://example.org/sse".to_owned(),
        enabled: true,
        notify: false,
        mute: settings::Mute::Until { at_ms: 9 },
        allowed: Default::default(),
        bursting: true,
        preset: Some(settings::Preset::HomeAssistant),
        recognised: None,
        sign_in: SignInView::Basic { username: "u".to_owned() },
        header_names: vec!["X-Key".to_owned()],
        connection: Box::new(ConnectionView {
            method: "POST".to_owned(),
            body: true,
            authority: true,
            pin: "sha256/x".to_owned(),
            proxy: ProxyView::Url { url: "http://proxy".to_owned(), username: None },
            silence_seconds: Some(20),
            ..ConnectionView::default()
        }),
        secrets: SecretsView::ThisSession,
        state: update::FeedState::Connecting,
        unread: 3,
    }
}

fn view_json() -> Value {
    json!({
        "id": "f1", "name": "Feed", "icon": {"kind": "emoji", "emoji": "🔔"}, "url": "https://example.org/sse", "enabled": true, "notify": false,
        "allowed": {"urgency": "urgent", "pictures": false},
        "mute": {"kind": "until", "atMs": 9}, "bursting": true, "preset": "homeAssistant", "recognised": null, "signIn": {"kind": "basic", "username": "u"}, "headerNames": ["X-Key"], "secrets": "thisSession",
        "connection": {
            "method": "POST", "body": true, "authority": true, "clientCertificate": false, "pin": "sha256/x",
            "proxy": {"kind": "url", "url": "http://proxy", "username": null}, "silenceSeconds": 20,
            "longestWaitSeconds": null, "plainHttp": false,
        },
        "state": {"kind": "connecting"}, "unread": 3,
    })
}

#[test]
fn a_feed_crosses_as_the_contract_says() {
    assert_eq!(json_of::<Feed>(view()), view_json());
    let sign_in = |sign_in| json_of::<Feed>(FeedView { sign_in, ..view() })["signIn"].clone();
    assert_eq!(sign_in(SignInView::None), json!({"kind": "none"}));
    assert_eq!(sign_in(SignInView::Bearer), json!({"kind": "bearer"}));
    let icon = |icon| json_of::<Feed>(FeedView { icon, ..view() })["icon"].clone();
    assert_eq!(icon(None), json!({"kind": "none"}));
    let picture = IconView::Picture { name: "0a".to_owned(), url: "data:image/png;base64,AA==".into() };
    let wanted = json!({"kind": "picture", "picture": {"name": "0a", "url": "data:image/png;base64,AA=="}});
    assert_eq!(icon(Some(picture)), wanted);
    let secrets = |secrets| json_of::<Feed>(FeedView { secrets, ..view() })["secrets"].clone();
    assert_eq!(secrets(SecretsView::NotNeeded), "notNeeded");
    assert_eq!(secrets(SecretsView::Kept), "kept");
    assert_eq!(secrets(SecretsView::Missing), "missing");
}

#[test]
fn every_service_comes_back_as_it_was_sent() {
    for preset in engine::Preset::ALL {
        let read: Preset = serde_json::from_value(json_of::<Preset>(preset)).expect("a service");
        assert_eq!(settings::Preset::from(read), preset);
    }
}

#[test]
fn every_state_crosses_with_its_time_and_cause() {
    let why = |code| Reason { code, message: "m".to_owned() };
    let state = json_of::<FeedState>;
    assert_eq!(state(update::FeedState::Live { since_ms: 7 }), json!({"kind": "live", "sinceMs": 7}));
    assert_eq!(
        state(update::FeedState::Waiting { until_ms: 9, why: why(ReasonCode::Other) }),
        json!({"kind": "waiting", "untilMs": 9, "why": {"code": "other", "message": "m"}})
    );
    assert_eq!(
        state(update::FeedState::NeedsPerson { why: why(ReasonCode::SignIn) }),
        json!({"kind": "needsPerson", "why": {"code": "signIn", "message": "m"}})
    );
    assert_eq!(
        state(update::FeedState::StoppedByServer { why: why(ReasonCode::Keyring) }),
        json!({"kind": "stoppedByServer", "why": {"code": "keyring", "message": "m"}})
    );
    assert_eq!(state(update::FeedState::Offline), json!({"kind": "offline"}));
    assert_eq!(state(update::FeedState::Paused), json!({"kind": "paused"}));
    assert_eq!(state(update::FeedState::Disabled), json!({"kind": "disabled"}));
}

#[test]
fn an_event_crosses_whole_and_its_id_loses_no_digit() {
    let stored = StoredEvent {
        row: {
            let mut row = row(i64::MAX);
            row.reading.actions =
                vec![event::Action { label: "Log".to_owned(), url: "https://example.org/log".to_owned() }];
            row
        },
        data: "{}".to_owned(),
        last_event_id: "9".to_owned(),
        trace: event::Trace::default(),
    };
    let trace = json!({"presented": "shown", "rule": null, "stop": null, "template": null});
    let whole = json!({
        "row": row_json("9223372036854775807"), "data": "{}", "lastEventId": "9", "trace": trace,
        "actions": [{"label": "Log", "url": "https://example.org/log"}],
    });
    assert_eq!(json_of::<EventDetail>(stored), whole);
    assert_eq!(event_id("9223372036854775807"), Ok(EventId(i64::MAX)));
    let page = engine::Page { rows: vec![row(2), row(1)], more: true };
    assert_eq!(json_of::<Page>(page), json!({"rows": [row_json("2"), row_json("1")], "more": true}));
}

#[test]
fn what_kept_a_popup_back_crosses_with_its_cause() {
    let stops = [
        (event::Stop::FeedOff, json!({"kind": "feedOff"})),
        (event::Stop::Rule, json!({"kind": "rule"})),
        (event::Stop::FeedMuted, json!({"kind": "feedMuted"})),
        (event::Stop::AllMuted, json!({"kind": "allMuted"})),
        (event::Stop::Quiet { until_ms: 7 }, json!({"kind": "quiet", "untilMs": 7})),
    ];
    for (stop, expected) in stops {
        let trace =
            event::Trace { rule: Some("r".to_owned()), stop: Some(stop), template: Some("t".to_owned()) };
        let row = EventRow { presented: Presented::Suppressed, ..row(1) };
        let stored = StoredEvent { row, data: String::new(), last_event_id: String::new(), trace };
        assert_eq!(
            json_of::<EventDetail>(stored)["trace"],
            json!({"presented": "suppressed", "rule": "r", "stop": expected, "template": "t"})
        );
    }
}

#[test]
fn what_is_no_event_id_names_no_event() {
    for text in ["", "1.5", "9223372036854775808", "NaN", "1; DROP TABLE event"] {
        let failure = serde_json::to_value(event_id(text).expect_err(text)).expect("plain data");
        assert_eq!(failure["code"], "gone", "{text}");
    }
}

#[test]
fn every_update_crosses_as_the_contract_says() {
    let feed = || FeedId::from_text("f1");
    let problem = update::Problem { part: update::Part::History, message: "m".to_owned() };
    let problems = json!([{"part": "history", "message": "m"}]);
    let work = update::Work { number: 3, kind: update::WorkKind::Export, done: 1, total: None };
    let works = json!({"number": 3, "kind": "export", "done": 1, "total": null, "canStop": true});
    let cases = [
        (update::Update::Feed(view()), json!({"kind": "feed", "feed": view_json()})),
        (update::Update::FeedRemoved(feed()), json!({"kind": "feedRemoved", "feed": "f1"})),
        (
            update::Update::State { feed: feed(), state: update::FeedState::Paused },
            json!({"kind": "state", "feed": "f1", "state": {"kind": "paused"}}),
        ),
        (update::Update::Arrived(vec![row(1)]), json!({"kind": "arrived", "rows": [row_json("1")]})),
        (
            update::Update::Unread { feed: feed(), unread: 4 },
            json!({"kind": "unread", "feed": "f1", "unread": 4}),
        ),
        (
            update::Update::Read { scope: update::Scope::Event { id: EventId(5) }, read: true },
            json!({"kind": "read", "scope": {"kind": "event", "id": "5"}, "read": true}),
        ),
        (
            update::Update::Starred { id: EventId(5), starred: true },
            json!({"kind": "starred", "id": "5", "starred": true}),
        ),
        (
            update::Update::Deleted { scope: update::Scope::Feed { feed: feed() }, until: EventId(9) },
            json!({"kind": "deleted", "scope": {"kind": "feed", "feed": "f1"}, "until": "9"}),
        ),
        (update::Update::Restored(vec![row(1)]), json!({"kind": "restored", "rows": [row_json("1")]})),
        (update::Update::Paused(true), json!({"kind": "paused", "paused": true})),
        (update::Update::Muted(settings::Mute::On), json!({"kind": "muted", "mute": {"kind": "on"}})),
        (
            update::Update::Window(settings::Window { text_percent: 120, ..settings::Window::default() }),
            json!({"kind": "window", "window": window_json(120)}),
        ),
        (update::Update::Problems(vec![problem]), json!({"kind": "problems", "problems": problems})),
        (update::Update::Works(vec![work]), json!({"kind": "works", "works": [works]})),
        (update::Update::Open(Some(EventId(8))), json!({"kind": "open", "event": "8"})),
        (update::Update::Follow(EventId(8)), json!({"kind": "open", "event": "8"})),
        (update::Update::Copy(EventId(9)), json!({"kind": "open", "event": "9"})),
        (update::Update::Open(None), json!({"kind": "open", "event": null})),
    ];
    for (update, expected) in cases {
        assert_eq!(json_of::<Update>(update), expected);
    }
}

fn window_json(percent: u16) -> Value {
    json!({
        "theme": "system", "density": "comfortable", "textPercent": percent, "onClose": "tray", "hiddenAtLogin": true, "language": "system",
    })
}

#[test]
fn windows_are_read_as_they_are_written() {
    for (theme, density, on_close, language) in [
        ("light", "compact", "quit", "en"),
        ("dark", "comfortable", "tray", "de"),
        ("highContrast", "compact", "tray", "system"),
    ] {
        let json = json!({
            "theme": theme, "density": density, "textPercent": 90, "onClose": on_close, "hiddenAtLogin": false, "language": language,
        });
        let window: settings::Window =
            serde_json::from_value::<Window>(json.clone()).expect("a window").into();
        assert_eq!(json_of::<Window>(window), json);
    }
}

#[test]
fn a_snapshot_crosses_whole_also_as_an_update() {
    let snapshot = || update::Snapshot {
        feeds: vec![view()],
        recent: vec![row(1)],
        paused: false,
        mute: settings::Mute::Off,
        window: settings::Window::default(),
        problems: vec![],
        works: vec![],
    };
    let expected = json!({
        "feeds": [view_json()], "recent": [row_json("1")], "paused": false, "mute": {"kind": "off"},
        "window": window_json(100), "problems": [], "works": [],
    });
    assert_eq!(json_of::<Snapshot>(snapshot()), expected);
    let update = Update::Snapshot { snapshot: snapshot().into() };
    assert_eq!(json_of::<Update>(update), json!({"kind": "snapshot", "snapshot": expected}));
}

#[test]
fn scopes_are_read_as_they_are_written() {
    let scopes = [
        json!({"kind": "event", "id": "5"}),
        json!({"kind": "events", "ids": ["5", "7"]}),
        json!({"kind": "feed", "feed": "f1"}),
        json!({"kind": "all"}),
    ];
    for scope in scopes {
        let read: Scope = serde_json::from_value(scope.clone()).expect("a scope");
        let engine = update::Scope::try_from(read).expect("names something");
        assert_eq!(json_of::<Scope>(engine), scope);
    }
    let many: Vec<String> = (0..5_001).map(|id| id.to_string()).collect();
    for wrong in [
        json!({"kind": "event", "id": "x"}),
        json!({"kind": "events", "ids": ["5", "x"]}),
        json!({"kind": "events", "ids": many}),
    ] {
        let wrong: Scope = serde_json::from_value(wrong).expect("a scope");
        assert!(update::Scope::try_from(wrong).is_err());
    }
}

#[test]
fn a_draft_reaches_the_engine_with_its_secrets_set_or_kept() {
    let draft: FeedDraft = serde_json::from_value(json!({
        "name": "n", "url": "u", "icon": {"kind": "emoji", "emoji": "🔔"}, "notify": true, "allowed": {"urgency": "low", "pictures": true}, "preset": "ntfy", "secrets": "thisSession", "plainHttp": true,
        "signIn": {"kind": "basic", "username": "me", "password": null},
        "headers": [{"name": "A", "value": "secret"}, {"name": "B", "value": null}],
        "connection": {
            "parameters": [{"name": "token", "value": null}], "method": "POST", "body": "{}", "authority": null,
            "clientCertificate": "", "clientKey": null, "pin": "", "silenceSeconds": null, "longestWaitSeconds": 60,
            "proxy": {"kind": "url", "url": "socks5://p", "username": "me", "password": null},
        },
    }))
    .expect("a draft");
    let draft = engine::FeedDraft::from(draft);
    assert_eq!((draft.name.as_str(), draft.url.as_str(), draft.notify), ("n", "u", true));
    assert_eq!(draft.secrets, engine::SecretsHome::ThisSession);
    assert_eq!((draft.plain_http, draft.preset), (true, Some(engine::Preset::Ntfy)));
    let engine::SignInDraft::Basic { username, password } = draft.sign_in else { panic!("Basic") };
    assert_eq!((username.as_str(), password), ("me", None));
    let headers: Vec<_> = draft.headers.into_iter().map(|header| (header.name, header.value)).collect();
    assert_eq!(headers, [("A".to_owned(), Some("secret".to_owned())), ("B".to_owned(), None)]);
    let connection = draft.connection.expect("the window fills all of it in");
    let parameters: Vec<_> =
        connection.parameters.into_iter().map(|parameter| (parameter.name, parameter.value)).collect();
    assert_eq!(parameters, [("token".to_owned(), None)]);
    assert_eq!((connection.method.as_str(), connection.body.as_deref()), ("POST", Some("{}")));
    assert_eq!((connection.authority, connection.client_certificate), (None, Some(String::new())));
    assert_eq!((connection.client_key, connection.longest_wait_seconds), (None, Some(60)));
    let engine::ProxyDraft::Url { url, username, password } = connection.proxy else { panic!("a proxy") };
    assert_eq!((url.as_str(), username.as_str(), password), ("socks5://p", "me", None));
}

#[test]
fn a_probe_crosses_with_what_it_saw() {
    let event = engine::ProbeEvent {
        event_type: "message".to_owned(),
        title: "t".to_owned(),
        body: String::new(),
        priority: event::Priority::Min,
        data: "d".to_owned(),
    };
    let key = engine::UnknownKey { shown: "sha256/a".to_owned(), pinned: String::new() };
    let probe = engine::Probe {
        verdict: engine::Verdict::Untrusted,
        message: "m".to_owned(),
        recognised: Some(engine::Preset::Ntfy),
        key: Some(key),
        events: vec![event],
    };
    let expected = json!({
        "verdict": "untrusted", "message": "m", "recognised": "ntfy",
        "key": {"shown": "sha256/a", "pinned": ""},
        "events": [{"eventType": "message", "title": "t", "body": "", "priority": "min", "data": "d"}],
    });
    assert_eq!(json_of::<Probe>(probe), expected);
}

#[test]
fn every_refusal_crosses_with_its_code_and_field() {
    let invalid = |field| RequestError::Invalid { field, message: "m".to_owned() };
    let cases = [
        (invalid(engine::Field::Name), json!({"code": "invalid", "field": "name", "message": "m"})),
        (invalid(engine::Field::Url), json!({"code": "invalid", "field": "url", "message": "m"})),
        (invalid(engine::Field::SignIn), json!({"code": "invalid", "field": "signIn", "message": "m"})),
        (invalid(engine::Field::ClientKey), json!({"code": "invalid", "field": "clientKey", "message": "m"})),
        (invalid(engine::Field::Headers), json!({"code": "invalid", "field": "headers", "message": "m"})),
        (RequestError::Gone("m"), json!({"code": "gone", "field": null, "message": "m"})),
        (RequestError::Keyring("m".to_owned()), json!({"code": "keyring", "field": null, "message": "m"})),
        (RequestError::Storage("m".to_owned()), json!({"code": "storage", "field": null, "message": "m"})),
    ];
    for (error, expected) in cases {
        assert_eq!(json_of::<Failure>(error), expected);
    }
}

#[test]
fn quiet_hours_come_back_as_they_were_sent() {
    let sent = json!({
        "kind": "hours", "from": "22:00", "to": "06:30",
        "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "letsUrgentThrough": true,
    });
    for quiet in [sent, json!({"kind": "off"})] {
        let read: Quiet = serde_json::from_value(quiet.clone()).expect("quiet hours");
        assert_eq!(json_of::<Quiet>(read.read().expect("times")), quiet);
    }
    for time in ["", "25:00", "night"] {
        let odd =
            json!({"kind": "hours", "from": time, "to": "06:30", "days": [], "letsUrgentThrough": false});
        let read: Quiet = serde_json::from_value(odd).expect("quiet hours");
        assert!(read.read().is_err(), "{time}");
    }
}
