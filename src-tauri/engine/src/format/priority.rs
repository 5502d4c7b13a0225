//! How much an event matters, from the words and numbers that servers use for it.

use super::json::{Json, Object};
use crate::event::Priority;

/// Members that say how much an event matters, the plainest first.
pub(super) const NAMES: &[&str] = &["priority", "severity", "level", "urgency", "loglevel"];

/// The priority an object names, if it names one that is understood.
pub(super) fn read(object: &Object<'_>) -> Option<Priority> {
    NAMES.iter().find_map(|name| match object.get(name)? {
        Json::Text(word) => of_word(&word).or_else(|| of_number(name, &word)),
        Json::Number(digits) => of_number(name, digits),
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => None,
    })
}

/// The priority a text names, if it is understood: a word, or ntfy's 1 to 5.
pub(super) fn of_text(text: &str) -> Option<Priority> {
    of_word(text).or_else(|| of_number("priority", text))
}

/// Syslog's words (RFC 5424 and its `logger` short forms), log levels, ticket and incident grades.
fn of_word(word: &str) -> Option<Priority> {
    Some(match word.trim().to_lowercase().as_str() {
        "urgent" | "emergency" | "emerg" | "panic" | "fatal" | "alert" | "critical" | "crit" | "disaster"
        | "blocker" | "highest" | "max" | "p0" | "p1" | "sev0" | "sev1" => Priority::Urgent,
        "high" | "error" | "err" | "major" | "important" | "warning" | "warn" | "p2" | "sev2" => {
            Priority::High
        }
        "normal" | "default" | "medium" | "moderate" | "notice" | "info" | "information"
        | "informational" | "ok" | "p3" | "sev3" => Priority::Normal,
        "low" | "minor" | "p4" | "sev4" => Priority::Low,
        "min" | "lowest" | "very-low" | "debug" | "trace" | "verbose" | "p5" | "sev5" => Priority::Min,
        _ => return None,
    })
}

/// Numbers mean something only where services agree on them.
///
/// `priority` counts up: ntfy's 1 to 5, Gotify's up to 10. `level` counts pino's and bunyan's tens.
/// A numeric `severity` counts up in some services and down in others, so it says nothing.
fn of_number(name: &str, digits: &str) -> Option<Priority> {
    let number: i64 = digits.trim().parse().ok()?;
    match (name, number) {
        ("priority", 1) => Some(Priority::Min),
        ("priority", 2) => Some(Priority::Low),
        ("priority", 0 | 3) => Some(Priority::Normal),
        ("priority", 4 | 6 | 7) => Some(Priority::High),
        ("priority", 5 | 8..=10) => Some(Priority::Urgent),
        ("level", 10 | 20) => Some(Priority::Min),
        ("level", 30) => Some(Priority::Normal),
        ("level", 40 | 50) => Some(Priority::High),
        ("level", 60) => Some(Priority::Urgent),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Option<Priority> {
        let Some(Json::Object(object)) = Json::parse(json) else { panic!("not an object: {json}") };
        read(&object)
    }

    #[test]
    fn words_and_agreed_numbers_are_understood() {
        for (json, wanted) in [
            (r#"{"priority":5}"#, Some(Priority::Urgent)),
            (r#"{"Priority":"5"}"#, Some(Priority::Urgent)),
            (r#"{"priority":1}"#, Some(Priority::Min)),
            (r#"{"priority":8}"#, Some(Priority::Urgent)),
            (r#"{"severity":"CRITICAL"}"#, Some(Priority::Urgent)),
            (r#"{"severity":" error "}"#, Some(Priority::High)),
            (r#"{"level":"warn"}"#, Some(Priority::High)),
            (r#"{"level":"info"}"#, Some(Priority::Normal)),
            (r#"{"log_level":"DEBUG"}"#, Some(Priority::Min)),
            (r#"{"level":50}"#, Some(Priority::High)),
            (r#"{"priority":"P1"}"#, Some(Priority::Urgent)),
            (r#"{"severity":"sev4"}"#, Some(Priority::Low)),
        ] {
            assert_eq!(of(json), wanted, "{json}");
        }
    }

    #[test]
    fn what_nobody_agrees_on_says_nothing() {
        for json in [
            r#"{"level":7}"#,
            r#"{"severity":1}"#,
            r#"{"priority":99}"#,
            r#"{"priority":1.5}"#,
            r#"{"priority":"very much"}"#,
            r#"{"priority":null,"level":[3]}"#,
            r#"{"priority":123456789012345678901234567890}"#,
            r#"{}"#,
        ] {
            assert_eq!(of(json), None, "{json}");
        }
    }
}
