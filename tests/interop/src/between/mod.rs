//! What lies between a feed and its server.

mod haproxy;
pub mod network;
mod nginx;
mod proxies;
mod tls;

use std::time::Duration;

use tidings_engine::engine::FeedDraft;
use tidings_engine::update::FeedState;

use crate::passage::Passage;
use crate::place::Place;
use crate::servers::broadcaster;
use crate::stage::Stage;
use crate::subject::Site;

/// A keep-alive that comes within every limit here.
const LIVELY: u32 = 2000;
/// One that never comes while anything here goes on.
const NEVER: u32 = 3_600_000;
/// The shortest silence a person can set, in seconds.
const SILENCE: u32 = 15;

/// Everything in between.
pub fn all() -> Vec<Passage> {
    [nginx::PASSAGES, haproxy::PASSAGES, tls::PASSAGES, proxies::PASSAGES, network::PASSAGES].concat()
}

/// A draft for a feed that is reached at a port of the loopback.
fn at(name: &str, port: u16) -> FeedDraft {
    Stage::draft(name, &format!("http://127.0.0.1:{port}/events"), SILENCE)
}

/// Events pass at once; what is published while the server drops us is there afterwards, once.
async fn passes(stage: &mut Stage, site: &Site) {
    stage.publish_until_heard(&site.control).await;
    stage.publish(&site.control).await;
    stage.whole().await;
    let opens = stage.opens();
    site.control.drop_all().await;
    stage.publish(&site.control).await;
    stage.until("it is dialled again", async || (stage.opens() > opens).then_some(())).await;
    stage.live().await;
    stage.publish(&site.control).await;
    stage.whole().await;
    only_builds(stage);
    assert_eq!(stage.remark(), None, "{}", stage.told());
}

/// An idle link is cut again and again: the feed goes on by itself, and nobody is told.
async fn cut_when_idle(stage: &mut Stage, site: &Site) {
    stage.publish_until_heard(&site.control).await;
    for _ in 0..2 {
        let opens = stage.opens();
        stage.until("it is cut and dialled again", async || (stage.opens() > opens).then_some(())).await;
        stage.publish(&site.control).await;
        stage.whole().await;
    }
    let told = stage.told();
    assert!(!told.contains("silent for "), "it was cut, not silent: {told}");
    only_builds(stage);
}

/// No popup speaks of the connection.
fn only_builds(stage: &Stage) {
    let popups = stage.popups();
    assert!(popups.iter().all(|title| title.starts_with("Build ")), "{popups:?}");
}

/// Waits until the feed says that a person is needed, and gives what it says.
async fn asks(stage: &Stage) -> String {
    stage
        .until("it asks a person", async || match stage.state() {
            FeedState::NeedsPerson { why } => Some(why.message),
            FeedState::Connecting
            | FeedState::Live { .. }
            | FeedState::Offline
            | FeedState::Waiting { .. }
            | FeedState::StoppedByServer { .. }
            | FeedState::Paused
            | FeedState::Disabled => None,
        })
        .await
}

/// Waits until the feed waits for the next dial, and gives why.
async fn waits(stage: &Stage) -> String {
    stage
        .until("it waits", async || match stage.state() {
            FeedState::Waiting { why, .. } => Some(why.message),
            FeedState::Connecting
            | FeedState::Live { .. }
            | FeedState::Offline
            | FeedState::NeedsPerson { .. }
            | FeedState::StoppedByServer { .. }
            | FeedState::Paused
            | FeedState::Disabled => None,
        })
        .await
}

/// Whether the feed waits for the next dial.
fn is_waiting(stage: &Stage) -> bool {
    matches!(stage.state(), FeedState::Waiting { .. })
}

/// The server behind everything here.
async fn origin(place: &Place, keep_alive_ms: u32) -> Site {
    broadcaster(place, keep_alive_ms).await
}

/// Lets so many seconds pass.
pub(crate) async fn a_while(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
