//! Scripted clocks on paused time, and a scripted logind and NetworkManager on a private bus.

use std::cell::Cell;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use zbus::connection::Builder;
use zbus::object_server::SignalEmitter;
use zbus::{Connection, fdo, interface};

use super::*;

/// Longer than anything on a private bus takes, on a busy machine too.
const LONG: Duration = Duration::from_secs(60);
/// A bus that isn't there.
const NOWHERE: &str = "unix:path=/nonexistent/bus";

thread_local! {
    /// How long this test's machine has slept; every test has a thread of its own.
    static SLEPT: Cell<Option<Duration>> = const { Cell::new(None) };
}

async fn watched(bus: &str, tasks: &mut JoinSet<()>) -> watch::Receiver<Outside> {
    watch(Sources { bus: Some(bus.into()), slept: || SLEPT.get(), patience: LONG }, tasks).await
}

fn sleep_until(seconds: u64) {
    SLEPT.set(Some(Duration::from_secs(seconds)));
}

#[tokio::test(start_paused = true)]
async fn a_gap_between_the_clocks_is_a_wake() {
    let mut tasks = JoinSet::new();
    sleep_until(100);
    let outside = watched(NOWHERE, &mut tasks).await;
    time::sleep(Duration::from_hours(10)).await;
    assert_eq!(outside.borrow().shaken, 0, "nobody slept");
    for (seconds, shaken) in [(101, 0), (102, 1), (102, 1), (5000, 2), (4000, 2), (5001, 2)] {
        sleep_until(seconds);
        time::sleep(PACE * 2).await;
        assert_eq!(outside.borrow().shaken, shaken, "slept {seconds} s in all");
    }
    assert_eq!(outside.borrow().slept, Duration::from_secs(5000));
    assert!(!outside.borrow().offline);
}

#[tokio::test(start_paused = true)]
async fn without_bus_and_clocks_the_network_is_there_and_nothing_is_told() {
    let mut tasks = JoinSet::new();
    let outside = watched(NOWHERE, &mut tasks).await;
    time::sleep(Duration::from_hours(10)).await;
    assert_eq!(*outside.borrow(), Outside::default());
    assert!(!outside.has_changed().unwrap());
}

#[tokio::test(start_paused = true)]
async fn one_wake_told_twice_is_one() {
    let (sender, outside) = watch::channel(Outside::default());
    let mut watcher = Watcher::new(sender, Some(Duration::ZERO));
    watcher.compare(Some(Duration::from_secs(60)));
    watcher.hear(News::Woke);
    assert_eq!(outside.borrow().shaken, 1);
    watcher.hear(News::Woke);
    assert_eq!(outside.borrow().shaken, 2, "the bus tells of every wake once");
    watcher.compare(Some(Duration::from_secs(90)));
    time::sleep(SAME_WAKE).await;
    watcher.hear(News::Woke);
    assert_eq!(outside.borrow().shaken, 4, "a wake later on is another");
}

#[test]
fn only_a_network_that_comes_back_makes_links_doubtful() {
    let (sender, outside) = watch::channel(Outside::default());
    let mut watcher = Watcher::new(sender, None);
    let mut after = |network| {
        watcher.hear(News::Network(network));
        let at = *outside.borrow();
        (at.offline, at.shaken, at.better)
    };
    assert_eq!(after(Network::Online), (false, 0, 0));
    assert_eq!(after(Network::Limited), (false, 0, 0));
    assert_eq!(after(Network::Online), (false, 0, 1));
    assert_eq!(after(Network::Offline), (true, 0, 1));
    assert_eq!(after(Network::Offline), (true, 0, 1));
    assert_eq!(after(Network::Limited), (false, 1, 2));
}

#[test]
fn the_machines_own_clocks_agree_with_each_other() {
    if cfg!(target_os = "linux") {
        let before = slept().unwrap();
        assert!(slept().unwrap().abs_diff(before) < SHORTEST_SLEEP);
    }
}

/// A bus of its own, which ends with the test.
struct Bus {
    daemon: Child,
    address: String,
    _folder: TempDir,
}

impl Bus {
    fn start() -> Self {
        const CONFIGURATION: &str = r#"<busconfig><type>system</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/><allow user="*"/></policy></busconfig>"#;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bus.conf");
        std::fs::write(&file, CONFIGURATION).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--config-file={}", file.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { daemon, address: address.trim().into(), _folder: folder }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

struct Login;

#[interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &SignalEmitter<'_>, start: bool) -> zbus::Result<()>;
}

async fn login(bus: &Bus) -> Connection {
    let builder = Builder::address(bus.address.as_str()).unwrap();
    let builder = builder.serve_at("/org/freedesktop/login1", Login).unwrap();
    builder.name("org.freedesktop.login1").unwrap().build().await.unwrap()
}

async fn sleep_signal(login: &Connection, start: bool) {
    let emitter = SignalEmitter::new(login, "/org/freedesktop/login1").unwrap();
    Login::prepare_for_sleep(&emitter, start).await.unwrap();
}

const NETWORKING: &str = "/org/freedesktop/NetworkManager";
const DEVICE: &str = "/org/freedesktop/NetworkManager/Devices/1";

struct Networking {
    state: u32,
    /// Whether it manages every interface; `None` where it knows none.
    manages: Option<bool>,
}

#[interface(name = "org.freedesktop.NetworkManager")]
impl Networking {
    #[zbus(property)]
    fn state(&self) -> u32 {
        self.state
    }

