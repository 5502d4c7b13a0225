//! Plain text as title and body, and the heading for what has no title of its own.

use unicode_segmentation::UnicodeSegmentation;

use super::{clean, link};
use crate::event::Reading;

/// Lines of a body that is made up of members or items: what a popup shows without being cut.
pub(super) const LINES: usize = 6;
/// Graphemes up to which one line is a title; popups cut or wrap longer ones.
const SHORT: usize = 80;

/// Where a text comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    event_type: &'a str,
    feed_name: &'a str,
}

impl<'a> Source<'a> {
    /// Takes an event's type and its feed's name.
    pub(super) fn new(event_type: &'a str, feed_name: &'a str) -> Self {
        Self { event_type, feed_name }
    }

    /// The event type, unless it is the one that every event has.
    pub(super) fn kind(&self) -> Option<&'a str> {
        let kind = self.event_type.trim();
        (!kind.is_empty() && kind != "message").then_some(kind)
    }

    /// The event type made readable, else the feed's name.
    pub(super) fn heading(&self) -> String {
        let kind = self.kind().map(|kind| clean::title(&readable(kind)));
        kind.filter(|kind| !kind.is_empty()).unwrap_or_else(|| self.feed_name.to_owned())
    }
}

/// Reads a text: a short first line is the title, what follows the body.
pub(super) fn read(text: &str, source: &Source<'_>) -> Reading {
    let text = text.trim();
    let (first, rest) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
    let mut reading = if first.graphemes(true).nth(SHORT).is_some() || text.is_empty() {
        entitle(source, text)
    } else {
        Reading { title: first.to_owned(), body: rest.to_owned(), ..Reading::default() }
    };
    reading.link = link::find(&text[..text.floor_char_boundary(clean::TEXT_BYTES)]);
    reading
}

/// Puts the source's heading over a text.
pub(super) fn entitle(source: &Source<'_>, body: &str) -> Reading {
    Reading { title: source.heading(), body: body.to_owned(), ..Reading::default() }
}

/// Makes a name from a program readable: `price-update` is "Price update", `userCreated` "User created".
pub(super) fn readable(name: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for letter in name.trim().chars() {
        let letter = if matches!(letter, '-' | '_' | '.' | ':' | '/' | '+') || letter.is_whitespace() {
            ' '
        } else {
            letter
        };
        if letter == ' ' && (before == ' ' || out.is_empty()) {
            continue;
        }
        if letter.is_uppercase() && before.is_lowercase() {
            out.push(' ');
            out.extend(letter.to_lowercase());
        } else if out.is_empty() {
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
        before = letter;
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn program_names_become_readable() {
        for (name, wanted) in [
            ("price-update", "Price update"),
            ("userCreated", "User created"),
            ("order.created", "Order created"),
            ("build:finished", "Build finished"),
            ("system_metrics", "System metrics"),
            ("--x--", "X"),
            ("HTTPError", "HTTPError"),
            ("état", "État"),
            ("already readable", "Already readable"),
            ("", ""),
            ("-._:", ""),
        ] {
            assert_eq!(readable(name), wanted);
        }
    }

    #[test]
    fn one_line_is_a_title_and_several_keep_their_lines() {
        let source = Source::new("message", "Feed");
        let cases = [
            ("hello", "hello", ""),
            ("a\nb\n  c\n\nd", "a", "b\n  c\n\nd"),
            ("<b>bold</b>\n<script>", "<b>bold</b>", "<script>"),
            ("", "Feed", ""),
            ("  \n ", "Feed", ""),
        ];
        for (text, title, body) in cases {
            let reading = read(text, &source);
            assert_eq!((reading.title.as_str(), reading.body.as_str()), (title, body), "{text:?}");
        }
    }

    #[test]
    fn a_long_line_is_a_body_under_the_type_or_the_feed() {
        let long = "word ".repeat(40);
        assert_eq!(read(&long, &Source::new("message", "Feed")).title, "Feed");
        let reading = read(&long, &Source::new("log-line", "Feed"));
        assert_eq!((reading.title.as_str(), reading.body.as_str()), ("Log line", long.trim()));
    }
}
