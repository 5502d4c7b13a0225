//! Asks a person where to save a file.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;

use crate::window;

/// Where the answer goes: none if they save nothing.
pub(crate) type Reply = oneshot::Sender<Option<PathBuf>>;

/// The way to ask, with the file's proposed name; the program's own dialog but in tests.
pub(crate) struct Saving(Box<dyn Fn(String, Reply) + Send + Sync>);

impl Saving {
    /// Asks in some way.
    pub(crate) fn new(ask: impl Fn(String, Reply) + Send + Sync + 'static) -> Self {
        Self(Box::new(ask))
    }

    /// Asks in the desktop's dialog.
    pub(crate) fn in_dialog(app: AppHandle<Wry>) -> Self {
        Self::new(move |name, reply| {
            let mut dialog = app.dialog().file().set_file_name(name);
            if let Some(window) = app.get_webview_window(window::LABEL) {
                dialog = dialog.set_parent(&window);
            }
            dialog.save_file(|file| {
                // A dialog that nobody waits for any more saves nothing.
                let _ = reply.send(file.and_then(|file| FilePath::into_path(file).ok()));
            });
        })
    }

    /// Gives the file that a person names, after they agreed to replace one that is there; none if they save nothing.
    pub(crate) async fn ask(&self, name: String) -> Option<PathBuf> {
        let (reply, answer) = oneshot::channel();
        (self.0)(name, reply);
        answer.await.unwrap_or(None)
    }
}
