//! The one place that knows what is, and tells every change of it in order.

mod works;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, broadcast};

use works::UnderWay;

pub use works::Course;

use super::{FeedState, FeedView, Part, Problem, Scope, Snapshot, Update};
use crate::event::EventRow;
use crate::id::{EventId, FeedId};
use crate::settings::{Mute, Window};

/// The first page of a window.
const RECENT: usize = 200;
/// A window that draws slower than this many changes takes a fresh snapshot instead.
const BACKLOG: usize = 1024;

/// A snapshot and every change after it, in order.
#[derive(Debug)]
pub struct Attached {
    /// What is, at the instant of attaching.
    pub snapshot: Snapshot,
    /// What follows; who lags attaches again.
    pub updates: broadcast::Receiver<Update>,
}

/// What is, as faces see it. Every change is applied and told under one lock, so that a snapshot and what follows it
/// have neither gap nor overlap.
#[derive(Debug)]
pub struct Board {
    inner: Mutex<Inner>,
    sender: broadcast::Sender<Update>,
    /// What a feed is doing may have changed.
    stirred: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    feeds: Vec<FeedView>,
    recent: VecDeque<EventRow>,
    paused: bool,
    mute: Mute,
    window: Window,
    problems: BTreeMap<Part, Problem>,
    works: UnderWay,
}

impl Board {
    /// Begins with the feeds of the settings and the newest events, newest first.
    pub fn new(
        feeds: Vec<FeedView>,
        recent: Vec<EventRow>,
        paused: bool,
        mute: Mute,
        window: Window,
    ) -> Self {
        let inner = Inner {
            feeds,
            recent: recent.into_iter().take(RECENT).collect(),
            paused,
            mute,
            window,
            problems: BTreeMap::new(),
            works: UnderWay::default(),
        };
        Self { inner: Mutex::new(inner), sender: broadcast::channel(BACKLOG).0, stirred: Notify::new() }
    }

    /// Gives what is, and a receiver for what follows.
    pub fn attach(&self) -> Attached {
        let inner = self.inner();
        let snapshot = Snapshot {
            feeds: inner.feeds.clone(),
            recent: inner.recent.iter().cloned().collect(),
            paused: inner.paused,
            mute: inner.mute,
            window: inner.window,
            problems: inner.problems.values().cloned().collect(),
            works: inner.works.list(),
        };
        Attached { snapshot, updates: self.sender.subscribe() }
    }

    /// A feed as it is shown at present.
    pub fn feed(&self, feed: &FeedId) -> Option<FeedView> {
        self.inner().feeds.iter().find(|view| view.id == *feed).cloned()
    }

    /// Looks at all feeds as they are shown at present; nothing changes meanwhile.
    pub fn look<T>(&self, look: impl FnOnce(&[FeedView]) -> T) -> T {
        look(&self.inner().feeds)
    }

    /// Waits until what a feed is doing may have changed; for one waiter.
    pub async fn stirred(&self) {
        self.stirred.notified().await;
    }

    /// Adds a feed, or replaces what is known of it. `view` is given that, and nothing can change it meanwhile: what a
    /// connection tells is never taken back.
    pub fn put_feed(&self, feed: &FeedId, view: impl FnOnce(Option<&FeedView>) -> FeedView) {
        let mut inner = self.inner();
        let at = inner.feeds.iter().position(|known| known.id == *feed);
        let known = at.map(|at| &inner.feeds[at]);
        let view = view(known);
        if known == Some(&view) {
            return;
        }
        match at {
            Some(at) => inner.feeds[at] = view.clone(),
            None => inner.feeds.push(view.clone()),
        }
        self.tell(&inner, Update::Feed(view));
        self.stirred.notify_one();
    }

    /// Takes a feed and its events away.
    pub fn remove_feed(&self, feed: &FeedId) {
        let mut inner = self.inner();
        inner.feeds.retain(|view| view.id != *feed);
        inner.recent.retain(|row| row.feed != *feed);
        self.tell(&inner, Update::FeedRemoved(feed.clone()));
        self.stirred.notify_one();
    }

    /// Notes what a feed's connection is doing.
    pub fn state(&self, feed: &FeedId, state: FeedState) {
        let mut inner = self.inner();
        let Some(view) = inner.feeds.iter_mut().find(|view| view.id == *feed) else { return };
        if view.state == state {
            return;
        }
        view.state = state.clone();
        self.tell(&inner, Update::State { feed: feed.clone(), state });
        self.stirred.notify_one();
    }

    /// Adds stored events, oldest first.
    pub fn arrived(&self, rows: Vec<EventRow>) {
        let mut inner = self.inner();
        // A feed that was removed while its last events were being stored has none.
        let rows: Vec<_> =
            rows.into_iter().filter(|row| inner.feeds.iter().any(|view| view.id == row.feed)).collect();
        if rows.is_empty() {
            return;
        }
        for row in &rows {
            inner.recent.push_front(row.clone());
        }
        // Feeds store side by side, so a batch may be told after one with later numbers.
        inner.recent.make_contiguous().sort_by_key(|row| std::cmp::Reverse(row.id));
        inner.recent.truncate(RECENT);
        self.tell(&inner, Update::Arrived(rows));
    }

