//! The tray shows what matters most, and says the rest in one line.

use tidings_engine::event::{EventRow, Presented, Reading};
use tidings_engine::id::{EventId, FeedId};
use tidings_engine::language::Language;
use tidings_engine::settings::{Mute, Tongue, Window};
use tidings_engine::update::{FeedState, FeedView, Reason, ReasonCode, Scope, Snapshot, Update};

use tidings_support::view as feed;

use super::model::Mark::{Attention, Idle, Offline, Paused, Unread};
use super::*;

fn tally(feeds: impl IntoIterator<Item = FeedView>) -> Tally {
    let feeds = feeds.into_iter().collect();
    Tally::new(&Snapshot {
        feeds,
        recent: vec![],
        paused: false,
        mute: Mute::Off,
        window: Window { language: Tongue::English, ..Window::default() },
        problems: vec![],
        works: vec![],
    })
}

fn state(name: &str, state: FeedState) -> Update {
    Update::State { feed: FeedId::from_text(name), state }
}

fn unread(name: &str, unread: u64) -> Update {
    Update::Unread { feed: FeedId::from_text(name), unread }
}

const LIVE: FeedState = FeedState::Live { since_ms: 0 };

fn waiting() -> FeedState {
    FeedState::Waiting { until_ms: 0, why: Reason { code: ReasonCode::Other, message: String::new() } }
}

fn stopped() -> FeedState {
    FeedState::StoppedByServer { why: Reason { code: ReasonCode::Other, message: String::new() } }
}

/// The icon's state after each of some updates.
fn marks(tally: &mut Tally, updates: impl IntoIterator<Item = Update>) -> Vec<Mark> {
    let after = |update| {
        tally.apply(&update);
        tally.model().mark
    };
    updates.into_iter().map(after).collect()
}

#[test]
fn paused_comes_before_offline_before_unread_before_idle() {
    let mut tally = tally([feed("a")]);
    assert_eq!(tally.model().mark, Idle);
    let updates = [unread("a", 2), state("a", waiting()), Update::Paused(true)];
    assert_eq!(marks(&mut tally, updates), [Unread, Offline, Paused]);
    let updates = [Update::Paused(false), state("a", LIVE), unread("a", 0)];
    assert_eq!(marks(&mut tally, updates), [Offline, Unread, Idle]);
}

#[test]
fn one_feed_that_is_connected_is_enough_not_to_be_offline() {
    let mut tally = tally([feed("a"), feed("b")]);
    let updates = [state("a", waiting()), state("b", LIVE), state("b", stopped()), state("a", LIVE)];
    assert_eq!(marks(&mut tally, updates), [Idle, Idle, Offline, Idle]);
}

#[test]
fn the_first_dial_is_not_offline_and_a_dial_in_vain_stays_so() {
    let mut tally = tally([feed("a")]);
    let again = || [state("a", FeedState::Connecting), state("a", waiting())];
    assert_eq!(marks(&mut tally, again()), [Idle, Offline]);
    assert_eq!(marks(&mut tally, again()), [Offline, Offline]);
}

#[test]
fn feeds_that_are_off_or_gone_count_no_more() {
    let off = FeedView { enabled: false, state: FeedState::Disabled, ..feed("a") };
    let mut tally = tally([off.clone(), feed("b")]);
    let updates = [state("b", waiting()), unread("b", 4), Update::FeedRemoved(FeedId::from_text("b"))];
    assert_eq!(marks(&mut tally, updates), [Offline, Offline, Idle]);
    tally.apply(&unread("b", 9));
    tally.apply(&state("b", waiting()));
    assert_eq!(tally.model().mark, Idle, "late words of a removed feed don't bring it back");
    tally.apply(&Update::Feed(FeedView { unread: 1, ..off }));
    assert_eq!(tally.model().mark, Unread, "events of a feed that is off can still be read");
}

