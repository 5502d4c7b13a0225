//! What a feed's server may decide of its popups.

use serde::{Deserialize, Serialize};

use crate::event::Priority;

/// What a server may decide of its popups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Allowed {
    /// How urgent they may be at most; a rule may say more.
    #[serde(skip_serializing_if = "Urgency::is_any")]
    pub urgency: Urgency,
    /// Whether the pictures that its events name are fetched from it, for its popups.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pictures: bool,
}

impl Allowed {
    /// Whether it is what every server may.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// The urgencies of the notification specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// May be held back.
    Low,
    /// As most popups.
    Normal,
    /// Stays until it is dismissed, on most desktops, and may break through quiet hours.
    #[default]
    Urgent,
}

impl Urgency {
    /// Whether it is no limit.
    pub fn is_any(&self) -> bool {
        *self == Self::Urgent
    }

    /// The highest priority of this urgency.
    pub fn most(self) -> Priority {
        match self {
            Self::Low => Priority::Low,
            Self::Normal => Priority::High,
            Self::Urgent => Priority::Urgent,
        }
    }
}
