//! What the tray shows, worked out from snapshot and updates alone.

use std::collections::HashMap;
use std::time::Duration;

use tidings_engine::clock;
use tidings_engine::event::{EventRow, Presented};
use tidings_engine::id::{EventId, FeedId};
use tidings_engine::language::Language;
use tidings_engine::settings::Mute;
use tidings_engine::update::{FeedState, FeedView, Scope, Snapshot, Update};

/// Events in the menu: enough to find what just popped up.
const RECENT: usize = 5;
/// Characters of a title there: a menu as wide as a window is none.
const WIDEST: usize = 60;

/// What the tray shows. Plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayModel {
    /// The icon's state.
    pub mark: Mark,
    /// One line: what waits to be read, and what is connected.
    pub status: String,
    /// Whether the menu offers to resume instead of to pause.
    pub paused: bool,
    /// Whether all popups are muted, and until when.
    pub mute: Mute,
    /// The newest events, the newest first.
    pub recent: Vec<Recent>,
    /// The language of the menu.
    pub language: Language,
}

/// An event in the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// By this it is shown.
    pub id: EventId,
    /// Its title, as far as it fits into a menu.
    pub title: String,
}

/// A state of the icon; where several hold, the first of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Everything is paused.
    Paused,
    /// A feed doesn't go on without a person.
    Attention,
    /// Feeds are switched on, and none is connected.
    Offline,
    /// Events wait to be read.
    Unread,
    /// Nothing to say.
    Idle,
}

impl TrayModel {
    /// Whether popups are muted by now.
    pub fn is_muted(&self) -> bool {
        self.mute.holds(clock::now_ms())
    }

    /// How long this must hold before it replaces what is drawn.
    ///
    /// The icon follows at once, but a server that merely restarts or rotates its connections, usually within
    /// seconds, doesn't make it flicker. Counts follow once a second: a menu is no counter.
    pub fn settling(&self, drawn: Option<&Self>) -> Duration {
        match self.mark {
            mark if drawn.is_some_and(|drawn| drawn.mark == mark) => Duration::from_secs(1),
            Mark::Offline => Duration::from_secs(10),
            Mark::Paused | Mark::Attention | Mark::Unread | Mark::Idle => Duration::from_millis(200),
        }
    }
}

/// The running account behind the model.
#[derive(Debug)]
pub struct Tally {
    feeds: HashMap<FeedId, Standing>,
    paused: bool,
    mute: Mute,
    /// The newest events, the newest first.
    recent: Vec<(FeedId, Recent)>,
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
    /// Not open, and a person is needed.
    NeedsPerson,
}

impl Tally {
    /// Starts from everything there is.
    pub fn new(snapshot: &Snapshot) -> Self {
        let language = Language::of(snapshot.window.language);
        let (paused, mute) = (snapshot.paused, snapshot.mute);
        let mut tally = Self { feeds: HashMap::new(), paused, mute, recent: Vec::new(), language };
        snapshot.feeds.iter().for_each(|feed| tally.take_in(feed));
        snapshot.recent.iter().rev().for_each(|row| tally.note(row));
        tally
    }

    /// Follows one change.
    pub fn apply(&mut self, update: &Update) {
        match update {
            Update::Feed(feed) => self.take_in(feed),
            Update::FeedRemoved(feed) => {
                self.feeds.remove(feed);
                self.recent.retain(|(of, _)| of != feed);
            }
            Update::State { feed, state } => {
                if let Some(standing) = self.feeds.get_mut(feed) {
                    standing.reach = reach(standing.reach, state);
                }
            }
            Update::Arrived(rows) => rows.iter().for_each(|row| self.note(row)),
            Update::Deleted { scope, until } => {
                self.recent.retain(|(feed, event)| event.id > *until || !is_meant(scope, feed, event.id));
            }
            Update::Restored(rows) => {
                self.recent.clear();
                rows.iter().for_each(|row| self.note(row));
            }
            Update::Muted(mute) => self.mute = *mute,
            Update::Unread { feed, unread } => {
                if let Some(standing) = self.feeds.get_mut(feed) {
                    standing.unread = *unread;
                }
            }
            Update::Paused(paused) => self.paused = *paused,
            Update::Window(window) => self.language = Language::of(window.language),
            // Counts follow in updates of their own.
            Update::Read { .. }
            | Update::Starred { .. }
            | Update::Problems(_)
            | Update::Works(_)
            | Update::Open(_)
            | Update::Follow(_)
            | Update::Copy(_) => {}
        }
    }

    /// Gives what the tray shows.
    pub fn model(&self) -> TrayModel {
        let enabled = || self.feeds.values().filter(|feed| feed.enabled);
        let live = enabled().filter(|feed| feed.reach == Reach::Live).count();
        let lost = enabled().filter(|feed| feed.reach == Reach::Lost).count();
        let waiting = enabled().filter(|feed| feed.reach == Reach::NeedsPerson).count();
        let unread = self.feeds.values().fold(0_u64, |sum, feed| sum.saturating_add(feed.unread));
        let mark = if self.paused {
            Mark::Paused
        } else if waiting > 0 {
            Mark::Attention
        } else if lost > 0 && lost == enabled().count() {
            Mark::Offline
        } else if unread > 0 {
            Mark::Unread
        } else {
            Mark::Idle
        };
        let (paused, mute, language) = (self.paused, self.mute, self.language);
        let mut status = language.status(unread, live, enabled().count(), paused);
        if mark == Mark::Attention {
            status = format!("{status}, {}", language.needs_person(waiting));
        }
        let recent = self.recent.iter().map(|(_, event)| event.clone()).collect();
        TrayModel { mark, status, paused, mute, recent, language }
    }

    /// Keeps an event for the menu, if it was to pop up.
    fn note(&mut self, row: &EventRow) {
        if row.presented == Presented::Suppressed {
            return;
        }
        let title = shortened(&row.reading.title);
        self.recent.insert(0, (row.feed.clone(), Recent { id: row.id, title }));
        self.recent.truncate(RECENT);
    }

    fn take_in(&mut self, feed: &FeedView) {
        let before = self.feeds.get(&feed.id).map_or(Reach::Unknown, |standing| standing.reach);
        let standing =
            Standing { enabled: feed.enabled, reach: reach(before, &feed.state), unread: feed.unread };
        self.feeds.insert(feed.id.clone(), standing);
    }
}

/// Whether a scope means an event of a feed.
fn is_meant(scope: &Scope, feed: &FeedId, event: EventId) -> bool {
    match scope {
        Scope::Event { id } => *id == event,
        Scope::Events { ids } => ids.contains(&event),
        Scope::Feed { feed: meant } => meant == feed,
        Scope::All => true,
    }
}

/// A title on one line, as far as it fits.
fn shortened(title: &str) -> String {
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// A dial says nothing until it ends: a feed that is tried in vain again and again stays lost.
fn reach(before: Reach, state: &FeedState) -> Reach {
    match state {
        FeedState::Connecting => before,
        FeedState::Live { .. } => Reach::Live,
        FeedState::NeedsPerson { .. } => Reach::NeedsPerson,
        FeedState::Offline | FeedState::Waiting { .. } | FeedState::StoppedByServer { .. } => Reach::Lost,
        FeedState::Paused | FeedState::Disabled => Reach::Unknown,
    }
}
