//! Events as CommonMark, in which nothing that an event says is markup.

use std::fmt::Write as _;

use super::table;
use crate::event::{Priority, StoredEvent};

/// Adds an event: a heading, when and where it came from, its lines, its link.
pub(super) fn write(out: &mut Vec<u8>, event: &StoredEvent, feed_name: &str) {
    let row = &event.row;
    let reading = &row.reading;
    let mut text = format!("## {}\n\n", plain(&reading.title));
    let _ = write!(text, "{} · {}", plain(&table::received(row.received_at_ms)), plain(feed_name));
    if let Some(group) = &reading.group {
        let _ = write!(text, " · {}", plain(group));
    }
    if reading.priority != Priority::Normal {
        let _ = write!(text, " · {}", table::word(reading.priority));
    }
    text.push_str("\n\n");
    // Blank lines part paragraphs, other line ends stay where they are.
    for paragraph in reading.body.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let lines: Vec<_> = paragraph.lines().map(plain).filter(|line| !line.is_empty()).collect();
        let _ = write!(text, "{}\n\n", lines.join("\\\n"));
    }
    if let Some(link) = &reading.link {
        // Accepted links hold neither blanks nor angle brackets.
        let _ = write!(text, "<{link}>\n\n");
    }
    out.extend_from_slice(text.as_bytes());
}

/// A line of text that means nothing but itself: every ASCII mark that could mean more is escaped.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for letter in line.trim().chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '+' | '-'
            | '.' | '!' | '|' | '&' | '~' | '=' | ':' | '@' | '$' | '^' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
