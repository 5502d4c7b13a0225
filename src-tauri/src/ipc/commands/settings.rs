//! What the window may ask about what people set.

use tauri::State;
use tidings_host::dto;
use tidings_host::face::Face;
use tidings_host::failure::Failure;
use tidings_host::request::Settings;

use tidings_engine::language::Language;

use super::Answer;
use crate::login::Login;

/// Gives how much of the history, or of a feed's, is kept, and how much there is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep(face: State<'_, Face>, feed: Option<String>) -> Answer<dto::Kept> {
    face.ask(Settings::Keep { feed }).await
}

/// Sets how much of the history, or of a feed's, is kept; what is too much is removed soon.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_keep(face: State<'_, Face>, feed: Option<String>, keep: dto::Keep) -> Answer<()> {
    face.ask(Settings::SetKeep { feed, keep }).await
}

/// Sets how the window looks and behaves.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_window(face: State<'_, Face>, window: dto::Window) -> Answer<()> {
    face.ask(Settings::SetWindow { window }).await
}

/// Gives the proxy of all feeds without one of their own.
#[tauri::command]
#[specta::specta]
pub(crate) async fn network(face: State<'_, Face>) -> Answer<dto::Network> {
    face.ask(Settings::Network).await
}

/// Sets that proxy; the feeds it concerns are dialled again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_network(
    face: State<'_, Face>,
    proxy: dto::ProxyDraft,
    secrets: dto::SecretsHome,
) -> Answer<()> {
    face.ask(Settings::SetNetwork { proxy, secrets }).await
}

/// Gives what the engine says in another language, by its English; `{}` stands for the same words in both.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sentences(language: dto::Language) -> Answer<Vec<(String, String)>> {
    let language = Language::of(language.into());
    Ok(language.sentences().map(|(english, other)| (english.to_owned(), other.to_owned())).collect())
}

/// Says whether the app starts with the person's session; null where that can't be set.
#[tauri::command]
#[specta::specta]
pub(crate) async fn login(login: State<'_, Login>) -> Answer<Option<bool>> {
    login.is_on().map_err(Failure::storage)
}

/// Makes the app start with the person's session, or no more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_login(login: State<'_, Login>, on: bool) -> Answer<()> {
    login.set(on).map_err(Failure::storage)
}

/// Says what this program is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn about() -> Answer<dto::About> {
    Ok(dto::About::own())
}
