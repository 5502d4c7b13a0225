//! What the tray shows, worked out from snapshot and updates alone.

use std::collections::HashMap;
use std::time::Duration;

use tidings_engine::id::FeedId;
use tidings_engine::language::Language;
use tidings_engine::update::{FeedState, FeedView, Snapshot, Update};

/// What the tray shows. Plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrayModel {
    /// The icon's state.
    pub(crate) mark: Mark,
    /// One line: what waits to be read, and what is connected.
    pub(crate) status: String,
    /// Whether the menu offers to resume instead of to pause.
    pub(crate) paused: bool,
    /// The language of the menu.
    pub(crate) language: Language,
}

/// A state of the icon; where several hold, the first of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Everything is paused.
    Paused,
    /// Feeds are switched on, and none is connected.
    Offline,
    /// Events wait to be read.
    Unread,
    /// Nothing to say.
    Idle,
}

impl TrayModel {
    /// How long this must hold before it replaces what is drawn.
    ///
    /// The icon follows at once, but a server that merely restarts or rotates its connections, usually within
    /// seconds, doesn't make it flicker. Counts follow once a second: a menu is no counter.
    pub(crate) fn settling(&self, drawn: Option<&Self>) -> Duration {
        match self.mark {
            mark if drawn.is_some_and(|drawn| drawn.mark == mark) => Duration::from_secs(1),
            Mark::Offline => Duration::from_secs(10),
            Mark::Paused | Mark::Unread | Mark::Idle => Duration::from_millis(200),
        }
    }
}

/// The running account behind the model.
#[derive(Debug)]
pub(crate) struct Tally {
    feeds: HashMap<FeedId, Standing>,
    paused: bool,
    language: Language,
}

#[derive(Clone, Copy, Debug)]
struct Standing {
    enabled: bool,
    reach: Reach,
    unread: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Dialled for the first time.
    Unknown,
    /// Open.
    Live,
    /// Not open at the last try.
    Lost,
}

impl Tally {
    /// Starts from everything there is.
    pub(crate) fn new(snapshot: &Snapshot) -> Self {
        let language = Language::of(snapshot.window.language);
        let mut tally = Self { feeds: HashMap::new(), paused: snapshot.paused, language };
        snapshot.feeds.iter().for_each(|feed| tally.take_in(feed));
        tally
    }

    /// Follows one change.
    pub(crate) fn apply(&mut self, update: &Update) {
        match update {
            Update::Feed(feed) => self.take_in(feed),
            Update::FeedRemoved(feed) => drop(self.feeds.remove(feed)),
            Update::State { feed, state } => {
                if let Some(standing) = self.feeds.get_mut(feed) {
                    standing.reach = reach(standing.reach, state);
                }
            }
            Update::Unread { feed, unread } => {
                if let Some(standing) = self.feeds.get_mut(feed) {
                    standing.unread = *unread;
                }
            }
            Update::Paused(paused) => self.paused = *paused,
            Update::Window(window) => self.language = Language::of(window.language),
            // Counts follow in updates of their own.
            Update::Arrived(_)
            | Update::Muted(_)
            | Update::Read { .. }
            | Update::Starred { .. }
            | Update::Deleted { .. }
            | Update::Restored(_)
            | Update::Problems(_)
            | Update::Works(_)
            | Update::Open(_)
            | Update::Follow(_)
            | Update::Copy(_) => {}
        }
    }

    /// Gives what the tray shows.
    pub(crate) fn model(&self) -> TrayModel {
        let enabled = || self.feeds.values().filter(|feed| feed.enabled);
        let live = enabled().filter(|feed| feed.reach == Reach::Live).count();
        let lost = enabled().filter(|feed| feed.reach == Reach::Lost).count();
        let unread = self.feeds.values().fold(0_u64, |sum, feed| sum.saturating_add(feed.unread));
        let mark = if self.paused {
            Mark::Paused
        } else if lost > 0 && lost == enabled().count() {
            Mark::Offline
        } else if unread > 0 {
            Mark::Unread
        } else {
            Mark::Idle
        };
        let (paused, language) = (self.paused, self.language);
        TrayModel { mark, status: language.status(unread, live, enabled().count(), paused), paused, language }
    }

    fn take_in(&mut self, feed: &FeedView) {
        let before = self.feeds.get(&feed.id).map_or(Reach::Unknown, |standing| standing.reach);
        let standing =
            Standing { enabled: feed.enabled, reach: reach(before, &feed.state), unread: feed.unread };
        self.feeds.insert(feed.id.clone(), standing);
    }
}

/// A dial says nothing until it ends: a feed that is tried in vain again and again stays lost.
fn reach(before: Reach, state: &FeedState) -> Reach {
    match state {
        FeedState::Connecting => before,
        FeedState::Live { .. } => Reach::Live,
        FeedState::Offline
        | FeedState::Waiting { .. }
        | FeedState::NeedsPerson { .. }
        | FeedState::StoppedByServer { .. } => Reach::Lost,
        FeedState::Paused | FeedState::Disabled => Reach::Unknown,
    }
}
