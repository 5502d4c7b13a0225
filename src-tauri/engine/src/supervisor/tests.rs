//! Reconciling, panics and ends, against a scripted transport on a paused clock.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::{StreamExt as _, stream};
use tokio::time::{self, Instant};

use super::*;
use crate::event::Received;
use crate::transport::{CallParts, Frame, Frames};

/// Opens, says one message per second, counts open links by address.
#[derive(Default)]
struct Ticking {
    open: Mutex<HashMap<String, usize>>,
    dials: AtomicUsize,
    /// From here on dials open and say nothing.
    mute: AtomicBool,
}

struct Counted(Arc<Ticking>, String);

impl Drop for Counted {
    fn drop(&mut self) {
        *self.0.open.lock().unwrap().get_mut(&self.1).unwrap() -= 1;
    }
}

struct Net(Arc<Ticking>);

impl Transport for Net {
    fn dial(&self, call: &Call, last_event_id: &str) -> Frames {
        self.0.dials.fetch_add(1, Ordering::SeqCst);
        *self.0.open.lock().unwrap().entry(call.origin()).or_default() += 1;
        let counted = Counted(Arc::clone(&self.0), call.origin());
        let mute = self.0.mute.load(Ordering::SeqCst);
        let next = last_event_id.parse::<u64>().map_or(1, |id| id + 1);
        stream::unfold((counted, None), move |(counted, at): (Counted, Option<u64>)| async move {
            let Some(id) = at else { return Some((Ok(Frame::Opened), (counted, Some(next)))) };
            if mute {
                std::future::pending::<()>().await;
            }
            time::sleep(Duration::from_secs(1)).await;
            let message = Received {
                event_type: "message".into(),
                data: String::new(),
                last_event_id: id.to_string(),
                own_id: true,
                received_at_ms: 0,
            };
            Some((Ok(Frame::Message(message)), (counted, Some(id + 1))))
        })
        .boxed()
    }
}

/// Keeps ids in memory; panics when it meets the first of its traps, ids of the feed "bad" that snap once each.
#[derive(Default)]
struct Store {
    ids: Mutex<HashMap<FeedId, Vec<u64>>>,
    ended: Mutex<Vec<String>>,
    /// The waits after each panic, in seconds.
    panics: Mutex<Vec<u64>>,
    traps: Mutex<Vec<u64>>,
}

impl Store {
    fn snaps(&self, id: u64) -> bool {
        let mut traps = self.traps.lock().unwrap();
        let snaps = traps.first() == Some(&id);
        if snaps {
            traps.remove(0);
        }
        snaps
    }
}

#[async_trait]
impl Outlet for Store {
    async fn resume(&self, feed: &FeedId) -> Resume {
        let ids = self.ids.lock().unwrap();
        let last = ids.get(feed).and_then(|ids| ids.last()).map(u64::to_string);
        Resume { last_event_id: last.unwrap_or_default(), reconnection: None }
    }

    async fn take(&self, feed: &FeedId, tellings: Vec<Telling>, _: &CancellationToken) {
        for telling in tellings {
            if let Telling::Frame(Frame::Message(message)) = telling {
                let id = message.last_event_id.parse().unwrap();
                let trapped = feed.as_str() == "bad" && self.snaps(id);
                assert!(!trapped, "the trap");
                self.ids.lock().unwrap().entry(feed.clone()).or_default().push(id);
            }
        }
    }

    async fn ended(&self, feed: &FeedId) {
        self.ended.lock().unwrap().push(feed.as_str().to_owned());
    }

    fn state(&self, _: &FeedId, _: State) {}

    fn panicked(&self, _: &FeedId, again_in: Duration) {
        self.panics.lock().unwrap().push(again_in.as_secs());
    }
}

struct Rig {
    net: Arc<Ticking>,
    store: Arc<Store>,
    supervisor: Supervisor,
    tasks: JoinSet<()>,
}

fn rig(traps: &[u64]) -> Rig {
    rig_at(traps, Lookout::default())
}

fn rig_at(traps: &[u64], lookout: Lookout) -> Rig {
    let net = Arc::new(Ticking::default());
    let store = Arc::new(Store { traps: Mutex::new(traps.to_vec()), ..Store::default() });
    let mut tasks = JoinSet::new();
    let outlet: Arc<dyn Outlet> = Arc::clone(&store) as _;
    let supervisor =
        Supervisor::start(Arc::new(Net(Arc::clone(&net))), outlet, Gate::default(), lookout, &mut tasks);
    Rig { net, store, supervisor, tasks }
}

fn wanted(feed: &str, key: &str) -> Wanted {
    let parts = CallParts {
        url: format!("http://{feed}.test/"),
        headers: vec![("x-key".into(), key.into())],
        ..CallParts::default()
    };
    Wanted {
        feed: FeedId::from_text(feed),
        call: Call::new(parts).unwrap(),
        silence: Duration::from_secs(90),
        longest_wait: Duration::from_mins(5),
    }
}

async fn seconds(n: u64) {
    time::sleep(Duration::from_millis(n * 1000 + 500)).await;
}

impl Rig {
    fn open(&self) -> Vec<String> {
        let open = self.net.open.lock().unwrap();
        let mut names: Vec<_> = open.iter().filter(|(_, n)| **n > 0).map(|(name, _)| name.clone()).collect();
        assert!(open.values().all(|n| *n <= 1), "a feed has two connections: {open:?}");
        names.sort();
        names
    }

    fn ids(&self, feed: &str) -> Vec<u64> {
        self.store.ids.lock().unwrap().get(&FeedId::from_text(feed)).cloned().unwrap_or_default()
    }
}

