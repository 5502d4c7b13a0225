//! What the window may ask about the demo.

use tauri::State;
use tidings_host::dto;
use tidings_host::face::Face;
use tidings_host::request::Feeds;

use super::Answer;

/// Subscribes to the feeds that the app itself serves, and gives them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_demo(face: State<'_, Face>) -> Answer<Vec<dto::Feed>> {
    face.ask(Feeds::AddDemo).await
}

/// Removes all feeds of the demo with their events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_demo(face: State<'_, Face>) -> Answer<()> {
    face.ask(Feeds::RemoveDemo).await
}
