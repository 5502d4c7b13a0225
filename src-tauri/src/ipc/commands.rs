//! What the window may ask: one engine call a command.

use tauri::State;
use tauri::ipc::Channel;
use tidings_engine::engine::Question;
use tidings_engine::id::EventId;

use super::dto::{self, event_id, feed_id};
use super::error::Failure;
use crate::choosing::Choosing;
use crate::links::Browser;
use crate::running::Running;
use crate::saving::Saving;

pub(crate) mod demo;
pub(crate) mod health;
pub(crate) mod lists;
pub(crate) mod settings;
#[cfg(test)]
mod tests;
pub(super) mod wishes;

type Answer<T> = Result<T, Failure>;

/// Gives everything there is and sends every change after it through the channel, until the window closes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn attach(app: State<'_, Running>, channel: Channel<dto::Update>) -> Answer<dto::Snapshot> {
    Ok(app.attach(move |update| channel.send(update).is_ok()))
}

/// Adds a feed and subscribes to it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_feed(app: State<'_, Running>, draft: dto::FeedDraft) -> Answer<dto::Feed> {
    Ok(app.engine().add_feed(draft.into()).await?.into())
}

/// Changes a feed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_feed(
    app: State<'_, Running>,
    feed: String,
    draft: dto::FeedDraft,
) -> Answer<dto::Feed> {
    Ok(app.engine().edit_feed(&feed_id(feed), draft.into()).await?.into())
}

/// Takes a picture that the person chooses for a feed; null if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_picture(
    app: State<'_, Running>,
    choosing: State<'_, Choosing>,
) -> Answer<Option<dto::Picture>> {
    let Some(file) = choosing.ask().await else { return Ok(None) };
    Ok(Some(app.engine().take_picture(&file).await?.into()))
}

/// Removes a feed, its events and its secrets.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_feed(app: State<'_, Running>, feed: String) -> Answer<()> {
    Ok(app.engine().remove_feed(&feed_id(feed)).await?)
}

/// Switches a feed on or off.
#[tauri::command]
#[specta::specta]
pub(crate) async fn enable_feed(app: State<'_, Running>, feed: String, enabled: bool) -> Answer<()> {
    Ok(app.engine().enable_feed(&feed_id(feed), enabled).await?)
}

/// Tries an address without adding it; the feed lends its stored secrets where the draft keeps them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn probe(
    app: State<'_, Running>,
    draft: dto::FeedDraft,
    feed: Option<String>,
) -> Answer<dto::Probe> {
    Ok(app.engine().probe(draft.into(), feed.map(feed_id).as_ref()).await?.into())
}

/// Gives events older than one, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn page(
    app: State<'_, Running>,
    feed: Option<String>,
    before: Option<String>,
    limit: u16,
) -> Answer<dto::Page> {
    let before: Option<EventId> = before.as_deref().map(event_id).transpose()?;
    Ok(app.engine().page(feed.map(feed_id).as_ref(), before, usize::from(limit)).await?.into())
}

/// Gives one event, whole.
#[tauri::command]
#[specta::specta]
pub(crate) async fn event(app: State<'_, Running>, id: String) -> Answer<dto::EventDetail> {
    Ok(app.engine().event(event_id(&id)?).await?.into())
}

/// Marks events read or unread.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mark_read(app: State<'_, Running>, scope: dto::Scope, read: bool) -> Answer<()> {
    Ok(app.engine().mark_read(scope.try_into()?, read).await?)
}

/// Finds events in all feeds or one; a text that is no search is explained.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(
    app: State<'_, Running>,
    text: String,
    feed: Option<String>,
    place: dto::Place,
    order: dto::Order,
    limit: u16,
) -> Answer<dto::SearchAnswer> {
    let (place, limit) = (place.try_into()?, usize::from(limit));
    let question = Question { text, feed: feed.map(feed_id), place, order: order.into(), limit };
    dto::SearchAnswer::of(app.engine().search(question).await)
}

/// Gives the searches that are kept by a name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn searches(app: State<'_, Running>) -> Answer<Vec<dto::SavedSearch>> {
    Ok(app.engine().searches().await.into_iter().map(Into::into).collect())
}

/// Sets the searches that are kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_searches(app: State<'_, Running>, searches: Vec<dto::SavedSearch>) -> Answer<()> {
    Ok(app.engine().set_searches(searches.into_iter().map(Into::into).collect()).await?)
}

/// Stars an event or takes its star.
#[tauri::command]
#[specta::specta]
pub(crate) async fn star(app: State<'_, Running>, id: String, starred: bool) -> Answer<()> {
    Ok(app.engine().star(event_id(&id)?, starred).await?)
}

