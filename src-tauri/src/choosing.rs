//! Asks a person which picture to take.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;

use crate::window;

/// Where the answer goes: none if they choose nothing.
pub(crate) type Reply = oneshot::Sender<Option<PathBuf>>;

/// The way to ask; the program's own dialog but in tests.
pub(crate) struct Choosing(Box<dyn Fn(Reply) + Send + Sync>);

impl Choosing {
    /// Asks in some way.
    pub(crate) fn new(ask: impl Fn(Reply) + Send + Sync + 'static) -> Self {
        Self(Box::new(ask))
    }

    /// Asks in the desktop's dialog.
    pub(crate) fn in_dialog(app: AppHandle<Wry>) -> Self {
        Self::new(move |reply| {
            let mut dialog =
                app.dialog().file().add_filter("PNG, JPEG, WebP", &["png", "jpg", "jpeg", "webp"]);
            if let Some(window) = app.get_webview_window(window::LABEL) {
                dialog = dialog.set_parent(&window);
            }
            dialog.pick_file(|file| {
                // A dialog that nobody waits for any more chooses nothing.
                let _ = reply.send(file.and_then(|file| FilePath::into_path(file).ok()));
            });
        })
    }

    /// Gives the file that a person chooses; none if they choose nothing.
    pub(crate) async fn ask(&self) -> Option<PathBuf> {
        let (reply, answer) = oneshot::channel();
        (self.0)(reply);
        answer.await.unwrap_or(None)
    }
}