    /// Notes how many events of each feed are unread; a feed not named has none.
    pub fn unread(&self, counts: &HashMap<FeedId, u64>) {
        let mut inner = self.inner();
        let mut changed = Vec::new();
        for view in &mut inner.feeds {
            let unread = counts.get(&view.id).copied().unwrap_or(0);
            if view.unread != unread {
                view.unread = unread;
                changed.push(Update::Unread { feed: view.id.clone(), unread });
            }
        }
        for update in changed {
            self.tell(&inner, update);
        }
    }

    /// Notes which feeds go on sending more than popups can show; a feed not named doesn't.
    pub fn bursting(&self, feeds: &[FeedId]) {
        let mut inner = self.inner();
        let mut changed = Vec::new();
        for view in &mut inner.feeds {
            let bursting = feeds.contains(&view.id);
            if view.bursting != bursting {
                view.bursting = bursting;
                changed.push(view.clone());
            }
        }
        for view in changed {
            self.tell(&inner, Update::Feed(view));
        }
    }

    /// Notes that events became read or unread.
    pub fn read(&self, scope: Scope, read: bool) {
        let mut inner = self.inner();
        for row in inner.recent.iter_mut().filter(|row| scope.holds(row)) {
            row.read = read;
        }
        self.tell(&inner, Update::Read { scope, read });
    }

    /// Notes that an event was starred, or its star taken.
    pub fn starred(&self, id: EventId, starred: bool) {
        let mut inner = self.inner();
        for row in inner.recent.iter_mut().filter(|row| row.id == id) {
            row.starred = starred;
        }
        self.tell(&inner, Update::Starred { id, starred });
    }

    /// Notes that events were deleted, those up to `until`.
    pub fn deleted(&self, scope: Scope, until: EventId) {
        let mut inner = self.inner();
        inner.recent.retain(|row| row.id > until || !scope.holds(row));
        self.tell(&inner, Update::Deleted { scope, until });
    }

    /// Notes that deleted events are back, with the newest events there are.
    pub fn restored(&self, recent: Vec<EventRow>) {
        let mut inner = self.inner();
        // What arrived while these were read is not among them.
        let read_until = recent.first().map_or(EventId(0), |row| row.id);
        inner.recent.retain(|row| row.id > read_until);
        inner.recent.extend(recent.iter().cloned());
        inner.recent.truncate(RECENT);
        self.tell(&inner, Update::Restored(recent.into_iter().rev().collect()));
    }

    /// Notes that everything is paused, or goes on.
    pub fn paused(&self, paused: bool) {
        let mut inner = self.inner();
        inner.paused = paused;
        self.tell(&inner, Update::Paused(paused));
    }

    /// Notes until when all popups are muted.
    pub fn muted(&self, mute: Mute) {
        let mut inner = self.inner();
        inner.mute = mute;
        self.tell(&inner, Update::Muted(mute));
    }

    /// Gives how the window looks and behaves.
    pub fn window(&self) -> Window {
        self.inner().window
    }

    /// Notes how the window looks and behaves.
    pub fn dressed(&self, window: Window) {
        let mut inner = self.inner();
        inner.window = window;
        self.tell(&inner, Update::Window(window));
    }

    /// Notes until when a feed's popups are muted.
    pub fn feed_muted(&self, feed: &FeedId, mute: Mute) {
        let mut inner = self.inner();
        let Some(view) = inner.feeds.iter_mut().find(|view| view.id == *feed) else { return };
        if view.mute == mute {
            return;
        }
        view.mute = mute;
        let view = view.clone();
        self.tell(&inner, Update::Feed(view));
    }

    /// Notes what is wrong with a part of the program, or that it is mended.
    pub fn problem(&self, part: Part, message: Option<String>) {
        let mut inner = self.inner();
        let before = inner.problems.clone();
        match message {
            Some(message) => inner.problems.insert(part, Problem { part, message }),
            None => inner.problems.remove(&part),
        };
        if inner.problems != before {
            self.tell(&inner, Update::Problems(inner.problems.values().cloned().collect()));
        }
    }

    /// Tells that a person wants to see an event, or just the window.
    pub fn open(&self, event: Option<EventId>) {
        self.tell(&self.inner(), Update::Open(event));
    }

    /// Tells that a person wants an event's link opened.
    pub fn follow(&self, event: EventId) {
        self.tell(&self.inner(), Update::Follow(event));
    }

    /// Tells that a person wants an event's text copied.
    pub fn copy(&self, event: EventId) {
        self.tell(&self.inner(), Update::Copy(event));
    }

    /// Takes the lock as a proof that the change was applied before it is told.
    fn tell(&self, _applied: &MutexGuard<'_, Inner>, update: Update) {
        // Nobody attached is fine: who attaches later gets the snapshot.
        let _ = self.sender.send(update);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
