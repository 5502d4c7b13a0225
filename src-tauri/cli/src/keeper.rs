//! Who keeps feeds and settings: the engine that runs, or where none does this command, on the files.

use serde::de::DeserializeOwned;
use tidings_engine::engine::{FeedDraft, IconDraft, MuteFor, Register, StartError};
use tidings_engine::id::FeedId;
use tidings_engine::secrets::SystemKeyring;
use tidings_host::VERSION;
use tidings_host::control::{Link, LinkError, place};
use tidings_host::dto;
use tidings_host::request::{Feeds, Popups, Request, Settings};

use crate::complaint::Complaint;
use crate::profile::Profile;

/// Who keeps feeds and settings.
#[derive(Debug)]
pub(crate) enum Keeper {
    /// An engine that runs.
    Engine(Link),
    /// Nobody else: the files are held meanwhile.
    Files(Box<Register>),
}

/// A link to the engine that runs on a profile; none where none does.
pub(crate) async fn link(profile: &Profile) -> Result<Option<Link>, Complaint> {
    match Link::open(&place::socket(&profile.paths), VERSION).await {
        Ok(link) => Ok(Some(link)),
        Err(LinkError::Nobody) => Ok(None),
        Err(error @ (LinkError::Foreign { .. } | LinkError::Broken(_))) => Err(Complaint::stopped(format!(
            "{error} This program is version {VERSION}. End the other one first: tidings-cli quit."
        ))),
    }
}

/// Has a running engine answer.
pub(crate) async fn ask<T: DeserializeOwned>(
    link: &Link,
    request: impl Into<Request>,
) -> Result<T, Complaint> {
    let answer = link.ask(request.into()).await.map_err(Complaint::stopped)?;
    serde_json::from_value(answer)
        .map_err(|_| Complaint::stopped("Tidings gave an answer that can't be meant."))
}

impl Keeper {
    /// Finds the engine that runs, or takes hold of the files.
    pub(crate) async fn find(profile: &Profile) -> Result<Self, Complaint> {
        if let Some(link) = link(profile).await? {
            return Ok(Self::Engine(link));
        }
        let options = profile.options();
        let keyring = SystemKeyring::new(options.keyring_service.clone());
        match Register::open(&options, keyring) {
            Ok(register) => Ok(Self::Files(Box::new(register))),
            // One has started just now.
            Err(StartError::AlreadyRunning) => match link(profile).await? {
                Some(link) => Ok(Self::Engine(link)),
                None => Err(StartError::AlreadyRunning.into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Takes what is said to stand for a feed: an emoji, a picture's file, or none.
    pub(crate) async fn icon(&mut self, said: &str) -> Result<IconDraft, Complaint> {
        let link = match self {
            Self::Files(register) => return Ok(register.icon(said).await?),
            Self::Engine(link) => link,
        };
        if let Some(icon) = IconDraft::spoken(said) {
            return Ok(icon);
        }
        // The engine has another working folder.
        let file = std::path::absolute(said).map_err(Complaint::misused)?;
        let picture: dto::Picture = ask(link, Feeds::TakePicture { file }).await?;
        Ok(IconDraft::Picture(picture.name().to_owned()))
    }

    /// Adds a feed.
    pub(crate) async fn add(&mut self, draft: FeedDraft) -> Result<FeedId, Complaint> {
        match self {
            Self::Files(register) => Ok(register.add(draft).await?),
            Self::Engine(link) => {
                let feed: dto::Feed = ask(link, Feeds::Add { draft: Box::new(draft.into()) }).await?;
                Ok(FeedId::from_text(feed.id()))
            }
        }
    }

    /// Changes a feed.
    pub(crate) async fn edit(&mut self, id: &FeedId, draft: FeedDraft) -> Result<(), Complaint> {
        match self {
            Self::Files(register) => Ok(register.edit(id, draft).await?),
            Self::Engine(link) => {
                let edit = Feeds::Edit { feed: id.to_string(), draft: Box::new(draft.into()) };
                ask::<dto::Feed>(link, edit).await.map(drop)
            }
        }
    }

    /// Switches a feed on or off.
    pub(crate) async fn enable(&mut self, id: &FeedId, enabled: bool) -> Result<(), Complaint> {
        match self {
            Self::Files(register) => Ok(register.enable(id, enabled)?),
            Self::Engine(link) => ask(link, Feeds::Enable { feed: id.to_string(), enabled }).await,
        }
    }

    /// Removes a feed with its history and secrets.
    pub(crate) async fn remove(&mut self, id: &FeedId) -> Result<(), Complaint> {
        match self {
            Self::Files(register) => Ok(register.remove(id).await?),
            Self::Engine(link) => ask(link, Feeds::Remove { feed: id.to_string() }).await,
        }
    }

    /// Pauses or resumes everything.
    pub(crate) async fn pause(&mut self, paused: bool) -> Result<(), Complaint> {
        match self {
            Self::Files(register) => Ok(register.pause(paused)?),
            Self::Engine(link) => ask(link, Settings::Pause { paused }).await,
        }
    }

    /// Mutes the popups of a feed, or of all, or unmutes them.
    pub(crate) async fn mute(&mut self, feed: Option<&FeedId>, span: MuteFor) -> Result<(), Complaint> {
        match self {
            Self::Files(register) => Ok(register.mute(feed, span)?),
            Self::Engine(link) => {
                ask(link, Popups::Mute { feed: feed.map(FeedId::to_string), span: span.into() }).await
            }
        }
    }
}
