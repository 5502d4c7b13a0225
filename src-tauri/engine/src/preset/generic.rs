//! Signs of life that look like messages, as real servers send them.

use serde_json::Value;

use crate::event::Received;

/// Event types that servers use for signs of life, in small letters and without `-` and `_`.
///
/// `ping`: nchan, hono, graphql-sse. `keep-alive`, `stream-open`: django-eventstream, pushpin; also Firebase.
/// `keepalive`, `open`: ntfy. `stream-keepalive`: pushpin's clients. `heartbeat`: common in tutorials.
const TYPES: &[&str] =
    &["ping", "pong", "keepalive", "heartbeat", "streamopen", "streamkeepalive", "open", "noop"];

/// Data that says nothing but "alive", in small letters.
const WORDS: &[&str] =
    &["ping", "pong", "heartbeat", "keepalive", "keep-alive", "keep_alive", "ok", "alive", "💓"];

/// Data that is a sign of life under the type of ordinary messages.
///
/// `ping`: Home Assistant's `/api/stream`, at once and every 50 s. `💓`: webpack-hot-middleware, every 10 s.
const BARE: &[&str] = &["ping", "💓"];

/// Members by which an object names what it is.
const NAMING: &[&str] = &["type", "event", "kind", "op"];

/// Members that a sign of life may carry besides: when, which one, and ntfy's topic.
const TRIVIAL: &[&str] = &[
    "time",
    "timestamp",
    "ts",
    "date",
    "now",
    "id",
    "seq",
    "sequence",
    "n",
    "count",
    "topic",
    "interval",
    "uptime",
];

/// Bytes beyond which a message is never taken for a sign of life.
const LONGEST: usize = 512;

/// Whether a message only says that its server is alive.
pub(super) fn is_sign_of_life(received: &Received) -> bool {
    let data = received.data.trim();
    if data.len() > LONGEST {
        return false;
    }
    match plain(&received.event_type).as_str() {
        // Litestar opens with `: hi` and an empty `data:`, which is a message of nothing.
        "" | "message" => data.is_empty() || BARE.contains(&unquoted(data)) || names_itself(data),
        // ntfy and Stellar Horizon open with a content of their own; an "open" with other content is news.
        "open" => data.is_empty() || names_itself(data) || unquoted(data) == "hello",
        // Stellar Horizon ends a page with `event: close` and this.
        "close" => unquoted(data) == "byebye",
        kind => TYPES.contains(&kind) && (is_trivial(data) || names_itself(data)),
    }
}

/// A type in small letters, without the marks in which servers differ.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', '_'], "")
}

/// A JSON string's inside, or the text itself.
fn unquoted(data: &str) -> &str {
    data.strip_prefix('"').and_then(|data| data.strip_suffix('"')).unwrap_or(data)
}

/// Whether data carries nothing: empty, a word for "alive", a time, or an object of such.
fn is_trivial(data: &str) -> bool {
    let word = unquoted(data).to_lowercase();
    word.is_empty()
        || WORDS.contains(&word.as_str())
        || is_time(&word)
        || matches!(data, "{}" | "[]" | "null" | "true")
        || members(data).is_some_and(|members| members.iter().all(is_trivial_member))
}

/// Whether data is an object that calls itself a sign of life and holds nothing else.
fn names_itself(data: &str) -> bool {
    let Some(members) = members(data) else { return false };
    let names = |(name, value): &(String, Value)| {
        let kind = value.as_str().map(plain).unwrap_or_default();
        NAMING.contains(&name.as_str()) && TYPES.contains(&kind.as_str())
    };
    members.iter().any(names) && members.iter().all(|member| names(member) || is_trivial_member(member))
}

fn is_trivial_member((name, value): &(String, Value)) -> bool {
    TRIVIAL.contains(&name.as_str()) && (value.is_number() || value.is_string())
}

fn members(data: &str) -> Option<Vec<(String, Value)>> {
    match serde_json::from_str(data).ok()? {
        Value::Object(members) => {
            Some(members.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => None,
    }
}

/// Whether a word is a date and time, or a plain number such as a Unix time or a count.
fn is_time(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let dated = word.len() >= 10 && digits >= 8;
    let marks = |letter: char| letter.is_ascii_digit() || "-:.+tz ".contains(letter);
    word.chars().all(marks) && (dated || digits == word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_event(received: &Received) -> bool {
        !is_sign_of_life(received)
    }

    fn message(event_type: &str, data: &str) -> Received {
        Received {
            event_type: event_type.into(),
            data: data.into(),
            last_event_id: String::new(),
            own_id: false,
            received_at_ms: 0,
        }
    }

    #[test]
    fn signs_of_life_of_real_servers_are_no_events() {
        for (server, event_type, data) in [
            ("Home Assistant", "message", "ping"),
            ("webpack-hot-middleware", "message", "💓"),
            ("Litestar", "message", ""),
            ("hono", "ping", "2026-11-21T02:09:27.592Z"),
            ("nchan", "ping", ""),
            ("django-eventstream", "stream-open", ""),
            ("django-eventstream", "keep-alive", ""),
            ("pushpin", "stream-open", ""),
            ("ntfy", "open", r#"{"id":"0u0rwSmD9zEL","time":1795227116,"event":"open","topic":"alerts"}"#),
            (
                "ntfy",
                "keepalive",
                r#"{"id":"7Okes7XzEZfC","time":1795227121,"event":"keepalive","topic":"alerts"}"#,
            ),
            ("Firebase", "keep-alive", "null"),
            ("Stellar Horizon", "open", "\"hello\""),
            ("Stellar Horizon", "close", "\"byebye\""),
            ("tutorials", "heartbeat", "{}"),
            ("tutorials", "heartbeat", "1795227121"),
            ("tutorials", "ping", r#"{"time":"2026-11-21T02:09:27Z"}"#),
            ("tutorials", "ping", "ping"),
            ("tutorials", "message", r#"{"type":"heartbeat","timestamp":1795227121}"#),
            ("tutorials", "message", r#"{"type":"ping"}"#),
        ] {
            assert!(!is_event(&message(event_type, data)), "{server}: {event_type} {data}");
        }
    }

    #[test]
    fn everything_with_content_is_an_event() {
        for (event_type, data) in [
            ("message", "hello"),
            ("message", "ping 10.0.0.1 failed"),
            ("message", "5"),
            ("message", "{}"),
            ("message", "2026-11-21T02:09:27.592Z"),
            ("message", r#"{"type":"ping","target":"10.0.0.1","lost":3}"#),
            ("message", r#"{"type":"message","message":"ping"}"#),
            ("ping", r#"{"host":"db-1","ms":12}"#),
            ("ping", "db-1 is down"),
            ("heartbeat", r#"{"time":1,"message":"late"}"#),
            ("heartbeat", r#"{"time":{"late":true}}"#),
            ("open", r#"{"door":"front"}"#),
            ("open", "the front door"),
            ("close", "the front door"),
            ("close", ""),
            ("complete", ""),
            ("ready", ""),
            ("delete", "5"),
            ("stream-error", "{}"),
            ("stream-reset", ""),
            ("alert", ""),
        ] {
            assert!(is_event(&message(event_type, data)), "{event_type} {data}");
        }
    }

    #[test]
    fn long_data_is_never_a_sign_of_life() {
        assert!(is_event(&message("ping", &"1".repeat(LONGEST + 1))));
        assert!(is_event(&message("ping", &"[".repeat(LONGEST))));
    }
}
