//! Wikimedia's EventStreams (<https://wikitech.wikimedia.org/wiki/Event_Platform/EventStreams>): changes to its wikis.

use serde_json::Value;
use url::Url;

use super::{Meaning, word};
use crate::event::{Priority, Reading, Received};
use crate::format::link;
use crate::language::Language;

/// Recognises the one server there is.
pub(super) fn is_address(url: &Url) -> bool {
    matches!(url.host_str(), Some("stream.wikimedia.org" | "stream.wikimedia.beta.wmflabs.org"))
}

/// Recognises the members that every stream's events have.
pub(super) fn is_message(_: &Received, data: &Value) -> bool {
    word(data, "/$schema").is_some()
        && ["/meta/stream", "/meta/id", "/meta/dt"].iter().all(|path| word(data, path).is_some())
}

/// Reads a change. Its own name is `meta.id`: the stream's id says where several logs stand, and may differ from one
/// replay to the next.
pub(super) fn read(received: &mut Received, language: Language) -> Meaning {
    let Ok(data) = serde_json::from_str::<Value>(&received.data) else { return Meaning::Ordinary };
    // Sent each hour in every stream to show that it works.
    if word(&data, "/meta/domain") == Some("canary") {
        return Meaning::Alive;
    }
    if let Some(id) = word(&data, "/meta/id") {
        id.clone_into(&mut received.last_event_id);
        received.own_id = true;
    }
    let Some(title) = word(&data, "/title").or_else(|| word(&data, "/page_title")) else {
        return Meaning::Ordinary;
    };
    let user = word(&data, "/user").or_else(|| word(&data, "/performer/user_text"));
    let said = word(&data, "/log_action_comment").or_else(|| word(&data, "/comment"));
    let said = match word(&data, "/type") {
        Some("new") => Some(language.new_page(said.unwrap_or_default())),
        Some(_) | None => said.map(str::to_owned),
    };
    let is_bot = data.get("bot").or_else(|| data.pointer("/performer/user_is_bot")).and_then(Value::as_bool);
    let url = |path: &str| link::accept(word(&data, path)?);
    Meaning::Event(Reading {
        title: title.replace('_', " "),
        body: [user.map(str::to_owned), said].into_iter().flatten().collect::<Vec<_>>().join(": "),
        link: url("/notify_url").or_else(|| url("/meta/uri")),
        priority: if is_bot == Some(true) { Priority::Low } else { Priority::Normal },
        ..Reading::default()
    })
}
