//! What this program is.

use serde::Serialize;
use specta::Type;

/// What this program is, and on what terms.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About {
    version: String,
    licence: String,
}

impl About {
    /// As it was built.
    pub(crate) fn own() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").into(), licence: env!("CARGO_PKG_LICENSE").into() }
    }
}
