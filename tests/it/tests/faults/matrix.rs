//! Sixteen faults in four phases between a whole engine and an honest server: what is told and shown, that the feed comes
//! back by itself, and that every event is in the history exactly once.
//!
//! What a flood adds to the program's memory is measured where the program runs alone, in the tests of `listen`.

mod cells;

use std::sync::Arc;
use std::time::Duration;

use tidings_demo::{Demo, Options};
use tidings_engine::engine::{ConnectionDraft, Engine, FeedDraft};
use tidings_engine::health::What;
use tidings_engine::id::FeedId;
use tidings_engine::update::{FeedState, Snapshot};
use tidings_support::{Fault, House, Phase, Proxy, all, draft, stored, until};
use tokio::task::JoinSet;

use cells::{Cell, FAULTS, Told, cell};

/// Longer than connecting may take, so that a server which holds its answer back is taken for one that accepted.
const PATIENT: u32 = 60;
/// The shortest that can be set.
const IMPATIENT: u32 = 15;

/// Longer than the head of an answer and its first events.
const LONGEST_CUT: usize = 450;
/// Every third place is one of each kind, as the answers differ in length from cut to cut.
const CUTS_STEP: usize = 3;

/// A feed with a proxy of its own before the server that all share.
struct Patient {
    name: String,
    engine: Arc<Engine>,
    demo: Arc<Demo>,
    proxy: Proxy,
    feed: FeedId,
    path: String,
}

impl Patient {
    async fn admit(engine: Arc<Engine>, demo: Arc<Demo>, fault: Fault) -> Self {
        let proxy = Proxy::start(demo.addr(), fault == Fault::WrongTls).await;
        let name = format!("{fault:?}").split('(').next().unwrap_or_default().to_lowercase();
        let path = format!("/channels/{name}");
        let patient = matches!(fault, Fault::SlowHeaders(_));
        let connection = ConnectionDraft {
            authority: proxy.authority().map(Into::into),
            silence_seconds: Some(if patient { PATIENT } else { IMPATIENT }),
            ..ConnectionDraft::default()
        };
        let url = format!("{}{path}", proxy.url());
        let wanted = FeedDraft { connection: Some(connection), ..draft(&name, &url) };
        let feed = engine.add_feed(wanted).await.expect("the draft is right").id;
        Self { name, engine, demo, proxy, feed, path }
    }

    fn publish(&self, numbers: std::ops::RangeInclusive<usize>) {
        for n in numbers {
            self.demo
                .control()
                .publish(&self.path, None, &format!("event {n}"))
                .expect("the channel takes it");
        }
    }

