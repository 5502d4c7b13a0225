//! What people change of their feeds: settings and secrets together, or neither.
//!
//! A keyring may take a minute, so the desk isn't held while it is asked: a change is begun, its secrets are kept, and it
//! is finished. Before a name first goes to the keyring it is noted among those to be forgotten, and leaves that list in
//! the write that brings the feed: whenever the program is killed, no entry is left that nobody knows of.

use super::{AtHand, Desk};
use crate::engine::draft::{self, Checked};
use crate::engine::{FeedDraft, RequestError};
use crate::id::FeedId;
use crate::secrets::{Home, KeyringError, Secrets, Vault};
use crate::settings::{Feed, Settings};

/// Secrets on their way to where they are kept, for a change that is begun.
#[derive(Debug)]
pub(in crate::engine) struct Keeping {
    id: FeedId,
    secrets: Secrets,
    home: Home,
    /// Whether its name was noted for this change.
    is_noted: bool,
}

/// A feed that is being added.
#[derive(Debug)]
pub(in crate::engine) struct Adding {
    pub(in crate::engine) keeping: Keeping,
    feed: Feed,
}

/// A feed that is being changed.
pub(in crate::engine) struct Editing {
    pub(in crate::engine) keeping: Keeping,
    draft: FeedDraft,
}

impl Keeping {
    /// Has the secrets kept; none are kept nowhere.
    pub(in crate::engine) async fn keep(&self, vault: &Vault) -> Result<(), KeyringError> {
        let Self { id, secrets, home, is_noted: _ } = self;
        if secrets.is_empty() {
            vault.forget_in_memory(id);
            return Ok(());
        }
        vault.keep(id, secrets.clone(), *home).await
    }
}

impl Desk {
    /// Begins to add a feed; its draft names no files any more.
    pub(in crate::engine) fn begin_to_add(&mut self, draft: FeedDraft) -> Result<Adding, RequestError> {
        self.writable()?;
        self.knows_icon(draft.icon.as_ref())?;
        let home = draft.secrets;
        let Checked { feed, secrets } = draft::check(draft, FeedId::random(), None, &Secrets::default())?;
        let keeping = self.begin(&feed.id, secrets, home, false)?;
        Ok(Adding { keeping, feed })
    }

    /// Adds the feed, or leaves everything as it was where its secrets weren't kept.
    pub(in crate::engine) fn finish_adding(
        &mut self,
        adding: Adding,
        kept: Result<(), KeyringError>,
    ) -> Result<FeedId, RequestError> {
        let Adding { keeping, feed } = adding;
        self.finish(keeping, kept, |settings| settings.feeds.push(feed))
    }

    /// Begins to change a feed, whose draft names no files any more.
    pub(in crate::engine) fn begin_to_edit(
        &mut self,
        id: &FeedId,
        draft: FeedDraft,
    ) -> Result<Editing, RequestError> {
        self.writable()?;
        self.knows_icon(draft.icon.as_ref())?;
        let before = self.feed(id)?.clone();
        let home = draft.secrets;
        let Checked { feed: _, secrets } =
            draft::check(draft.clone(), id.clone(), Some(&before), &self.secrets(id))?;
        let keeping = self.begin(id, secrets, home, draft::needs_secrets(&before))?;
        Ok(Editing { keeping, draft })
    }

    /// Changes the feed as it is by then; tells whether its address is another one.
    pub(in crate::engine) fn finish_editing(
        &mut self,
        editing: Editing,
        kept: Result<(), KeyringError>,
    ) -> Result<bool, RequestError> {
        let Editing { keeping, draft } = editing;
        let id = keeping.id.clone();
        let changed = self.feed(&id).cloned().and_then(|before| {
            let Checked { mut feed, .. } = draft::check(draft, id.clone(), Some(&before), &keeping.secrets)?;
            feed.enabled = before.enabled;
            let had_entry = draft::needs_secrets(&before) && !draft::needs_secrets(&feed);
            Ok((feed.url != before.url, had_entry, feed))
        });
        let (moved, had_entry, feed) = match changed {
            Ok(changed) => changed,
            // It was removed meanwhile; its name is among those to be forgotten.
            Err(error) => {
                self.kept_for.retain(|kept_for| *kept_for != id);
                return Err(error);
            }
        };
        self.finish(keeping, kept, |settings| {
            replace(&mut settings.feeds, feed);
            if had_entry {
                note(&mut settings.forget_later, &id);
            }
        })?;
        Ok(moved)
    }

