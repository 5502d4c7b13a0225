//! What this program is.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What this program is, and on what terms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct About {
    version: String,
    licence: String,
}

impl About {
    /// As it was built.
    pub fn own() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").into(), licence: env!("CARGO_PKG_LICENSE").into() }
    }
}
