//! What the window may ask about how things stand.

use tauri::State;

use super::Answer;
use crate::ipc::dto::{self, feed_id};
use crate::running::Running;

/// Gives what a feed's connection went through.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health(app: State<'_, Running>, feed: String) -> Answer<dto::Health> {
    Ok(app.engine().health(&feed_id(feed))?.into())
}

/// Gives a report in plain text that can be shown to anybody: no secret, and nothing of any event.
#[tauri::command]
#[specta::specta]
pub(crate) async fn diagnostics(app: State<'_, Running>) -> Answer<String> {
    Ok(app.engine().diagnostics().await)
}
