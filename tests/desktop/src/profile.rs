//! A profile of the app: its settings, written before it starts, and where its history is.

use std::path::{Path, PathBuf};

use tidings_engine::id::FeedId;
use tidings_engine::settings::{Feed, Settings};

use crate::trouble::Trouble;

/// A folder for `--profile`.
#[derive(Clone, Debug)]
pub struct Profile {
    folder: PathBuf,
}

impl Profile {
    /// Makes a profile with these feeds.
    ///
    /// # Errors
    /// The folder or the file can't be written.
    pub fn create(folder: &Path, feeds: Vec<Feed>) -> Result<Self, Trouble> {
        let profile = Self { folder: folder.to_owned() };
        std::fs::create_dir_all(folder).map_err(Trouble::refused("making the profile"))?;
        profile.write(&Settings { feeds, ..Settings::default() })?;
        Ok(profile)
    }

    /// Puts other settings in the place of what is there, while no app runs on it.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, settings: &Settings) -> Result<(), Trouble> {
        let text = toml::to_string(settings).expect("settings are made of what TOML has");
        std::fs::write(self.settings(), text).map_err(Trouble::refused("writing the profile's settings"))
    }

    /// Gives the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the settings file.
    pub fn settings(&self) -> PathBuf {
        self.folder.join("settings.toml")
    }

    /// Gives the history's database, which the app makes.
    pub fn history(&self) -> PathBuf {
        self.folder.join("data/history.db")
    }
}

/// Describes a feed that needs no sign-in; `number` becomes its id.
pub fn feed(number: u64, name: &str, url: &str) -> Feed {
    Feed::new(FeedId::from_text(format!("{number:016x}")), name, url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_written_are_the_settings_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let feeds =
            vec![feed(1, "A \"quoted\" name", "http://127.0.0.1:1/replay"), feed(2, "B", "http://b/")];
        let profile = Profile::create(&folder.path().join("profile"), feeds.clone()).expect("written");
        let text = std::fs::read_to_string(profile.settings()).expect("there");
        let read: Settings = toml::from_str(&text).expect("valid");
        assert_eq!(read, Settings { feeds, ..Settings::default() });
    }
}
