//! The tray is drawn when something has settled; a click opens the window, whatever else goes on.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tidings_engine::id::FeedId;
use tidings_engine::settings::{Mute, Tongue, Window};
use tidings_engine::update::{FeedState, FeedView, Reason, ReasonCode, Snapshot};
use tidings_support::view;
use tokio::sync::broadcast;
use tokio::task::JoinSet;

use super::*;
use crate::tray::Mark;

/// A watch on a scripted engine with one feed, and what it drew and opened.
struct Script {
    engine: broadcast::Sender<Update>,
    drawn: Arc<Mutex<Vec<TrayModel>>>,
    opened: Arc<Mutex<Vec<Option<EventId>>>>,
    followed: Arc<Mutex<Vec<EventId>>>,
    copied: Arc<Mutex<Vec<EventId>>>,
    ending: CancellationToken,
    tasks: JoinSet<()>,
}

impl Script {
    async fn new() -> Self {
        let (engine, _) = broadcast::channel(8);
        let ending = CancellationToken::new();
        let (drawn, opened) = (Arc::default(), Arc::default());
        let (followed, copied) = (Arc::default(), Arc::default());
        let attach = {
            let engine = engine.downgrade();
            move || Attached {
                snapshot: snapshot(),
                updates: engine.upgrade().expect("the engine lives").subscribe(),
            }
        };
        let open = note(&opened);
        let (follow, copy) = (note(&followed), note(&copied));
        let draw = note(&drawn);
        let mut tasks = JoinSet::new();
        tasks.spawn(watch(attach, open, follow, copy, draw, ending.clone()));
        let script = Self { engine, drawn, opened, followed, copied, ending, tasks };
        script.wait(Duration::from_millis(1)).await;
        script
    }

    fn send(&self, update: Update) {
        self.engine.send(update).expect("someone listens");
    }

    fn state(&self, state: FeedState) {
        self.send(Update::State { feed: feed(), state });
    }

    async fn wait(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    fn marks(&self) -> Vec<Mark> {
        self.drawn.lock().expect("never poisoned").iter().map(|model| model.mark).collect()
    }
}

fn note<T: Send + 'static>(list: &Arc<Mutex<Vec<T>>>) -> impl Fn(T) + Send + 'static {
    let list = Arc::clone(list);
    move |item| list.lock().expect("never poisoned").push(item)
}

fn feed() -> FeedId {
    FeedId::from_text("a")
}

fn snapshot() -> Snapshot {
    let feed = FeedView { state: LIVE, ..view("a") };
    Snapshot {
        feeds: vec![feed],
        recent: vec![],
        paused: false,
        mute: Mute::Off,
        window: Window { language: Tongue::English, ..Window::default() },
        problems: vec![],
        works: vec![],
    }
}

const LIVE: FeedState = FeedState::Live { since_ms: 0 };
const A_MOMENT: Duration = Duration::from_millis(250);

fn waiting() -> FeedState {
    FeedState::Waiting { until_ms: 0, why: Reason { code: ReasonCode::Other, message: String::new() } }
}

#[tokio::test(start_paused = true)]
async fn a_burst_changes_the_icon_at_once_and_the_count_once_a_second() {
    let script = Script::new().await;
    script.wait(A_MOMENT).await;
    for unread in 1..=100 {
        script.send(Update::Unread { feed: feed(), unread });
        script.wait(Duration::from_millis(10)).await;
    }
    script.wait(Duration::from_secs(2)).await;
    let drawn: Vec<_> =
        script.drawn.lock().expect("never poisoned").iter().map(|model| model.status.clone()).collect();
    let first = "Nothing unread, 1 feed connected";
    assert_eq!(drawn, [first, "20 unread, 1 feed connected", "100 unread, 1 feed connected"]);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_restarts_within_seconds_never_shows_as_offline() {
    let script = Script::new().await;
    script.wait(A_MOMENT).await;
    for _ in 0..20 {
        script.state(waiting());
        script.wait(Duration::from_secs(3)).await;
        script.state(FeedState::Connecting);
        script.wait(Duration::from_secs(1)).await;
        script.state(LIVE);
        script.wait(Duration::from_secs(30)).await;
    }
    assert_eq!(script.marks(), [Mark::Idle]);
}

#[tokio::test(start_paused = true)]
async fn an_outage_shows_after_ten_seconds_and_its_end_at_once() {
    let script = Script::new().await;
    script.wait(A_MOMENT).await;
    script.state(waiting());
    script.wait(Duration::from_secs(5)).await;
    script.state(FeedState::Connecting);
    script.state(waiting());
    script.wait(Duration::from_secs(4)).await;
    assert_eq!(script.marks(), [Mark::Idle]);
    script.wait(Duration::from_secs(2)).await;
    assert_eq!(script.marks(), [Mark::Idle, Mark::Offline], "counted from the loss, not the last try");
    script.state(LIVE);
    script.wait(A_MOMENT).await;
    assert_eq!(script.marks(), [Mark::Idle, Mark::Offline, Mark::Idle]);
}

#[tokio::test(start_paused = true)]
async fn a_click_opens_at_once() {
    let script = Script::new().await;
    script.send(Update::Open(Some(EventId(7))));
    script.send(Update::Open(None));
    script.wait(Duration::from_millis(1)).await;
    assert_eq!(*script.opened.lock().expect("never poisoned"), [Some(EventId(7)), None]);
}

#[tokio::test(start_paused = true)]
async fn a_wish_for_a_link_or_a_text_is_handed_on_at_once_and_opens_no_window() {
    let script = Script::new().await;
    script.send(Update::Follow(EventId(7)));
    script.send(Update::Copy(EventId(8)));
    script.wait(Duration::from_millis(1)).await;
    assert_eq!(*script.followed.lock().expect("never poisoned"), [EventId(7)]);
    assert_eq!(*script.copied.lock().expect("never poisoned"), [EventId(8)]);
    assert!(script.opened.lock().expect("never poisoned").is_empty());
}

#[tokio::test(start_paused = true)]
async fn falling_behind_counts_anew_from_everything_there_is() {
    let script = Script::new().await;
    script.wait(A_MOMENT).await;
    (1..=100).for_each(|unread| script.send(Update::Unread { feed: feed(), unread }));
    script.wait(A_MOMENT).await;
    assert_eq!(script.marks(), [Mark::Idle], "the new account says nothing is unread");
    script.send(Update::Paused(true));
    script.wait(A_MOMENT).await;
    assert_eq!(script.marks(), [Mark::Idle, Mark::Paused]);
}

#[tokio::test(start_paused = true)]
async fn the_watch_ends_when_told_and_when_the_engine_does() {
    let mut told = Script::new().await;
    told.ending.cancel();
    assert!(told.tasks.join_next().await.is_some_and(|ended| ended.is_ok()));
    let Script { engine, mut tasks, .. } = Script::new().await;
    drop(engine);
    assert!(tasks.join_next().await.is_some_and(|ended| ended.is_ok()));
}
