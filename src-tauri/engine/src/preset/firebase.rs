//! Firebase Realtime Database (<https://firebase.google.com/docs/reference/rest/database#section-streaming>).

mod mirror;

use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::{Meaning, word};
use crate::event::{Reading, Received};
use crate::format;
use crate::language::Language;
use crate::transport::{Dialect, Goodbye, ResumeBy};
pub(super) use mirror::Mirror;

/// Where Firebase's databases are.
const DOMAINS: &[&str] = &["firebaseio.com", "firebasedatabase.app"];

/// There are no ids: each stream begins with the whole state. The first answer is a redirect to the host that holds it.
pub(super) const DIALECT: Dialect = Dialect {
    resume: ResumeBy::Nothing,
    payload_id: None,
    goodbyes: &[
        Goodbye {
            event_type: "auth_revoked",
            sentence: "Firebase says that the sign-in has expired or was revoked. Enter a current one.",
        },
        Goodbye {
            event_type: "cancel",
            sentence: "Firebase says that this sign-in may not read here any more. Enter another one, or change the database's rules.",
        },
    ],
    says_where: false,
    kin: DOMAINS,
};

/// Recognises a database's host.
pub(super) fn is_address(url: &Url) -> bool {
    let below = |domain: &&str| {
        url.host_str().and_then(|host| host.strip_suffix(*domain)).is_some_and(|rest| rest.ends_with('.'))
    };
    DOMAINS.iter().any(below) && url.path().ends_with(".json")
}

/// Recognises a change.
pub(super) fn is_message(received: &Received, data: &Value) -> bool {
    matches!(received.event_type.as_str(), "put" | "patch")
        && word(data, "/path").is_some_and(|path| path.starts_with('/'))
        && data.as_object().is_some_and(|members| members.len() == 2 && members.contains_key("data"))
}

/// A change, what it sets still text.
#[derive(serde::Deserialize)]
struct Change<'a> {
    #[serde(borrow)]
    path: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// Reads a change by its path. The state with which a stream begins is an event only if it is not known already.
pub(super) fn read(received: &Received, feed_name: &str, language: Language, mirror: &mut Mirror) -> Meaning {
    let kind = received.event_type.as_str();
    if kind == "keep-alive" {
        return Meaning::Alive;
    }
    let ("put" | "patch", Ok(change)) = (kind, serde_json::from_str::<Change<'_>>(&received.data)) else {
        return Meaning::Ordinary;
    };
    if !mirror.take(kind == "patch", &change.path, change.data.get()) {
        return Meaning::Alive;
    }
    let place = change.path.trim_matches('/');
    let key = Some(format!("path:/{place}"));
    if change.data.get() == "null" {
        let title = if place.is_empty() { language.everything() } else { place };
        let body = language.value_deleted();
        return Meaning::Event(Reading { title: title.into(), body: body.into(), key, ..Reading::default() });
    }
    let heading = if place.is_empty() { feed_name } else { place };
    // A path is no name of a kind; it stands in the title as it is, where the content has none.
    let inner =
        Received { event_type: String::new(), data: change.data.get().to_owned(), ..received.clone() };
    let reading = format::read(&inner, heading);
    Meaning::Event(match serde_json::from_str::<String>(change.data.get()) {
        Ok(body) => Reading { title: heading.to_owned(), body, key, ..reading },
        Err(_) => Reading { key, ..reading },
    })
}
