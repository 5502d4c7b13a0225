//! The driver against a scripted transport on a paused clock: exact virtual times.

mod outside;

use std::sync::Mutex;

use futures_util::stream;
use tokio::task::JoinSet;

use super::*;
use crate::event::Received;
use crate::transport::Cause;

/// What a scripted dial does, in order; after the last it stays silent.
#[derive(Clone)]
enum Act {
    Pause(u64),
    Say(Frame),
    Fail(Cause),
}

use Act::{Fail, Pause, Say};

/// Plays one script a dial (the last one repeats) and notes when each dial came and with which id.
struct Script {
    dials: Vec<Vec<Act>>,
    seen: Arc<Mutex<Vec<(u64, String)>>>,
    start: Instant,
}

impl Transport for Script {
    fn dial(&self, _: &Call, last_event_id: &str) -> Frames {
        let mut seen = self.seen.lock().unwrap();
        let acts = self.dials[seen.len().min(self.dials.len() - 1)].clone();
        seen.push((self.start.elapsed().as_millis() as u64, last_event_id.to_owned()));
        stream::unfold(acts.into_iter(), |mut acts| async {
            loop {
                match acts.next() {
                    Some(Pause(ms)) => time::sleep(Duration::from_millis(ms)).await,
                    Some(Say(frame)) => return Some((Ok(frame), acts)),
                    Some(Fail(cause)) => return Some((Err(fault(cause)), Vec::new().into_iter())),
                    None => std::future::pending().await,
                }
            }
        })
        .boxed()
    }
}

fn fault(cause: Cause) -> Fault {
    Fault { cause, sentence: String::new() }
}

fn message(id: &str, data: &str) -> Act {
    Say(Frame::Message(Received {
        event_type: "message".into(),
        data: data.into(),
        last_event_id: id.into(),
        own_id: !id.is_empty(),
        received_at_ms: 0,
    }))
}

struct Rig {
    parcels: mpsc::Receiver<Parcel>,
    state: watch::Receiver<State>,
    orders: mpsc::Sender<Order>,
    cancel: CancellationToken,
    seen: Arc<Mutex<Vec<(u64, String)>>>,
    task: JoinSet<()>,
}

impl Rig {
    /// Strict, so that waits are exact.
    fn start(dials: Vec<Vec<Act>>) -> Self {
        Self::with(Manner::Strict, Resume::default(), dials)
    }

    fn with(manner: Manner, resume: Resume, dials: Vec<Vec<Act>>) -> Self {
        Self::at("http://feed.test/", Lookout::default(), manner, resume, dials)
    }

    fn at(url: &str, lookout: Lookout, manner: Manner, resume: Resume, dials: Vec<Vec<Act>>) -> Self {
        let seen = Arc::default();
        let transport = Arc::new(Script { dials, seen: Arc::clone(&seen), start: Instant::now() });
        let parts = crate::transport::CallParts { url: url.into(), ..Default::default() };
        let call = Call::new(parts).unwrap();
        let (silence, longest_wait, gate) = (SILENCE, backoff::LONGEST, Gate::default());
        let learned = Learned::default();
        let setup = Setup { transport, call, resume, manner, silence, learned, longest_wait, gate, lookout };
        let (outbox, parcels) = outbox();
        let (state, watched) = watch::channel(State::Connecting);
        let (orders, ordered) = mpsc::channel(4);
        let cancel = CancellationToken::new();
        let mut task = JoinSet::new();
        task.spawn(run(setup, outbox, state, ordered, cancel.clone()));
        Self { parcels, state: watched, orders, cancel, seen, task }
    }

    async fn dials_within(&mut self, seconds: u64) -> Vec<(u64, String)> {
        let end = Instant::now() + Duration::from_secs(seconds);
        while time::timeout_at(end, self.parcels.recv()).await.is_ok_and(|parcel| parcel.is_some()) {}
        time::sleep_until(end).await;
        self.seen.lock().unwrap().clone()
    }
}