#[tokio::test(start_paused = true)]
async fn keeps_exactly_what_is_wanted_and_leaves_the_rest_alone() {
    let rig = rig(&[]);
    rig.supervisor.reconcile(vec![wanted("a", "1"), wanted("b", "1")]).await;
    seconds(1).await;
    assert_eq!(rig.open(), ["http://a.test", "http://b.test"]);
    for _ in 0..3 {
        rig.supervisor.reconcile(vec![wanted("b", "1"), wanted("c", "1")]).await;
    }
    seconds(1).await;
    assert_eq!(rig.open(), ["http://b.test", "http://c.test"]);
    assert_eq!(*rig.store.ended.lock().unwrap(), ["a"]);
    assert_eq!(rig.net.dials.load(Ordering::SeqCst), 3, "b was never dialled again");
}

#[tokio::test(start_paused = true)]
async fn a_changed_call_restarts_that_feed_from_what_was_stored() {
    let rig = rig(&[]);
    rig.supervisor.reconcile(vec![wanted("a", "1"), wanted("b", "1")]).await;
    seconds(2).await;
    rig.supervisor.reconcile(vec![wanted("a", "2"), wanted("b", "1")]).await;
    seconds(2).await;
    assert_eq!(rig.open(), ["http://a.test", "http://b.test"]);
    assert_eq!(rig.ids("a"), [1, 2, 3, 4]);
    assert_eq!(rig.net.dials.load(Ordering::SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn what_was_learned_of_a_server_outlives_a_restart_and_not_an_absence() {
    for (absent, dials) in [(false, 2), (true, 1)] {
        let rig = rig(&[]);
        rig.supervisor.reconcile(vec![wanted("a", "1")]).await;
        seconds(120).await;
        if absent {
            rig.supervisor.reconcile(Vec::new()).await;
        }
        rig.net.mute.store(true, Ordering::SeqCst);
        let before = rig.net.dials.load(Ordering::SeqCst);
        rig.supervisor.reconcile(vec![wanted("a", "2")]).await;
        // A sign of life every second: 15 s of silence are enough, where 90 s are due without having listened.
        seconds(30).await;
        assert_eq!(rig.net.dials.load(Ordering::SeqCst) - before, dials, "absent: {absent}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_told_restarted_from_the_store_and_touches_no_other_feed() {
    let rig = rig(&[3, 3, 3]);
    rig.supervisor.reconcile(vec![wanted("bad", "1"), wanted("good", "1")]).await;
    seconds(120).await;
    assert_eq!(*rig.store.panics.lock().unwrap(), [10, 20, 40]);
    assert_eq!(rig.ids("good"), (1..=120).collect::<Vec<_>>());
    let bad = rig.ids("bad");
    assert_eq!(bad, (1..=bad.len() as u64).collect::<Vec<_>>(), "nothing lost, nothing double");
    assert!(bad.len() > 20, "it goes on after the panics: {}", bad.len());
}

#[tokio::test(start_paused = true)]
async fn panics_that_go_on_are_waited_for_ever_longer_until_the_task_runs_steadily() {
    let rig = rig(&[3; 8]);
    rig.supervisor.reconcile(vec![wanted("bad", "1")]).await;
    seconds(3600).await;
    assert_eq!(*rig.store.panics.lock().unwrap(), [10, 20, 40, 80, 160, 300, 300, 300]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_after_a_steady_run_is_waited_for_as_the_first() {
    // A message a second: the last trap lies behind more of them than a steady run has seconds.
    let rig = rig(&[3, 3, STEADY.as_secs() + 60]);
    rig.supervisor.reconcile(vec![wanted("bad", "1")]).await;
    seconds(2 * STEADY.as_secs()).await;
    assert_eq!(*rig.store.panics.lock().unwrap(), [10, 20, 10]);
}

#[tokio::test(start_paused = true)]
async fn dials_at_once_when_told() {
    let rig = rig(&[]);
    rig.supervisor.reconcile(vec![wanted("a", "1"), wanted("b", "1")]).await;
    seconds(1).await;
    rig.supervisor.redial(Some(FeedId::from_text("a"))).await;
    seconds(0).await;
    assert_eq!(rig.net.dials.load(Ordering::SeqCst), 3);
    rig.supervisor.redial(None).await;
    seconds(0).await;
    assert_eq!(rig.net.dials.load(Ordering::SeqCst), 5);
    assert_eq!(rig.open().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn after_a_wake_every_feed_is_dialled_once_each_at_its_own_moment() {
    let (outside, receiver) = tokio::sync::watch::channel(crate::connection::Outside::default());
    let rig = rig_at(&[], Lookout::new(receiver));
    rig.supervisor.reconcile((0..200).map(|n| wanted(&format!("f{n}"), "1")).collect()).await;
    seconds(60).await;
    assert_eq!(rig.net.dials.load(Ordering::SeqCst), 200);
    outside.send_modify(|outside| outside.shaken += 1);
    time::sleep(Duration::from_millis(1500)).await;
    let half = rig.net.dials.load(Ordering::SeqCst) - 200;
    assert!((50..150).contains(&half), "half the spread brought {half} of 200 dials");
    seconds(60).await;
    assert_eq!(rig.net.dials.load(Ordering::SeqCst), 400);
    assert_eq!(rig.open().len(), 200);
}

#[tokio::test(start_paused = true)]
async fn ends_with_every_connection_closed() {
    let mut rig = rig(&[]);
    rig.supervisor.reconcile((0..50).map(|n| wanted(&format!("f{n}"), "1")).collect()).await;
    seconds(1).await;
    assert_eq!(rig.open().len(), 50);
    let asked = Instant::now();
    rig.supervisor.end().await;
    assert!(rig.open().is_empty());
    rig.tasks.join_next().await.unwrap().unwrap();
    assert_eq!(asked.elapsed(), Duration::ZERO);
}
