//! What a service does its own way where the standard has no word for it, as plain data.

use std::collections::HashMap;

use serde_json::value::RawValue;
use url::Url;

/// Longer than any id or time that services put into their events; a longer one is something else.
const LONGEST_ID: usize = 64;

/// What a service does its own way. The default is the standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// How the server is told where to resume.
    pub resume: ResumeBy,
    /// Where an event says its id, for servers that send no `id:` field.
    pub payload_id: Option<PayloadId>,
    /// Messages by which the service ends the stream until a person signs in again.
    pub goodbyes: &'static [Goodbye],
    /// Whether the answer's `Last-Event-ID` says which event the stream goes on from: where that is not the one it was
    /// asked to go on from, the server no longer has what came between.
    pub says_where: bool,
    /// Domains of the service whose hosts may redirect to one another over https, secrets included.
    pub kin: &'static [&'static str],
}

/// How a server is told the last event ID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResumeBy {
    /// By the header `Last-Event-ID`, as the standard says.
    #[default]
    Header,
    /// By this parameter of the address alone.
    Parameter(&'static str),
    /// By both.
    HeaderAndParameter(&'static str),
    /// Not at all: it can't resume.
    Nothing,
}

/// Where a JSON object says what its event's id is.
///
/// All of it must fit, so that an object which only happens to have some of the members is not taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayloadId {
    /// The member that holds the id, a text of letters and digits.
    pub id: &'static str,
    /// How many letters and digits it has.
    pub length: usize,
    /// The member that names the kind.
    pub kind: &'static str,
    /// Kinds whose id can be resumed from.
    pub events: &'static [&'static str],
    /// The kind that says when the stream began.
    pub opening: &'static str,
    /// The member that holds the time in whole seconds, from which can be resumed too.
    pub time: &'static str,
    /// A member that must hold a text.
    pub besides: &'static str,
}

/// A message by which a service ends a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goodbye {
    /// Its event type.
    pub event_type: &'static str,
    /// What it means, for people.
    pub sentence: &'static str,
}

/// What a payload said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum InPayload {
    /// The event's id.
    Id(String),
    /// When the stream began, in a form to resume from.
    Start(String),
}

impl Dialect {
    /// Whether both addresses are of hosts that this service lets redirect to one another.
    pub(super) fn is_kin(&self, from: &Url, to: &Url) -> bool {
        let of = |url: &Url, domain: &str| {
            url.scheme() == "https"
                && url.port().is_none()
                && url
                    .host_str()
                    .and_then(|host| host.strip_suffix(domain))
                    .is_some_and(|rest| rest.ends_with('.'))
        };
        self.kin.iter().any(|domain| of(from, domain) && of(to, domain))
    }
}

impl ResumeBy {
    /// The parameter's name, if there is one.
    pub(super) fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Parameter(name) | Self::HeaderAndParameter(name) => Some(name),
            Self::Header | Self::Nothing => None,
        }
    }

    /// Whether the header carries the id.
    pub(super) fn uses_header(self) -> bool {
        match self {
            Self::Header | Self::HeaderAndParameter(_) => true,
            Self::Parameter(_) | Self::Nothing => false,
        }
    }
}

impl PayloadId {
    /// Whether a text is an object of this kind, an opening or an event.
    pub fn fits(&self, data: &str) -> bool {
        self.read(data).is_some()
    }

    pub(super) fn read(&self, data: &str) -> Option<InPayload> {
        // Most data that isn't meant ends here, without being parsed.
        if !data.starts_with('{') || !data.contains(self.besides) {
            return None;
        }
        let members: HashMap<String, &RawValue> = serde_json::from_str(data).ok()?;
        let member = |name: &str| members.get(name).map(|value| value.get());
        let text = |name: &str| serde_json::from_str::<String>(member(name)?).ok();
        let (id, kind, _) = (text(self.id)?, text(self.kind)?, text(self.besides)?);
        let time =
            member(self.time).filter(|time| time.len() <= LONGEST_ID && time.parse::<u64>().is_ok())?;
        if id.len() != self.length || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        if self.events.contains(&kind.as_str()) {
            return Some(InPayload::Id(id));
        }
        (kind == self.opening).then(|| InPayload::Start(time.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYLOAD: PayloadId = PayloadId {
        id: "id",
        length: 4,
        kind: "event",
        events: &["message"],
        opening: "open",
        time: "time",
        besides: "topic",
    };

    #[test]
    fn takes_the_id_of_an_event_and_the_time_of_an_opening() {
        let id = r#"{"id":"aB3d","time":17,"event":"message","topic":"t","x":[{"id":"no"}]}"#;
        assert_eq!(PAYLOAD.read(id), Some(InPayload::Id("aB3d".into())));
        let start = r#"{"id":"aB3d","time":17,"event":"open","topic":"t"}"#;
        assert_eq!(PAYLOAD.read(start), Some(InPayload::Start("17".into())));
    }

    #[test]
    fn takes_nothing_from_what_only_looks_alike() {
        for data in [
            "",
            "topic",
            "{topic",
            r#"["topic"]"#,
            r#"{"id":"aB3d","time":17,"event":"keepalive","topic":"t"}"#,
            r#"{"id":"aB3","time":17,"event":"message","topic":"t"}"#,
            r#"{"id":"a&=d","time":17,"event":"message","topic":"t"}"#,
            r#"{"id":1234,"time":17,"event":"message","topic":"t"}"#,
            r#"{"id":"aB3d","time":"17","event":"message","topic":"t"}"#,
            r#"{"id":"aB3d","time":-17,"event":"message","topic":"t"}"#,
            r#"{"id":"aB3d","time":17,"event":"message","topic":7}"#,
            r#"{"id":"aB3d","time":17,"topic":"t"}"#,
        ] {
            assert_eq!(PAYLOAD.read(data), None, "{data}");
        }
    }

    #[test]
    fn only_hosts_below_the_services_domain_are_kin() {
        let dialect = Dialect { kin: &["fire.test"], ..Dialect::default() };
        let kin = |from: &str, to: &str| dialect.is_kin(&from.parse().unwrap(), &to.parse().unwrap());
        assert!(kin("https://a.fire.test/x", "https://s-1.fire.test/y?ns=a"));
        for (from, to) in [
            ("https://a.fire.test/", "http://b.fire.test/"),
            ("http://a.fire.test/", "https://b.fire.test/"),
            ("https://a.fire.test/", "https://b.fire.test:8443/"),
            ("https://a.fire.test/", "https://fire.test/"),
            ("https://a.fire.test/", "https://bfire.test/"),
            ("https://a.fire.test/", "https://b.fire.test.evil.test/"),
            ("https://a.test/", "https://b.fire.test/"),
        ] {
            assert!(!kin(from, to), "{from} -> {to}");
        }
        assert!(
            !Dialect::default()
                .is_kin(&"https://a.test/".parse().unwrap(), &"https://b.test/".parse().unwrap())
        );
    }
}
