//! Herds: a thousand feeds at once neither storm a server nor this machine, and where the system allows few open files,
//! the surplus waits, says so, and everything else goes on.

mod server;

use std::process::Command;
use std::time::{Duration, Instant};

use tidings_engine::engine::Engine;
use tidings_engine::id::FeedId;
use tidings_engine::settings::{Feed, Settings, SettingsFile};
use tidings_engine::update::{FeedState, Reason, Snapshot};
use tidings_support::{House, draft, stored};

use server::Servers;

/// A herd is up within seconds; only a failure takes so long, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Handshakes in flight, as promised.
const AT_ONCE: usize = 16;
const AT_ONCE_PER_ORIGIN: usize = 4;
/// Says to a test's second process where the server is.
const INSIDE: &str = "TIDINGS_TEST_HERD";
/// The files the second process may have open.
const FEW_FILES: u64 = 256;

fn feeds(urls: impl Iterator<Item = String>) -> Vec<Feed> {
    let feed = |(n, url)| Feed {
        notify: false,
        ..Feed::new(FeedId::from_text(format!("f{n}")), format!("Feed {n}"), url)
    };
    urls.enumerate().map(feed).collect()
}

/// Starts an engine on a profile that holds all these feeds.
async fn start(house: &House, feeds: Vec<Feed>) -> Engine {
    let (mut file, settings) =
        SettingsFile::open(&house.options().settings_file).expect("a profile can be made");
    file.save(&Settings { feeds, ..settings }).expect("settings can be written");
    drop(file);
    house.start().await
}