    /// Takes a feed away; its secrets are to be forgotten.
    pub(in crate::engine) fn remove(&mut self, id: &FeedId) -> Result<(), RequestError> {
        let had_secrets = draft::needs_secrets(self.feed(id)?);
        self.save(|settings| {
            settings.feeds.retain(|feed| feed.id != *id);
            settings.tiles.iter_mut().for_each(|tiles| tiles.retain(|tile| tile.feed != *id));
            if had_secrets {
                note(&mut settings.forget_later, id);
            }
        })?;
        self.at_hand.remove(id);
        Ok(())
    }

    /// Switches a feed on or off.
    pub(in crate::engine) fn enable(&mut self, id: &FeedId, enabled: bool) -> Result<(), RequestError> {
        let mut feed = self.feed(id)?.clone();
        feed.enabled = enabled;
        self.save(|settings| replace(&mut settings.feeds, feed))
    }

    /// A name whose entry in the keyring is nobody's any more.
    pub(in crate::engine) fn forgettable(&self) -> Option<FeedId> {
        self.settings.forget_later.iter().find(|later| !self.kept_for.contains(later)).cloned()
    }

    /// Notes that there is no entry of this name any more; tells whether that could be noted.
    pub(in crate::engine) fn forgotten(&mut self, id: &FeedId) -> bool {
        // Secrets that are on their way under this name are to be known of.
        if self.kept_for.contains(id) || !self.settings.forget_later.contains(id) {
            return true;
        }
        self.save(|settings| settings.forget_later.retain(|later| later != id)).is_ok()
    }

    /// Begins a change with secrets; `has_entry` says that the keyring holds some under their name already.
    pub(super) fn begin(
        &mut self,
        id: &FeedId,
        secrets: Secrets,
        home: Home,
        has_entry: bool,
    ) -> Result<Keeping, RequestError> {
        // What waits for the keyring is to be over before the same is changed again.
        if self.kept_for.contains(id) {
            return Err(KeyringError::NoAnswer.into());
        }
        let is_first = !has_entry && !self.settings.forget_later.contains(id);
        let is_noted = is_first && !secrets.is_empty() && home == Home::Keyring;
        if is_noted {
            self.save(|settings| note(&mut settings.forget_later, id))?;
        }
        self.kept_for.push(id.clone());
        Ok(Keeping { id: id.clone(), secrets, home, is_noted })
    }

    /// Finishes it with what it changes in the settings.
    pub(super) fn finish(
        &mut self,
        keeping: Keeping,
        kept: Result<(), KeyringError>,
        change: impl FnOnce(&mut Settings),
    ) -> Result<FeedId, RequestError> {
        let Keeping { id, secrets, home, is_noted } = keeping;
        self.kept_for.retain(|kept_for| *kept_for != id);
        if let Err(error) = kept {
            // One that gave no answer may still take the entry.
            if error != KeyringError::NoAnswer && is_noted {
                let _ = self.save(|settings| settings.forget_later.retain(|later| *later != id));
            }
            return Err(error.into());
        }
        self.save(|settings| {
            if !secrets.is_empty() {
                settings.forget_later.retain(|later| *later != id);
            }
            change(settings);
        })?;
        if secrets.is_empty() {
            self.at_hand.remove(&id);
        } else {
            self.at_hand.insert(id.clone(), AtHand::Here(secrets, home));
        }
        Ok(id)
    }
}

fn note(names: &mut Vec<FeedId>, name: &FeedId) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}

fn replace(feeds: &mut [Feed], feed: Feed) {
    if let Some(known) = feeds.iter_mut().find(|known| known.id == feed.id) {
        *known = feed;
    }
}
