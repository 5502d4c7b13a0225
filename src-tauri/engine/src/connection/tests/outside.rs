//! Sleep and network, told to a connection on a paused clock.

use super::*;

/// The most a dial is spread.
const SPREAD_MS: u64 = 3000;

struct Told {
    rig: Rig,
    outside: watch::Sender<Outside>,
}

fn told(url: &str, at: Outside, dials: Vec<Vec<Act>>) -> Told {
    let (outside, receiver) = watch::channel(at);
    let rig = Rig::at(url, Lookout::new(receiver), Manner::Unattended, Resume::default(), dials);
    Told { rig, outside }
}

impl Told {
    fn go(&self, offline: bool) {
        self.outside.send_modify(|at| {
            at.shaken += u64::from(at.offline && !offline);
            at.offline = offline;
        });
    }

    fn shake(&self, slept: u64) {
        self.outside.send_modify(|at| {
            at.shaken += 1;
            at.slept += Duration::from_secs(slept);
        });
    }

    fn times(&self) -> Vec<u64> {
        self.rig.seen.lock().unwrap().iter().map(|(ms, _)| *ms).collect()
    }

    fn state(&self) -> State {
        self.rig.state.borrow().clone()
    }
}

const FAR: &str = "http://feed.test/";
const OFFLINE: Outside = Outside { offline: true, shaken: 0, better: 0, slept: Duration::ZERO };

async fn seconds(n: u64) {
    time::sleep(Duration::from_secs(n)).await;
}

#[tokio::test(start_paused = true)]
async fn an_open_link_is_dialled_again_once_within_the_spread_of_a_wake() {
    let at = told(
        FAR,
        Outside::default(),
        vec![vec![Say(Frame::Opened), message("7", "x")], vec![Say(Frame::Opened)]],
    );
    seconds(10).await;
    at.shake(600);
    at.shake(0);
    seconds(60).await;
    let seen = at.rig.seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 2);
    assert!((10_000..=10_000 + SPREAD_MS).contains(&seen[1].0), "{seen:?}");
    assert_eq!(seen[1].1, "7");
}

#[tokio::test(start_paused = true)]
async fn offline_nothing_is_dialled_and_the_state_is_calm() {
    let at = told(FAR, OFFLINE, vec![vec![Say(Frame::Opened)]]);
    seconds(100_000).await;
    assert_eq!((at.times(), at.state()), (vec![], State::Offline));
    at.go(false);
    seconds(SPREAD_MS / 1000).await;
    assert_eq!(at.times().len(), 1);
    at.go(true);
    seconds(100_000).await;
    assert_eq!((at.times().len(), at.state()), (1, State::Offline), "an open link is given up");
    for _ in 0..100 {
        at.go(false);
        at.go(true);
        seconds(0).await;
    }
    seconds(60).await;
    assert_eq!(
        (at.times().len(), at.state()),
        (1, State::Offline),
        "a network that flickers is not dialled through"
    );
}

#[tokio::test(start_paused = true)]
async fn offline_nearby_servers_are_dialled_all_the_same() {
    for url in ["http://127.0.0.1:9/", "http://192.168.1.7/", "http://nas/", "http://hub.local/"] {
        let at = told(url, OFFLINE, vec![vec![Fail(Cause::Failed)], vec![Say(Frame::Opened)]]);
        seconds(60).await;
        assert_eq!(at.times().len(), 2, "{url}");
        at.go(false);
        at.go(true);
        assert!(matches!(at.state(), State::Live { .. }), "{url}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_person_who_insists_is_dialled_for_once() {
    let at = told(FAR, OFFLINE, vec![vec![Fail(Cause::Failed)]]);
    seconds(5).await;
    at.rig.orders.send(Order::Redial).await.unwrap();
    seconds(600).await;
    assert_eq!((at.times(), at.state()), (vec![5000], State::Offline));
}

#[tokio::test(start_paused = true)]
async fn waits_are_cut_short_and_count_from_one_again() {
    let at = told(FAR, Outside::default(), vec![vec![Fail(Cause::Failed)]]);
    seconds(3600).await;
    let before = at.times().len();
    at.outside.send_modify(|at| at.better += 1);
    seconds(3 + 6).await;
    let since = at.times().split_off(before);
    assert!(since[0] <= 3_600_000 + SPREAD_MS, "{since:?}");
    assert!(since.len() >= 2, "the wait after it is a first one: {since:?}");
}

#[tokio::test(start_paused = true)]
async fn a_time_that_a_server_named_is_kept_and_runs_while_the_machine_sleeps() {
    let busy = || vec![Fail(Cause::Busy { retry_after: Duration::from_secs(1000) })];
    let at = told(FAR, Outside::default(), vec![busy(), vec![Say(Frame::Opened)]]);
    seconds(100).await;
    at.go(true);
    at.go(false);
    at.outside.send_modify(|at| at.better += 1);
    seconds(100).await;
    assert!(matches!(at.state(), State::Waiting { .. }));
    at.shake(500);
    seconds(200).await;
    assert_eq!(at.times().len(), 1);
    seconds(300).await;
    let times = at.times();
    assert!(
        (500_000..=600_000).contains(&times[1]),
        "500 s awake and 500 s asleep, and a tenth of jitter: {times:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_a_person_must_mend_stays_told_and_is_looked_at_after_a_wake() {
    let at = told(FAR, Outside::default(), vec![vec![Fail(Cause::SignIn)], vec![Fail(Cause::SignIn)]]);
    seconds(10).await;
    at.go(true);
    seconds(10).await;
    assert!(matches!(at.state(), State::Waiting { for_person: true, .. }));
    at.go(false);
    seconds(10).await;
    assert_eq!(at.times().len(), 2);
    let stopped = told(FAR, Outside::default(), vec![vec![Fail(Cause::Stopped)]]);
    seconds(10).await;
    stopped.shake(9);
    seconds(1000).await;
    assert_eq!(stopped.times().len(), 1, "a server that asked not to come back is left alone");
}

#[tokio::test(start_paused = true)]
async fn a_full_machine_makes_the_surplus_wait_and_say_so() {
    let gate = Gate::new(crate::transport::OpenFiles::limited_to(4));
    let seat = gate.seat().unwrap();
    let full = gate.seat().unwrap_err();
    assert!(full.sentence.contains("no more open connections (limit 4)"), "{}", full.sentence);
    drop(seat);
    gate.seat().unwrap();
}