    fn get_device_by_ip_iface(&self, _interface: &str) -> fdo::Result<zbus::zvariant::OwnedObjectPath> {
        let none = || fdo::Error::Failed("no device".into());
        self.manages.map(|_| DEVICE.try_into().unwrap()).ok_or_else(none)
    }

    #[zbus(signal, name = "StateChanged")]
    async fn told_state(emitter: &SignalEmitter<'_>, state: u32) -> zbus::Result<()>;
}

struct Device(bool);

#[interface(name = "org.freedesktop.NetworkManager.Device")]
impl Device {
    #[zbus(property)]
    fn managed(&self) -> bool {
        self.0
    }
}

async fn networking(bus: &Bus, state: u32, manages: Option<bool>) -> Connection {
    let builder = Builder::address(bus.address.as_str()).unwrap();
    let builder = builder.serve_at(NETWORKING, Networking { state, manages }).unwrap();
    let builder = builder.serve_at(DEVICE, Device(manages == Some(true))).unwrap();
    builder.name("org.freedesktop.NetworkManager").unwrap().build().await.unwrap()
}

/// Moves to a state, and tells it by the signal or by the property.
async fn move_to(networking: &Connection, state: u32, by_signal: bool) {
    let object = networking.object_server().interface::<_, Networking>(NETWORKING).await.unwrap();
    object.get_mut().await.state = state;
    if by_signal {
        Networking::told_state(object.signal_emitter(), state).await.unwrap();
    } else {
        object.get().await.state_changed(object.signal_emitter()).await.unwrap();
    }
}

async fn until(outside: &mut watch::Receiver<Outside>, wanted: impl FnMut(&Outside) -> bool) -> Outside {
    *time::timeout(LONG, outside.wait_for(wanted)).await.expect("it comes").unwrap()
}

#[tokio::test]
async fn logind_tells_of_a_wake_and_not_of_falling_asleep() {
    let bus = Bus::start();
    let login = login(&bus).await;
    let mut tasks = JoinSet::new();
    let mut outside = watched(&bus.address, &mut tasks).await;
    for shaken in 1..=2 {
        sleep_signal(&login, true).await;
        sleep_signal(&login, false).await;
        until(&mut outside, |at| at.shaken >= shaken).await;
        assert_eq!(outside.borrow().shaken, shaken);
    }
    assert!(!outside.borrow().offline);
}

#[tokio::test]
async fn network_manager_tells_of_the_network_by_signal_or_property() {
    let bus = Bus::start();
    let manager = networking(&bus, 20, None).await;
    let mut tasks = JoinSet::new();
    let mut outside = watched(&bus.address, &mut tasks).await;
    until(&mut outside, |at| at.offline).await;
    for (n, by_signal) in [(1, true), (2, false)] {
        move_to(&manager, 70, by_signal).await;
        let up = until(&mut outside, |at| !at.offline).await;
        assert_eq!((up.shaken, up.better), (n, n));
        move_to(&manager, 40, by_signal).await;
        until(&mut outside, |at| at.offline).await;
    }
    manager.close().await.unwrap();
    until(&mut outside, |at| !at.offline).await;
    let _again = networking(&bus, 10, Some(true)).await;
    until(&mut outside, |at| at.offline).await;
}

#[tokio::test]
async fn a_way_out_that_network_manager_leaves_to_others_keeps_feeds_online() {
    let routes = std::fs::read_to_string("/proc/net/route").unwrap_or_default();
    let has_way_out = routes.lines().skip(1).any(|route| route.split_whitespace().nth(1) == Some("00000000"));
    let bus = Bus::start();
    let manager = networking(&bus, 20, Some(false)).await;
    let mut tasks = JoinSet::new();
    let mut outside = watched(&bus.address, &mut tasks).await;
    move_to(&manager, 60, true).await;
    move_to(&manager, 70, true).await;
    let at = until(&mut outside, |at| at.better >= 1).await;
    assert_eq!(at.shaken, u64::from(!has_way_out), "it was offline only where there is no other way");
}

#[tokio::test]
async fn a_bus_that_goes_away_takes_nothing_but_its_news_along() {
    let bus = Bus::start();
    let _manager = networking(&bus, 20, None).await;
    let mut tasks = JoinSet::new();
    let mut outside = watched(&bus.address, &mut tasks).await;
    until(&mut outside, |at| at.offline).await;
    drop(bus);
    until(&mut outside, |at| !at.offline).await;
    assert_eq!(tasks.len(), 2, "both watch on");
}
