//! Addresses that no popup and no window may open, some that both must, and the events that carry them.

use std::time::Duration;

use tidings_engine::engine::Engine;
use tidings_engine::event::StoredEvent;

use crate::answer::Answer;
use crate::house::{draft, stored};
use crate::script::Script;
use crate::server::Server;

/// In how many places an event can carry an address.
pub const PLACES: usize = 4;

/// Addresses of pages.
pub const FINE: &[&str] = &[
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

/// Everything else: programs, files, other schemes, and what only looks like a page.
pub const HOSTILE: [&str; 60] = [
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
fn events(address: &str) -> [String; PLACES] {
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

/// Has all of them sent as one feed, each in the same place of its event, and gives the events as they were stored.
///
/// # Panics
///
/// Where they don't arrive.
pub async fn carry(engine: &Engine, addresses: &[&str], place: usize) -> Vec<StoredEvent> {
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
