//! The whole engine: the only room that sees all others. Its surface is plain data.

mod archive;
mod bursts;
mod chores;
mod dashboard;
mod demo;
mod desk;
mod diagnostics;
mod draft;
mod feeds;
mod following;
mod icons;
mod lists;
mod lock;
mod network;
mod notices;
mod outages;
mod popups;
mod probe;
mod quiet;
mod register;
mod start;
mod trial;
mod window;
mod wishes;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinSet;
use tokio::time;

pub use archive::{Deletion, Question};
pub use draft::{
    ConnectionDraft, FeedDraft, HeaderDraft, IconDraft, ParameterDraft, ProxyDraft, SignInDraft,
};
pub use draft::{holds_secrets, lacks_secrets, shown as shown_address};
pub use lists::{Added, ListKind, Listed, Listing};
pub use lock::is_running;
pub use popups::PopupStep;
pub use probe::{Probe, ProbeEvent, UnknownKey, Verdict};
pub use register::Register;
pub use start::{APP_ID, Parts, StartError};

pub use crate::picture::Picture;
pub use crate::preset::Preset;
pub use crate::secrets::Home as SecretsHome;
pub use crate::update::Attached;
pub use trial::{Preview, Rehearsal, Trial};
pub use wishes::{MuteFor, Wishes};

use crate::event::{EventRow, StoredEvent};
use crate::exchange::{ExportError, ImportError};
use crate::format::template::TemplateError;
use crate::health::FeedHealth;
use crate::history::search::query::Wrong;
use crate::history::{History, StoreError};
use crate::id::{EventId, FeedId};
use crate::notify::Notifier;
use crate::pipeline::Pipeline;
use crate::roster::RosterError;
use crate::rules::RuleError;
use crate::secrets::{KeyringError, Vault};
use crate::settings::SettingsError;
use crate::supervisor::Supervisor;
use crate::transport::Transport;
use crate::update::{Board, Scope};
use chores::Chores;
use desk::Desk;

/// A window asks for no more rows at a time.
const LONGEST_PAGE: usize = 500;
/// Shutdown is promised within a second: this for feeds and popups side by side…
const END_OF_FEEDS: Duration = Duration::from_millis(600);
/// …and this for the history, which has only to finish what it was given.
const END_OF_HISTORY: Duration = Duration::from_millis(300);

/// Where an engine lives and what it is called.
#[derive(Clone, Debug)]
pub struct Options {
    /// The settings file.
    pub settings_file: PathBuf,
    /// The folder of the history.
    pub data_folder: PathBuf,
    /// The service name of its keyring entries.
    pub keyring_service: String,
    /// The picture popups carry, as a file; `None` takes what the desktop has for an installed Tidings.
    pub icon: Option<PathBuf>,
}

/// A running engine; a cheap handle, all clones mean the same one.
#[derive(Clone, Debug)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    desk: Mutex<Desk>,
    board: Arc<Board>,
    history: History,
    pipeline: Arc<Pipeline>,
    supervisor: Supervisor,
    notifier: Notifier,
    vault: Vault,
    /// The keyring has entries that are nobody's any more.
    dead_entries: Arc<Notify>,
    transport: Arc<dyn Transport>,
    /// Something was stored or marked: the unread counts are to be looked at again.
    stored: Arc<Notify>,
    chores: Chores,
    tasks: Mutex<JoinSet<()>>,
    /// Held for as long as the engine lives: a second one on the same folder is refused.
    _lock: std::fs::File,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

/// A page of the history.
#[derive(Clone, Debug)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<EventRow>,
    /// Whether older ones follow.
    pub more: bool,
}

