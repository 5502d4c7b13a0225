//! Copies an event's text to the person's clipboard; the window has no way to it.

use tauri::{AppHandle, Wry};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tidings_engine::engine::Engine;
use tidings_engine::id::EventId;

use crate::ipc::error::Failure;

/// Copies the text of a stored event.
///
/// # Errors
/// If the event is gone, or the desktop has no clipboard that can be written.
pub(crate) async fn copy(engine: &Engine, app: &AppHandle<Wry>, event: EventId) -> Result<(), Failure> {
    let text = engine.text(event).await?;
    let app = app.clone();
    // The desktop's answer is waited for.
    let written = tokio::task::spawn_blocking(move || app.clipboard().write_text(text)).await;
    written
        .is_ok_and(|written| written.inspect_err(|error| tracing::warn!(%error, "no clipboard")).is_ok())
        .then_some(())
        .ok_or_else(|| Failure::gone("The clipboard can't be written."))
}
