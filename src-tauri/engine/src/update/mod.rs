//! What a face of the engine is told: a snapshot, then every change in order. Plain data.

mod board;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use board::{Attached, Board, Course};

use crate::event::EventRow;
use crate::id::{EventId, FeedId};
use crate::settings::{Allowed, Mute, Preset, Window};
pub use crate::state::{FeedState, Reason, ReasonCode};

/// Everything a window shows when it opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// All feeds, in the order of the settings.
    pub feeds: Vec<FeedView>,
    /// The newest events of all feeds, newest first.
    pub recent: Vec<EventRow>,
    /// Whether everything is paused.
    pub paused: bool,
    /// Whether all popups are muted; a time that has passed means they aren't.
    pub mute: Mute,
    /// How the window looks and behaves.
    pub window: Window,
    /// What is wrong with the program itself at present.
    pub problems: Vec<Problem>,
    /// Long work that is under way.
    pub works: Vec<Work>,
}

/// A feed as people see it. Holds no secret.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedView {
    /// Its id.
    pub id: FeedId,
    /// The name people gave it.
    pub name: String,
    /// What a person chose to stand for it.
    pub icon: Option<IconView>,
    /// Its address, without secrets.
    pub url: String,
    /// Whether it is subscribed at all.
    pub enabled: bool,
    /// Whether its events raise popups.
    pub notify: bool,
    /// Whether its popups are muted; a time that has passed means they aren't.
    pub mute: Mute,
    /// What its server may decide of its popups.
    pub allowed: Allowed,
    /// Whether it goes on sending more than popups can show, and nobody has said yet what is to be done about it.
    pub bursting: bool,
    /// The service that a person chose for it.
    pub preset: Option<Preset>,
    /// The service it is taken for where a person leaves that open.
    pub recognised: Option<Preset>,
    /// How it signs in.
    pub sign_in: SignInView,
    /// Names of its extra request headers; the values are secret.
    pub header_names: Vec<String>,
    /// How its server is reached; boxed, because it is the most of a feed and few look at it.
    pub connection: Box<ConnectionView>,
    /// Whether every secret the feed needs is at hand, and where it is kept.
    pub secrets: SecretsView,
    /// What its connection is doing.
    pub state: FeedState,
    /// How many of its events nobody has read.
    pub unread: u64,
}

/// What a person chose to stand for a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IconView {
    /// An emoji.
    Emoji(String),
    /// A picture of the data folder.
    Picture {
        /// Its name there.
        name: String,
        /// A small PNG as a `data:` URL.
        url: Arc<str>,
    },
}

/// How a feed signs in, without the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInView {
    /// Not at all.
    None,
    /// HTTP Basic.
    Basic {
        /// The user's name.
        username: String,
    },
    /// A bearer token.
    Bearer,
}

/// How a feed's server is reached, without secrets, bodies and certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionView {
    /// The method; empty means GET.
    pub method: String,
    /// Whether it has a body; people put secrets into bodies, so it is never shown.
    pub body: bool,
    /// Whether it has an authority of its own.
    pub authority: bool,
    /// Whether it shows a client certificate.
    pub client_certificate: bool,
    /// The fingerprint of the only key the server may have; empty for any that is vouched for.
    pub pin: String,
    /// The proxy.
    pub proxy: ProxyView,
    /// An open link without a byte for so many seconds is dead, where that is set.
    pub silence_seconds: Option<u32>,
    /// The longest wait between two dials in seconds, where that is set.
    pub longest_wait_seconds: Option<u32>,
    /// Whether its secrets may be sent over plain http in a private network.
    pub plain_http: bool,
}

/// Which proxy leads to a feed's server, without the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ProxyView {
    /// What the system says.
    #[default]
    System,
    /// None, whatever the system says.
    None,
    /// This one.
    Url {
        /// Its address.
        url: String,
        /// Its user; its password is set then.
        username: Option<String>,
    },
}

