//! What the window may ask about the demo.

use tauri::State;

use super::Answer;
use crate::ipc::dto;
use crate::running::Running;

/// Subscribes to the feeds that the app itself serves, and gives them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_demo(app: State<'_, Running>) -> Answer<Vec<dto::Feed>> {
    Ok(app.engine().add_demo().await?.into_iter().map(Into::into).collect())
}

/// Removes all feeds of the demo with their events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_demo(app: State<'_, Running>) -> Answer<()> {
    Ok(app.engine().remove_demo().await?)
}
