//! An event as a line of JSON, with all that is needed to read it back.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::event::{EventRow, Presented, Priority, Reading, Received, StoredEvent, Trace};
use crate::format;
use crate::history::{Kept, digest};
use crate::id::{EventId, FeedId};

/// An event in a file of JSON Lines. What may be missing in a line has a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    /// Its number in the history it comes from; means nothing in another one.
    #[serde(default = "nowhere")]
    pub id: EventId,
    /// The id of its feed.
    #[serde(borrow)]
    pub feed: Cow<'a, str>,
    /// The name of its feed.
    #[serde(default, borrow)]
    pub feed_name: Cow<'a, str>,
    /// When it arrived, in milliseconds since the Unix epoch.
    pub received_at_ms: i64,
    /// The event type.
    #[serde(rename = "type", default = "message", borrow)]
    pub event_type: Cow<'a, str>,
    /// The last event ID in force.
    #[serde(default, borrow)]
    pub last_event_id: Cow<'a, str>,
    /// Whether its own block set that id.
    #[serde(default)]
    pub own_id: bool,
    /// The digest of what the server sent, 16 hexadecimal digits.
    #[serde(default, borrow)]
    pub digest: Cow<'a, str>,
    /// Its title.
    #[serde(borrow)]
    pub title: Cow<'a, str>,
    /// Its body.
    #[serde(default, borrow)]
    pub body: Cow<'a, str>,
    /// Its link.
    #[serde(default, borrow)]
    pub link: Option<Cow<'a, str>>,
    /// How much it matters.
    #[serde(default)]
    pub priority: Priority,
    /// What it is a state of.
    #[serde(default, borrow)]
    pub key: Option<Cow<'a, str>>,
    /// What it belongs to.
    #[serde(default, borrow)]
    pub group: Option<Cow<'a, str>>,
    /// Whether a person has seen it.
    #[serde(default)]
    pub read: bool,
    /// Whether it is starred.
    #[serde(default)]
    pub starred: bool,
    /// Whether its popup was shown.
    #[serde(default)]
    pub shown: bool,
    /// The raw data.
    #[serde(default, borrow)]
    pub data: Cow<'a, str>,
}

fn nowhere() -> EventId {
    EventId(0)
}

fn message() -> Cow<'static, str> {
    Cow::Borrowed("message")
}

impl<'a> Record<'a> {
    /// Describes a stored event.
    pub fn of(kept: &'a Kept, feed_name: &'a str) -> Self {
        let Kept { event: StoredEvent { row, data, last_event_id, trace: _ }, own_id, digest } = kept;
        Self {
            id: row.id,
            feed: row.feed.as_str().into(),
            feed_name: feed_name.into(),
            received_at_ms: row.received_at_ms,
            event_type: row.event_type.as_str().into(),
            last_event_id: last_event_id.as_str().into(),
            own_id: *own_id,
            digest: format!("{digest:016x}").into(),
            title: row.reading.title.as_str().into(),
            body: row.reading.body.as_str().into(),
            link: row.reading.link.as_deref().map(Into::into),
            priority: row.reading.priority,
            key: row.reading.key.as_deref().map(Into::into),
            group: row.reading.group.as_deref().map(Into::into),
            read: row.read,
            starred: row.starred,
            shown: row.presented == Presented::Shown,
            data: data.as_str().into(),
        }
    }

    /// Writes it as one line.
    pub fn write(&self, out: &mut Vec<u8>) {
        serde_json::to_writer(&mut *out, self).expect("text and numbers are JSON");
        out.push(b'\n');
    }

    /// Makes it an event of a feed again, as clean as if it had come from a server.
    pub(super) fn into_kept(self, feed: FeedId) -> Kept {
        let received = Received {
            event_type: self.event_type.into_owned(),
            data: self.data.into_owned(),
            last_event_id: self.last_event_id.into_owned(),
            own_id: self.own_id,
            received_at_ms: self.received_at_ms,
        };
        let reading = Reading {
            title: self.title.into_owned(),
            body: self.body.into_owned(),
            link: self.link.as_deref().and_then(format::link::accept),
            priority: self.priority,
            key: self.key.map(Cow::into_owned),
            group: self.group.map(Cow::into_owned),
            ..Reading::default()
        };
        let reading = format::fit(reading, &received, &self.feed_name);
        let known = u64::from_str_radix(&self.digest, 16).ok().filter(|_| self.digest.len() == 16);
        let digest = known.map_or_else(|| digest(&received), u64::cast_signed);
        let row = EventRow {
            id: self.id,
            feed,
            received_at_ms: received.received_at_ms,
            event_type: received.event_type,
            reading,
            read: self.read,
            starred: self.starred,
            presented: if self.shown { Presented::Shown } else { Presented::Suppressed },
        };
        let event = StoredEvent {
            row,
            data: received.data,
            last_event_id: received.last_event_id,
            trace: Trace::default(),
        };
        Kept { event, own_id: received.own_id, digest }
    }
}
