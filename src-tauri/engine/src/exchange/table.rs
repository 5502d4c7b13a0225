//! Events as comma-separated values.

use csv::{Terminator, WriterBuilder};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::event::{Priority, StoredEvent};

const HEADINGS: [&str; 10] =
    ["received", "feed", "type", "group", "priority", "title", "body", "link", "last event id", "data"];

/// The first line.
pub(super) fn headings() -> Vec<u8> {
    let mut out = Vec::new();
    line(&mut out, HEADINGS);
    out
}

/// Adds an event's line.
pub(super) fn write(out: &mut Vec<u8>, event: &StoredEvent, feed_name: &str) {
    let StoredEvent { row, data, last_event_id, trace: _ } = event;
    let reading = &row.reading;
    let cells = [
        feed_name,
        &row.event_type,
        reading.group.as_deref().unwrap_or_default(),
        word(reading.priority),
        &reading.title,
        &reading.body,
        reading.link.as_deref().unwrap_or_default(),
        last_event_id,
        data,
    ];
    let [feed, kind, group, priority, title, body, link, id, data] = cells.map(inert);
    line(
        out,
        [&received(row.received_at_ms), &feed, &kind, &group, &priority, &title, &body, &link, &id, &data],
    );
}

/// When an event arrived, in local time with its distance from UTC; a number that is no time as itself.
pub(super) fn received(at_ms: i64) -> String {
    match Timestamp::from_millisecond(at_ms) {
        Ok(at) => at.to_zoned(TimeZone::system()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
        Err(_) => at_ms.to_string(),
    }
}

/// A priority's name.
pub(super) fn word(priority: Priority) -> &'static str {
    match priority {
        Priority::Min => "min",
        Priority::Low => "low",
        Priority::Normal => "normal",
        Priority::High => "high",
        Priority::Urgent => "urgent",
    }
}

/// Puts an apostrophe before what spreadsheets take for a formula, which could send cells to somebody.
fn inert(cell: &str) -> String {
    match cell.trim_start_matches([' ', '\n']).as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => format!("'{cell}"),
        Some(_) | None => cell.to_owned(),
    }
}

fn line(out: &mut Vec<u8>, cells: [&str; 10]) {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut *out);
    writer.write_record(cells).and_then(|()| Ok(writer.flush()?)).expect("memory takes every byte");
}
