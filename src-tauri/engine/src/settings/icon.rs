//! What stands for a feed beside its name.

use serde::{Deserialize, Serialize};

/// A feed's own icon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Icon {
    /// An emoji.
    Emoji(String),
    /// A picture in the data folder, by its name there.
    Picture(String),
}
