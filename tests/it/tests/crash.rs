//! Whatever instant the process is killed at: no event lost, none twice in the history.

use std::process::Stdio;
use std::time::Duration;

use tidings_demo::{Demo, Options};
use tidings_engine::id::FeedId;
use tidings_engine::update::FeedState;
use tidings_support::{House, all, draft, stored, until};
use tokio::process::{Child, Command};
use tokio::time::{self, Instant};

/// How often a process is killed: as often as the environment says, else a few times.
fn kills(few: u32) -> u32 {
    std::env::var("TIDINGS_CRASHES").map_or(few, |count| count.parse().expect("a number of kills"))
}

/// One event every so often, all the while.
const PACE: Duration = Duration::from_millis(2);

/// Where in its life a process is killed: spread over starting, dialling, replaying and storing.
fn lifetime(kill: u32) -> Duration {
    // A multiplicative hash: the same sequence in every run, without any rhythm of its own.
    Duration::from_millis(20 + u64::from(kill.wrapping_mul(2_654_435_769) >> 24) / 2)
}

/// The demo's server with everything it sent, a profile with its feed, and that feed.
async fn set_out() -> (Demo, House, FeedId) {
    let options =
        Options { reconnection_time: Duration::from_millis(50), history: 1_000_000, ..Options::quiet() };
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), options).await.expect("there is a free port");
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("Replay", &format!("{}/replay", demo.base_url()))).await;
    let feed = feed.expect("it is added").id;
    until(&engine, "it is live", |at| matches!(at.feeds[0].state, FeedState::Live { .. })).await;
    demo.control().publish("/replay", None, "0").expect("the feed is there");
    stored(&engine, &feed, 1).await;
    until(&engine, "it is shown", |_| house.popups.shown().len() == 1).await;
    engine.shutdown().await;
    (demo, house, feed)
}

fn victim(house: &House) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tidings-it-victim"))
        .arg(house.folder())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("it can be started")
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_under_load_lose_nothing_and_store_nothing_twice() {
    let (demo, house, feed) = set_out().await;
    let mut sent = 1_u32;
    for kill in 0..kills(200) {
        let mut victim = victim(&house);
        let end = Instant::now() + lifetime(kill);
        while Instant::now() < end {
            demo.control().publish("/replay", None, &sent.to_string()).unwrap();
            sent += 1;
            time::sleep(PACE).await;
        }
        assert!(victim.try_wait().unwrap().is_none(), "it ended by itself before kill {kill}");
        victim.kill().await.unwrap();
    }

    let engine = house.start().await;
    let total = usize::try_from(sent).unwrap();
    let events = stored(&engine, &feed, total).await;
    time::sleep(Duration::from_millis(500)).await;
    let data: Vec<_> = all(&engine, &feed).await.into_iter().map(|event| event.data).collect();
    let expected: Vec<_> = (0..sent).map(|n| n.to_string()).collect();
    assert_eq!(data, expected);
    assert!(events.len() > 1000, "too few events to mean anything: {}", events.len());
    engine.shutdown().await;
    demo.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_shown_and_few_twice_however_often_the_program_is_killed_meanwhile() {
    let (demo, house, _) = set_out().await;
    let kills = kills(40);
    for kill in 0..kills {
        let mut victim = victim(&house);
        time::sleep(lifetime(kill) + Duration::from_millis(60)).await;
        demo.control().publish("/replay", None, &format!("event {kill}")).unwrap();
        // Between storing, showing and noting what was shown.
        time::sleep(lifetime(kill + 1_000) / 3).await;
        victim.kill().await.unwrap();
    }
    let engine = house.start().await;
    let shown = || -> Vec<String> {
        let before = std::fs::read_to_string(house.folder().join("popups")).unwrap_or_default();
        let since = house.popups.shown().into_iter().map(|(_, popup)| popup.title);
        before.lines().map(ToOwned::to_owned).chain(since).collect()
    };
    let history = rusqlite::Connection::open(house.options().data_folder.join("history.db")).unwrap();
    let count = |which: &str| {
        let sql = format!("SELECT count(*) FROM event WHERE {which}");
        history.query_row(&sql, [], |row| row.get::<_, u32>(0)).unwrap()
    };
    until(&engine, "each is shown, alone or as one of several", |_| count("presented = 2") == kills + 1)
        .await;
    assert_eq!(count("presented <> 2"), 0);
    let all = shown();
    // An event in a count has no line of its own.
    let repeated: usize = (0..kills)
        .map(|kill| all.iter().filter(|title| **title == format!("event {kill}")).count().saturating_sub(1))
        .sum();
    println!("{repeated} popups were repeated by {kills} kills");
    assert!(repeated as f64 <= 0.3 * f64::from(kills), "{repeated} repeated by {kills} kills: {all:?}");
    engine.shutdown().await;
    demo.stop().await;
}
