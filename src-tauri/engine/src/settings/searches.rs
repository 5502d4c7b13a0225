//! Searches that a person keeps by a name.

use serde::{Deserialize, Serialize};

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedSearch {
    /// What the person calls it.
    pub name: String,
    /// What is searched for, as it is typed.
    pub text: String,
}
