//! A stored event as a terminal shows it and as other programs read it.

use std::io::{self, Write};

use tidings_engine::event::Priority;
use tidings_engine::exchange::{Names, Record};
use tidings_engine::settings::Feed;

use crate::moment;
use crate::report::plain;

/// What the feeds are called.
pub(crate) fn names(feeds: &[Feed]) -> Names {
    feeds.iter().map(|feed| (feed.id.clone(), feed.name.clone())).collect()
}

/// Writes an event: one JSON object in a line, as in an export, or what people read.
pub(crate) fn write(out: &mut impl Write, record: &Record<'_>, json: bool) -> io::Result<()> {
    if json {
        let mut line = Vec::new();
        record.write(&mut line);
        return out.write_all(&line);
    }
    let at = moment::said(record.received_at_ms);
    let group = record.group.as_deref().map_or_else(String::new, |group| format!(" · {}", plain(group)));
    let (name, title) = (plain(&record.feed_name), plain(&record.title));
    writeln!(out, "{at}  {name}{group}  {}{title}", mark(record.priority))?;
    for line in record.body.lines().chain(record.link.as_deref()).map(plain) {
        writeln!(out, "    {line}")?;
    }
    Ok(())
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
    use tidings_engine::event::{EventRow, Presented, Reading, StoredEvent, Trace};
    use tidings_engine::history::Kept;
    use tidings_engine::id::{EventId, FeedId};

    use super::*;

    fn event() -> Kept {
        let reading = Reading {
            title: "a\u{1b}[2Jb".into(),
            body: "one\r\n\u{9b}two".into(),
            link: Some("https://example.org/".into()),
            priority: Priority::High,
            group: Some("web\u{1b}[1m".into()),
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
        let event =
            StoredEvent { row, data: "d\n".into(), last_event_id: "5".into(), trace: Trace::default() };
        Kept { event, own_id: true, digest: -1 }
    }

    fn written(json: bool) -> String {
        let (event, mut out) = (event(), Vec::new());
        write(&mut out, &Record::of(&event, "f"), json).unwrap();
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
        assert_eq!(value["digest"], "ffffffffffffffff");
    }

    #[test]
    fn an_event_cannot_steer_the_terminal() {
        let text = written(false);
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
        assert!(
            text.contains("f · web")
                && text.contains("! a")
                && text.ends_with("two\n    https://example.org/\n"),
            "{text}"
        );
    }
}