#[test]
fn the_line_says_what_is_unread_and_what_is_connected() {
    let status = |feeds: Vec<FeedView>| tally(feeds).model().status;
    let live = |name: &str| FeedView { state: LIVE, ..feed(name) };
    assert_eq!(status(vec![]), "Nothing unread, no feeds");
    assert_eq!(status(vec![live("a")]), "Nothing unread, 1 feed connected");
    assert_eq!(status(vec![feed("a")]), "Nothing unread, 0 of 1 feeds connected");
    assert_eq!(status(vec![live("a"), live("b")]), "Nothing unread, 2 feeds connected");
    let loud = FeedView { unread: 3, ..live("a") };
    assert_eq!(status(vec![loud.clone(), feed("b")]), "3 unread, 1 of 2 feeds connected");
    let mut tally = tally([loud]);
    tally.apply(&Update::Paused(true));
    assert_eq!(tally.model().status, "3 unread, paused");
}

#[test]
fn counts_that_no_screen_could_show_do_no_harm() {
    let many = |name: &str| FeedView { unread: u64::MAX, ..feed(name) };
    assert_eq!(tally([many("a"), many("b")]).model().mark, Unread);
}

#[test]
fn a_feed_that_needs_a_person_is_said_before_all_but_a_pause() {
    let mut tally = tally([feed("a"), FeedView { unread: 3, ..feed("b") }]);
    let why = Reason { code: ReasonCode::Other, message: String::new() };
    tally.apply(&state("a", FeedState::NeedsPerson { why }));
    assert_eq!(tally.model().mark, Attention);
    assert_eq!(tally.model().status, "3 unread, 0 of 2 feeds connected, 1 needs you");
    tally.apply(&Update::Paused(true));
    assert_eq!(tally.model().mark, Paused);
}

fn row(id: i64, feed: &str, title: &str) -> EventRow {
    EventRow {
        id: EventId(id),
        feed: FeedId::from_text(feed),
        received_at_ms: id,
        event_type: "message".to_owned(),
        reading: Reading { title: title.to_owned(), ..Reading::default() },
        read: false,
        starred: false,
        presented: Presented::New,
    }
}

fn menu(tally: &Tally) -> Vec<i64> {
    tally.model().recent.iter().map(|event| event.id.0).collect()
}

#[test]
fn the_menu_offers_the_newest_events_that_popped_up() {
    let mut tally = tally([feed("a"), feed("b")]);
    let silent = EventRow { presented: Presented::Suppressed, ..row(2, "a", "silent") };
    tally.apply(&Update::Arrived(vec![row(1, "a", "one"), silent, row(3, "b", "three")]));
    assert_eq!(menu(&tally), [3, 1]);
    tally.apply(&Update::Arrived((4..9).map(|id| row(id, "a", "more")).collect()));
    assert_eq!(menu(&tally), [8, 7, 6, 5, 4], "five of them");
    let deleted = |scope, until| Update::Deleted { scope, until: EventId(until) };
    tally.apply(&deleted(Scope::Events { ids: vec![EventId(6), EventId(8)] }, 8));
    assert_eq!(menu(&tally), [7, 5, 4]);
    tally.apply(&deleted(Scope::All, 5));
    assert_eq!(menu(&tally), [7], "what came later is not meant");
    tally.apply(&Update::Restored(vec![row(5, "b", "five"), row(7, "a", "seven")]));
    assert_eq!(menu(&tally), [7, 5]);
    tally.apply(&Update::FeedRemoved(FeedId::from_text("a")));
    assert_eq!(menu(&tally), [5]);
}

#[test]
fn a_title_in_the_menu_is_one_short_line() {
    let mut tally = tally([feed("a")]);
    tally.apply(&Update::Arrived(vec![row(1, "a", "two\n lines"), row(2, "a", &"wörter ".repeat(20))]));
    let titles: Vec<_> = tally.model().recent.into_iter().map(|event| event.title).collect();
    assert_eq!(titles[1], "two lines");
    assert!(titles[0].ends_with("…") && titles[0].chars().count() <= 61, "{}", titles[0]);
}

#[test]
fn the_language_is_followed_when_it_is_changed() {
    let mut tally = tally([feed("a")]);
    assert_eq!(tally.model().language, Language::English);
    tally.apply(&Update::Window(Window { language: Tongue::German, ..Window::default() }));
    assert_eq!(tally.model().status, "Nichts ungelesen, 0 von 1 Feeds verbunden");
    assert_eq!(tally.model().language, Language::German);
}
