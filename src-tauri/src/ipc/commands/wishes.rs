//! What the window may ask about rules and templates.

use tauri::State;
use tidings_host::dto;
use tidings_host::face::Face;
use tidings_host::request::Popups;

use super::Answer;

/// Gives the rules, in the order in which they are asked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rules(face: State<'_, Face>) -> Answer<Vec<dto::Rule>> {
    face.ask(Popups::Rules).await
}

/// Sets the rules and gives what is wrong with them; where anything is, nothing is changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_rules(face: State<'_, Face>, rules: Vec<dto::Rule>) -> Answer<Vec<dto::RuleFault>> {
    face.ask(Popups::SetRules { rules }).await
}

/// Tells what rules would have done with the newest events of a feed, or of all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn try_rules(
    face: State<'_, Face>,
    rules: Vec<dto::Rule>,
    feed: Option<String>,
) -> Answer<dto::Trial> {
    face.ask(Popups::TryRules { rules, feed }).await
}

/// Gives the event types and the values in JSON data that a feed sent lately, or all feeds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seen(face: State<'_, Face>, feed: Option<String>) -> Answer<dto::Seen> {
    face.ask(Popups::Seen { feed }).await
}

/// Gives a feed's templates.
#[tauri::command]
#[specta::specta]
pub(crate) async fn templates(face: State<'_, Face>, feed: String) -> Answer<dto::Templates> {
    face.ask(Popups::Templates { feed }).await
}

/// Sets a feed's templates and gives what is wrong with them; where anything is, nothing is changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_templates(
    face: State<'_, Face>,
    feed: String,
    templates: dto::Templates,
) -> Answer<Vec<dto::TemplateFault>> {
    face.ask(Popups::SetTemplates { feed, templates }).await
}

/// Shows how a feed's newest events would read by templates.
#[tauri::command]
#[specta::specta]
pub(crate) async fn try_templates(
    face: State<'_, Face>,
    feed: String,
    templates: dto::Templates,
) -> Answer<dto::Rehearsal> {
    face.ask(Popups::TryTemplates { feed, templates }).await
}
