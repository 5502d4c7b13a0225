//! What people do with feeds: add, edit, switch, remove, pause.

use std::collections::HashMap;

use super::desk::{AtHand, Desk, Wish};
use super::draft;
use super::{Engine, Inner, RequestError, bursts};
use crate::history::{Batch, Cursor, History, StoreError};
use crate::id::FeedId;
use crate::preset::Preset;
use crate::secrets::{Home, Secrets};
use crate::update::{FeedState, FeedView, Part};

use super::FeedDraft;

impl Engine {
    /// Adds a feed and subscribes to it.
    ///
    /// # Errors
    /// If a field is wrong, or keyring or disk refuse; nothing is changed then.
    pub async fn add_feed(&self, draft: FeedDraft) -> Result<FeedView, RequestError> {
        let inner = &self.inner;
        let draft = draft::read_files(draft).await?;
        let id = inner.add(draft).await?;
        inner.apply(&*inner.desk.lock().await).await;
        inner.shown(&id)
    }

    /// Changes a feed; it is dialled again only if the connection is concerned.
    ///
    /// # Errors
    /// If a field is wrong, or keyring or disk refuse; the feed stays as it was then.
    pub async fn edit_feed(&self, id: &FeedId, draft: FeedDraft) -> Result<FeedView, RequestError> {
        let inner = &self.inner;
        let draft = draft::read_files(draft).await?;
        let editing = inner.desk.lock().await.begin_to_edit(id, draft)?;
        let kept = editing.keeping.keep(&inner.vault).await;
        let mut desk = inner.desk.lock().await;
        let moved = desk.finish_editing(editing, kept)?;
        if moved {
            inner.forget_cursor(&desk, id).await?;
        }
        inner.apply(&desk).await;
        drop(desk);
        let view = inner.shown(id)?;
        if !matches!(view.state, FeedState::Live { .. }) {
            inner.supervisor.redial(Some(id.clone())).await;
        }
        inner.dead_entries.notify_one();
        Ok(view)
    }

    /// Removes a feed, its history and its secrets.
    ///
    /// # Errors
    /// If the disk refuses. A keyring that can't be reached doesn't keep the feed: its entry is removed later.
    pub async fn remove_feed(&self, id: &FeedId) -> Result<(), RequestError> {
        let inner = &self.inner;
        let mut desk = inner.desk.lock().await;
        desk.remove(id)?;
        inner.apply(&desk).await;
        desk.light().await;
        inner.board.remove_feed(id);
        inner.notifier.forget(id);
        drop(desk);
        inner.history.remove_feed(id.clone()).await?;
        inner.stored.notify_one();
        inner.dead_entries.notify_one();
        Ok(())
    }

    /// Switches a feed on or off.
    ///
    /// # Errors
    /// If it is gone or the disk refuses.
    pub async fn enable_feed(&self, id: &FeedId, enabled: bool) -> Result<(), RequestError> {
        let mut desk = self.inner.desk.lock().await;
        desk.enable(id, enabled)?;
        self.inner.apply(&desk).await;
        Ok(())
    }

    /// Pauses or resumes everything.
    ///
    /// # Errors
    /// If the disk refuses.
    pub async fn pause(&self, paused: bool) -> Result<(), RequestError> {
        let mut desk = self.inner.desk.lock().await;
        desk.save(|settings| settings.paused = paused)?;
        self.inner.board.paused(paused);
        self.inner.apply(&desk).await;
        Ok(())
    }

    /// Asks the keyring again for what is missing, and to forget what was removed.
    pub async fn retry_keyring(&self) {
        let mut desk = self.inner.desk.lock().await;
        for at_hand in desk.at_hand.values_mut() {
            if matches!(at_hand, AtHand::Trouble(_)) {
                *at_hand = AtHand::Asked;
            }
        }
        self.inner.apply(&desk).await;
        drop(desk);
        self.inner.ask_keyring().await;
    }
}

