//! Whose Tidings a command is about: the person's own or a profile, and what can be read of it.

use std::path::PathBuf;

use tidings_engine::engine::{self, Options};
use tidings_engine::history::History;
use tidings_engine::settings::{Feed, Settings, SettingsFile};
use tidings_host::paths::Paths;

use crate::complaint::Complaint;

/// The environment's way to name a profile, as for the app.
const VARIABLE: &str = "TIDINGS_PROFILE";

#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The profile in DIR instead of your own [env: TIDINGS_PROFILE]
    #[arg(long, value_name = "DIR")]
    profile: Option<PathBuf>,
}

impl Place {
    /// Finds a profile that is there.
    pub(crate) fn find(&self) -> Result<Profile, Complaint> {
        match self.folder() {
            Some(folder) if !folder.is_dir() => Err(Complaint::misused(format!(
                "There is no profile in {}: no such folder. Check --profile.",
                folder.display()
            ))),
            Some(_) | None => self.find_or_make(),
        }
    }

    /// Finds a profile, making its folder where it is missing.
    pub(crate) fn find_or_make(&self) -> Result<Profile, Complaint> {
        let paths = match self.folder() {
            Some(folder) => Paths::profile(&folder).map_err(|error| {
                Complaint::stopped(format!("The profile {} can't be used: {error}.", folder.display()))
            })?,
            None => Paths::own().ok_or_else(|| Complaint::stopped("There is no home folder: set HOME."))?,
        };
        Ok(Profile { paths })
    }

    /// The profile's folder; none for the person's own place.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let named = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        self.profile.clone().or(named)
    }
}

/// A profile as it lies on the disk.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) paths: Paths,
}

impl Profile {
    /// What an engine on this profile is started with.
    pub(crate) fn options(&self) -> Options {
        Options {
            settings_file: self.paths.settings_file.clone(),
            data_folder: self.paths.data_folder.clone(),
            keyring_service: self.paths.identity.clone(),
            icon: None,
        }
    }

    /// Reads the settings.
    pub(crate) fn settings(&self) -> Result<Settings, Complaint> {
        let (_, settings) = SettingsFile::open(&self.paths.settings_file)?;
        Ok(settings)
    }

    /// Opens the history for reading; none if there is none.
    pub(crate) fn history(&self) -> Result<Option<History>, Complaint> {
        Ok(History::look(&self.paths.data_folder)?)
    }

    /// Whether an engine runs on it.
    pub(crate) fn is_running(&self) -> bool {
        engine::is_running(&self.paths.data_folder)
    }
}

/// Finds the feed that a word means: its id, or its name in any case.
pub(crate) fn choose<'a>(feeds: &'a [Feed], word: &str) -> Result<&'a Feed, Complaint> {
    if let Some(feed) = feeds.iter().find(|feed| feed.id.as_str() == word) {
        return Ok(feed);
    }
    let name = word.trim().to_lowercase();
    let named: Vec<_> = feeds.iter().filter(|feed| feed.name.to_lowercase() == name).collect();
    match named[..] {
        [feed] => Ok(feed),
        [] => Err(Complaint::misused(format!("No feed is called “{word}”. See: tidings-cli feeds list."))),
        _ => {
            let ids: Vec<_> = named.iter().map(|feed| feed.id.as_str()).collect();
            Err(Complaint::misused(format!(
                "Several feeds are called “{word}”. Name one by its id: {}.",
                ids.join(", ")
            )))
        }
    }
}

/// Finds the feeds that words mean; all of them where there are no words.
pub(crate) fn choose_all<'a>(feeds: &'a [Feed], words: &[String]) -> Result<Vec<&'a Feed>, Complaint> {
    if words.is_empty() {
        return Ok(feeds.iter().collect());
    }
    words.iter().map(|word| choose(feeds, word)).collect()
}

#[cfg(test)]
mod tests {
    use tidings_engine::id::FeedId;

    use super::*;

    fn feed(id: &str, name: &str) -> Feed {
        Feed::new(FeedId::from_text(id), name, "https://example.org/")
    }

    #[test]
    fn a_word_is_an_id_or_a_name_that_only_one_feed_has() {
        let feeds = [feed("1", "Büro"), feed("2", "Alarm"), feed("3", "alarm"), feed("4", "1")];
        let chosen = |word| choose(&feeds, word).map(|feed| feed.id.as_str());
        assert_eq!(chosen("BÜRO"), Ok("1"));
        assert_eq!(chosen("1"), Ok("1"), "an id comes first");
        assert!(chosen("Alarm").unwrap_err() != chosen("nobody").unwrap_err());
        assert_eq!(choose_all(&feeds, &[]).unwrap().len(), 4);
        assert!(choose_all(&feeds, &["3".into(), "5".into()]).is_err());
    }
}