/// Deletes events; for 30 seconds that can be undone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete(app: State<'_, Running>, scope: dto::Scope) -> Answer<dto::Deletion> {
    Ok(app.engine().delete(scope.try_into()?).await?.into())
}

/// Brings the events of a deletion back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(app: State<'_, Running>, deletion: i64) -> Answer<()> {
    Ok(app.engine().undo(deletion).await?)
}

/// Writes what a search shows into a file that the person chooses; null if they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_events(
    app: State<'_, Running>,
    saving: State<'_, Saving>,
    text: String,
    feed: Option<String>,
    format: dto::ExportFormat,
) -> Answer<Option<dto::ExportDone>> {
    let (engine, format, feed) = (app.engine(), format.into(), feed.map(feed_id));
    // A person isn't asked for a file that a wrong search leaves unwritten.
    engine.check_search(&text).await?;
    let Some(file) = saving.ask(dto::file_name(format)).await else { return Ok(None) };
    let events = engine.export(&text, feed, format, &file).await?;
    Ok(Some(dto::ExportDone::new(&file, events)))
}

/// Pauses or resumes everything.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause(app: State<'_, Running>, paused: bool) -> Answer<()> {
    Ok(app.engine().pause(paused).await?)
}

/// Mutes the popups of a feed, or of all, or unmutes them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mute(app: State<'_, Running>, feed: Option<String>, span: dto::MuteFor) -> Answer<()> {
    app.engine().mute(feed.map(feed_id).as_ref(), span.into()).await?;
    Ok(())
}

/// Answers what to do about a feed that bursts: keeps its events in the history only, or leaves its popups.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settle_bursts(app: State<'_, Running>, feed: String, popups: bool) -> Answer<()> {
    Ok(app.engine().settle_bursts(&feed_id(feed), popups).await?)
}

/// Gives the quiet hours.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiet(app: State<'_, Running>) -> Answer<dto::Quiet> {
    Ok(app.engine().wishes().await.quiet.into())
}

/// Sets the quiet hours or ends them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_quiet(app: State<'_, Running>, quiet: dto::Quiet) -> Answer<()> {
    Ok(app.engine().set_quiet(quiet.read()?).await?)
}

/// Dials a feed, or all, at once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reconnect(app: State<'_, Running>, feed: Option<String>) -> Answer<()> {
    app.engine().reconnect(feed.map(feed_id).as_ref()).await;
    Ok(())
}

/// Asks the keyring again for what is missing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_keyring(app: State<'_, Running>) -> Answer<()> {
    app.engine().retry_keyring().await;
    Ok(())
}

/// Opens a stored event's link, or one of its actions, in the person's browser; the window never says which address.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_link(
    app: State<'_, Running>,
    browser: State<'_, Browser>,
    event: String,
    action: Option<u16>,
) -> Answer<()> {
    browser.open(app.engine(), event_id(&event)?, action.map(usize::from)).await
}

/// Shows a popup, whatever mutes and quiet hours say, and tells what happened at each step.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_popup(app: State<'_, Running>) -> Answer<Vec<dto::PopupStep>> {
    Ok(app.engine().test_popup().await.into_iter().map(Into::into).collect())
}

/// Gives the tiles of the dashboard; null where nobody has chosen any yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn tiles(app: State<'_, Running>) -> Answer<Option<Vec<dto::Tile>>> {
    Ok(app.engine().tiles().await.map(|tiles| tiles.into_iter().map(Into::into).collect()))
}

/// Sets the tiles of the dashboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_tiles(app: State<'_, Running>, tiles: Vec<dto::Tile>) -> Answer<()> {
    Ok(app.engine().set_tiles(tiles.into_iter().map(Into::into).collect()).await?)
}

/// Gives the numbers that the newest events of a feed hold.
#[tauri::command]
#[specta::specta]
pub(crate) async fn numbers(app: State<'_, Running>, feed: String) -> Answer<dto::FeedNumbers> {
    Ok(app.engine().numbers(&feed_id(feed)).await?.into())
}

/// Gives what lines show in a time, as far as it follows an event that a chart of before held.
#[tauri::command]
#[specta::specta]
pub(crate) async fn chart(
    app: State<'_, Running>,
    lines: Vec<dto::Line>,
    span: dto::Span,
    after: Option<String>,
) -> Answer<dto::Chart> {
    let after: Option<EventId> = after.as_deref().map(event_id).transpose()?;
    let lines: Vec<_> = lines.into_iter().map(Into::into).collect();
    Ok(app.engine().chart(&lines, span.into(), after).await?.into())
}
