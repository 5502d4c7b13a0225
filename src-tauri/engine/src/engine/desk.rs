//! The settings and the secrets at hand: what decides which connections are wanted.

mod changes;
mod network;

use std::collections::HashMap;
use std::sync::Arc;

use super::RequestError;
use super::demo::Stage;
use super::draft;
use crate::format::template::Compiled;
use crate::history::{Limits, Retention};
use crate::id::FeedId;
use crate::language::Language;
use crate::picture::Album;
use crate::pipeline::Taste;
use crate::rules::Rules;
use crate::secrets::{Home, KeyringError, Secrets};
use crate::settings::{Feed, FeedKeep, Keep, Settings, SettingsFile, SignIn};
use crate::supervisor::Wanted;
use crate::update::{FeedState, FeedView, Reason, ReasonCode, SecretsView, SignInView};

/// A feed's secrets, as far as they are known.
#[derive(Clone, Debug)]
pub(super) enum AtHand {
    /// The keyring was asked and hasn't answered.
    Asked,
    /// The keyring gave nothing.
    Trouble(KeyringError),
    /// Here they are.
    Here(Secrets, Home),
}

/// What people have set, held in one place under one lock.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) settings: Settings,
    pub(super) at_hand: HashMap<FeedId, AtHand>,
    /// The pictures of feeds.
    pub(super) album: Album,
    /// The server of the demo feeds.
    pub(super) stage: Stage,
    /// Under which names secrets are on their way.
    kept_for: Vec<FeedId>,
    /// The file; or why it can't be used, then nothing is ever written to it.
    file: Result<SettingsFile, String>,
}

/// What a feed is to do.
pub(super) enum Wish {
    Run(Box<Wanted>),
    Rest(FeedState),
}

impl Desk {
    /// Begins with what was set, and the pictures that it names.
    pub(super) fn new(file: Result<SettingsFile, String>, settings: Settings, album: Album) -> Self {
        let asked = settings.feeds.iter().filter(|feed| draft::needs_secrets(feed));
        let proxy = draft::sign_in_of_proxy(&settings.network.proxy).then(network::kept_as);
        let at_hand = asked.map(|feed| feed.id.clone()).chain(proxy).map(|id| (id, AtHand::Asked)).collect();
        Self { settings, at_hand, album, stage: Stage::default(), kept_for: Vec::new(), file }
    }

    /// Has the demo served where there are feeds of it, and only then.
    pub(super) async fn light(&mut self) {
        self.stage.follow(&self.settings.feeds).await;
    }

    pub(super) fn feed(&self, id: &FeedId) -> Result<&Feed, RequestError> {
        self.settings
            .feeds
            .iter()
            .find(|feed| feed.id == *id)
            .ok_or(RequestError::Gone("This feed was removed."))
    }

    /// The secrets a feed has at present; none are at hand where it needs none.
    pub(super) fn secrets(&self, id: &FeedId) -> Secrets {
        match self.at_hand.get(id) {
            Some(AtHand::Here(secrets, _)) => secrets.clone(),
            Some(AtHand::Asked | AtHand::Trouble(_)) | None => Secrets::default(),
        }
    }

    /// Whether the settings can be written, asked before anything is done that a failure would have to undo.
    pub(super) fn writable(&self) -> Result<(), RequestError> {
        self.file.as_ref().map(|_| ()).map_err(|message| RequestError::Storage(message.clone()))
    }

    /// Writes the settings changed by `change`; where the disk refuses, nothing is changed here either.
    pub(super) fn save(&mut self, change: impl FnOnce(&mut Settings)) -> Result<(), RequestError> {
        let file = self.file.as_mut().map_err(|message| RequestError::Storage(message.clone()))?;
        let mut settings = self.settings.clone();
        change(&mut settings);
        file.save(&settings)?;
        self.settings = settings;
        Ok(())
    }

    /// Sets what is kept of a feed.
    pub(super) fn set_feed_keep(&mut self, id: &FeedId, keep: FeedKeep) -> Result<(), RequestError> {
        self.feed(id)?;
        self.save(|settings| {
            settings.feeds.iter_mut().filter(|feed| feed.id == *id).for_each(|feed| feed.keep = keep)
        })
    }

    /// What every feed is to do, in the order of the settings.
    pub(super) fn wishes(&self) -> Vec<(&Feed, Wish)> {
        self.settings.feeds.iter().map(|feed| (feed, self.wish(feed))).collect()
    }

    pub(super) fn tastes(&self) -> HashMap<FeedId, Taste> {
        let language = Language::of(self.settings.window.language);
        let taste = |feed: &Feed| Taste {
            name: feed.name.clone(),
            notify: feed.notify,
            keep_bodies: feed.keep.bodies,
            mute: feed.notices.mute,
            allowed: feed.notices.allowed,
            templates: templates(feed).map(Arc::new),
            origin: draft::origin(feed, language),
        };
        self.settings.feeds.iter().map(|feed| (feed.id.clone(), taste(feed))).collect()
    }

