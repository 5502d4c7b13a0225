//! Home Assistant's `/api/stream` (<https://developers.home-assistant.io/docs/api/rest/>): events of the whole house.

use serde_json::Value;
use url::Url;

use super::{Meaning, word};
use crate::event::{Reading, Received};
use crate::language::Language;

/// Recognises the path; a front proxy may put another before it.
pub(super) fn is_address(url: &Url) -> bool {
    url.path().ends_with("/api/stream")
}

/// Recognises the members that every event has.
pub(super) fn is_message(_: &Received, data: &Value) -> bool {
    word(data, "/event_type").is_some()
        && matches!(word(data, "/origin"), Some("LOCAL" | "REMOTE"))
        && word(data, "/time_fired").is_some()
        && word(data, "/context/id").is_some()
}

/// Reads a change of state by the thing's own name; all other events read well by their members.
pub(super) fn read(data: &Value, language: Language) -> Meaning {
    if word(data, "/event_type") != Some("state_changed") {
        return Meaning::Ordinary;
    }
    let Some(entity) = word(data, "/data/entity_id") else { return Meaning::Ordinary };
    let name = word(data, "/data/new_state/attributes/friendly_name")
        .or_else(|| word(data, "/data/old_state/attributes/friendly_name"));
    let state = |which: &str| {
        let state = word(data, &format!("/data/{which}/state"))?;
        let unit = word(data, &format!("/data/{which}/attributes/unit_of_measurement"));
        Some(unit.map_or_else(|| state.to_owned(), |unit| format!("{state} {unit}")))
    };
    let body = match (state("new_state"), state("old_state")) {
        (Some(new), Some(old)) if new != old => language.state_was(&new, &old),
        (Some(new), Some(_) | None) => new,
        (None, _) => language.thing_removed().to_owned(),
    };
    Meaning::Event(Reading {
        title: name.unwrap_or(entity).to_owned(),
        body,
        key: Some(format!("entity:{entity}")),
        ..Reading::default()
    })
}
