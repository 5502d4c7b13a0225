//! The window hears everything, in order, merged, and whole again after falling behind.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tidings_engine::event::{EventRow, Presented, Reading};
use tidings_engine::id::FeedId;
use tidings_engine::settings::{self, Mute};
use tidings_engine::update::{FeedState, Scope, Snapshot, Update as Engine};
use tokio::task::JoinSet;

use super::*;

fn feed(name: &str) -> FeedId {
    FeedId::from_text(name)
}

fn arrived(ids: std::ops::Range<i64>) -> Engine {
    let row = |id| EventRow {
        id: EventId(id),
        feed: feed("a"),
        received_at_ms: id,
        event_type: "message".to_owned(),
        reading: Reading::default(),
        read: false,
        starred: false,
        presented: Presented::New,
    };
    Engine::Arrived(ids.map(row).collect())
}

fn unread(name: &str, unread: u64) -> Engine {
    Engine::Unread { feed: feed(name), unread }
}

fn state(name: &str, state: FeedState) -> Engine {
    Engine::State { feed: feed(name), state }
}

/// An update in short: its kind, and what tells it apart.
fn short(update: &Update) -> String {
    let value = serde_json::to_value(update).expect("plain data");
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    match value["kind"].as_str().expect("a kind") {
        "arrived" => {
            let rows = value["rows"].as_array().expect("rows");
            let ids: Vec<_> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
            format!("arrived {}", ids.join(","))
        }
        "unread" => format!("unread {} {}", text("feed"), value["unread"]),
        "state" => format!("state {} {}", text("feed"), value["state"]["kind"].as_str().expect("a kind")),
        "open" => format!("open {}", text("event")),
        "snapshot" => format!("snapshot paused={}", value["snapshot"]["paused"]),
        kind => kind.to_owned(),
    }
}

fn folded(updates: impl IntoIterator<Item = Engine>) -> Vec<String> {
    let mut batch = Batch::default();
    updates.into_iter().for_each(|update| batch.push(update));
    let out = Mutex::new(Vec::new());
    let keep = |update: Update| {
        out.lock().expect("one thread").push(short(&update));
        true
    };
    assert!(batch.hand_over(keep));
    assert!(batch.is_empty());
    out.into_inner().expect("one thread")
}

#[test]
fn repeated_states_counts_and_arrivals_become_one_each() {
    let updates = [
        arrived(1..2),
        unread("a", 1),
        state("a", FeedState::Connecting),
        state("b", FeedState::Connecting),
        arrived(2..4),
        unread("a", 3),
        state("a", FeedState::Live { since_ms: 1 }),
    ];
    assert_eq!(folded(updates), ["arrived 1,2,3", "unread a 3", "state a live", "state b connecting"]);
}

#[test]
fn nothing_folds_past_what_would_change_its_meaning() {
    let all = || Engine::Read { scope: Scope::All, read: true };
    assert_eq!(folded([arrived(1..2), all(), arrived(2..3)]), ["arrived 1", "read", "arrived 2"]);
    let removed = Engine::FeedRemoved(feed("a"));
    assert_eq!(
        folded([unread("a", 1), removed, unread("a", 2)]),
        ["unread a 1", "feedRemoved", "unread a 2"]
    );
    let paused = Engine::Paused(true);
    assert_eq!(
        folded([state("a", FeedState::Connecting), paused, state("a", FeedState::Paused)]),
        ["state a connecting", "paused", "state a paused"]
    );
}

#[test]
fn a_click_is_no_part_of_a_batch() {
    let mut batch = Batch::default();
    batch.push(Engine::Open(None));
    assert!(batch.is_empty());
    assert_eq!(batch.gathered(), 0);
}

/// A forwarder on a scripted engine, with everything it sent.
struct Window {
    engine: broadcast::Sender<Engine>,
    openings: Arc<Openings>,
    gone: CancellationToken,
    sent: Arc<Mutex<Vec<String>>>,
    tasks: JoinSet<()>,
}

impl Window {
    /// `takes` is how many messages the window takes before it refuses.
    fn new(capacity: usize, takes: usize) -> Self {
        let (engine, updates) = broadcast::channel(capacity);
        let (openings, gone) = (Arc::new(Openings::default()), CancellationToken::new());
        let sent = Arc::new(Mutex::new(Vec::new()));
        let sink = {
            let sent = Arc::clone(&sent);
            move |update: Update| {
                let mut sent = sent.lock().expect("never poisoned");
                sent.push(short(&update));
                sent.len() <= takes
            }
        };
        let attach = {
            let engine = engine.downgrade();
            move || Attached {
                snapshot: Snapshot {
                    feeds: vec![],
                    recent: vec![],
                    paused: true,
                    mute: Mute::Off,
                    window: settings::Window::default(),
                    problems: vec![],
                    works: vec![],
                },
                updates: engine.upgrade().expect("the engine lives").subscribe(),
            }
        };
        let mut tasks = JoinSet::new();
        {
            let (openings, gone) = (Arc::clone(&openings), gone.clone());
            tasks.spawn(async move { forward(updates, attach, &openings, sink, gone).await });
        }
        Self { engine, openings, gone, sent, tasks }
    }