impl Inner {
    /// Makes connections, tastes and board say what the desk says.
    pub(super) async fn apply(&self, desk: &Desk) {
        self.pipeline.set_tastes(desk.tastes());
        self.chores.retain(desk.retention());
        self.pipeline.set_rules(desk.rules());
        self.notifier.set_icons(desk.icons());
        let mut callers = HashMap::new();
        let mut wanted = Vec::new();
        let mut resting = Vec::new();
        for (feed, wish) in desk.wishes() {
            self.board.put_feed(&feed.id, |known| {
                let unread = known.map_or(0, |view| view.unread);
                let state = match &wish {
                    Wish::Rest(state) => state.clone(),
                    Wish::Run(_) => known.map_or(FeedState::Connecting, |view| view.state.clone()),
                };
                let bursting = known.is_some_and(|view| view.bursting) && bursts::may_ask(feed);
                FeedView { bursting, ..desk.view(feed, state, unread) }
            });
            match wish {
                Wish::Run(one) => {
                    if feed.notices.allowed.pictures {
                        callers.insert(one.feed.clone(), one.call.clone());
                    }
                    wanted.push(*one);
                }
                Wish::Rest(state) => resting.push((feed.id.clone(), state)),
            }
        }
        self.pipeline.gallery().allow(callers);
        self.supervisor.reconcile(wanted).await;
        // A connection may have told its last state while it ended.
        for (feed, state) in resting {
            self.pipeline.rest(&feed, state).await;
        }
        self.board.problem(Part::Keyring, desk.keyring_trouble());
    }

    /// Asks the keyring for every secret that is due, feed by feed; each feed starts as soon as its own is there.
    pub(super) async fn ask_keyring(&self) {
        let due: Vec<FeedId> = {
            let desk = self.desk.lock().await;
            let asked = desk.at_hand.iter().filter(|(_, at_hand)| matches!(at_hand, AtHand::Asked));
            asked.map(|(feed, _)| feed.clone()).collect()
        };
        for feed in due {
            let answer = match self.vault.get(&feed).await {
                Ok(Some((secrets, home))) => AtHand::Here(secrets, home),
                Ok(None) => AtHand::Here(Secrets::default(), Home::Keyring),
                Err(error) => AtHand::Trouble(error),
            };
            let mut desk = self.desk.lock().await;
            // Edited or removed meanwhile: what a person entered is newer.
            if let Some(at_hand @ AtHand::Asked) = desk.at_hand.get_mut(&feed) {
                *at_hand = answer;
                self.apply(&desk).await;
            }
        }
        self.dead_entries.notify_one();
    }

    /// Adds a feed; it is not dialled yet.
    pub(super) async fn add(&self, draft: FeedDraft) -> Result<FeedId, RequestError> {
        let adding = self.desk.lock().await.begin_to_add(draft)?;
        let kept = adding.keeping.keep(&self.vault).await;
        self.desk.lock().await.finish_adding(adding, kept)
    }

    /// Removes the keyring's entries that are nobody's any more; what can't be removed is tried again later.
    pub(super) async fn forget_secrets(&self) {
        loop {
            let (feed, forgetting) = {
                let desk = self.desk.lock().await;
                let Some(feed) = desk.forgettable() else { return };
                // Asked while the desk is held: what is kept under this name later is kept behind that.
                let forgetting = self.vault.forget(&feed);
                (feed, forgetting)
            };
            if forgetting.await.is_err() || !self.desk.lock().await.forgotten(&feed) {
                return;
            }
        }
    }

    /// Keeps which services were recognised, so that each is resumed in its own way from the next dial on.
    pub(super) async fn remember(&self, recognised: Vec<(FeedId, Preset)>) {
        let mut desk = self.desk.lock().await;
        let saved = desk.save(|settings| {
            for (id, preset) in recognised {
                let feed = settings.feeds.iter_mut().find(|feed| feed.id == id);
                // It may have got another address meanwhile.
                let still = self.pipeline.service(&id) == Some(preset);
                if let Some(feed) = feed.filter(|feed| still && feed.preset.is_none()) {
                    feed.recognised = Some(preset);
                }
            }
        });
        match saved {
            Ok(()) => self.apply(&desk).await,
            Err(error) => tracing::warn!(%error, "which service a feed is of could not be kept"),
        }
    }

    /// Another address is another stream: the old one's last event ID means nothing there.
    async fn forget_cursor(&self, desk: &Desk, id: &FeedId) -> Result<(), RequestError> {
        let others = desk.wishes().into_iter().filter_map(|(feed, wish)| match wish {
            Wish::Run(wanted) if feed.id != *id => Some(*wanted),
            Wish::Run(_) | Wish::Rest(_) => None,
        });
        self.supervisor.reconcile(others.collect()).await;
        self.pipeline.moved(id);
        Ok(rewind(&self.history, id).await?)
    }

    fn shown(&self, id: &FeedId) -> Result<FeedView, RequestError> {
        self.board.feed(id).ok_or(RequestError::Gone("This feed was removed."))
    }
}

/// Makes a feed begin anew.
pub(super) async fn rewind(history: &History, feed: &FeedId) -> Result<(), StoreError> {
    let cursor = Cursor { last_event_id: Some(String::new()), retry_ms: None };
    history.store(Batch { feed: feed.clone(), events: Vec::new(), cursor }).await.map(drop)
}
