//! Mastodon's streaming API (<https://docs.joinmastodon.org/methods/streaming/>): posts and notifications, content in HTML.

use serde_json::Value;
use url::Url;

use super::{Meaning, word};
use crate::event::{Priority, Reading, Received};
use crate::format::{html, link};

/// Recognises the path.
pub(super) fn is_address(url: &Url) -> bool {
    url.path().contains("/api/v1/streaming/") || url.path().ends_with("/api/v1/streaming")
}

/// Recognises a post or a notification.
pub(super) fn is_message(received: &Received, data: &Value) -> bool {
    let by_whom = word(data, "/account/acct").is_some();
    match received.event_type.as_str() {
        "update" | "status.update" => by_whom && data.get("content").is_some(),
        "notification" => by_whom && word(data, "/type").is_some(),
        _ => false,
    }
}

/// Reads a message by its event type.
pub(super) fn read(received: &Received) -> Meaning {
    let kind = received.event_type.as_str();
    match kind {
        "filters_changed" | "announcement.reaction" => return Meaning::Alive,
        "delete" => return deleted("status", "A post was deleted.", &received.data),
        "announcement.delete" => {
            return deleted("announcement", "An announcement was deleted.", &received.data);
        }
        _ => {}
    }
    let Ok(data) = serde_json::from_str::<Value>(&received.data) else { return Meaning::Ordinary };
    match kind {
        "update" | "status.update" => Meaning::Event(post(&data)),
        "notification" => notification(&data),
        "conversation" => {
            data.get("last_status").map_or(Meaning::Ordinary, |status| Meaning::Event(post(status)))
        }
        "announcement" => Meaning::Event(Reading {
            title: "Announcement".into(),
            body: content(&data),
            key: word(&data, "/id").map(|id| format!("announcement:{id}")),
            ..Reading::default()
        }),
        _ => Meaning::Ordinary,
    }
}

fn deleted(what: &str, said: &str, id: &str) -> Meaning {
    Meaning::Event(Reading {
        title: said.to_owned(),
        priority: Priority::Min,
        key: Some(format!("{what}:{}", id.trim().trim_matches('"'))),
        withdraws: true,
        ..Reading::default()
    })
}

/// A post, or the one it boosts.
fn post(status: &Value) -> Reading {
    let boosted = status.get("reblog").filter(|reblog| reblog.is_object());
    let shown = boosted.unwrap_or(status);
    let title = match boosted {
        Some(boosted) => format!("{} boosted {}", name(status), name(boosted)),
        None => name(status),
    };
    Reading {
        title,
        body: content(shown),
        link: ["/url", "/uri"].iter().find_map(|path| link::accept(word(shown, path)?)),
        key: word(status, "/id").map(|id| format!("status:{id}")),
        ..Reading::default()
    }
}

fn notification(data: &Value) -> Meaning {
    let Some(kind) = word(data, "/type") else { return Meaning::Ordinary };
    let who = name(data);
    let title = match kind {
        "mention" => format!("{who} mentioned you"),
        "status" => format!("{who} posted"),
        "reblog" => format!("{who} boosted your post"),
        "follow" => format!("{who} followed you"),
        "follow_request" => format!("{who} asks to follow you"),
        "favourite" => format!("{who} likes your post"),
        "poll" => "A poll has ended".to_owned(),
        "update" => format!("{who} edited a post"),
        "quote" => format!("{who} quoted you"),
        "admin.sign_up" => format!("{who} signed up"),
        "admin.report" => format!("{who} sent a report"),
        other => format!("{who}: {other}"),
    };
    let status = data.get("status").filter(|status| status.is_object());
    let link = status.and_then(|status| link::accept(word(status, "/url")?));
    Meaning::Event(Reading {
        title,
        body: status.map(content).unwrap_or_default(),
        link: link.or_else(|| link::accept(word(data, "/account/url")?)),
        key: word(data, "/id").map(|id| format!("notification:{id}")),
        ..Reading::default()
    })
}

/// Who it is by, as they call themselves.
fn name(data: &Value) -> String {
    word(data, "/account/display_name")
        .or_else(|| word(data, "/account/acct"))
        .unwrap_or("Somebody")
        .to_owned()
}

/// The text; what the author put behind a warning stays behind it.
fn content(status: &Value) -> String {
    if let Some(warning) = word(status, "/spoiler_text") {
        return format!("Content warning: {warning}");
    }
    let text = word(status, "/content").map(html::text).unwrap_or_default();
    let pictures = status.get("media_attachments").and_then(Value::as_array).map_or(0, Vec::len);
    match (text.is_empty(), pictures) {
        (true, 1) => "1 attachment".to_owned(),
        (true, 2..) => format!("{pictures} attachments"),
        (true, 0) | (false, _) => text,
    }
}
