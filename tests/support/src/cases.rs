//! The standard's cases in `tests/data/sse-cases.json`, typed.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Deserializer};

use crate::answer::{Answer, Piece, milliseconds};
use crate::expect::ConnExpect;
use crate::script::Script;

/// All cases.
#[derive(Clone, Debug, Deserialize)]
pub struct Cases {
    /// Bodies and the events in them.
    pub parse: Vec<ParseCase>,
    /// Conversations, and what must be seen of them.
    pub conn: Vec<ConnCase>,
}

/// A body and the events in it.
#[derive(Clone, Debug, Deserialize)]
pub struct ParseCase {
    /// The name.
    pub id: String,
    /// What it is about.
    pub note: String,
    /// How binding it is.
    pub level: Level,
    /// The body, one write each.
    pub chunks: Vec<Piece>,
    /// What the body must give.
    pub expect: ParseExpect,
}

/// What a body must give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParseExpect {
    /// The events in order.
    pub events: Vec<ExpectedEvent>,
    /// The reconnection time that was set.
    #[serde(rename = "retry_ms", deserialize_with = "maybe_milliseconds")]
    pub retry: Option<Duration>,
    /// The last event ID after the body.
    pub last_id: String,
    /// The last event must come before the body ends.
    pub prompt: bool,
}

/// An event as a page's script would see it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedEvent {
    /// The event type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The data.
    #[serde(deserialize_with = "text")]
    pub data: String,
    /// The last event ID.
    pub last_event_id: String,
}

/// A conversation with a scripted server, and what must be seen of it.
#[derive(Clone, Debug, Deserialize)]
pub struct ConnCase {
    /// The name.
    pub id: String,
    /// The group of cases it belongs to.
    pub group: String,
    /// What it is about.
    pub note: String,
    /// How binding it is.
    pub level: Level,
    /// The settings of the client.
    pub client: Client,
    /// How long to watch.
    #[serde(rename = "run_ms", deserialize_with = "milliseconds")]
    pub run: Duration,
    /// What must be seen.
    pub expect: ConnExpect,
    script: BTreeMap<String, Vec<Answer>>,
}

/// How binding a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The standard's text.
    Spec,
    /// The standard's text where a client for unattended use may retry with care.
    SpecButPolicy,
    /// What a client offers beyond the standard.
    Capability,
    /// What a client must survive.
    Robust,
}

/// The settings of the client in a connection case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Client {
    /// The last event ID to begin with.
    pub last_event_id: Option<String>,
    /// Headers to add to each request.
    pub headers: BTreeMap<String, String>,
    /// The method, `GET` where there is none.
    pub method: Option<String>,
    /// The body of each request.
    pub body: Option<String>,
    /// Close after so many events.
    pub close_on_event: Option<usize>,
    /// How much later the server's port opens; part of the case's script.
    #[serde(rename = "late_port_ms", deserialize_with = "milliseconds")]
    pub late_port: Duration,
}

impl ConnCase {
    /// Returns the server's part of the conversation.
    pub fn script(&self) -> Script {
        let at = |script: Script, (sub, answers): (&String, &Vec<Answer>)| script.at(sub, answers.clone());
        self.script.iter().fold(Script::default(), at).late_port(self.client.late_port)
    }
}

/// Reads all cases.
///
/// # Panics
///
/// Where the file holds anything that this room doesn't know, so that no part of a case is ever passed over.
pub fn cases() -> Cases {
    let text = include_str!("../../data/sse-cases.json");
    serde_json::from_str(text).expect("the cases are in the form of this room")
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Fill { fill: String, n: usize },
}

fn text<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Ok(match Text::deserialize(input)? {
        Text::Whole(text) => text,
        Text::Fill { fill, n } => fill.repeat(n),
    })
}

/// Reads a number of milliseconds that may be absent or null.
pub(crate) fn maybe_milliseconds<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Duration>, D::Error> {
    Ok(Option::<u64>::deserialize(input)?.map(Duration::from_millis))
}
