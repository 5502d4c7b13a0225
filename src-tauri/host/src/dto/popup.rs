//! How a test of popups went.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine;

/// A step on the way to a popup: whether it went well, what happened and what mends it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PopupStep {
    fine: bool,
    message: String,
}

impl From<engine::PopupStep> for PopupStep {
    fn from(step: engine::PopupStep) -> Self {
        let engine::PopupStep { fine, message } = step;
        Self { fine, message }
    }
}
