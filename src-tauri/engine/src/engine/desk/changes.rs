//! What people change of their feeds: settings and secrets together, or neither.

use super::{AtHand, Desk};
use crate::engine::draft::{self, Checked};
use crate::engine::{FeedDraft, RequestError};
use crate::id::FeedId;
use crate::secrets::{Home, Secrets, Vault};
use crate::settings::Feed;

impl Desk {
    /// Adds a feed; its draft names no files any more.
    pub(in crate::engine) async fn add(
        &mut self,
        vault: &Vault,
        draft: FeedDraft,
    ) -> Result<FeedId, RequestError> {
        self.writable()?;
        self.knows_icon(draft.icon.as_ref())?;
        let home = draft.secrets;
        let Checked { feed, secrets } = draft::check(draft, FeedId::random(), None, &Secrets::default())?;
        let id = feed.id.clone();
        if !secrets.is_empty() {
            vault.keep(&id, secrets.clone(), home).await?;
            self.at_hand.insert(id.clone(), AtHand::Here(secrets, home));
        }
        if let Err(error) = self.save(|settings| settings.feeds.push(feed)) {
            self.at_hand.remove(&id);
            let _ = vault.forget(&id).await;
            return Err(error);
        }
        Ok(id)
    }

    /// Changes a feed, whose draft names no files any more; tells whether its address is another one.
    pub(in crate::engine) async fn edit(
        &mut self,
        vault: &Vault,
        id: &FeedId,
        draft: FeedDraft,
    ) -> Result<bool, RequestError> {
        self.writable()?;
        self.knows_icon(draft.icon.as_ref())?;
        let before = self.feed(id)?.clone();
        let home = draft.secrets;
        let Checked { mut feed, secrets } =
            draft::check(draft, id.clone(), Some(&before), &self.secrets(id))?;
        feed.enabled = before.enabled;
        self.keep_secrets(vault, id, secrets, home).await?;
        let moved = feed.url != before.url;
        self.save(|settings| replace(&mut settings.feeds, feed))?;
        Ok(moved)
    }

    /// Takes a feed away; its secrets are to be forgotten with [`Desk::forget_secrets`].
    pub(in crate::engine) fn remove(&mut self, id: &FeedId) -> Result<(), RequestError> {
        let had_secrets = draft::needs_secrets(self.feed(id)?);
        self.save(|settings| {
            settings.feeds.retain(|feed| feed.id != *id);
            settings.tiles.iter_mut().for_each(|tiles| tiles.retain(|tile| tile.feed != *id));
            if had_secrets {
                settings.forget_later.push(id.clone());
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

    /// Removes the keyring entries of removed feeds; what can't be removed is tried again later.
    pub(in crate::engine) async fn forget_secrets(&mut self, vault: &Vault) {
        for feed in self.settings.forget_later.clone() {
            if vault.forget(&feed).await.is_err() {
                return;
            }
            let _ = self.save(|settings| settings.forget_later.retain(|later| *later != feed));
        }
    }

    pub(super) async fn keep_secrets(
        &mut self,
        vault: &Vault,
        id: &FeedId,
        secrets: Secrets,
        home: Home,
    ) -> Result<(), RequestError> {
        if secrets.is_empty() {
            if self.at_hand.remove(id).is_some() {
                vault.forget(id).await?;
            }
            return Ok(());
        }
        vault.keep(id, secrets.clone(), home).await?;
        self.at_hand.insert(id.clone(), AtHand::Here(secrets, home));
        Ok(())
    }
}

fn replace(feeds: &mut [Feed], feed: Feed) {
    if let Some(known) = feeds.iter_mut().find(|known| known.id == feed.id) {
        *known = feed;
    }
}
