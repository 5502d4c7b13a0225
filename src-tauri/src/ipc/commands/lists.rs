//! What the window may ask about feeds, events and settings that come from elsewhere or go there.

use tauri::State;
use tidings_host::dto;
use tidings_host::face::Face;
use tidings_host::request::{Events, Feeds, Settings};

use super::Answer;
use crate::saving::Saving;

/// The name that is proposed for exported settings.
const SETTINGS_FILE: &str = "tidings-settings.toml";

/// Reads a list of feeds and says what is in it; nothing is added.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_feeds(face: State<'_, Face>, text: String) -> Answer<dto::Listing> {
    face.ask(Feeds::ReadList { text }).await
}

/// Adds the feeds of a list that stand at these places.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_feeds(
    face: State<'_, Face>,
    text: String,
    chosen: Vec<u16>,
    secrets: dto::SecretsHome,
) -> Answer<dto::AddedFeeds> {
    face.ask(Feeds::AddList { text, chosen, secrets }).await
}

/// Takes exported events into the history from a file that the person chooses; null if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_events(
    face: State<'_, Face>,
    saving: State<'_, Saving>,
) -> Answer<Option<dto::ImportedEvents>> {
    let Some(file) = saving.ask_which().await else { return Ok(None) };
    face.ask(Events::Import { file }).await.map(Some)
}

/// Writes feeds and settings, without secrets, into a file that the person chooses; gives its path, null for none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_settings(
    face: State<'_, Face>,
    saving: State<'_, Saving>,
) -> Answer<Option<String>> {
    let Some(file) = saving.ask(SETTINGS_FILE.to_owned()).await else { return Ok(None) };
    face.ask::<()>(Settings::Export { file: file.clone() }).await?;
    Ok(Some(file.display().to_string()))
}

/// Stops long work that a person may stop; what becomes of it, its own answer says.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_work(face: State<'_, Face>, number: u32) -> Answer<()> {
    face.ask(Settings::StopWork { number }).await
}
