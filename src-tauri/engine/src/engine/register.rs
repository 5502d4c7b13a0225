//! The feeds while no engine runs: the same drafts and the same checks, on the files alone.

use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Zoned;

use super::desk::{AtHand, Desk};
use super::{FeedDraft, MuteFor, Options, RequestError, StartError, archive, draft, feeds, icons, lock};
use crate::exchange::Imported;
use crate::history::History;
use crate::id::FeedId;
use crate::secrets::{Home, Keyring, Secrets, Vault};
use crate::settings::{Feed, FeedKeep, Keep, Loaded, SettingsFile};
use crate::update::Course;

/// The feeds of a profile on which no engine runs, and none can start for as long as this lives.
#[derive(Debug)]
pub struct Register {
    pub(super) desk: Desk,
    vault: Vault,
    data_folder: PathBuf,
    _lock: File,
}

impl Register {
    /// Opens the settings. Blocks.
    ///
    /// # Errors
    /// If an engine runs on the data folder, or the settings can't be read.
    pub fn open(options: &Options, keyring: impl Keyring) -> Result<Self, StartError> {
        let lock = lock::take(&options.data_folder)?;
        let Loaded { file, settings, problem } = SettingsFile::load(&options.settings_file);
        let file = file.map_err(|error| StartError::Folder(error.to_string()))?;
        let album = icons::album(&options.data_folder, &settings, problem.is_none());
        Ok(Self {
            desk: Desk::new(Ok(file), settings, album),
            vault: Vault::new(keyring),
            data_folder: options.data_folder.clone(),
            _lock: lock,
        })
    }

    /// The feeds, in the order of the settings.
    pub fn feeds(&self) -> &[Feed] {
        &self.desk.settings.feeds
    }

    /// Adds a feed.
    ///
    /// # Errors
    /// If a field is wrong, or keyring or disk refuse; nothing is changed then.
    pub async fn add(&mut self, draft: FeedDraft) -> Result<FeedId, RequestError> {
        let draft = draft::read_files(draft).await?;
        let adding = self.desk.begin_to_add(draft)?;
        let kept = adding.keeping.keep(&self.vault).await;
        self.desk.finish_adding(adding, kept)
    }

    /// Changes a feed.
    ///
    /// # Errors
    /// If a field is wrong, or keyring or disk refuse; the feed stays as it was then.
    pub async fn edit(&mut self, id: &FeedId, draft: FeedDraft) -> Result<(), RequestError> {
        let draft = draft::read_files(draft).await?;
        if draft::needs_secrets(self.desk.feed(id)?) {
            let (secrets, home) = self.vault.get(id).await?.unwrap_or((Secrets::default(), Home::Keyring));
            self.desk.at_hand.insert(id.clone(), AtHand::Here(secrets, home));
        }
        let editing = self.desk.begin_to_edit(id, draft)?;
        let kept = editing.keeping.keep(&self.vault).await;
        let moved = self.desk.finish_editing(editing, kept)?;
        self.forget_secrets().await;
        if moved && let Some(history) = self.history().await? {
            let rewound = feeds::rewind(&history, id).await;
            history.close().await;
            rewound?;
        }
        Ok(())
    }

    /// Removes a feed, its history and its secrets.
    ///
    /// # Errors
    /// If the disk refuses. A keyring that can't be reached doesn't keep the feed: its entry is removed later.
    pub async fn remove(&mut self, id: &FeedId) -> Result<(), RequestError> {
        self.desk.remove(id)?;
        self.forget_secrets().await;
        if let Some(history) = self.history().await? {
            let removed = history.remove_feed(id.clone()).await;
            history.close().await;
            removed?;
        }
        Ok(())
    }

    /// Switches a feed on or off.
    ///
    /// # Errors
    /// If it is gone or the disk refuses.
    pub fn enable(&mut self, id: &FeedId, enabled: bool) -> Result<(), RequestError> {
        self.desk.enable(id, enabled)
    }

    /// Pauses or resumes everything, from the next start of an engine on.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn pause(&mut self, paused: bool) -> Result<(), RequestError> {
        self.desk.save(|settings| settings.paused = paused)
    }

    /// Mutes the popups of a feed, or of all, or unmutes them.
    ///
    /// # Errors
    /// If the feed is gone or the disk refuses.
    pub fn mute(&mut self, feed: Option<&FeedId>, span: MuteFor) -> Result<(), RequestError> {
        self.desk.mute(feed, span.from(&Zoned::now()))
    }

    /// What is kept of the history.
    pub fn keep(&self) -> Keep {
        self.desk.settings.keep
    }

    /// Sets what is kept of the history; what is too much is removed when an engine runs.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn set_keep(&mut self, keep: Keep) -> Result<(), RequestError> {
        self.desk.save(|settings| settings.keep = keep)
    }

    /// Sets what is kept of a feed.
    ///
    /// # Errors
    /// If the feed is gone or the disk refuses.
    pub fn set_feed_keep(&mut self, id: &FeedId, keep: FeedKeep) -> Result<(), RequestError> {
        self.desk.set_feed_keep(id, keep)
    }

    /// Takes the events of an export as JSON Lines in, as [`Engine::import`](super::Engine::import) does.
    ///
    /// # Errors
    /// If the file can't be read or is no export, or the history doesn't take it; what came before is in.
    pub async fn import(&mut self, file: &Path) -> Result<Imported, RequestError> {
        let history = self.open_history().await?;
        let imported =
            archive::import(&history, archive::names(self.feeds()), file, &Course::unwatched()).await;
        history.close().await;
        imported
    }

    /// Removes the keyring's entries that are nobody's any more; what can't be removed is tried again later.
    async fn forget_secrets(&mut self) {
        while let Some(feed) = self.desk.forgettable() {
            if self.vault.forget(&feed).await.is_err() || !self.desk.forgotten(&feed) {
                return;
            }
        }
    }

    /// Opens the history where there is one.
    async fn history(&self) -> Result<Option<History>, RequestError> {
        if History::is_there(&self.data_folder) { self.open_history().await.map(Some) } else { Ok(None) }
    }

    async fn open_history(&self) -> Result<History, RequestError> {
        let folder = self.data_folder.clone();
        let opening = tokio::task::spawn_blocking(move || History::open(&folder));
        let opened =
            opening.await.map_err(|_| RequestError::Storage("The history could not be opened.".into()))?;
        let opened = opened.map_err(|error| RequestError::Storage(error.to_string()))?;
        Ok(opened.history)
    }
}
