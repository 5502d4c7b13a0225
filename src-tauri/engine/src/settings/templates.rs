//! How a feed's events read where a person says so.

use serde::{Deserialize, Serialize};

/// minijinja templates of a feed, one a part; an empty one leaves the part as it reads by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Templates {
    /// The title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The body.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The address to open.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// How much it matters: min, low, normal, high or urgent, or 1 to 5.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// What the event is a state of.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// What the event belongs to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
}

impl Templates {
    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