    fn state<'a>(&self, at: &'a Snapshot) -> Option<&'a FeedState> {
        at.feeds.iter().find(|view| view.id == self.feed).map(|view| &view.state)
    }

    async fn live(&self) {
        let is_live = |at: &Snapshot| matches!(self.state(at), Some(FeedState::Live { .. }));
        until(&self.engine, &format!("{} is live", self.name), is_live).await;
    }

    /// What was told of trouble, without what says the same again.
    fn told(&self) -> Vec<What> {
        let health = self.engine.health(&self.feed).expect("the feed is there");
        let all = health.happenings.into_iter().map(|happening| happening.what);
        let mut told: Vec<_> = all.filter(Told::is_trouble).collect();
        told.dedup_by(|later, earlier| Told::says_the_same(later, earlier));
        told
    }

    /// Waits until exactly this was told, and where that ends the link, until it is shown.
    async fn hear(&self, expected: &[Told]) {
        let what = format!("{} tells {expected:?}", self.name);
        let met = |told: &[What]| {
            told.len() == expected.len()
                && expected.iter().zip(told).all(|(expected, what)| expected.is(what))
        };
        for _ in 0..4000 {
            let told = self.told();
            assert!(told.len() <= expected.len(), "{what}, not {told:#?}");
            if met(&told) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(met(&self.told()), "{what}, not {:#?}", self.told());
        let shown = expected.last().and_then(Told::shown);
        until(&self.engine, &what, |at| match self.state(at) {
            Some(FeedState::Waiting { why, .. }) => shown.is_none_or(|words| why.message.contains(words)),
            Some(FeedState::Live { .. }) => shown.is_none(),
            Some(FeedState::Connecting) => false,
            state => panic!("{what}, but it is {state:?}"),
        })
        .await;
    }

    /// Waits until the `n`th dial is over.
    async fn waits(&self, n: usize) {
        for _ in 0..4000 {
            let health = self.engine.health(&self.feed).expect("the feed is there");
            let last = health.happenings.back().map(|happening| &happening.what);
            if health.counts.dials >= n as u64 && matches!(last, Some(What::Waiting { .. })) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("dial {n} does not end: {:#?}", self.engine.health(&self.feed));
    }

    async fn survive(&self, fault: Fault, phase: Phase, expected: &[Told]) {
        self.live().await;
        self.publish(1..=3);
        stored(&self.engine, &self.feed, 3).await;
        self.engine.enable_feed(&self.feed, false).await.expect("it can be switched off");
        let before = self.told();
        assert!(before.is_empty(), "{}: {before:#?}", self.name);
        self.publish(4..=6);
        self.proxy.arm(fault, phase);
        self.engine.enable_feed(&self.feed, true).await.expect("it can be switched on");
        if expected.is_empty() {
            stored(&self.engine, &self.feed, 6).await;
        }
        self.hear(expected).await;
        self.proxy.heal();
        stored(&self.engine, &self.feed, 6).await;
        self.live().await;
        self.publish(7..=7);
        stored(&self.engine, &self.feed, 7).await;
        let data: Vec<_> = all(&self.engine, &self.feed).await.into_iter().map(|event| event.data).collect();
        assert_eq!(data, (1..=7).map(|n| format!("event {n}")).collect::<Vec<_>>(), "{}", self.name);
    }
}

/// Lets every fault come in a phase, each to a feed of its own.
async fn survive_all(phase: Phase) {
    let house = House::new();
    let engine = Arc::new(house.start().await);
    let options = Options { reconnection_time: Duration::from_millis(1), ..Options::quiet() };
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), options).await.expect("the demo starts");
    let demo = Arc::new(demo);
    let mut running = JoinSet::new();
    for fault in FAULTS {
        let expected = match cell(fault, phase) {
            Cell::Told(expected) => expected,
            Cell::Unharmed => &[],
            Cell::NoSuchThing(why) => {
                assert!(!why.is_empty());
                continue;
            }
        };
        let (engine, demo) = (Arc::clone(&engine), Arc::clone(&demo));
        running.spawn(async move {
            Patient::admit(engine, demo, fault).await.survive(fault, phase, expected).await;
        });
    }
    running.join_all().await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_every_fault_while_connecting() {
    survive_all(Phase::Connecting).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_every_fault_in_the_headers() {
    survive_all(Phase::Headers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_every_fault_in_the_middle_of_a_line() {
    survive_all(Phase::MidLine).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_every_fault_between_two_events() {
    survive_all(Phase::Between).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn loses_nothing_wherever_an_answer_is_cut() {
    let house = House::new();
    let engine = Arc::new(house.start().await);
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), Options::quiet()).await.expect("the demo starts");
    let patient = Patient::admit(Arc::clone(&engine), Arc::new(demo), Fault::CutAt(0)).await;
    patient.live().await;
    patient.publish(1..=1);
    stored(&engine, &patient.feed, 1).await;
    let cuts = (1..LONGEST_CUT).step_by(CUTS_STEP);
    let events = 1 + 2 * cuts.len();
    for (n, bytes) in (2..).zip(cuts) {
        patient.proxy.arm(Fault::CutAt(bytes), Phase::Connecting);
        engine.reconnect(Some(&patient.feed)).await;
        // More than comes through, so that there always is something to cut.
        patient.publish(2 * n - 2..=2 * n - 1);
        patient.waits(n).await;
    }
    let before = all(&engine, &patient.feed).await.len();
    assert!((10..events).contains(&before), "{before} of {events} came through the cuts");
    patient.proxy.heal();
    engine.reconnect(Some(&patient.feed)).await;
    stored(&engine, &patient.feed, events).await;
    let data: Vec<_> = all(&engine, &patient.feed).await.into_iter().map(|event| event.data).collect();
    assert_eq!(data, (1..=events).map(|n| format!("event {n}")).collect::<Vec<_>>());
    engine.shutdown().await;
}