    fn send(&self, update: Engine) {
        self.engine.send(update).expect("someone listens");
    }

    fn sent(&self) -> Vec<String> {
        self.sent.lock().expect("never poisoned").clone()
    }

    async fn after(&self, wait: Duration) -> Vec<String> {
        tokio::time::sleep(wait).await;
        self.sent()
    }
}

const NOT_YET: Duration = Duration::from_millis(29);
const ONE_MORE: Duration = Duration::from_millis(2);

#[tokio::test(start_paused = true)]
async fn what_comes_within_thirty_milliseconds_crosses_together() {
    let window = Window::new(64, usize::MAX);
    window.send(arrived(1..2));
    tokio::time::sleep(Duration::from_millis(10)).await;
    window.send(arrived(2..3));
    assert_eq!(window.after(Duration::from_millis(19)).await, [""; 0], "still gathering");
    assert_eq!(window.after(ONE_MORE).await, ["arrived 1,2"], "due since the first, not the last");
    window.send(unread("a", 2));
    assert_eq!(window.after(NOT_YET).await.len(), 1);
    assert_eq!(window.after(ONE_MORE).await, ["arrived 1,2", "unread a 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_burst_crosses_before_its_time_once_it_is_long_enough() {
    let window = Window::new(1024, usize::MAX);
    window.send(arrived(0..199));
    assert_eq!(window.after(ONE_MORE).await.len(), 0);
    window.send(arrived(199..200));
    assert_eq!(window.after(ONE_MORE).await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_window_that_fell_behind_gets_everything_again_and_then_what_follows() {
    let window = Window::new(4, usize::MAX);
    (1..20).for_each(|id| window.send(arrived(id..id + 1)));
    assert_eq!(window.after(NOT_YET).await, ["snapshot paused=true"]);
    window.send(arrived(20..21));
    assert_eq!(window.after(NOT_YET + ONE_MORE).await, ["snapshot paused=true", "arrived 20"]);
}

#[tokio::test(start_paused = true)]
async fn a_click_crosses_at_once_behind_what_was_gathered() {
    let window = Window::new(64, usize::MAX);
    window.send(arrived(7..8));
    tokio::time::sleep(ONE_MORE).await;
    window.openings.ask(Some(EventId(7)));
    assert_eq!(window.after(ONE_MORE).await, ["arrived 7", "open 7"]);
    window.openings.ask(None);
    assert_eq!(window.after(ONE_MORE).await[2..], ["open "]);
}

#[tokio::test(start_paused = true)]
async fn a_click_waits_for_the_next_window_and_only_the_latest_counts() {
    let openings = Openings::default();
    openings.ask(Some(EventId(1)));
    openings.ask(Some(EventId(2)));
    assert_eq!(openings.next().await, Some(EventId(2)));
    let second = tokio::time::timeout(Duration::from_secs(1), openings.next()).await;
    assert!(second.is_err(), "a click is shown once");
}

#[tokio::test(start_paused = true)]
async fn nothing_crosses_after_the_window_is_gone() {
    let mut window = Window::new(64, usize::MAX);
    window.send(arrived(1..2));
    tokio::time::sleep(ONE_MORE).await;
    window.gone.cancel();
    assert!(window.tasks.join_next().await.is_some_and(|ended| ended.is_ok()));
    assert_eq!(window.sent(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_window_that_refuses_is_not_asked_again() {
    let mut window = Window::new(64, 1);
    for update in [unread("a", 1), Engine::Paused(true), Engine::Paused(false)] {
        window.send(update);
    }
    assert!(window.tasks.join_next().await.is_some_and(|ended| ended.is_ok()));
    assert_eq!(window.sent(), ["unread a 1", "paused"], "the second was refused");
}

#[tokio::test(start_paused = true)]
async fn what_was_gathered_when_the_engine_ends_still_crosses() {
    let Window { engine, mut tasks, sent, .. } = Window::new(64, usize::MAX);
    engine.send(arrived(1..2)).expect("someone listens");
    drop(engine);
    assert!(tasks.join_next().await.is_some_and(|ended| ended.is_ok()));
    assert_eq!(*sent.lock().expect("never poisoned"), ["arrived 1"]);
}
