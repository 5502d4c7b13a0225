//! Mastodon's streaming API (<https://docs.joinmastodon.org/methods/streaming/>): posts and notifications, content in HTML.

use serde_json::Value;
use url::Url;

use super::{Meaning, word};
use crate::event::{Priority, Reading, Received};
use crate::format::{html, link};
use crate::language::{Deed, Language};

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
pub(super) fn read(received: &Received, language: Language) -> Meaning {
    let kind = received.event_type.as_str();
    match kind {
        "filters_changed" | "announcement.reaction" => return Meaning::Alive,
        "delete" => return deleted("status", language.post_deleted(), &received.data),
        "announcement.delete" => {
            return deleted("announcement", language.announcement_deleted(), &received.data);
        }
        _ => {}
    }
    let Ok(data) = serde_json::from_str::<Value>(&received.data) else { return Meaning::Ordinary };
    match kind {
        "update" | "status.update" => Meaning::Event(post(&data, language)),
        "notification" => notification(&data, language),
        "conversation" => {
            data.get("last_status").map_or(Meaning::Ordinary, |status| Meaning::Event(post(status, language)))
        }
        "announcement" => Meaning::Event(Reading {
            title: language.announcement().into(),
            body: content(&data, language),
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
fn post(status: &Value, language: Language) -> Reading {
    let boosted = status.get("reblog").filter(|reblog| reblog.is_object());
    let shown = boosted.unwrap_or(status);
    let title = match boosted {
        Some(boosted) => language.boosted(name(status, language), name(boosted, language)),
        None => name(status, language).to_owned(),
    };
    Reading {
        title,
        body: content(shown, language),
        link: ["/url", "/uri"].iter().find_map(|path| link::accept(word(shown, path)?)),
        key: word(status, "/id").map(|id| format!("status:{id}")),
        ..Reading::default()
    }
}

fn notification(data: &Value, language: Language) -> Meaning {
    let Some(kind) = word(data, "/type") else { return Meaning::Ordinary };
    let who = name(data, language);
    let deed = match kind {
        "mention" => Some(Deed::Mention),
        "status" => Some(Deed::Post),
        "reblog" => Some(Deed::Boost),
        "follow" => Some(Deed::Follow),
        "follow_request" => Some(Deed::FollowRequest),
        "favourite" => Some(Deed::Favourite),
        "update" => Some(Deed::Edit),
        "quote" => Some(Deed::Quote),
        "admin.sign_up" => Some(Deed::SignUp),
        "admin.report" => Some(Deed::Report),
        _ => None,
    };
    let title = match (kind, deed) {
        (_, Some(deed)) => language.did(who, deed),
        ("poll", None) => language.poll_ended().to_owned(),
        (other, None) => format!("{who}: {other}"),
    };
    let status = data.get("status").filter(|status| status.is_object());
    let link = status.and_then(|status| link::accept(word(status, "/url")?));
    Meaning::Event(Reading {
        title,
        body: status.map(|status| content(status, language)).unwrap_or_default(),
        link: link.or_else(|| link::accept(word(data, "/account/url")?)),
        key: word(data, "/id").map(|id| format!("notification:{id}")),
        ..Reading::default()
    })
}

/// Who it is by, as they call themselves.
fn name(data: &Value, language: Language) -> &str {
    word(data, "/account/display_name")
        .or_else(|| word(data, "/account/acct"))
        .unwrap_or_else(|| language.somebody())
}

/// The text; what the author put behind a warning stays behind it.
fn content(status: &Value, language: Language) -> String {
    if let Some(warning) = word(status, "/spoiler_text") {
        return language.content_warning(warning);
    }
    let text = word(status, "/content").map(html::text).unwrap_or_default();
    let pictures = status.get("media_attachments").and_then(Value::as_array).map_or(0, Vec::len);
    match (text.is_empty(), pictures) {
        (true, 1..) => language.attachments(pictures),
        (true, 0) | (false, _) => text,
    }
}
