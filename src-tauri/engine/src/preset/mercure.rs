//! Mercure hubs (<https://mercure.rocks/spec>): what is published is the publisher's, often JSON-LD of API Platform.

use serde_json::Value;
use url::Url;

use super::{Meaning, word};
use crate::event::{Reading, Received};
use crate::format::link;
use crate::transport::{Dialect, ResumeBy};

/// The hub takes the last event ID from the header, else from the address, which also passes proxies that drop headers.
///
/// Sign-in is a bearer token, a header `Cookie: mercureAuthorization=…`, or a parameter `authorization`.
pub(super) const DIALECT: Dialect = Dialect {
    resume: ResumeBy::HeaderAndParameter("lastEventID"),
    payload_id: None,
    goodbyes: &[],
    says_where: true,
    kin: &[],
};

/// Recognises the path that the specification fixes.
pub(super) fn is_address(url: &Url) -> bool {
    url.path().ends_with("/.well-known/mercure")
}

/// Reads a resource by what JSON-LD says of it; all else reads as any event.
pub(super) fn read(_: &Received, data: &Value) -> Meaning {
    let Some(id) = word(data, "/@id") else { return Meaning::Ordinary };
    let kind = word(data, "/@type").unwrap_or("Resource");
    let names = ["/title", "/name", "/label", "/headline", "/subject"];
    let Some(name) = names.iter().find_map(|path| word(data, path)) else {
        let only_id =
            data.as_object().is_some_and(|members| members.keys().all(|name| name.starts_with('@')));
        if !only_id {
            return Meaning::Ordinary;
        }
        // API Platform publishes nothing but the id of what was deleted.
        return Meaning::Event(Reading {
            title: format!("Deleted: {id}"),
            key: Some(format!("id:{id}")),
            ..Reading::default()
        });
    };
    let bodies = ["/message", "/body", "/description", "/content", "/text", "/summary"];
    let body = bodies.iter().find_map(|path| word(data, path)).unwrap_or(kind);
    Meaning::Event(Reading {
        title: name.to_owned(),
        body: body.to_owned(),
        link: ["/url", "/@id"].iter().find_map(|path| link::accept(word(data, path)?)),
        key: Some(format!("id:{id}")),
        ..Reading::default()
    })
}
