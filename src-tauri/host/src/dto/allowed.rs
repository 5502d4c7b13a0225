//! What a feed's server may decide of its popups, as the window shows and sets it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::settings;

/// What a feed's server may decide of its popups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Allowed {
    urgency: Urgency,
    /// Whether the pictures that its events name are fetched from it.
    pictures: bool,
}

/// How urgent popups may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Urgency {
    Low,
    Normal,
    Urgent,
}

impl From<settings::Allowed> for Allowed {
    fn from(allowed: settings::Allowed) -> Self {
        let settings::Allowed { urgency, pictures } = allowed;
        Self { urgency: urgency.into(), pictures }
    }
}

impl From<Allowed> for settings::Allowed {
    fn from(allowed: Allowed) -> Self {
        let Allowed { urgency, pictures } = allowed;
        Self { urgency: urgency.into(), pictures }
    }
}

impl From<settings::Urgency> for Urgency {
    fn from(urgency: settings::Urgency) -> Self {
        match urgency {
            settings::Urgency::Low => Self::Low,
            settings::Urgency::Normal => Self::Normal,
            settings::Urgency::Urgent => Self::Urgent,
        }
    }
}

impl From<Urgency> for settings::Urgency {
    fn from(urgency: Urgency) -> Self {
        match urgency {
            Urgency::Low => Self::Low,
            Urgency::Normal => Self::Normal,
            Urgency::Urgent => Self::Urgent,
        }
    }
}
