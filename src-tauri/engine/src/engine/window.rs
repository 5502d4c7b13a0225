//! How the window looks and behaves: kept by the engine, carried out by its faces.

use super::{Engine, RequestError};
use crate::language::Language;
use crate::settings::Window;

impl Engine {
    /// Gives how the window looks and behaves.
    pub fn window(&self) -> Window {
        self.inner.board.window()
    }

    /// Gives the language of the popups, for the tray to speak it too.
    pub fn language(&self) -> Language {
        self.inner.notifier.language()
    }

    /// Sets how the window looks and behaves; a text size out of reach becomes the nearest one within.
    ///
    /// # Errors
    /// If the disk refuses; nothing is changed then.
    pub async fn set_window(&self, window: Window) -> Result<(), RequestError> {
        let window = window.within_limits();
        let mut desk = self.inner.desk.lock().await;
        desk.save(|settings| settings.window = window)?;
        self.inner.notifier.speak(Language::of(window.language));
        self.inner.board.dressed(window);
        Ok(())
    }
}