fn at(times: &[(u64, &str)]) -> Vec<(u64, String)> {
    times.iter().map(|(ms, id)| (*ms, (*id).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn resumes_from_the_last_id_after_each_wait() {
    let mut rig = Rig::start(vec![
        vec![Say(Frame::Opened), message("1", "a"), message("2", "b"), Fail(Cause::Ended)],
        vec![Say(Frame::Opened), Say(Frame::Cursor("9".into())), Pause(500), Fail(Cause::Failed)],
        vec![Fail(Cause::Failed)],
        vec![Say(Frame::Opened), Say(Frame::Cursor(String::new())), Fail(Cause::Ended)],
        vec![],
    ]);
    assert_eq!(
        rig.dials_within(60).await,
        at(&[(0, ""), (3000, "2"), (6500, "9"), (12_500, "9"), (15_500, "")])
    );
}

#[tokio::test(start_paused = true)]
async fn begins_where_the_last_run_left_off() {
    let resume = Resume { last_event_id: "41".into(), reconnection: Some(Duration::from_secs(7)) };
    let mut rig = Rig::with(Manner::Strict, resume, vec![vec![Fail(Cause::Ended)], vec![]]);
    assert_eq!(rig.dials_within(20).await, at(&[(0, "41"), (7000, "41")]));
}

#[tokio::test(start_paused = true)]
async fn a_new_reconnection_time_holds_from_the_next_wait_on() {
    let retry = |ms| Say(Frame::Retry(Duration::from_millis(ms)));
    let mut rig = Rig::start(vec![
        vec![Say(Frame::Opened), retry(800), Fail(Cause::Ended)],
        vec![Fail(Cause::Ended)],
        vec![Say(Frame::Opened), retry(0), Fail(Cause::Ended)],
        vec![],
    ]);
    assert_eq!(rig.dials_within(10).await, at(&[(0, ""), (800, ""), (1600, ""), (1610, "")]));
}

#[tokio::test(start_paused = true)]
async fn redials_a_link_on_which_no_byte_came_for_the_silence_time() {
    let mut rig = Rig::start(vec![
        vec![Say(Frame::Opened), Pause(89_000), Say(Frame::Alive), Pause(89_000), message("", "x")],
        vec![],
    ]);
    let dials = rig.dials_within(300).await;
    assert_eq!(dials[..2], at(&[(0, ""), (178_000 + 90_000 + 3000, "")]));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_keeps_its_headers_back_is_live_and_redialled_only_when_silent() {
    let mut rig = Rig::start(vec![vec![]]);
    time::sleep(CONNECT_DEADLINE + Duration::from_millis(1)).await;
    assert!(matches!(*rig.state.borrow(), State::Live { .. }));
    assert_eq!(rig.dials_within(85).await, at(&[(0, ""), (93_000, "")]));
}

/// Opens, then sends a comment every `period_ms`, `times` times.
fn alive(period_ms: u64, times: usize) -> Vec<Act> {
    let signs = (0..times).flat_map(|_| [Pause(period_ms), Say(Frame::Alive)]);
    std::iter::once(Say(Frame::Opened)).chain(signs).collect()
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_often_alive_is_redialled_earlier_when_it_falls_silent() {
    let mut rig = Rig::start(vec![alive(15_000, 8), vec![]]);
    // Seven gaps of 15 s after the first sign: silent for three times as long and 5 s.
    assert_eq!(rig.dials_within(200).await, at(&[(0, ""), (120_000 + 50_000 + 3000, "")]));
}

#[tokio::test(start_paused = true)]
async fn a_server_whose_sign_of_life_comes_every_hundred_seconds_is_not_redialled_for_ever() {
    let mut rig = Rig::start(vec![alive(100_000, 1000)]);
    assert_eq!(rig.dials_within(50_000).await, at(&[(0, ""), (93_000, ""), (186_000, "")]));
}

#[tokio::test(start_paused = true)]
async fn tells_what_happens_in_order() {
    let mut rig = Rig::start(vec![
        vec![Pause(20), Say(Frame::Opened), Say(Frame::Retry(Duration::from_secs(1))), Fail(Cause::Ended)],
        vec![Fail(Cause::Failed)],
        vec![Pause(16_000), Say(Frame::Opened), message("7", "a")],
        vec![],
    ]);
    time::sleep(Duration::from_secs(20)).await;
    rig.orders.send(Order::Redial).await.unwrap();
    time::sleep(Duration::from_secs(300)).await;
    rig.cancel.cancel();
    let mut told = Vec::new();
    while let Some(parcel) = rig.parcels.recv().await {
        if let Telling::Happened(Happening { what, .. }) = parcel.telling {
            let text = serde_json::to_value(&what).unwrap();
            let number = ["afterMs", "forMs", "openMs", "ms", "resumedFrom"].map(|key| &text[key]);
            let number = number.into_iter().find(|value| !value.is_null()).map(ToString::to_string);
            told.push(format!("{} {}", text["kind"].as_str().unwrap(), number.unwrap_or_default()));
        }
    }
    let told: Vec<_> = told.iter().map(|line| line.trim()).collect();
    let expected = [
        "dialled",
        "opened 20",
        "reconnectionTime 1000",
        "ended 0",
        "waiting",
        "dialled",
        "refused",
        "waiting",
        "dialled",
        "accepted",
        "opened 16000",
        "asked",
        "dialled \"7\"",
        "accepted",
        "silent 90000",
        "waiting",
        "dialled \"7\"",
        "accepted",
        "silent 90000",
        "waiting",
        "dialled \"7\"",
        "accepted",
    ];
    assert_eq!(told, expected);
}

#[tokio::test(start_paused = true)]
async fn tells_once_that_events_are_held_back_and_once_that_they_pass_again() {
    let chunk = Frame::Chunk { bytes: 4096, keep_alives: 0, in_line: true };
    let held = (0..6).flat_map(|_| [message("1", "a"), Say(chunk.clone()), Pause(3_000)]);
    let passes = (0..6).flat_map(|_| [message("2", "b"), Pause(3_000)]);
    let acts = std::iter::once(Say(Frame::Opened)).chain(held).chain(passes).collect();
    let mut rig = Rig::start(vec![acts, vec![]]);
    time::sleep(Duration::from_secs(60)).await;
    rig.cancel.cancel();
    let (mut messages, mut told) = (0, Vec::new());
    while let Some(parcel) = rig.parcels.recv().await {
        match parcel.telling {
            Telling::Frame(Frame::Message(_)) => messages += 1,
            Telling::Happened(Happening { what: what @ (What::HeldBack | What::PassesAgain), .. }) => {
                told.push((messages, what));
            }
            Telling::Frame(frame) => assert_eq!(frame, Frame::Opened, "nobody else needs to know of chunks"),
            Telling::State(_) | Telling::Happened(_) => {}
        }
    }
    assert_eq!(told, [(3, What::HeldBack), (9, What::PassesAgain)]);
}

#[tokio::test(start_paused = true)]
async fn a_dial_without_an_answer_says_what_may_keep_it() {
    for (first, words) in [
        (vec![], "not even the start of an answer. If a proxy holds it back"),
        (vec![Say(Frame::Opened)], "not even a sign of life."),
    ] {
        let mut rig = Rig::start(vec![first]);
        let why = loop {
            if let Telling::State(State::Waiting { why, .. }) = rig.parcels.recv().await.unwrap().telling {
                break why.sentence;
            }
        };
        assert!(why.starts_with("Nothing came for 90 s, ") && why.contains(words), "{why}");
        assert_eq!(cut(&why), why, "a record holds all of it");
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_that_is_told_is_the_wait_that_is_slept() {
    for manner in [Manner::Strict, Manner::Unattended] {
        let mut rig = Rig::with(manner, Resume::default(), vec![vec![Fail(Cause::Failed)], vec![]]);
        let mut told = None;
        while told.is_none() {
            if let Telling::State(State::Waiting { wait, .. }) = rig.parcels.recv().await.unwrap().telling {
                told = Some(wait);
            }
        }
        let dials = rig.dials_within(30).await;
        assert_eq!(u128::from(dials[1].0), told.unwrap().as_millis());
    }
}

#[tokio::test(start_paused = true)]
async fn a_busy_listener_holds_the_link_back_and_loses_nothing() {
    let many: Vec<_> = std::iter::once(Say(Frame::Opened))
        .chain((0..5000).map(|n| message(&n.to_string(), &"x".repeat(4096))))
        .collect();
    let mut rig = Rig::start(vec![many, vec![]]);
    time::sleep(Duration::from_secs(600)).await;
    let held = rig.parcels.len();
    assert!(held <= 512, "{held} parcels of 4 KiB are held");
    let mut got = 0;
    while got < 5000 {
        if let Telling::Frame(Frame::Message(message)) = rig.parcels.recv().await.unwrap().telling {
            assert_eq!(message.last_event_id, got.to_string());
            got += 1;
        }
    }
    assert_eq!(rig.seen.lock().unwrap().len(), 1, "waiting for the listener is not silence");
}

#[tokio::test(start_paused = true)]
async fn a_person_can_dial_at_once_from_every_state() {
    for first in [
        vec![Say(Frame::Opened)],
        vec![Fail(Cause::SignIn)],
        vec![Fail(Cause::Gone)],
        vec![Fail(Cause::Stopped)],
    ] {
        let mut rig = Rig::with(Manner::Unattended, Resume::default(), vec![first, vec![]]);
        time::sleep(Duration::from_secs(1)).await;
        rig.orders.send(Order::Redial).await.unwrap();
        assert_eq!(rig.dials_within(5).await, at(&[(0, ""), (1000, "")]));
    }
}

#[tokio::test(start_paused = true)]
async fn ends_at_once_when_cancelled_or_unheard_in_any_state() {
    let ways: [fn(&mut Rig); 2] = [|rig| rig.cancel.cancel(), |rig| rig.parcels.close()];
    for end in ways {
        for script in [vec![], vec![Say(Frame::Opened)], vec![Fail(Cause::Failed)], vec![Fail(Cause::Gone)]] {
            let mut rig = Rig::with(Manner::Unattended, Resume::default(), vec![script]);
            time::sleep(Duration::from_millis(10)).await;
            let asked = Instant::now();
            end(&mut rig);
            rig.task.join_next().await.unwrap().unwrap();
            assert_eq!(asked.elapsed(), Duration::ZERO);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn at_most_four_dials_of_one_origin_are_under_way() {
    let gate = Gate::default();
    let mut passes = Vec::new();
    for _ in 0..4 {
        passes.push(gate.pass("http://a.test").await);
    }
    let mut others = Vec::new();
    for n in 0..12 {
        others.push(gate.pass(&format!("http://b{n}.test")).await);
    }
    let short = Duration::from_secs(1);
    assert!(time::timeout(short, gate.pass("http://a.test")).await.is_err());
    assert!(time::timeout(short, gate.pass("http://c.test")).await.is_err(), "sixteen are under way");
    others.pop();
    assert!(time::timeout(short, gate.pass("http://c.test")).await.is_ok());
}
