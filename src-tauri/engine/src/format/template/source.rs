//! What goes into templates and what comes out, bounded.

use std::io;

use minijinja::value::Value;

use super::{Part, filters};
use crate::format::clean::TEXT_BYTES;
use crate::settings::Templates;

/// Each text within JSON that a template sees: longer than a popup by far, short enough to be joined many times.
const TEXT: usize = 16 * 1024;
/// The only statements a template may have.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// Gives each part with the name and text of its template.
pub(super) fn parts(templates: &Templates) -> [(Part, &'static str, &str); 6] {
    [
        (Part::Title, "title", &templates.title),
        (Part::Body, "body", &templates.body),
        (Part::Link, "link", &templates.link),
        (Part::Priority, "priority", &templates.priority),
        (Part::Key, "key", &templates.key),
        (Part::Group, "group", &templates.group),
    ]
}

/// Finds the first thing that a template may not have: where, and what to do instead.
///
/// `*` is not for templates as it repeats texts and lists too, as often as a server's number says.
pub(super) fn forbidden(text: &str) -> Option<(usize, String)> {
    tags(text).find_map(|(start, tag)| statement(start, tag).or_else(|| inside(start, tag)))
}

/// Gives the inside of each `{{ … }}` and `{% … %}`, with its two opening signs, and where it starts.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find("{{").into_iter().chain(text[at..].find("{%")).min()?;
        let end =
            unquoted(&text[start + 2..]).find(|(_, rest)| rest.starts_with("}}") || rest.starts_with("%}"));
        let end = end.map_or(text.len(), |(end, _)| start + 2 + end);
        at = end;
        Some((start, &text[start..end]))
    })
}

/// Gives what follows from each character that is not in quotes, with its place.
fn unquoted(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut quote = None;
    let mut escaped = false;
    text.char_indices().filter_map(move |(at, letter)| {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if letter == '\\' => escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            None => return Some((at, &text[at..])),
        }
        None
    })
}

fn statement(start: usize, tag: &str) -> Option<(usize, String)> {
    let name = word(tag.strip_prefix("{%")?.trim_start_matches(['-', '+']));
    // What isn't a word at all is the parser's to explain.
    let known = name.is_empty() || STATEMENTS.contains(&name);
    (!known).then(|| (start, format!("{{% {name} %}} is not for templates; if and for are")))
}

fn inside(start: usize, tag: &str) -> Option<(usize, String)> {
    unquoted(&tag[2..]).find_map(|(at, rest)| {
        let place = start + 2 + at;
        if rest.starts_with('*') {
            return Some((place, "* is not for templates; write number | times(100)".into()));
        }
        let name = word(rest.strip_prefix('|')?);
        let known = name.is_empty() || filters::NAMES.contains(&name);
        (!known)
            .then(|| (place, format!("there is no filter {name}; there are {}", filters::NAMES.join(", "))))
    })
}

/// The word that a text begins with, after blanks.
fn word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    &text[..end]
}

/// A text as a template sees it.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// JSON as a template sees it: every text bounded.
pub(super) fn texts_cut(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(yes) => Value::from(yes),
        serde_json::Value::Number(number) => of_number(&number),
        serde_json::Value::String(text) => Value::from(cut(&text, TEXT)),
        serde_json::Value::Array(items) => items.into_iter().map(texts_cut).collect(),
        serde_json::Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, texts_cut(value))).collect()
        }
    }
}

fn of_number(number: &serde_json::Number) -> Value {
    let whole = number.as_i64().map(Value::from).or_else(|| number.as_u64().map(Value::from));
    whole.or_else(|| number.as_f64().map(Value::from)).unwrap_or(Value::UNDEFINED)
}

/// What a template writes, up to what is ever shown.
#[derive(Default)]
pub(super) struct Limited {
    bytes: Vec<u8>,
    full: bool,
}

impl Limited {
    /// Whether it wanted to write more.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    pub(super) fn into_string(self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl io::Write for &mut Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = TEXT_BYTES - self.bytes.len();
        if bytes.len() > room {
            self.bytes.extend_from_slice(&bytes[..room]);
            self.full = true;
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