/// Waits until the snapshot is as wanted; looks seldom, as a snapshot of a herd is large.
async fn until(engine: &Engine, wanted: impl Fn(&Snapshot) -> bool) -> Snapshot {
    let end = Instant::now() + PATIENCE;
    loop {
        let snapshot = engine.attach().snapshot;
        if wanted(&snapshot) {
            return snapshot;
        }
        assert!(Instant::now() < end, "{} are live", live(&snapshot));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn live(snapshot: &Snapshot) -> usize {
    snapshot.feeds.iter().filter(|feed| matches!(feed.state, FeedState::Live { .. })).count()
}

fn wait(state: &FeedState) -> Option<&Reason> {
    match state {
        FeedState::Waiting { why, .. } => Some(why),
        FeedState::Connecting
        | FeedState::Live { .. }
        | FeedState::Offline
        | FeedState::NeedsPerson { .. }
        | FeedState::StoppedByServer { .. }
        | FeedState::Paused
        | FeedState::Disabled => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_feeds_are_live_and_never_more_than_sixteen_are_dialled_at_once() {
    let servers = Servers::start(40).await;
    let house = House::new();
    let engine = start(&house, feeds((0..1000).map(|n| servers.url(n)))).await;
    until(&engine, |at| live(at) == 1000).await;
    let most = servers.most();
    assert!(most.in_all <= AT_ONCE && most.of_one <= AT_ONCE_PER_ORIGIN, "{most:?}");
    assert!(most.in_all > AT_ONCE / 2, "they come one after the other: {most:?}");

    engine.reconnect(None).await;
    servers.wait_for(2000, PATIENCE).await;
    until(&engine, |at| live(at) == 1000).await;
    let most = servers.most();
    assert!(most.in_all <= AT_ONCE && most.of_one <= AT_ONCE_PER_ORIGIN, "when all come again: {most:?}");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_feeds_of_one_origin_are_all_live() {
    let servers = Servers::start(1).await;
    let house = House::new();
    let engine = start(&house, feeds((0..300).map(|n| servers.url(n)))).await;
    until(&engine, |at| live(at) == 300).await;
    assert_eq!(servers.accepted(), 300, "nobody was dialled twice");
    assert!(servers.most().of_one <= AT_ONCE_PER_ORIGIN, "{:?}", servers.most());
    engine.shutdown().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn with_few_open_files_the_surplus_waits_and_everything_else_goes_on() {
    if let Ok(url) = std::env::var(INSIDE) {
        return with_few_open_files(&url).await;
    }
    let servers = Servers::start(1).await;
    let test = "herd::with_few_open_files_the_surplus_waits_and_everything_else_goes_on";
    let mut inside = Command::new("sh");
    // The soft limit is lower still: it is raised to the hard one.
    inside.args(["-c", r#"ulimit -S -n 200 && ulimit -H -n "$1" && exec "$0" "$2" --exact --nocapture"#]);
    inside.arg(std::env::current_exe().unwrap()).args([&FEW_FILES.to_string(), test]);
    inside.env(INSIDE, servers.url(0));
    let output = tokio::task::spawn_blocking(move || inside.output().unwrap()).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{complained}");
    assert!(!complained.contains("panicked"), "{complained}");
}

/// What the second process sees: a limit of [`FEW_FILES`] and more feeds than that.
async fn with_few_open_files(url: &str) {
    let house = House::new();
    let engine = start(&house, feeds((0..400).map(|n| format!("{url}?feed={n}")))).await;
    let settled = |at: &Snapshot| {
        let waiting = at.feeds.iter().filter(|feed| wait(&feed.state).is_some()).count();
        waiting > 0 && live(at) + waiting >= 400
    };
    let at = until(&engine, settled).await;
    assert!((100..FEW_FILES as usize).contains(&live(&at)), "{} are live", live(&at));
    for why in at.feeds.iter().filter_map(|feed| wait(&feed.state)) {
        assert!(why.message.contains("no more open connections (limit 256)"), "{}", why.message);
    }
    assert!(at.problems.is_empty(), "{:?}", at.problems);

    let first =
        at.feeds.iter().find(|feed| matches!(feed.state, FeedState::Live { .. })).expect("some are live");
    stored(&engine, &first.id, 1).await;
    let added = engine.add_feed(draft("One more", url)).await.expect("database and settings can be written");
    engine.remove_feed(&added.id).await.expect("database and settings can be written");
    engine
        .mark_read(tidings_engine::update::Scope::All, true)
        .await
        .expect("database and settings can be written");

    let surplus = at.feeds.iter().find(|feed| wait(&feed.state).is_some()).expect("some wait").id.clone();
    engine.remove_feed(&first.id).await.expect("database and settings can be written");
    engine.reconnect(Some(&surplus)).await;
    let is_live = |at: &Snapshot| {
        at.feeds.iter().any(|feed| feed.id == surplus && matches!(feed.state, FeedState::Live { .. }))
    };
    until(&engine, is_live).await;

    let hoard: Vec<_> = std::iter::from_fn(|| std::fs::File::open("/dev/null").ok()).collect();
    engine
        .mark_read(tidings_engine::update::Scope::All, false)
        .await
        .expect("database and settings can be written");
    let probe = engine.probe(draft("Tried", url), None).await.expect("the draft is right");
    drop(hoard);
    assert!(probe.message.contains("no more open connections (limit 256)"), "{}", probe.message);
    engine.shutdown().await;
}

/// What an idle feed may cost, in KiB. Measured are 44 in a debug build, of which some 25 are what hyper reserves for each
/// connection; a feed that holds room for a batch of its own is over this.
#[cfg(target_os = "linux")]
const MOST_KIB: u64 = 50;

/// Runs an engine with so many feeds in a process of its own until all are live and it rests; gives what it holds.
#[cfg(target_os = "linux")]
async fn memory_kib(servers: &Servers, count: usize) -> u64 {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (mut file, settings) =
        SettingsFile::open(&folder.path().join("settings.toml")).expect("a profile can be made");
    let before = servers.accepted();
    let feeds = feeds((0..count).map(|n| servers.url(n)));
    file.save(&Settings { feeds, ..settings }).expect("settings can be written");
    let mut engine = tokio::process::Command::new(env!("CARGO_BIN_EXE_tidings-it-victim"));
    let engine = engine.arg(folder.path()).kill_on_drop(true).spawn().expect("it runs");
    servers.wait_for(before + count, PATIENCE).await;
    let status = format!("/proc/{}/status", engine.id().expect("it runs"));
    let mut least = u64::MAX;
    // What the start took is given back after a while.
    for _ in 0..30 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let status = std::fs::read_to_string(&status).expect("Linux tells");
        let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it is there");
        least = least.min(held.trim().trim_end_matches(" kB").parse().expect("it is a number"));
    }
    least
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_idle_feeds_cost_little_memory_each() {
    let servers = Servers::start(40).await;
    let none = memory_kib(&servers, 0).await;
    let many = memory_kib(&servers, 1000).await;
    let each = many.saturating_sub(none) / 1000;
    assert!(each <= MOST_KIB, "{each} KiB a feed: {none} KiB without one, {many} KiB with a thousand");
}
