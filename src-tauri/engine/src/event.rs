//! An event on its way: as received, as it reads, as stored.

use serde::{Deserialize, Serialize};

use crate::id::{EventId, FeedId};

/// The event type of a row that no server sent: it stands in the history where events may be missing.
///
/// Such a row counts as read and raises no popup. Its data is a JSON object with `fromMs` and `toMs`, wall-clock
/// milliseconds since the Unix epoch, and `missing`, how many events are missing by their numbers, or null.
pub const GAP_TYPE: &str = "tidings-gap";

/// One event as its server sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The event type; "message" where the server named none.
    pub event_type: String,
    /// The data, its lines joined by `\n`.
    pub data: String,
    /// The last event ID in force when the event was dispatched; empty when there is none.
    pub last_event_id: String,
    /// Whether this event's own block set the id, so that it names this event and no other.
    pub own_id: bool,
    /// When it arrived, in milliseconds since the Unix epoch.
    pub received_at_ms: i64,
}

impl Received {
    /// Whether an id of its own names it, by which a server can be asked for what followed.
    pub fn is_named(&self) -> bool {
        self.own_id && !self.last_event_id.is_empty()
    }
}

/// How much an event matters to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Priority {
    /// Noise.
    Min,
    /// Can wait.
    Low,
    /// Everything that doesn't say otherwise.
    #[default]
    Normal,
    /// Should be seen soon.
    High,
    /// Must be seen at once.
    Urgent,
}

/// An event as a person reads it: what the list, the popup and the detail show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// One line.
    pub title: String,
    /// Any number of lines, joined by `\n`; empty when the title says it all.
    pub body: String,
    /// An `http` or `https` address to open.
    pub link: Option<String>,
    /// How much it matters.
    pub priority: Priority,
    /// Events of one feed with the same key are states of the same thing: the newer popup replaces the older.
    pub key: Option<String>,
    /// What the event belongs to: a pull request, a host, a room. Events of one feed that belong together stand together.
    pub group: Option<String>,
    /// What its popup can offer besides the link; not stored, so none in lists.
    pub actions: Vec<Action>,
    /// Whether the event takes back what was told under its key: it is kept, and raises no popup. Not stored.
    pub withdraws: bool,
}

/// Something a popup can offer: an address to open, never anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What the button says, one line.
    pub label: String,
    /// An `http` or `https` address.
    pub url: String,
}

/// What became of an event's popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Presented {
    /// Stored, nothing decided.
    New,
    /// Handed to the notification daemon, no answer yet.
    Presenting,
    /// Shown, alone or as one of "N more".
    Shown,
    /// Never to be shown: muted, paused or told so by a rule.
    Suppressed,
}

/// How an event's popup behaves, beyond what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Insistence {
    /// It stays until it is dismissed.
    pub stays: bool,
    /// Its sound: a name of the freedesktop sound naming specification, "none", or what the desktop does by itself.
    pub sound: Option<String>,
}

/// What decided about an event's popup: the short answer to "why was I (not) notified?".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Trace {
    /// The name of the rule that held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What kept the popup back, if anything did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop>,
    /// Why a template could not be used for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// What keeps a popup back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Stop {
    /// The feed raises no popups.
    FeedOff,
    /// The rule says so.
    Rule,
    /// The feed was muted.
    FeedMuted,
    /// Everything was muted.
    AllMuted,
    /// It came in quiet hours; their end brings a digest.
    Quiet {
        /// When they end, in milliseconds since the Unix epoch.
        until_ms: i64,
    },
}

/// A stored event as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Its number.
    pub id: EventId,
    /// The feed it came from.
    pub feed: FeedId,
    /// When it arrived, in milliseconds since the Unix epoch.
    pub received_at_ms: i64,
    /// The event type.
    pub event_type: String,
    /// How it reads; the body is cut to what a list shows.
    pub reading: Reading,
    /// Whether a person has seen it.
    pub read: bool,
    /// Whether a person wants to keep it, whatever the limits say.
    pub starred: bool,
    /// What became of its popup.
    pub presented: Presented,
}

/// A stored event, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// As lists show it, with the whole body.
    pub row: EventRow,
    /// The raw data.
    pub data: String,
    /// The last event ID in force.
    pub last_event_id: String,
    /// What decided about its popup.
    pub trace: Trace,
}
