//! How the window looks and behaves: kept by the engine, carried out by its faces.

use super::{Engine, RequestError};
use crate::language::Language;
use crate::settings::Window;

impl Engine {
    /// Gives how the window looks and behaves.
    pub fn window(&self) -> Window {
        self.inner.board.window()
    }

    /// Says in a popup, once for all, that feeds are watched without the window: where no tray shows it, who closes the
    /// window would wonder.
    ///
    /// # Errors
    /// If the disk refuses to note that it was said.
    pub async fn say_once_that_it_goes_on(&self) -> Result<(), RequestError> {
        let mut desk = self.inner.desk.lock().await;
        if desk.settings.said_it_goes_on {
            return Ok(());
        }
        desk.save(|settings| settings.said_it_goes_on = true)?;
        let (title, body) = self.language().goes_on();
        self.inner.notifier.alert(None, title.into(), body.into());
        Ok(())
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
        self.inner.pipeline.set_tastes(desk.tastes());
        self.inner.board.dressed(window);
        Ok(())
    }
}
