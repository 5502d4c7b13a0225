//! What the window may ask about what people set.

use tauri::State;

use super::Answer;
use crate::ipc::dto;
use crate::running::Running;

/// Gives how much of the history is kept, and how much there is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep(app: State<'_, Running>) -> Answer<dto::Kept> {
    let holdings = app.engine().holdings().await?;
    Ok(dto::Kept::new(app.engine().keep().await, holdings.values()))
}

/// Sets how much of the history is kept; what is too much is removed soon.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_keep(app: State<'_, Running>, keep: dto::Keep) -> Answer<()> {
    Ok(app.engine().set_keep(keep.into()).await?)
}
