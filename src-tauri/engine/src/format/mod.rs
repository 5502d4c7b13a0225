//! How an event reads to a person when nobody has set anything: title, body, link, priority, key and group.

use crate::event::{Reading, Received};

pub mod clean;
mod deed;
pub mod html;
mod json;
pub mod link;
mod measure;
mod object;
mod priority;
pub mod template;
mod words;

use json::{Json, List};
use words::Source;

/// Reads an event: JSON by the names its members usually have, everything else as text.
///
/// The title is one clean line; the body keeps its lines and is clean, but not cut for a popup.
pub fn read(received: &Received, feed_name: &str) -> Reading {
    let source = Source::new(&received.event_type, feed_name);
    let data = received.data.trim();
    let reading = match Json::parse(data) {
        Some(Json::Object(object)) => object::read(&object, &source),
        Some(Json::List(list)) => of_list(&list, &source),
        Some(Json::Text(text)) => words::read(&text, &source),
        Some(Json::Number(word)) => words::entitle(&source, word),
        Some(Json::Bool(_) | Json::Null) => words::entitle(&source, data),
        None => words::read(data, &source),
    };
    tidy(reading, &source)
}

/// How far the thing that an event's data tells of has come, in whole per cent, if that is what it tells.
pub fn progress(data: &str) -> Option<u8> {
    match Json::parse(data.trim())? {
        Json::Object(object) => measure::percent(&object),
        Json::List(_) | Json::Text(_) | Json::Number(_) | Json::Bool(_) | Json::Null => None,
    }
}

/// The picture that an event's data names, if any: an address, as it stands there.
pub fn picture(data: &str) -> Option<String> {
    match Json::parse(data.trim())? {
        Json::Object(object) => object::picture(&object),
        Json::List(_) | Json::Text(_) | Json::Number(_) | Json::Bool(_) | Json::Null => None,
    }
}

/// Reads an event as text, even where it looks like JSON.
pub fn read_text(received: &Received, feed_name: &str) -> Reading {
    let source = Source::new(&received.event_type, feed_name);
    tidy(words::read(&received.data, &source), &source)
}

/// Makes a reading that knows its service fit to be shown; without a title it gets the type's or the feed's name.
pub fn fit(reading: Reading, received: &Received, feed_name: &str) -> Reading {
    tidy(reading, &Source::new(&received.event_type, feed_name))
}

/// A list reads as its items, one line each.
fn of_list(list: &List<'_>, source: &Source<'_>) -> Reading {
    if let ([only], 1) = (list.items.as_slice(), list.total)
        && let Some(Json::Object(object)) = Json::open(only)
    {
        return object::read(&object, source);
    }
    let mut lines: Vec<String> =
        list.items.iter().filter_map(|item| line(Json::open(item)?, source)).take(words::LINES).collect();
    if list.total > lines.len() && !lines.is_empty() {
        lines.push(format!("… and {} more", list.total - lines.len()));
    }
    words::entitle(source, &lines.join("\n"))
}

/// An item of a list in one line.
fn line(item: Json<'_>, source: &Source<'_>) -> Option<String> {
    match item {
        Json::Object(object) => {
            let reading = object::read(&object, source);
            let says = if reading.title == source.heading() { &reading.body } else { &reading.title };
            Some(clean::title(says))
        }
        Json::List(list) => Some(format!("{} items", list.total)),
        Json::Null => None,
        Json::Bool(yes) => Some(yes.to_string()),
        Json::Number(digits) => Some(digits.to_owned()),
        Json::Text(text) => Some(clean::title(&text)),
    }
    .filter(|line| !line.is_empty())
}

/// Makes a reading fit to be shown; a title too long for its line is said in full in the body.
fn tidy(reading: Reading, source: &Source<'_>) -> Reading {
    let mut body = clean::text(&reading.body);
    let mut title = clean::title(&reading.title);
    if title.is_empty() {
        title = clean::title(&source.heading());
    } else if body.is_empty() && title.ends_with('…') && !reading.title.trim_end().ends_with('…') {
        body = clean::text(&reading.title);
    }
    let key = reading.key.map(|key| clean::title(&key)).filter(|key| !key.is_empty());
    let group = reading.group.as_deref().and_then(clean::group);
    Reading { title, body, key, group, ..reading }
}

#[cfg(test)]
mod tests;
