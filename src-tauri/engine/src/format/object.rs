//! A JSON object as a person reads it, by the names its members usually have.

use super::json::{Json, Member, Object};
use super::words::{self, LINES, Source, readable};
use super::{clean, deed, link, measure, priority};
use crate::event::Reading;

/// Members that are a title and nothing else.
const TITLE: &[&str] = &["title", "subject", "headline", "heading"];
/// Members that are a title where there is none of the former.
const NAME: &[&str] = &["summary", "name", "label", "displayname"];
/// Members that are the text.
const BODY: &[&str] = &["message", "body", "text", "description", "content", "msg"];
/// Members that are the text where there is none of the former.
const DETAIL: &[&str] = &["summary", "details", "detail", "comment", "excerpt", "reason", "data", "value"];
/// Members that say whose text it is.
const SENDER: &[&str] = &[
    "topic", "channel", "sender", "from", "user", "username", "author", "app", "service", "host", "source",
    "name",
];
/// Members that hold a link.
const LINK: &[&str] =
    &["url", "link", "href", "click", "htmlurl", "weburl", "permalink", "notifyurl", "actionurl", "titleurl"];
/// Members that name a picture.
const PICTURE: &[&str] = &["icon", "image", "avatar"];
/// Members that hold the event itself, with only its postage around it.
const ENVELOPE: &[&str] = &["data", "payload", "notification", "event", "message", "alert"];
/// Members that name the kind of event.
const KIND: &[&str] = &["eventtype", "event", "type", "kind", "action"];
/// Members by which a server says itself that the later replaces the earlier.
const KEY: &[&str] = &["collapsekey", "dedupkey", "dedupekey", "sequenceid"];
/// Members that tell a person nothing while there are others.
const NOISE: &[&str] = &[
    "id",
    "uuid",
    "guid",
    "timestamp",
    "time",
    "ts",
    "date",
    "datetime",
    "createdat",
    "updatedat",
    "publishedat",
    "timefired",
    "lastchanged",
    "lastupdated",
    "expires",
    "ttl",
    "schema",
    "origin",
    "context",
    "meta",
    "metadata",
];
/// Graphemes of a value in a line of its own are cut here, so that one can't push out the others.
const VALUE: usize = 100;

/// The address of the picture that an object names.
pub(super) fn picture(object: &Object<'_>) -> Option<String> {
    let inner = teller(object);
    let named = |object: &Object<'_>| {
        let (_, address) = object.word(PICTURE)?;
        address.starts_with("https://").then_some(address)
    };
    inner.as_ref().and_then(named).or_else(|| named(object))
}

/// Reads an object: its own members, those one envelope deeper, or its plain values line by line.
pub(super) fn read(object: &Object<'_>, source: &Source<'_>) -> Reading {
    let inner = teller(object);
    let main = inner.as_ref().unwrap_or(object);
    let mut reading = match measure::read(main) {
        Some(found) => {
            let body = main.word(BODY).map_or_else(|| lines(main, &found.used), |(_, body)| body);
            let body = if found.title.ends_with(body.trim()) { String::new() } else { body };
            Reading { title: found.title, body, key: Some(found.key), ..Reading::default() }
        }
        None => told(main, object, source),
    };
    reading.link = address(main).or_else(|| address(object)).or(reading.link);
    reading.priority = priority::read(main).or_else(|| priority::read(object)).unwrap_or_default();
    let named = || main.word(KEY).map(|(name, key)| format!("{name}:{key}"));
    reading.key = reading.key.or_else(named).or_else(|| measure::of_instrument(main, &reading.title, source));
    reading
}

/// How clearly an object tells something to people.
fn clarity(object: &Object<'_>) -> u8 {
    if object.word(TITLE).is_some() || object.word(BODY).is_some() || measure::read(object).is_some() {
        2
    } else {
        u8::from(object.word(NAME).is_some())
    }
}

/// The inner object that tells more than the outer one, if there is one.
///
/// Without any that tells, an envelope's content is still more than the envelope.
fn teller<'a>(object: &Object<'a>) -> Option<Object<'a>> {
    if clarity(object) == 2 {
        return None;
    }
    let mut enveloped = ENVELOPE.iter().filter_map(|name| object.object(name));
    let mut nested = object.members().take(LINES * 2).filter_map(Member::object);
    let clear =
        enveloped.find(|inner| clarity(inner) == 2).or_else(|| nested.find(|inner| clarity(inner) == 2));
    if clear.is_some() || clarity(object) == 1 {
        return clear;
    }
    ENVELOPE.iter().find_map(|name| object.object(name))
}