/// Where a feed's secrets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SecretsView {
    /// The feed needs none.
    NotNeeded,
    /// In the keyring.
    Kept,
    /// In memory, until the program ends.
    ThisSession,
    /// Needed and not there.
    Missing,
}

/// Something wrong with the program itself, shown until it is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which part it concerns; one problem a part.
    pub part: Part,
    /// What is wrong and what mends it.
    pub message: String,
}

/// A part of the program that can be in trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// The settings file.
    Settings,
    /// The keyring.
    Keyring,
    /// The history database.
    History,
    /// The notification daemon.
    Notifications,
}

/// Long work that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Its number, by which it is stopped.
    pub number: u64,
    /// What is done.
    pub kind: WorkKind,
    /// How much of it is done…
    pub done: u64,
    /// …of how much, in the same measure, whichever that is; none where nobody knows.
    pub total: Option<u64>,
}

/// A kind of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkKind {
    /// Events are written into a file.
    Export,
    /// Events are read from a file.
    Import,
    /// Feeds of a list are added.
    AddFeeds,
    /// Events are made ready to be searched.
    Index,
    /// The history is checked for damage.
    Check,
    /// Events of a damaged history are saved.
    Salvage,
}

impl WorkKind {
    /// Whether a person may stop it. What keeps the history sound goes on: it is in nobody's way, and a start takes it
    /// up again where the program was ended.
    pub fn can_stop(self) -> bool {
        match self {
            Self::Export | Self::Import | Self::AddFeeds => true,
            Self::Index | Self::Check | Self::Salvage => false,
        }
    }
}

/// One change, with absolute values: applying it twice does no harm.
#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// A feed was added or edited.
    Feed(FeedView),
    /// A feed is gone, with its events.
    FeedRemoved(FeedId),
    /// A feed's connection changed.
    State {
        /// Which feed.
        feed: FeedId,
        /// What it is doing.
        state: FeedState,
    },
    /// Events were stored, oldest first.
    Arrived(Vec<EventRow>),
    /// A feed's count of unread events.
    Unread {
        /// Which feed.
        feed: FeedId,
        /// How many.
        unread: u64,
    },
    /// Events became read or unread.
    Read {
        /// Which ones.
        scope: Scope,
        /// What they are.
        read: bool,
    },
    /// An event was starred, or its star was taken.
    Starred {
        /// Which one.
        id: EventId,
        /// What it is.
        starred: bool,
    },
    /// Events were deleted.
    Deleted {
        /// Which ones…
        scope: Scope,
        /// …as far as they were stored by then; what came later is not meant.
        until: EventId,
    },
    /// Deleted events are back: the newest events there are, oldest first. Older ones are found by asking.
    Restored(Vec<EventRow>),
    /// Everything was paused or resumed.
    Paused(bool),
    /// All popups were muted or unmuted.
    Muted(Mute),
    /// How the window looks and behaves was changed.
    Window(Window),
    /// The list of problems changed; this is the whole of it.
    Problems(Vec<Problem>),
    /// Long work began, came further or ended; this is all that is under way.
    Works(Vec<Work>),
    /// A person clicked a popup: show this event, or just the window.
    Open(Option<EventId>),
    /// A person wants an event's link opened: [`crate::engine::Engine::link`] gives it.
    Follow(EventId),
    /// A person wants an event's text copied: [`crate::engine::Engine::text`] gives it.
    Copy(EventId),
}

/// Which events a person means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Scope {
    /// One.
    Event {
        /// Its number.
        id: EventId,
    },
    /// Some.
    Events {
        /// Their numbers.
        ids: Vec<EventId>,
    },
    /// All of a feed's.
    Feed {
        /// The feed.
        feed: FeedId,
    },
    /// All.
    All,
}

impl Scope {
    /// Whether an event is meant.
    pub fn holds(&self, row: &EventRow) -> bool {
        match self {
            Self::Event { id } => row.id == *id,
            Self::Events { ids } => ids.contains(&row.id),
            Self::Feed { feed } => row.feed == *feed,
            Self::All => true,
        }
    }
}
