//! What the window may ask about rules and templates.

use tauri::State;

use super::Answer;
use crate::ipc::dto::{self, feed_id};
use crate::running::Running;

/// Gives the rules, in the order in which they are asked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rules(app: State<'_, Running>) -> Answer<Vec<dto::Rule>> {
    Ok(app.engine().wishes().await.rules.into_iter().map(Into::into).collect())
}

/// Sets the rules and gives what is wrong with them; where anything is, nothing is changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_rules(app: State<'_, Running>, rules: Vec<dto::Rule>) -> Answer<Vec<dto::RuleFault>> {
    let rules = match dto::read_rules(rules) {
        Ok(rules) => rules,
        Err(faults) => return Ok(faults),
    };
    match app.engine().set_rules(rules).await {
        Ok(()) => Ok(Vec::new()),
        Err(error) => dto::faults_of(error),
    }
}

/// Tells what rules would have done with the newest events of a feed, or of all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn try_rules(
    app: State<'_, Running>,
    rules: Vec<dto::Rule>,
    feed: Option<String>,
) -> Answer<dto::Trial> {
    let rules = match dto::read_rules(rules) {
        Ok(rules) => rules,
        Err(faults) => return Ok(dto::Trial::Wrong { faults }),
    };
    match app.engine().try_rules(&rules, feed.map(feed_id).as_ref()).await {
        Ok(trial) => Ok(trial.into()),
        Err(error) => Ok(dto::Trial::Wrong { faults: dto::faults_of(error)? }),
    }
}

/// Gives the event types and the values in JSON data that a feed sent lately, or all feeds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn seen(app: State<'_, Running>, feed: Option<String>) -> Answer<dto::Seen> {
    Ok(app.engine().seen(feed.map(feed_id).as_ref()).await?.into())
}

/// Gives a feed's templates.
#[tauri::command]
#[specta::specta]
pub(crate) async fn templates(app: State<'_, Running>, feed: String) -> Answer<dto::Templates> {
    Ok(app.engine().templates(&feed_id(feed)).await?.into())
}

/// Sets a feed's templates and gives what is wrong with them; where anything is, nothing is changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_templates(
    app: State<'_, Running>,
    feed: String,
    templates: dto::Templates,
) -> Answer<Vec<dto::TemplateFault>> {
    match app.engine().set_templates(&feed_id(feed), templates.into()).await {
        Ok(()) => Ok(Vec::new()),
        Err(error) => dto::template_faults_of(error),
    }
}

/// Shows how a feed's newest events would read by templates.
#[tauri::command]
#[specta::specta]
pub(crate) async fn try_templates(
    app: State<'_, Running>,
    feed: String,
    templates: dto::Templates,
) -> Answer<dto::Rehearsal> {
    Ok(app.engine().try_templates(&feed_id(feed), &templates.into()).await?.into())
}
