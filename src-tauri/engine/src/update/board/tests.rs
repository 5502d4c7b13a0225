//! A snapshot and the changes after it are what a later snapshot is.

use super::*;
use crate::event::{Presented, Reading};
use crate::update::{SecretsView, SignInView};

fn feed(id: &str) -> FeedView {
    FeedView {
        id: FeedId::from_text(id),
        name: id.into(),
        icon: None,
        url: String::new(),
        enabled: true,
        notify: true,
        mute: Mute::Off,
        allowed: Default::default(),
        bursting: false,
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
        Update::Works(works) => at.works = works,
        Update::Window(window) => at.window = window,
        Update::Open(_) | Update::Follow(_) | Update::Copy(_) => {}
    }
    at
}

fn step(board: &Board, n: i64) {
    let name = |n: i64| if n % 2 == 0 { "a" } else { "b" };
    match n % 16 {
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
        13 => board.dressed(Window { text_percent: 100 + n as u16, ..Window::default() }),
        14 => board.bursting(&[FeedId::from_text(name(n))]),
        9 => board.deleted(Scope::Feed { feed: FeedId::from_text("a") }, EventId(n * 2)),
        _ => board.remove_feed(&FeedId::from_text("b")),
    }
}

#[test]
fn a_snapshot_and_what_follows_it_give_what_a_later_snapshot_gives() {
    for attached_at in 0..60 {
        let board = Board::new(Vec::new(), Vec::new(), false, Mute::Off, Window::default());
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
    let board = Board::new(vec![feed("a")], Vec::new(), false, Mute::Off, Window::default());
    let mut updates = board.attach().updates;
    board.put_feed(&FeedId::from_text("a"), |_| feed("a"));
    board.state(&FeedId::from_text("a"), FeedState::Connecting);
    board.feed_muted(&FeedId::from_text("a"), Mute::Off);
    board.feed_muted(&FeedId::from_text("gone"), Mute::On);
    board.state(&FeedId::from_text("gone"), FeedState::Paused);
    board.unread(&HashMap::new());
    board.bursting(&[FeedId::from_text("gone")]);
    board.problem(Part::Keyring, None);
    board.arrived(vec![row(1, "gone")]);
    assert!(updates.try_recv().is_err());
}

#[test]
fn holds_the_newest_events_first_and_no_more_than_a_page() {
    let board = Board::new(vec![feed("a")], Vec::new(), false, Mute::Off, Window::default());
    for n in 0..300 {
        board.arrived(vec![row(n * 2 + 1, "a"), row(n * 2, "a")]);
    }
    let ids: Vec<_> = board.attach().snapshot.recent.iter().map(|row| row.id.0).collect();
    assert_eq!(ids, (400..600).rev().collect::<Vec<_>>());
}
