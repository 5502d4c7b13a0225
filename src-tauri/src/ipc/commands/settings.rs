//! What the window may ask about what people set.

use tauri::State;

use tidings_engine::language::Language;

use super::Answer;
use crate::ipc::dto::{self, feed_id};
use crate::ipc::error::Failure;
use crate::login::Login;
use crate::running::Running;

/// Gives how much of the history, or of a feed's, is kept, and how much there is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep(app: State<'_, Running>, feed: Option<String>) -> Answer<dto::Kept> {
    let mut holdings = app.engine().holdings().await?;
    let Some(feed) = feed.map(feed_id) else {
        return Ok(dto::Kept::new(app.engine().keep().await, holdings.values()));
    };
    let keep = app.engine().feed_keep(&feed).await?.keep();
    Ok(dto::Kept::new(keep, holdings.remove(&feed).iter()))
}

/// Sets how much of the history, or of a feed's, is kept; what is too much is removed soon.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_keep(app: State<'_, Running>, feed: Option<String>, keep: dto::Keep) -> Answer<()> {
    let Some(feed) = feed.map(feed_id) else { return Ok(app.engine().set_keep(keep.into()).await?) };
    let known = app.engine().feed_keep(&feed).await?;
    Ok(app.engine().set_feed_keep(&feed, known.within(keep.into())).await?)
}

/// Sets how the window looks and behaves.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_window(app: State<'_, Running>, window: dto::Window) -> Answer<()> {
    Ok(app.engine().set_window(window.into()).await?)
}

/// Gives the proxy of all feeds without one of their own.
#[tauri::command]
#[specta::specta]
pub(crate) async fn network(app: State<'_, Running>) -> Answer<dto::Network> {
    Ok(app.engine().proxy().await.into())
}

/// Sets that proxy; the feeds it concerns are dialled again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_network(
    app: State<'_, Running>,
    proxy: dto::ProxyDraft,
    secrets: dto::SecretsHome,
) -> Answer<()> {
    Ok(app.engine().set_proxy(proxy.into(), secrets.into()).await?)
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
