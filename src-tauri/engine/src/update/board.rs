//! The one place that knows what is, and tells every change of it in order.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, broadcast};

use super::{FeedState, FeedView, Part, Problem, Scope, Snapshot, Update};
use crate::event::EventRow;
use crate::id::{EventId, FeedId};
use crate::settings::Mute;

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
    problems: BTreeMap<Part, Problem>,
}

impl Board {
    /// Begins with the feeds of the settings and the newest events, newest first.
    pub fn new(feeds: Vec<FeedView>, recent: Vec<EventRow>, paused: bool, mute: Mute) -> Self {
        let inner = Inner {
            feeds,
            recent: recent.into_iter().take(RECENT).collect(),
            paused,
            mute,
            problems: BTreeMap::new(),
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
            problems: inner.problems.values().cloned().collect(),
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
mod tests {
    use super::*;
    use crate::event::{Presented, Reading};
    use crate::update::{SecretsView, SignInView};

    fn feed(id: &str) -> FeedView {
        FeedView {
            id: FeedId::from_text(id),
            name: id.into(),
            url: String::new(),
            enabled: true,
            notify: true,
            mute: Mute::Off,
            preset: None,
            recognised: None,
            sign_in: SignInView::None,
            header_names: Vec::new(),
            connection: Box::default(),
            secrets: SecretsView::NotNeeded,
            state: FeedState::Connecting,
            unread: 0,
        }
    }

    fn row(id: i64, feed: &str) -> EventRow {
        EventRow {
            id: EventId(id),
            feed: FeedId::from_text(feed),
            received_at_ms: 0,
            event_type: "message".into(),
            reading: Reading::default(),
            read: false,
            starred: false,
            presented: Presented::New,
        }
    }

    /// What a window does with an update; the least that proves that snapshot and updates say the same.
    fn apply(mut at: Snapshot, update: Update) -> Snapshot {
        match update {
            Update::Feed(view) => match at.feeds.iter_mut().find(|known| known.id == view.id) {
                Some(known) => *known = view,
                None => at.feeds.push(view),
            },
            Update::FeedRemoved(feed) => {
                at.feeds.retain(|view| view.id != feed);
                at.recent.retain(|row| row.feed != feed);
            }
            Update::State { feed, state } => {
                at.feeds.iter_mut().find(|view| view.id == feed).unwrap().state = state
            }
            Update::Arrived(rows) => {
                at.recent.extend(rows);
                at.recent.sort_by_key(|row| std::cmp::Reverse(row.id));
                at.recent.truncate(RECENT);
            }
            Update::Unread { feed, unread } => {
                at.feeds.iter_mut().find(|view| view.id == feed).unwrap().unread = unread
            }
            Update::Read { scope, read } => {
                at.recent.iter_mut().filter(|row| scope.holds(row)).for_each(|row| row.read = read)
            }
            Update::Starred { id, starred } => {
                at.recent.iter_mut().filter(|row| row.id == id).for_each(|row| row.starred = starred)
            }
            Update::Deleted { scope, until } => at.recent.retain(|row| row.id > until || !scope.holds(row)),
            Update::Restored(rows) => {
                let read_until = rows.last().map_or(EventId(0), |row| row.id);
                at.recent.retain(|row| row.id > read_until);
                at.recent.extend(rows.into_iter().rev());
                at.recent.truncate(RECENT);
            }
            Update::Paused(paused) => at.paused = paused,
            Update::Muted(mute) => at.mute = mute,
            Update::Problems(problems) => at.problems = problems,
            Update::Open(_) | Update::Follow(_) | Update::Copy(_) => {}
        }
        at
    }

    fn step(board: &Board, n: i64) {
        let name = |n: i64| if n % 2 == 0 { "a" } else { "b" };
        match n % 14 {
            0 => board.put_feed(&FeedId::from_text("a"), |_| feed("a")),
            1 => board.put_feed(&FeedId::from_text("b"), |_| feed("b")),
            2 => board.arrived(vec![row(n * 3 + 1, name(n / 12)), row(n * 3, name(n / 12))]),
            3 => board.state(&FeedId::from_text(name(n)), FeedState::Live { since_ms: n }),
            4 => board.unread(&[(FeedId::from_text("a"), 7)].into()),
            5 => board.read(Scope::Feed { feed: FeedId::from_text(name(n)) }, true),
            6 => board.paused(n % 2 == 0),
            7 => board.problem(Part::Keyring, (n % 2 == 0).then(|| "locked".into())),
            8 => board.starred(EventId(n * 3 - 18), true),
            10 => board.restored(vec![row(n * 3 - 24, "a"), row(n * 3 - 27, "a")]),
            11 => board.muted(if n % 4 == 1 { Mute::On } else { Mute::Until { at_ms: n } }),
            12 => board.feed_muted(&FeedId::from_text("a"), Mute::Until { at_ms: n }),
            9 => board.deleted(Scope::Feed { feed: FeedId::from_text("a") }, EventId(n * 2)),
            _ => board.remove_feed(&FeedId::from_text("b")),
        }
    }

    #[test]
    fn a_snapshot_and_what_follows_it_give_what_a_later_snapshot_gives() {
        for attached_at in 0..60 {
            let board = Board::new(Vec::new(), Vec::new(), false, Mute::Off);
            (0..attached_at).for_each(|n| step(&board, n));
            let Attached { snapshot, mut updates } = board.attach();
            (attached_at..60).for_each(|n| step(&board, n));
            let mut at = snapshot;
            while let Ok(update) = updates.try_recv() {
                at = apply(at, update);
            }
            assert_eq!(at, board.attach().snapshot, "attached after {attached_at}");
        }
    }

    #[test]
    fn tells_nothing_where_nothing_changed() {
        let board = Board::new(vec![feed("a")], Vec::new(), false, Mute::Off);
        let mut updates = board.attach().updates;
        board.put_feed(&FeedId::from_text("a"), |_| feed("a"));
        board.state(&FeedId::from_text("a"), FeedState::Connecting);
        board.feed_muted(&FeedId::from_text("a"), Mute::Off);
        board.feed_muted(&FeedId::from_text("gone"), Mute::On);
        board.state(&FeedId::from_text("gone"), FeedState::Paused);
        board.unread(&HashMap::new());
        board.problem(Part::Keyring, None);
        board.arrived(vec![row(1, "gone")]);
        assert!(updates.try_recv().is_err());
    }

    #[test]
    fn holds_the_newest_events_first_and_no_more_than_a_page() {
        let board = Board::new(vec![feed("a")], Vec::new(), false, Mute::Off);
        for n in 0..300 {
            board.arrived(vec![row(n * 2 + 1, "a"), row(n * 2, "a")]);
        }
        let ids: Vec<_> = board.attach().snapshot.recent.iter().map(|row| row.id.0).collect();
        assert_eq!(ids, (400..600).rev().collect::<Vec<_>>());
    }
}