/// Why a request wasn't done. The text is for people.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RequestError {
    /// Something entered is wrong; nothing was changed.
    #[error("{message}")]
    Invalid {
        /// Which field of the draft.
        field: Field,
        /// What is wrong and what mends it.
        message: String,
    },
    /// Some rules can't be used; nothing was changed.
    #[error("{}", lines(.0))]
    Rules(Vec<RuleError>),
    /// Some templates can't be used; nothing was changed.
    #[error("{}", lines(.0))]
    Templates(Vec<TemplateError>),
    /// A search text isn't one.
    #[error(transparent)]
    Search(#[from] Wrong),
    /// A text isn't a list of feeds.
    #[error(transparent)]
    List(#[from] RosterError),
    /// The thing meant is gone.
    #[error("{0}")]
    Gone(&'static str),
    /// The keyring gave no answer or no access; "this session only" can be offered.
    #[error("{0}")]
    Keyring(String),
    /// A file or the database failed; nothing was changed.
    #[error("{0}")]
    Storage(String),
    /// A person stopped it; nothing was changed.
    #[error("{0}")]
    Stopped(String),
}

/// A field of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The icon.
    Icon,
    /// The address.
    Url,
    /// User name, password, token or secret parameter.
    SignIn,
    /// The extra headers.
    Headers,
    /// One of the dashboard's tiles.
    Tiles,
    /// The method.
    Method,
    /// The body.
    Body,
    /// The authority's certificate.
    Authority,
    /// The client certificate.
    ClientCertificate,
    /// The client certificate's key.
    ClientKey,
    /// The pinned key.
    Pin,
    /// The proxy's address.
    Proxy,
    /// The proxy's user name or password.
    ProxySignIn,
    /// How long it may be silent.
    Silence,
    /// How long the wait between two dials may grow.
    LongestWait,
}

fn lines(errors: &[impl ToString]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl From<KeyringError> for RequestError {
    fn from(error: KeyringError) -> Self {
        Self::Keyring(error.to_string())
    }
}

impl From<StoreError> for RequestError {
    fn from(error: StoreError) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<SettingsError> for RequestError {
    fn from(error: SettingsError) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<ExportError> for RequestError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Stopped => Self::Stopped(error.to_string()),
            ExportError::File(_) | ExportError::Store(_) => Self::Storage(error.to_string()),
        }
    }
}

impl From<ImportError> for RequestError {
    fn from(error: ImportError) -> Self {
        Self::Storage(error.to_string())
    }
}

/// The history and everything that is said of it. Feeds are in `feeds`.
impl Engine {
    /// Gives what is, and a receiver for what follows.
    pub fn attach(&self) -> Attached {
        self.inner.board.attach()
    }

    /// Gives older events, newest first, at most `limit` (up to 500).
    ///
    /// # Errors
    /// If the history can't be read.
    pub async fn page(
        &self,
        feed: Option<&FeedId>,
        before: Option<EventId>,
        limit: usize,
    ) -> Result<Page, RequestError> {
        let limit = limit.clamp(1, LONGEST_PAGE);
        // One more than asked for tells whether there are more.
        let mut rows = self.inner.history.page(feed.cloned(), before, limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok(Page { rows, more })
    }

    /// Gives one event, whole, with what it offers besides its link.
    ///
    /// # Errors
    /// If it is gone or the history can't be read.
    pub async fn event(&self, id: EventId) -> Result<StoredEvent, RequestError> {
        let stored = self.inner.history.event(id).await?;
        let mut event = stored.ok_or(RequestError::Gone("This event is no longer in the history."))?;
        event.row.reading.actions = self.actions(&event).await;
        Ok(event)
    }

    /// Marks events read or unread.
    ///
    /// # Errors
    /// If the history doesn't take it.
    pub async fn mark_read(&self, scope: Scope, read: bool) -> Result<(), RequestError> {
        self.inner.history.mark_read(scope.clone(), read).await?;
        self.inner.board.read(scope, read);
        self.inner.stored.notify_one();
        Ok(())
    }

    /// Gives what a feed's connection went through since the feed was added.
    ///
    /// # Errors
    /// If the feed is gone.
    pub fn health(&self, feed: &FeedId) -> Result<FeedHealth, RequestError> {
        self.record(feed).map(|record| record.health).ok_or(RequestError::Gone("This feed was removed."))
    }

    /// Dials a feed, or all, at once.
    pub async fn reconnect(&self, feed: Option<&FeedId>) {
        self.inner.supervisor.redial(feed.cloned()).await;
    }

    /// Ends everything within a second: connections first, then what they gave is stored, then the rest.
    pub async fn shutdown(&self) {
        let inner = &self.inner;
        // What is stored without its popup is summed up at the next start.
        let ends = async {
            tokio::join!(
                inner.supervisor.end(),
                inner.notifier.shutdown(),
                inner.pipeline.gallery().shutdown()
            )
        };
        let _ = time::timeout(END_OF_FEEDS, ends).await;
        let _ = time::timeout(END_OF_HISTORY, inner.history.close()).await;
        inner.tasks.lock().await.shutdown().await;
    }
}
