//! A stored event as a terminal shows it and as other programs read it.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;
use tidings_engine::event::{Priority, StoredEvent};
use tidings_engine::id::{EventId, FeedId};
use tidings_engine::settings::Feed;

use crate::moment;
use crate::report::plain;

/// What people call the feeds.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<FeedId, String>);

impl Names {
    pub(crate) fn new(feeds: &[Feed]) -> Self {
        Self(feeds.iter().map(|feed| (feed.id.clone(), feed.name.clone())).collect())
    }

    /// A feed that isn't in the settings is called by its id.
    fn of<'a>(&'a self, feed: &'a FeedId) -> &'a str {
        self.0.get(feed).map_or(feed.as_str(), String::as_str)
    }
}

/// A stored event, as it is printed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventLine<'a> {
    id: EventId,
    feed: &'a FeedId,
    feed_name: &'a str,
    received_at_ms: i64,
    #[serde(rename = "type")]
    event_type: &'a str,
    last_event_id: &'a str,
    title: &'a str,
    body: &'a str,
    link: Option<&'a str>,
    priority: Priority,
    data: &'a str,
}

impl<'a> EventLine<'a> {
    pub(crate) fn of(event: &'a StoredEvent, names: &'a Names) -> Self {
        let StoredEvent { row, data, last_event_id, trace: _ } = event;
        Self {
            id: row.id,
            feed: &row.feed,
            feed_name: names.of(&row.feed),
            received_at_ms: row.received_at_ms,
            event_type: &row.event_type,
            last_event_id,
            title: &row.reading.title,
            body: &row.reading.body,
            link: row.reading.link.as_deref(),
            priority: row.reading.priority,
            data,
        }
    }

    /// Writes one JSON object in a line, or what people read.
    pub(crate) fn write(&self, out: &mut impl Write, json: bool) -> io::Result<()> {
        if json {
            serde_json::to_writer(&mut *out, self)?;
            return out.write_all(b"\n");
        }
        let at = moment::said(self.received_at_ms);
        writeln!(out, "{at}  {}  {}{}", plain(self.feed_name), mark(self.priority), plain(self.title))?;
        for line in self.body.lines().map(plain).chain(self.link.map(plain)) {
            writeln!(out, "    {line}")?;
        }
        Ok(())
    }
}

/// What is out of the ordinary shows.
fn mark(priority: Priority) -> &'static str {
    match priority {
        Priority::Min | Priority::Low | Priority::Normal => "",
        Priority::High => "! ",
        Priority::Urgent => "!! ",
    }
}

#[cfg(test)]
mod tests {
    use tidings_engine::event::{EventRow, Presented, Reading, Trace};

    use super::*;

    fn event() -> StoredEvent {
        let reading = Reading {
            title: "a\u{1b}[2Jb".into(),
            body: "one\r\n\u{9b}two".into(),
            link: Some("https://example.org/".into()),
            priority: Priority::High,
            key: None,
            ..Reading::default()
        };
        let row = EventRow {
            id: EventId(7),
            feed: FeedId::from_text("f"),
            received_at_ms: 1,
            event_type: "message".into(),
            reading,
            read: false,
            starred: false,
            presented: Presented::New,
        };
        StoredEvent { row, data: "d\n".into(), last_event_id: "5".into(), trace: Trace::default() }
    }

    fn written(json: bool) -> String {
        let (event, mut out) = (event(), Vec::new());
        EventLine::of(&event, &Names::default()).write(&mut out, json).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_event_is_one_json_object_in_one_line() {
        let json = written(true);
        assert_eq!(json.matches('\n').count(), 1);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (&value["id"], &value["feedName"], &value["data"]),
            (&7.into(), &"f".into(), &"d\n".into())
        );
    }

    #[test]
    fn an_event_cannot_steer_the_terminal() {
        let text = written(false);
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
        assert!(text.contains("! a") && text.ends_with("two\n    https://example.org/\n"), "{text}");
    }
}
