//! The snapshot and every change after it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::id::EventId;
use tidings_engine::update as engine;

use super::{EventRow, Feed, FeedState, Mute, Scope, Window, Work};

/// Everything a window shows when it opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    feeds: Vec<Feed>,
    recent: Vec<EventRow>,
    paused: bool,
    mute: Mute,
    window: Window,
    problems: Vec<Problem>,
    works: Vec<Work>,
}

/// Something wrong with the program itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    part: Part,
    message: String,
}

/// A part of the program that can be in trouble.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Part {
    Settings,
    Keyring,
    History,
    Notifications,
}

/// One change, with absolute values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Update {
    /// The window fell behind: this replaces everything.
    Snapshot {
        snapshot: Snapshot,
    },
    Feed {
        feed: Box<Feed>,
    },
    FeedRemoved {
        feed: String,
    },
    State {
        feed: String,
        state: FeedState,
    },
    /// Oldest first; may hold rows the window knows already.
    Arrived {
        rows: Vec<EventRow>,
    },
    Unread {
        feed: String,
        unread: u64,
    },
    Read {
        scope: Scope,
        read: bool,
    },
    Starred {
        id: String,
        starred: bool,
    },
    /// Events up to `until` were deleted.
    Deleted {
        scope: Scope,
        until: String,
    },
    /// Deleted events are back: the newest events there are, oldest first.
    Restored {
        rows: Vec<EventRow>,
    },
    Paused {
        paused: bool,
    },
    /// All popups were muted or unmuted.
    Muted {
        mute: Mute,
    },
    /// How the window looks and behaves was changed.
    Window {
        window: Window,
    },
    Problems {
        problems: Vec<Problem>,
    },
    /// Long work began, came further or ended; this is all that is under way.
    Works {
        works: Vec<Work>,
    },
    /// A popup was clicked: show that event, or just the window.
    Open {
        event: Option<String>,
    },
    /// A person agreed to try a feed that a link proposed; an empty name is none.
    Proposed {
        url: String,
        name: String,
    },
}

impl From<engine::Snapshot> for Snapshot {
    fn from(snapshot: engine::Snapshot) -> Self {
        let engine::Snapshot { feeds, recent, paused, mute, window, problems, works } = snapshot;
        Self {
            feeds: all(feeds),
            recent: all(recent),
            paused,
            mute: mute.into(),
            window: window.into(),
            problems: all(problems),
            works: all(works),
        }
    }
}

impl From<engine::Problem> for Problem {
    fn from(problem: engine::Problem) -> Self {
        let part = match problem.part {
            engine::Part::Settings => Part::Settings,
            engine::Part::Keyring => Part::Keyring,
            engine::Part::History => Part::History,
            engine::Part::Notifications => Part::Notifications,
        };
        Self { part, message: problem.message }
    }
}

impl From<engine::Update> for Update {
    fn from(update: engine::Update) -> Self {
        match update {
            engine::Update::Feed(feed) => Self::Feed { feed: Box::new(feed.into()) },
            engine::Update::FeedRemoved(feed) => Self::FeedRemoved { feed: feed.to_string() },
            engine::Update::State { feed, state } => {
                Self::State { feed: feed.to_string(), state: state.into() }
            }
            engine::Update::Arrived(rows) => Self::Arrived { rows: all(rows) },
            engine::Update::Unread { feed, unread } => Self::Unread { feed: feed.to_string(), unread },
            engine::Update::Read { scope, read } => Self::Read { scope: scope.into(), read },
            engine::Update::Starred { id, starred } => Self::Starred { id: id.to_string(), starred },
            engine::Update::Deleted { scope, until } => {
                Self::Deleted { scope: scope.into(), until: until.to_string() }
            }
            engine::Update::Restored(rows) => Self::Restored { rows: all(rows) },
            engine::Update::Paused(paused) => Self::Paused { paused },
            engine::Update::Muted(mute) => Self::Muted { mute: mute.into() },
            engine::Update::Window(window) => Self::Window { window: window.into() },
            engine::Update::Problems(problems) => Self::Problems { problems: all(problems) },
            engine::Update::Works(works) => Self::Works { works: all(works) },
            engine::Update::Open(event) => Self::open(event),
            // The shell opens links and copies texts; all a window could do is show the event.
            engine::Update::Follow(event) | engine::Update::Copy(event) => Self::open(Some(event)),
        }
    }
}

impl Update {
    /// Tells the window to show an event, or just itself.
    pub fn open(event: Option<EventId>) -> Self {
        Self::Open { event: event.map(|id| id.to_string()) }
    }
}

fn all<From, To: std::convert::From<From>>(items: Vec<From>) -> Vec<To> {
    items.into_iter().map(To::from).collect()
}
