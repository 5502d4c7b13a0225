//! Whatever instant the process is killed at: no event lost, none twice in the history.

use std::process::Stdio;
use std::time::Duration;

use tidings_demo::{Demo, Options};
use tidings_engine::update::FeedState;
use tidings_support::{House, all, draft, stored, until};
use tokio::process::Command;
use tokio::time::{self, Instant};

/// Kills in one run of the tests.
const KILLS: u32 = 200;
/// One event every so often, all the while.
const PACE: Duration = Duration::from_millis(2);

/// Where in its life a process is killed: spread over starting, dialling, replaying and storing.
fn lifetime(kill: u32) -> Duration {
    // A multiplicative hash: the same sequence in every run, without any rhythm of its own.
    Duration::from_millis(20 + u64::from(kill.wrapping_mul(2_654_435_769) >> 24) / 2)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_kills_lose_nothing_and_store_nothing_twice() {
    let options =
        Options { reconnection_time: Duration::from_millis(50), history: 1_000_000, ..Options::quiet() };
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), options).await.unwrap();
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("Replay", &format!("{}/replay", demo.base_url()))).await.unwrap().id;
    until(&engine, "it is live", |at| matches!(at.feeds[0].state, FeedState::Live { .. })).await;
    demo.control().publish("/replay", None, "0").unwrap();
    stored(&engine, &feed, 1).await;
    engine.shutdown().await;
    drop(engine);

    let mut sent = 1_u32;
    for kill in 0..KILLS {
        let mut victim = Command::new(env!("CARGO_BIN_EXE_tidings-it-victim"))
            .arg(house.folder())
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
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
