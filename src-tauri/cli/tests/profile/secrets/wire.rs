//! A window at the socket that notes every byte it is told.

use std::path::Path;

use serde_json::{Value, json};
use tidings_engine::engine::FeedDraft;
use tidings_host::VERSION;
use tidings_host::dto;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

/// A window's end of the socket.
pub(super) struct Wire {
    stream: BufReader<UnixStream>,
    asked: u64,
    /// All that it was told.
    pub(super) said: String,
}

impl Wire {
    /// Greets, and attaches.
    pub(super) async fn open(socket: &Path) -> Self {
        let stream = UnixStream::connect(socket).await.expect("it listens");
        let mut wire = Self { stream: BufReader::new(stream), asked: 0, said: String::new() };
        wire.say(&json!({ "hello": { "version": VERSION } })).await;
        wire.say(&json!("attach")).await;
        wire
    }

    /// Asks something, and gives the answer or the refusal.
    pub(super) async fn ask(&mut self, request: Value) -> Value {
        self.asked += 1;
        let number = self.asked;
        self.say(&json!({ "ask": { "number": number, "request": request } })).await;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await.expect("it speaks");
            self.said += &line;
            assert!(!line.is_empty() && !line.contains("misunderstood"), "it is understood: {line}");
            let word: Value = serde_json::from_str(&line).expect("a word");
            for (kind, field) in [("done", "answer"), ("failed", "failure")] {
                if word[kind]["number"] == number {
                    return word[kind][field].clone();
                }
            }
        }
    }

    async fn say(&mut self, call: &Value) {
        self.stream.write_all(format!("{call}\n").as_bytes()).await.expect("it hears");
    }
}

fn plain(draft: FeedDraft) -> Value {
    serde_json::to_value(dto::FeedDraft::from(draft)).expect("plain data")
}

/// Tries a draft.
pub(super) fn probe(draft: FeedDraft) -> Value {
    json!({ "feeds": { "probe": { "draft": plain(draft), "feed": null } } })
}

/// Adds a feed.
pub(super) fn add(draft: FeedDraft) -> Value {
    json!({ "feeds": { "add": { "draft": plain(draft) } } })
}

/// Changes one.
pub(super) fn edit(feed: &str, draft: FeedDraft) -> Value {
    json!({ "feeds": { "edit": { "feed": feed, "draft": plain(draft) } } })
}

/// Sets the proxy of all feeds, at which nobody listens.
pub(super) fn set_proxy(password: &str) -> Value {
    let proxy =
        json!({ "kind": "url", "url": "http://127.0.0.1:1/", "username": "me", "password": password });
    json!({ "settings": { "setNetwork": { "proxy": proxy, "secrets": "keyring" } } })
}
