//! Starting with the person's session: the desktop's own entry is the truth, and nothing else is kept of it.

use tauri::{AppHandle, Wry};
use tauri_plugin_autostart::ManagerExt as _;

/// The argument that the desktop's entry starts the app with.
pub(crate) const ARGUMENT: &str = "--at-login";

/// The desktop's entry; a stand-in in tests.
pub(crate) trait Entry: Send + Sync {
    /// Whether it is there.
    ///
    /// # Errors
    /// What the system says.
    fn is_there(&self) -> Result<bool, String>;

    /// Puts it there or takes it away.
    ///
    /// # Errors
    /// What the system says.
    fn put(&self, there: bool) -> Result<(), String>;
}

/// Whether the app starts with the session, where that can be set at all.
pub(crate) struct Login(Option<Box<dyn Entry>>);

impl Login {
    /// Goes by an entry.
    pub(crate) fn new(entry: impl Entry + 'static) -> Self {
        Self(Some(Box::new(entry)))
    }

    /// Goes by the desktop's.
    pub(crate) fn of_desktop(app: AppHandle<Wry>) -> Self {
        Self::new(Desktop(app))
    }

    /// A profile of its own is started by whoever made it.
    pub(crate) fn of_profile() -> Self {
        Self(None)
    }

    /// Whether the app starts with the session; none where that can't be set.
    ///
    /// # Errors
    /// A sentence for people.
    pub(crate) fn is_on(&self) -> Result<Option<bool>, String> {
        let is_there = self.0.as_ref().map(|entry| entry.is_there()).transpose();
        is_there.map_err(|error| format!("Whether Tidings starts at login can't be seen: {error}."))
    }

    /// Makes the app start with the session, or no more.
    ///
    /// # Errors
    /// A sentence for people.
    pub(crate) fn set(&self, on: bool) -> Result<(), String> {
        let Some(entry) = &self.0 else {
            return Err(
                "A profile of its own doesn't start at login. Start it from a place of your own.".into()
            );
        };
        entry.put(on).map_err(|error| format!("Starting at login can't be changed: {error}."))
    }
}

struct Desktop(AppHandle<Wry>);

impl Entry for Desktop {
    fn is_there(&self) -> Result<bool, String> {
        self.0.autolaunch().is_enabled().map_err(|error| error.to_string())
    }

    fn put(&self, there: bool) -> Result<(), String> {
        let entry = self.0.autolaunch();
        let done = if there { entry.enable() } else { entry.disable() };
        done.map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::arguments::Arguments;

    #[test]
    fn the_desktops_entry_starts_the_app_as_at_login() {
        let line = ["tidings", super::ARGUMENT].map(Into::into).to_vec();
        assert!(Arguments::read(line, None).expect("valid").at_login);
    }
}
