//! Asks a person for a file: where to save one, or which to open.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::window;

/// Where the answer goes: none if they name nothing.
pub(crate) type Reply = oneshot::Sender<Option<PathBuf>>;

/// The ways to ask; the desktop's own dialogs but in tests.
pub(crate) struct Saving {
    /// With the file's proposed name.
    save: Box<dyn Fn(String, Reply) + Send + Sync>,
    open: Box<dyn Fn(Reply) + Send + Sync>,
}

impl Saving {
    /// Asks in some way.
    pub(crate) fn new(
        save: impl Fn(String, Reply) + Send + Sync + 'static,
        open: impl Fn(Reply) + Send + Sync + 'static,
    ) -> Self {
        Self { save: Box::new(save), open: Box::new(open) }
    }

    /// Asks in the desktop's dialogs.
    pub(crate) fn in_dialog(app: AppHandle<Wry>) -> Self {
        let opener = app.clone();
        let save = move |name: String, reply: Reply| {
            // A dialog that nobody waits for any more saves nothing.
            let answer = move |file: Option<FilePath>| drop(reply.send(path(file)));
            dialog(&app).set_file_name(name).save_file(answer);
        };
        let open = move |reply: Reply| {
            dialog(&opener).pick_file(move |file| drop(reply.send(path(file))));
        };
        Self::new(save, open)
    }

    /// Gives the file that a person names, after they agreed to replace one that is there; none if they save nothing.
    pub(crate) async fn ask(&self, name: String) -> Option<PathBuf> {
        let (reply, answer) = oneshot::channel();
        (self.save)(name, reply);
        answer.await.unwrap_or(None)
    }

    /// Gives the file that a person wants opened; none if they choose none.
    pub(crate) async fn ask_which(&self) -> Option<PathBuf> {
        let (reply, answer) = oneshot::channel();
        (self.open)(reply);
        answer.await.unwrap_or(None)
    }
}

fn dialog(app: &AppHandle<Wry>) -> FileDialogBuilder<Wry> {
    let dialog = app.dialog().file();
    match app.get_webview_window(window::LABEL) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn path(file: Option<FilePath>) -> Option<PathBuf> {
    file.and_then(|file| FilePath::into_path(file).ok())
}