/// Title and body from the usual members.
fn told(main: &Object<'_>, outer: &Object<'_>, source: &Source<'_>) -> Reading {
    let title = main.word(TITLE).or_else(|| main.word(NAME));
    let taken = title.as_ref().map_or("", |(name, _)| *name);
    let body = main.word(BODY).or_else(|| main.word(DETAIL).filter(|(name, _)| *name != taken));
    if title.is_none()
        && let Some(deed::Deed { title, used }) = deed::read(main)
    {
        let body = body.map_or_else(|| lines(main, &used), |(_, body)| body);
        return Reading { title, body, ..Reading::default() };
    }
    match (title, body) {
        (Some((_, title)), Some((_, body))) => Reading { title, body, ..Reading::default() },
        (Some((name, title)), None) => Reading { title, body: lines(main, &[name]), ..Reading::default() },
        (None, Some((name, body))) => {
            let sender = main.word(SENDER).or_else(|| outer.word(SENDER)).filter(|(from, _)| *from != name);
            match sender {
                Some((_, title)) => Reading { title, body, ..Reading::default() },
                None if source.kind().is_some() => words::entitle(source, &body),
                None => words::read(&body, source),
            }
        }
        (None, None) => {
            Reading { title: heading(outer, source), body: lines(main, &[]), ..Reading::default() }
        }
    }
}

/// The event type, or what the object itself says it is, or the feed's name.
fn heading(object: &Object<'_>, source: &Source<'_>) -> String {
    let own = || object.word(KIND).map(|(_, kind)| readable(&kind));
    if source.kind().is_some() { source.heading() } else { own().unwrap_or_else(|| source.heading()) }
}

fn address(object: &Object<'_>) -> Option<String> {
    LINK.iter().find_map(|name| link::accept(&object.get(name)?.word()?))
}

/// An object's values as `name: value`, at most [`LINES`] of them, without those already `used`.
fn lines(object: &Object<'_>, used: &[&str]) -> String {
    let (noise, telling): (Vec<_>, Vec<_>) =
        object.members().filter(|member| !used.contains(&member.plain.as_str())).partition(|member| {
            [NOISE, KIND, LINK, priority::NAMES, KEY]
                .iter()
                .any(|names| names.contains(&member.plain.as_str()))
        });
    let mut shown = Vec::new();
    for member in telling {
        add(&mut shown, member);
    }
    if shown.is_empty() && used.is_empty() {
        for member in noise {
            add(&mut shown, member);
        }
    }
    shown.join("\n")
}

/// Adds a member's line, or those of its plain values one level deeper, while there is room.
///
/// What a line above has said under the same name is not said again.
fn add(shown: &mut Vec<String>, member: &Member<'_>) {
    if shown.len() >= LINES {
        return;
    }
    let Some(inner) = member.object() else {
        shown.extend(member.value().and_then(|value| line(&member.name, value)));
        return;
    };
    for part in
        inner.members().filter(|part| !NOISE.contains(&part.plain.as_str()) && part.object().is_none())
    {
        let said = |value| line(&part.name, value).is_some_and(|line| shown.contains(&line));
        if shown.len() >= LINES || part.value().is_some_and(said) {
            continue;
        }
        let twice = member.plain.ends_with(&part.plain);
        let name = if twice { member.name.clone() } else { format!("{} {}", member.name, part.name) };
        shown.extend(part.value().and_then(|value| line(&name, value)));
    }
}

/// One value in one line; nothing for what has no plain value.
fn line(name: &str, value: Json<'_>) -> Option<String> {
    let value = match value {
        Json::Bool(yes) => yes.to_string(),
        Json::Number(digits) => digits.to_owned(),
        Json::Text(text) => clean::title(&text),
        Json::List(list) => {
            let words: Vec<String> =
                list.items.iter().filter_map(|item| Json::open(item)?.word()).take(LINES).collect();
            let more = list.total - words.len();
            if more == 0 || words.is_empty() {
                words.join(", ")
            } else {
                format!("{} and {more} more", words.join(", "))
            }
        }
        Json::Null | Json::Object(_) => return None,
    };
    let name = name.replace(['_', '-'], " ");
    let end = value.char_indices().nth(VALUE).map_or(value.len(), |(end, _)| end);
    let cut = if end < value.len() { "…" } else { "" };
    (!value.is_empty()).then(|| format!("{}: {}{cut}", name.trim(), &value[..end]))
}
