//! What the window may ask about feeds, events and settings that come from elsewhere or go there.

use tauri::State;

use super::Answer;
use crate::ipc::dto;
use crate::running::Running;
use crate::saving::Saving;

/// The name that is proposed for exported settings.
const SETTINGS_FILE: &str = "tidings-settings.toml";

/// Reads a list of feeds and says what is in it; nothing is added.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_feeds(app: State<'_, Running>, text: String) -> Answer<dto::Listing> {
    Ok(app.engine().read_list(text).await?.into())
}

/// Adds the feeds of a list that stand at these places.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_feeds(
    app: State<'_, Running>,
    text: String,
    chosen: Vec<u16>,
    secrets: dto::SecretsHome,
) -> Answer<dto::AddedFeeds> {
    let chosen: Vec<usize> = chosen.into_iter().map(usize::from).collect();
    Ok(app.engine().add_list(text, &chosen, secrets.into()).await?.into())
}

/// Takes exported events into the history from a file that the person chooses; null if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_events(
    app: State<'_, Running>,
    saving: State<'_, Saving>,
) -> Answer<Option<dto::ImportedEvents>> {
    let Some(file) = saving.ask_which().await else { return Ok(None) };
    Ok(Some(app.engine().import(&file).await?.into()))
}

/// Writes feeds and settings, without secrets, into a file that the person chooses; gives its path, null for none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_settings(
    app: State<'_, Running>,
    saving: State<'_, Saving>,
) -> Answer<Option<String>> {
    let Some(file) = saving.ask(SETTINGS_FILE.to_owned()).await else { return Ok(None) };
    app.engine().export_settings(&file).await?;
    Ok(Some(file.display().to_string()))
}

/// Stops long work that a person may stop; what becomes of it, its own answer says.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_work(app: State<'_, Running>, number: u32) -> Answer<()> {
    Ok(app.engine().stop_work(number.into())?)
}
