//! ntfy (<https://docs.ntfy.sh/subscribe/api/>): messages as JSON objects, ids and signs of life inside them.

use base64::Engine as _;
use serde_json::Value;
use url::Url;

use super::{Meaning, word};
use crate::event::{Action, Priority, Reading, Received};
use crate::format::link;
use crate::language::Language;
use crate::transport::{Dialect, PayloadId, ResumeBy};

/// ntfy itself takes no more actions in a message.
const MOST_ACTIONS: usize = 3;
/// Tags beyond these say nothing more in a popup.
const MOST_TAGS: usize = 8;

/// Where a message says its id; that of an opening or a keep-alive is in no cache and would replay all of it.
pub(super) const PAYLOAD_ID: PayloadId = PayloadId {
    id: "id",
    length: 12,
    kind: "event",
    events: &["message", "message_delete", "message_clear"],
    opening: "open",
    time: "time",
    besides: "topic",
};

/// ntfy knows no `Last-Event-ID`; `since` takes an id of any of the address's topics, or a time.
pub(super) const DIALECT: Dialect = Dialect {
    resume: ResumeBy::Parameter("since"),
    payload_id: Some(PAYLOAD_ID),
    goodbyes: &[],
    says_where: false,
    kin: &[],
};

/// Recognises the public server; one's own is recognised by what it sends.
pub(super) fn is_address(url: &Url) -> bool {
    matches!(url.host_str(), Some("ntfy.sh" | "www.ntfy.sh")) && url.path().ends_with("/sse")
}

/// Whether it is ntfy's way to ask for several topics: their names joined by commas, before the format.
pub(super) fn has_several_topics(url: &Url) -> bool {
    let mut segments = url.path_segments().into_iter().flatten().rev();
    segments.next() == Some("sse") && segments.next().is_some_and(|topics| topics.contains(','))
}

/// Recognises a message, an opening or a keep-alive.
pub(super) fn is_message(received: &Received, data: &Value) -> bool {
    PAYLOAD_ID.fits(&received.data)
        || is_beat(data) && word(data, "/topic").is_some() && data.get("time").is_some()
}

fn is_beat(data: &Value) -> bool {
    matches!(word(data, "/event"), Some("open" | "keepalive"))
}

/// Reads a message. An update and a deletion name the message they mean by their sequence id, by default its id.
pub(super) fn read(data: &Value, language: Language) -> Meaning {
    let topic = word(data, "/topic").unwrap_or_default();
    let sequence = word(data, "/sequence_id").or_else(|| word(data, "/id"));
    let key = sequence.map(|sequence| format!("sequence:{topic}:{sequence}"));
    let group = Some(topic.to_owned());
    match word(data, "/event") {
        Some("message") => Meaning::Event(Reading { key, group, ..message(data, topic, language) }),
        Some(event @ ("message_delete" | "message_clear")) => Meaning::Event(Reading {
            title: topic.to_owned(),
            body: if event == "message_delete" {
                language.message_deleted()
            } else {
                language.message_dismissed()
            }
            .into(),
            priority: Priority::Min,
            key,
            group,
            withdraws: true,
            ..Reading::default()
        }),
        Some("open" | "keepalive") => Meaning::Alive,
        Some(_) | None => Meaning::Ordinary,
    }
}

fn message(data: &Value, topic: &str, language: Language) -> Reading {
    let (emojis, words) = tags(data);
    let mut body = text(data, language).unwrap_or_default();
    let file = word(data, "/attachment/name");
    if let Some(file) = file.filter(|file| !body.contains(file)) {
        body.push_str(&format!("\n{}", language.file(file)));
    }
    if !words.is_empty() {
        body.push_str(&format!("\n{}", language.tags(&words.join(", "))));
    }
    let title = word(data, "/title").unwrap_or(topic);
    let url = |path: &str| link::accept(word(data, path)?);
    Reading {
        title: if emojis.is_empty() { title.to_owned() } else { format!("{} {title}", emojis.join(" ")) },
        body,
        link: url("/click").or_else(|| url("/attachment/url")),
        priority: priority(data),
        actions: actions(data),
        ..Reading::default()
    }
}

/// The text; what isn't UTF-8 was sent in Base64 (`encoding`).
fn text(data: &Value, language: Language) -> Option<String> {
    let message = word(data, "/message")?;
    if word(data, "/encoding") != Some("base64") {
        return Some(message.to_owned());
    }
    let bytes = base64::prelude::BASE64_STANDARD.decode(message).ok();
    Some(bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| language.no_text().into()))
}

/// Tags that are names of emojis, as ntfy shows them, and the others.
fn tags(data: &Value) -> (Vec<&'static str>, Vec<&str>) {
    let (mut shown, mut words) = (Vec::new(), Vec::new());
    let all = data.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for tag in all.map(str::trim).filter(|tag| !tag.is_empty()).take(MOST_TAGS) {
        match emojis::get_by_shortcode(tag) {
            Some(emoji) => shown.push(emoji.as_str()),
            None => words.push(tag),
        }
    }
    (shown, words)
}

fn priority(data: &Value) -> Priority {
    match data.get("priority").and_then(Value::as_i64) {
        Some(1) => Priority::Min,
        Some(2) => Priority::Low,
        Some(4) => Priority::High,
        Some(5) => Priority::Urgent,
        Some(_) | None => Priority::Normal,
    }
}

/// Only what opens a page: nothing that a server sends may make a request or run anything.
fn actions(data: &Value) -> Vec<Action> {
    let all = data.get("actions").and_then(Value::as_array).into_iter().flatten();
    let views = all.filter(|action| word(action, "/action") == Some("view"));
    views
        .filter_map(|action| {
            Some(Action {
                label: word(action, "/label")?.to_owned(),
                url: link::accept(word(action, "/url")?)?,
            })
        })
        .take(MOST_ACTIONS)
        .collect()
}
