//! Sixty addresses that no popup and no window may open, in every place where an event can carry one, beside some that may.

use std::time::Duration;

use tidings_engine::engine::Engine;
use tidings_engine::event::StoredEvent;
use tidings_engine::notify::Choice;
use tidings_engine::update::Update;
use tidings_support::{Answer, House, Script, Server, draft, stored, until};

const FINE: &[&str] = &[
    "https://example.com/",
    "http://example.com/a?b=c#d",
    "HTTPS://EXAMPLE.COM/x",
    "https://example.com:8443/",
    "http://192.0.2.7/log",
    "https://[2001:db8::1]/",
    "https://social.example/@bob/5",
    "https://bücher.example/",
    "https://example.com/%20a",
    "https://example.com/?next=https://other.example/",
];

const HOSTILE: [&str; 60] = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\\nscript:alert(1)",
    "javascript://example.com/%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "file://server/share",
    "FILE:///etc/passwd",
    "ftp://example.com/",
    "sftp://example.com/",
    "ssh://example.com/",
    "smb://example.com/share",
    "dav://example.com/",
    "nfs://example.com/",
    "telnet://example.com/",
    "gopher://example.com/",
    "ldap://example.com/",
    "mailto:someone@example.com?attach=/etc/passwd",
    "tel:+4912345",
    "sms:+4912345",
    "steam://run/1",
    "vscode://file/etc/passwd",
    "ms-msdt:/id",
    "search-ms:query=x",
    "zoommtg://join",
    "slack://open",
    "magnet:?xt=urn:btih:0",
    "intent://example.com/#Intent;scheme=https;end",
    "android-app://x",
    "apt:malware",
    "help:topic",
    "man:ls",
    "x-terminal-emulator:ls",
    "blob:https://example.com/1",
    "filesystem:https://example.com/temporary/x",
    "about:config",
    "chrome://settings",
    "resource://gre/",
    "wss://example.com/",
    "tidings://add?url=x",
    "//example.com/x",
    "/etc/passwd",
    "example.com",
    "--new-window",
    "https:example.com",
    "https:/example.com",
    "https://",
    "https:///example.com@evil.example",
    "https://user@example.com/",
    "https://user:password@example.com/",
    "https://example.com@evil.example/",
    "https://example.com\\\\@evil.example/",
    "https://exa mple.com/",
    "https://example.com/\\r\\nX: y",
    "https://example.com/\\u0000",
    "https://example.com/\\u202egpj.exe",
    "https://exam\\u200bple.com/",
    "https://example.com:99999/",
];

/// The events that carry an address, each in another place.
fn events(address: &str) -> [String; 4] {
    [
        format!(r#"{{"title": "A", "message": "B", "url": "{address}"}}"#),
        format!(r#"{{"title": "A", "message": "B", "link": "{address}"}}"#),
        format!(
            r#"{{"id": "L0UGj4kMQsqu", "time": 1795227117, "event": "message", "topic": "t", "message": "B", "click": "{address}"}}"#
        ),
        format!(
            r#"{{"id": "L0UGj4kMQsqu", "time": 1795227117, "event": "message", "topic": "t", "message": "B", "actions": [{{"action": "view", "label": "Open", "url": "{address}"}}]}}"#
        ),
    ]
}

/// Has all of them sent as one feed of a service, and gives them as they were stored.
async fn sent(engine: &Engine, addresses: &[&str], place: usize) -> Vec<StoredEvent> {
    let stream = addresses.iter().enumerate().fold(Answer::stream(), |answer, (n, address)| {
        answer.event_with_id(&format!("{place}-{n}"), &events(address)[place])
    });
    let server = Server::start(Script::new([stream.hold_before_eof(Duration::from_secs(60))])).await;
    let name = format!("{place} {}", addresses[0]);
    let feed = engine.add_feed(draft(&name, server.url())).await.expect("the draft is right").id;
    let events = stored(engine, &feed, addresses.len()).await;
    engine.enable_feed(&feed, false).await.expect("there is room");
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn none_of_sixty_hostile_addresses_is_ever_handed_to_the_opener_and_the_others_always_are() {
    let house = House::new();
    let engine = house.start().await;
    for place in 0..4 {
        for event in sent(&engine, &HOSTILE, place).await {
            let link = engine.link(event.row.id).await.expect("it is there");
            assert_eq!((link, &event.row.reading.link), (None, &None), "{}", event.data);
        }
        for event in sent(&engine, FINE, place).await {
            let link = engine.link(event.row.id).await.expect("it is there").expect("it has a link");
            assert!(link.starts_with("http"), "{link} of {}", event.data);
        }
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_offers_no_hostile_address_and_a_forged_press_opens_nothing() {
    let house = House::new();
    let engine = house.start().await;
    let data = r#"{"title": "A", "message": "B", "url": "file:///etc/passwd"}"#;
    let server = Server::start(Script::new([Answer::stream().event(data)])).await;
    let feed = engine.add_feed(draft("Shop", server.url())).await.expect("the draft is right").id;
    until(&engine, "it pops up", |_| !house.popups.shown().is_empty()).await;
    let popup = house.popups.shown().remove(0).1;
    assert!(popup.buttons.iter().all(|button| button.choice != Choice::Follow), "{popup:?}");
    let event = stored(&engine, &feed, 1).await[0].row.id;
    let mut updates = engine.attach().updates;
    house.popups.press(0, Choice::Follow).await;
    while updates.recv().await.expect("the engine runs") != Update::Follow(event) {}
    assert_eq!(engine.link(event).await, Ok(None), "the shell asks, and is given nothing");
    engine.shutdown().await;
}
