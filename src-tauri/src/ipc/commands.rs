//! What the window may ask: one engine call a command.

use std::sync::Arc;

use tauri::State;
use tauri::ipc::Channel;
use tidings_host::dto;
use tidings_host::face::Face;
use tidings_host::failure::Failure;
use tidings_host::request::{Charts, Events, Feeds, Popups, Settings};

use crate::choosing::Choosing;
use crate::links::Agreed;
use crate::saving::Saving;
use crate::window::Raise;

pub(crate) mod demo;
pub(crate) mod health;
pub(crate) mod lists;
pub(crate) mod settings;
// The same with the engine in this process, and with an engine at the end of a socket.
#[cfg(test)]
mod tests;
#[cfg(test)]
#[path = "commands/tests/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "every test is run in both ways")]
mod tests_apart;
pub(super) mod wishes;

type Answer<T> = Result<T, Failure>;

/// Gives everything there is and sends every change after it through the channel, until the window closes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn attach(
    face: State<'_, Face>,
    raise: State<'_, Arc<Raise>>,
    agreed: State<'_, Agreed>,
    channel: Channel<dto::Update>,
) -> Answer<dto::Snapshot> {
    let (raise, page) = (Arc::clone(&raise), channel.clone());
    let told = move |update| {
        // A click on a popup is for the whole window, wherever the engine is.
        if let dto::Update::Open { .. } = &update {
            raise.now();
        }
        channel.send(update).is_ok()
    };
    let snapshot = face.attach(told).await?;
    agreed.page(page);
    Ok(snapshot)
}

/// Ends Tidings: the window and, wherever it is, the engine.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quit(face: State<'_, Face>) -> Answer<()> {
    face.quit().await;
    Ok(())
}

/// Adds a feed and subscribes to it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_feed(face: State<'_, Face>, draft: dto::FeedDraft) -> Answer<dto::Feed> {
    face.ask(Feeds::Add { draft: Box::new(draft) }).await
}

/// Changes a feed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_feed(
    face: State<'_, Face>,
    feed: String,
    draft: dto::FeedDraft,
) -> Answer<dto::Feed> {
    face.ask(Feeds::Edit { feed, draft: Box::new(draft) }).await
}

/// Takes a picture that the person chooses for a feed; null if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_picture(
    face: State<'_, Face>,
    choosing: State<'_, Choosing>,
) -> Answer<Option<dto::Picture>> {
    let Some(file) = choosing.ask().await else { return Ok(None) };
    face.ask(Feeds::TakePicture { file }).await.map(Some)
}

/// Removes a feed, its events and its secrets.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_feed(face: State<'_, Face>, feed: String) -> Answer<()> {
    face.ask(Feeds::Remove { feed }).await
}

/// Switches a feed on or off.
#[tauri::command]
#[specta::specta]
pub(crate) async fn enable_feed(face: State<'_, Face>, feed: String, enabled: bool) -> Answer<()> {
    face.ask(Feeds::Enable { feed, enabled }).await
}

/// Tries an address without adding it; the feed lends its stored secrets where the draft keeps them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn probe(
    face: State<'_, Face>,
    draft: dto::FeedDraft,
    feed: Option<String>,
) -> Answer<dto::Probe> {
    face.ask(Feeds::Probe { draft: Box::new(draft), feed }).await
}

/// Gives events older than one, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn page(
    face: State<'_, Face>,
    feed: Option<String>,
    before: Option<String>,
    limit: u16,
) -> Answer<dto::Page> {
    face.ask(Events::Page { feed, before, limit }).await
}

/// Gives one event, whole.
#[tauri::command]
#[specta::specta]
pub(crate) async fn event(face: State<'_, Face>, id: String) -> Answer<dto::EventDetail> {
    face.ask(Events::One { id }).await
}

/// Marks events read or unread.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mark_read(face: State<'_, Face>, scope: dto::Scope, read: bool) -> Answer<()> {
    face.ask(Events::MarkRead { scope, read }).await
}

/// Finds events in all feeds or one; a text that is no search is explained.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(
    face: State<'_, Face>,
    text: String,
    feed: Option<String>,
    place: dto::Place,
    order: dto::Order,
    limit: u16,
) -> Answer<dto::SearchAnswer> {
    face.ask(Events::Search { text, feed, place, order, limit }).await
}

/// Gives the searches that are kept by a name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn searches(face: State<'_, Face>) -> Answer<Vec<dto::SavedSearch>> {
    face.ask(Events::Searches).await
}

