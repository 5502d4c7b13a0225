//! What the window may ask about how things stand.

use tauri::State;
use tidings_host::dto;
use tidings_host::face::Face;
use tidings_host::request::{Feeds, Settings};

use super::Answer;

/// Gives what a feed's connection went through.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health(face: State<'_, Face>, feed: String) -> Answer<dto::Health> {
    face.ask(Feeds::Health { feed }).await
}

/// Gives a report in plain text that can be shown to anybody: no secret, and nothing of any event.
#[tauri::command]
#[specta::specta]
pub(crate) async fn diagnostics(face: State<'_, Face>) -> Answer<String> {
    face.ask(Settings::Diagnostics).await
}
