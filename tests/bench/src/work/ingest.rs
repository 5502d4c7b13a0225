//! How many events a whole engine takes: from the socket to a committed row, told to a face and offered as a popup.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tidings_engine::engine::Engine;
use tidings_engine::id::FeedId;
use tidings_engine::update::Update;
use tidings_gauge::Gauge;
use tidings_support::Popups;
use tokio::sync::broadcast::error::RecvError;

use super::host::{self, Host, go};
use crate::child::Trouble;
use crate::facts::Facts;
use crate::machine;

/// Far longer than it takes; only a loss waits so long.
const PATIENCE: Duration = Duration::from_secs(600);
/// Bytes of each event's data.
const SIZE: usize = 100;

/// Takes so many events from each of the feeds, which begin together.
///
/// # Errors
///
/// If not all arrive.
pub(super) async fn measure(server: &str, feeds: usize, events: u64) -> Result<Facts, Trouble> {
    let url = |number| format!("{server}/held?events={events}&size={SIZE}&feed={number}");
    let host = Host::start(host::feeds((0..feeds).map(url)), Arc::new(Popups::default())).await?;
    let total = events * feeds as u64;
    let gauge = Gauge::start();
    go(server)?;
    wait_until_stored(&host.engine, total).await?;
    let measured = gauge.stop(total, total * SIZE as u64);
    let (rss, _) = machine::memory_kib();
    let disk = host.end().await?;
    Ok(Facts::from(measured).with("rss_kib", rss).with("disk_bytes", disk as f64))
}

/// Follows the feeds' counts of unread events as a window does, until they make up all.
async fn wait_until_stored(engine: &Engine, total: u64) -> Result<(), Trouble> {
    let end = Instant::now() + PATIENCE;
    let mut unread = HashMap::<FeedId, u64>::new();
    let mut attached = engine.attach();
    loop {
        unread.extend(attached.snapshot.feeds.drain(..).map(|feed| (feed.id, feed.unread)));
        loop {
            let stored = unread.values().sum::<u64>();
            if stored >= total {
                return Ok(());
            }
            if Instant::now() >= end {
                return Err(Trouble::Worker(format!("only {stored} of {total} events were stored")));
            }
            match tokio::time::timeout(PATIENCE, attached.updates.recv()).await {
                Ok(Ok(Update::Unread { feed, unread: count })) => {
                    unread.insert(feed, count);
                }
                Ok(Ok(_)) => {}
                // Who falls behind attaches again.
                Ok(Err(RecvError::Lagged(_))) => break,
                Ok(Err(RecvError::Closed)) | Err(_) => {
                    return Err(Trouble::Worker("the engine ended".into()));
                }
            }
        }
        attached = engine.attach();
    }
}
