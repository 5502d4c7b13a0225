//! Events, comments and reconnection times as bytes of the stream.

use std::time::Duration;

use bytes::Bytes;

/// Longest event type that is taken; names are words, and one this long is a mistake.
const EVENT_TYPE_LIMIT: usize = 200;

/// Whether `name` can be written as an event type: not empty, one line, no longer than a name is.
pub(crate) fn is_event_type(name: &str) -> bool {
    !name.is_empty() && name.len() <= EVENT_TYPE_LIMIT && !name.chars().any(char::is_control)
}

/// Writes an event; every line of `data` gets a field of its own.
pub(crate) fn event(id: Option<&str>, event_type: Option<&str>, data: &str) -> Bytes {
    let mut text = String::with_capacity(data.len() + 64);
    for (name, value) in [("id", id), ("event", event_type)] {
        if let Some(value) = value {
            text.push_str(&format!("{name}: {value}\n"));
        }
    }
    for line in data.replace("\r\n", "\n").split(['\n', '\r']) {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    Bytes::from(text)
}

/// Writes a comment, which clients skip.
pub(crate) fn comment(text: &str) -> Bytes {
    Bytes::from(format!(": {text}\n\n"))
}

/// Writes the reconnection time, in whole milliseconds.
pub(crate) fn retry(time: Duration) -> Bytes {
    Bytes::from(format!("retry: {}\n\n", time.as_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_one_data_field_for_each_line_whatever_ends_it() {
        let frame = event(Some("7"), Some("note"), "one\ntwo\r\nthree\rfour\n");
        assert_eq!(frame, "id: 7\nevent: note\ndata: one\ndata: two\ndata: three\ndata: four\ndata: \n\n");
    }

    #[test]
    fn writes_an_event_without_id_type_or_text() {
        assert_eq!(event(None, None, ""), "data: \n\n");
    }

    #[test]
    fn refuses_a_type_that_would_break_out_of_its_line() {
        assert!(is_event_type("price-update"));
        for bad in ["", "a\nid: 9", "a\rb", "a\0b", &"x".repeat(201)] {
            assert!(!is_event_type(bad), "{bad:?}");
        }
    }
}
