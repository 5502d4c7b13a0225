//! The last word of a window whose engine can't be reached any more, and the way on.

use tauri::{AppHandle, Wry};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};

/// Says why, and starts the app again where a person wants that: as it lies on the disk, which may be another version.
pub(crate) fn say(app: &AppHandle<Wry>, sentence: String) {
    let asked = app.clone();
    let buttons = MessageDialogButtons::OkCancelCustom("Start again".to_owned(), "Close".to_owned());
    let dialog =
        app.dialog().message(sentence).title("Tidings").kind(MessageDialogKind::Warning).buttons(buttons);
    dialog.show(move |again| {
        if again {
            asked.restart();
        }
        asked.exit(0);
    });
}