    /// What is kept of the history.
    pub(super) fn retention(&self) -> Retention {
        let feeds = self.settings.feeds.iter();
        Retention {
            all: limits(self.settings.keep),
            feeds: feeds.map(|feed| (feed.id.clone(), limits(feed.keep.keep()))).collect(),
        }
    }

    /// What decides about popups; a rule edited by hand that can't be used is left out.
    pub(super) fn rules(&self) -> Arc<Rules> {
        let settings = &self.settings;
        let (rules, errors) = Rules::new(&settings.rules, settings.quiet.clone(), settings.mute);
        for error in &errors {
            tracing::warn!(%error, "a rule can't be used");
        }
        Arc::new(rules)
    }

    /// What is wrong with the keyring, if anything that is needed can't be had.
    pub(super) fn keyring_trouble(&self) -> Option<String> {
        let proxy = network::kept_as();
        let all = self.settings.feeds.iter().map(|feed| &feed.id).chain([&proxy]);
        all.into_iter().find_map(|id| match self.at_hand.get(id)? {
            AtHand::Trouble(error) => Some(error.to_string()),
            AtHand::Asked | AtHand::Here(..) => None,
        })
    }

    pub(super) fn view(&self, feed: &Feed, state: FeedState, unread: u64) -> FeedView {
        FeedView {
            id: feed.id.clone(),
            name: feed.name.clone(),
            icon: self.icon_view(feed),
            url: draft::shown(&feed.url),
            enabled: feed.enabled,
            notify: feed.notify,
            mute: feed.notices.mute,
            allowed: feed.notices.allowed,
            bursting: false,
            preset: feed.preset,
            recognised: draft::recognised_as(feed),
            sign_in: match &feed.sign_in {
                SignIn::None => SignInView::None,
                SignIn::Basic { username } => SignInView::Basic { username: username.clone() },
                SignIn::Bearer => SignInView::Bearer,
            },
            header_names: feed.headers.clone(),
            connection: Box::new(draft::connection_view(&feed.connection)),
            secrets: self.secrets_view(feed),
            state,
            unread,
        }
    }

    fn secrets_view(&self, feed: &Feed) -> SecretsView {
        if !draft::needs_secrets(feed) {
            return SecretsView::NotNeeded;
        }
        match self.at_hand.get(&feed.id) {
            Some(AtHand::Here(secrets, _)) if !draft::complete(feed, secrets) => SecretsView::Missing,
            Some(AtHand::Here(_, Home::Keyring)) => SecretsView::Kept,
            Some(AtHand::Here(_, Home::ThisSession)) => SecretsView::ThisSession,
            Some(AtHand::Asked | AtHand::Trouble(_)) | None => SecretsView::Missing,
        }
    }

    fn wish(&self, feed: &Feed) -> Wish {
        if !feed.enabled {
            return Wish::Rest(FeedState::Disabled);
        }
        if self.settings.paused {
            return Wish::Rest(FeedState::Paused);
        }
        let person =
            |code, message: String| Wish::Rest(FeedState::NeedsPerson { why: Reason { code, message } });
        let secrets = match self.at_hand.get(&feed.id) {
            _ if !draft::needs_secrets(feed) => Secrets::default(),
            Some(AtHand::Here(secrets, _)) if draft::complete(feed, secrets) => secrets.clone(),
            Some(AtHand::Here(..)) | None => {
                return person(
                    ReasonCode::SignIn,
                    "The sign-in of this feed is incomplete. Enter it.".into(),
                );
            }
            Some(AtHand::Trouble(error)) => return person(ReasonCode::Keyring, error.to_string()),
            Some(AtHand::Asked) => {
                let message = "Waiting for the keyring. If it asks for its password, enter it.";
                return person(ReasonCode::Keyring, message.into());
            }
        };
        let (dialled, secrets) = match self.dialled(feed, secrets) {
            Ok(dialled) => dialled,
            Err(why) => return Wish::Rest(FeedState::NeedsPerson { why }),
        };
        match draft::call(&dialled, &secrets) {
            Ok(call) => Wish::Run(Box::new(Wanted {
                feed: feed.id.clone(),
                call,
                silence: draft::silence(feed),
                longest_wait: draft::longest_wait(feed),
            })),
            // Only settings edited by hand come here.
            Err(error) => person(ReasonCode::Other, error.to_string()),
        }
    }
}

/// Settings say 0 for "no limit".
fn limits(keep: Keep) -> Limits {
    const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
    const MEGABYTE: u64 = 1_000_000;
    let limit = |count: u64, unit| (count > 0).then(|| count.saturating_mul(unit));
    Limits {
        age_ms: limit(keep.days, DAY_MS),
        events: limit(keep.events, 1),
        bytes: limit(keep.megabytes, MEGABYTE),
    }
}

/// A feed's templates, ready; only those edited by hand can't be used, and then their parts read by themselves.
fn templates(feed: &Feed) -> Option<Compiled> {
    let (compiled, errors) = Compiled::new(&feed.notices.templates);
    for error in &errors {
        tracing::warn!(feed = %feed.id, %error, "a template can't be used");
    }
    compiled
}