/// Sets the searches that are kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_searches(face: State<'_, Face>, searches: Vec<dto::SavedSearch>) -> Answer<()> {
    face.ask(Events::SetSearches { searches }).await
}

/// Stars an event or takes its star.
#[tauri::command]
#[specta::specta]
pub(crate) async fn star(face: State<'_, Face>, id: String, starred: bool) -> Answer<()> {
    face.ask(Events::Star { id, starred }).await
}

/// Deletes events; for 30 seconds that can be undone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete(face: State<'_, Face>, scope: dto::Scope) -> Answer<dto::Deletion> {
    face.ask(Events::Delete { scope }).await
}

/// Brings the events of a deletion back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(face: State<'_, Face>, deletion: i64) -> Answer<()> {
    face.ask(Events::Undo { deletion }).await
}

/// Writes what a search shows into a file that the person chooses; null if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_events(
    face: State<'_, Face>,
    saving: State<'_, Saving>,
    text: String,
    feed: Option<String>,
    format: dto::ExportFormat,
) -> Answer<Option<dto::ExportDone>> {
    // A person isn't asked for a file that a wrong search leaves unwritten.
    face.ask::<()>(Events::CheckSearch { text: text.clone() }).await?;
    let Some(file) = saving.ask(dto::file_name(format.into())).await else { return Ok(None) };
    let events = face.ask(Events::Export { text, feed, format, file: file.clone() }).await?;
    Ok(Some(dto::ExportDone::new(&file, events)))
}

/// Pauses or resumes everything.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause(face: State<'_, Face>, paused: bool) -> Answer<()> {
    face.ask(Settings::Pause { paused }).await
}

/// Mutes the popups of a feed, or of all, or unmutes them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mute(face: State<'_, Face>, feed: Option<String>, span: dto::MuteFor) -> Answer<()> {
    face.ask(Popups::Mute { feed, span }).await
}

/// Answers what to do about a feed that bursts: keeps its events in the history only, or leaves its popups.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settle_bursts(face: State<'_, Face>, feed: String, popups: bool) -> Answer<()> {
    face.ask(Popups::SettleBursts { feed, popups }).await
}

/// Gives the quiet hours.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiet(face: State<'_, Face>) -> Answer<dto::Quiet> {
    face.ask(Popups::Quiet).await
}

/// Sets the quiet hours or ends them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_quiet(face: State<'_, Face>, quiet: dto::Quiet) -> Answer<()> {
    face.ask(Popups::SetQuiet { quiet }).await
}

/// Dials a feed, or all, at once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reconnect(face: State<'_, Face>, feed: Option<String>) -> Answer<()> {
    face.ask(Feeds::Reconnect { feed }).await
}

/// Asks the keyring again for what is missing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_keyring(face: State<'_, Face>) -> Answer<()> {
    face.ask(Feeds::RetryKeyring).await
}

/// Opens a stored event's link, or one of its actions, in the person's browser; the window never says which address.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_link(face: State<'_, Face>, event: String, action: Option<u16>) -> Answer<()> {
    face.ask(Events::OpenLink { id: event, action }).await
}

/// Shows a popup, whatever mutes and quiet hours say, and tells what happened at each step.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_popup(face: State<'_, Face>) -> Answer<Vec<dto::PopupStep>> {
    face.ask(Popups::Test).await
}

/// Gives the tiles of the dashboard; null where nobody has chosen any yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn tiles(face: State<'_, Face>) -> Answer<Option<Vec<dto::Tile>>> {
    face.ask(Charts::Tiles).await
}

/// Sets the tiles of the dashboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_tiles(face: State<'_, Face>, tiles: Vec<dto::Tile>) -> Answer<()> {
    face.ask(Charts::SetTiles { tiles }).await
}

/// Gives the numbers that the newest events of a feed hold.
#[tauri::command]
#[specta::specta]
pub(crate) async fn numbers(face: State<'_, Face>, feed: String) -> Answer<dto::FeedNumbers> {
    face.ask(Feeds::Numbers { feed }).await
}

/// Gives what lines show in a time, as far as it follows an event that a chart of before held.
#[tauri::command]
#[specta::specta]
pub(crate) async fn chart(
    face: State<'_, Face>,
    lines: Vec<dto::Line>,
    span: dto::Span,
    after: Option<String>,
) -> Answer<dto::Chart> {
    face.ask(Charts::Chart { lines, span, after }).await
}
