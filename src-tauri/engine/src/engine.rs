//! The whole engine: the only room that sees all others.

use std::path::PathBuf;

use tokio::sync::broadcast;

use crate::event::{EventRow, Priority, StoredEvent};
use crate::id::{EventId, FeedId};
use crate::update::{FeedView, Scope, Snapshot, Update};

/// Where an engine lives and what it is called.
#[derive(Clone, Debug)]
pub struct Options {
    /// The settings file.
    pub settings_file: PathBuf,
    /// The folder of the history.
    pub data_folder: PathBuf,
    /// The service name of its keyring entries.
    pub keyring_service: String,
}

/// A running engine; a cheap handle, all clones mean the same one.
#[derive(Clone, Debug)]
pub struct Engine {}

/// A snapshot and every change after it, in order.
#[derive(Debug)]
pub struct Attached {
    /// What is, at the instant of attaching.
    pub snapshot: Snapshot,
    /// What follows; who lags attaches again.
    pub updates: broadcast::Receiver<Update>,
}

/// What a person fills in to add or edit a feed.
#[derive(Clone, Debug)]
pub struct FeedDraft {
    /// Its name; empty takes the address's host.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Whether its events raise popups.
    pub notify: bool,
    /// How it signs in.
    pub sign_in: SignInDraft,
    /// Extra request headers.
    pub headers: Vec<HeaderDraft>,
    /// Where its secrets go.
    pub secrets: SecretsHome,
}

/// How a feed is to sign in.
#[derive(Clone, Debug)]
pub enum SignInDraft {
    /// Not at all.
    None,
    /// HTTP Basic.
    Basic {
        /// The user's name.
        username: String,
        /// The password; `None` keeps the one that is set.
        password: Option<String>,
    },
    /// A bearer token.
    Bearer {
        /// The token; `None` keeps the one that is set.
        token: Option<String>,
    },
}

/// An extra request header.
#[derive(Clone, Debug)]
pub struct HeaderDraft {
    /// Its name.
    pub name: String,
    /// Its value; `None` keeps the one that is set.
    pub value: Option<String>,
}

/// Where secrets go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretsHome {
    /// The desktop's keyring.
    Keyring,
    /// Memory, until the program ends.
    ThisSession,
}

/// What an address answered when tried.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it is, in kind.
    pub verdict: Verdict,
    /// What it is, in a sentence for people.
    pub message: String,
    /// The first events, as they would read.
    pub events: Vec<ProbeEvent>,
}

/// What an address turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A stream, with events.
    Open,
    /// A stream that has sent no event yet, or a server that accepted and hasn't answered yet.
    Waiting,
    /// It answered, but not with a stream.
    NotAStream,
    /// It wants a sign-in or refused the one given.
    SignIn,
    /// It can't be reached or answered with an error.
    Failed,
}

/// An event a probe saw.
#[derive(Clone, Debug)]
pub struct ProbeEvent {
    /// The event type.
    pub event_type: String,
    /// How it would read.
    pub title: String,
    /// How it would read.
    pub body: String,
    /// How much it matters.
    pub priority: Priority,
    /// The raw data.
    pub data: String,
}

/// A page of the history.
#[derive(Clone, Debug)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<EventRow>,
    /// Whether older ones follow.
    pub more: bool,
}

/// Why an engine couldn't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another one is running on this data folder.
    #[error("Tidings is already running with this profile.")]
    AlreadyRunning,
    /// A file or folder can't be used; the text says which and why.
    #[error("{0}")]
    Unusable(String),
}

/// Why a request wasn't done.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// Something entered is wrong; nothing was changed.
    #[error("{message}")]
    Invalid {
        /// Which field of the draft.
        field: Field,
        /// What is wrong and what mends it.
        message: String,
    },
    /// The thing meant is gone.
    #[error("{0}")]
    Gone(&'static str),
    /// The keyring gave no answer or no access; "this session only" can be offered.
    #[error("{0}")]
    Keyring(String),
    /// A file or the database failed; nothing was changed.
    #[error("{0}")]
    Storage(String),
}

/// A field of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The address.
    Url,
    /// User name, password or token.
    SignIn,
    /// The extra headers.
    Headers,
}

impl Engine {
    /// Starts feeds, history and notices on the current tokio runtime.
    pub async fn start(_options: Options) -> Result<Self, StartError> {
        unimplemented!()
    }
    /// Gives what is, and a receiver for what follows.
    pub fn attach(&self) -> Attached {
        unimplemented!()
    }
    /// Adds a feed and subscribes to it.
    pub async fn add_feed(&self, _draft: FeedDraft) -> Result<FeedView, RequestError> {
        unimplemented!()
    }
    /// Changes a feed; it is dialled again only if the connection is concerned.
    pub async fn edit_feed(&self, _feed: &FeedId, _draft: FeedDraft) -> Result<FeedView, RequestError> {
        unimplemented!()
    }
    /// Removes a feed, its history and its secrets.
    pub async fn remove_feed(&self, _feed: &FeedId) -> Result<(), RequestError> {
        unimplemented!()
    }
    /// Switches a feed on or off.
    pub async fn enable_feed(&self, _feed: &FeedId, _enabled: bool) -> Result<(), RequestError> {
        unimplemented!()
    }
    /// Tries an address without adding it; `feed` lends its stored secrets where the draft keeps them.
    pub async fn probe(&self, _draft: FeedDraft, _feed: Option<&FeedId>) -> Result<Probe, RequestError> {
        unimplemented!()
    }
    /// Gives older events, newest first, at most `limit` (up to 500).
    pub async fn page(&self, _feed: Option<&FeedId>, _before: Option<EventId>, _limit: usize) -> Result<Page, RequestError> {
        unimplemented!()
    }
    /// Gives one event, whole.
    pub async fn event(&self, _id: EventId) -> Result<StoredEvent, RequestError> {
        unimplemented!()
    }
    /// Marks events read or unread.
    pub async fn mark_read(&self, _scope: Scope, _read: bool) -> Result<(), RequestError> {
        unimplemented!()
    }
    /// Pauses or resumes everything.
    pub async fn pause(&self, _paused: bool) -> Result<(), RequestError> {
        unimplemented!()
    }
    /// Dials a feed, or all, at once.
    pub async fn reconnect(&self, _feed: Option<&FeedId>) -> Result<(), RequestError> {
        unimplemented!()
    }
    /// Asks the keyring again for what is missing.
    pub async fn retry_keyring(&self) -> Result<(), RequestError> {
        unimplemented!()
    }
    /// Ends everything within a second.
    pub async fn shutdown(&self) {
        unimplemented!()
    }
}
