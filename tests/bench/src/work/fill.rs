//! Histories that are filled without a network, to be searched or to see what indexing costs.

use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;
use rusqlite::Connection;
use tidings_engine::history::{Batch, Cursor, History};
use tidings_gauge::Gauge;

use super::host::{data_folder, feed_id, trouble};
use super::rows::{self, FEEDS};
use crate::child::Trouble;
use crate::facts::{Facts, percentile};

/// As many as one commit takes.
const LARGE_BATCH: u64 = 512;
/// What arrives within ten milliseconds at 2,000 a second.
const SMALL_BATCH: u64 = 20;
/// Indexes each event in the transaction that stores it.
const INLINE: &str = "CREATE TRIGGER index_inline AFTER INSERT ON event BEGIN
    INSERT INTO words (rowid, title, body, tags) VALUES (NEW.id, NEW.title, NEW.preview, NEW.event_type);
    UPDATE indexed SET until = NEW.id;
END";

/// When words are indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Indexing {
    /// As the program does it: after the events are stored.
    Behind,
    /// With each event, in one transaction.
    Inline,
}

/// Fills the history in a folder with events and indexes them.
///
/// # Errors
///
/// If the history doesn't take them.
pub(super) async fn fill(folder: &Path, count: u64) -> Result<Facts, Trouble> {
    let history = open(folder)?;
    let gauge = Gauge::start();
    store(&history, count, LARGE_BATCH).await?;
    index(&history).await?;
    let measured = gauge.stop(count, 0);
    history.close().await;
    Ok(Facts::from(measured).with("disk_bytes", disk_bytes(folder)?))
}

/// Stores events in small batches, each awaited, and indexes them behind or inline.
///
/// # Errors
///
/// If the history doesn't take them.
pub(super) async fn index_apart(count: u64, how: Indexing) -> Result<Facts, Trouble> {
    let folder = tempfile::tempdir()?;
    if how == Indexing::Inline {
        open(folder.path())?.close().await;
        let file = History::file(&data_folder(folder.path()));
        Connection::open(file).and_then(|database| database.execute_batch(INLINE)).map_err(trouble)?;
    }
    let history = open(folder.path())?;
    let whole = Gauge::start();
    let gauge = Gauge::start();
    let mut times_ms = store(&history, count, SMALL_BATCH).await?;
    let stored = Facts::from(gauge.stop(count, 0));
    index(&history).await?;
    let cpu_us = whole.cpu().as_secs_f64() * 1e6;
    history.close().await;
    Ok(stored
        .with("with_index_cpu_us", cpu_us)
        .with("p50_ms", percentile(&mut times_ms, 50.0))
        .with("p99_ms", percentile(&mut times_ms, 99.0))
        .with("disk_bytes", disk_bytes(folder.path())?))
}

fn open(folder: &Path) -> Result<History, Trouble> {
    let data = data_folder(folder);
    std::fs::create_dir_all(&data)?;
    Ok(History::open(&data).map_err(trouble)?.history)
}

/// Stores events of all feeds in turn; gives how long each batch took, in milliseconds.
async fn store(history: &History, count: u64, batch: u64) -> Result<Vec<f64>, Trouble> {
    let now_ms = jiff::Timestamp::now().as_millisecond();
    let mut times_ms = Vec::new();
    let mut next = 1;
    while next <= count {
        let last = count.min(next + batch - 1);
        let events: Vec<_> = (next..=last).map(|number| rows::event(number, count, now_ms)).collect();
        let feed = feed_id((next / batch % FEEDS) as usize);
        let cursor = Cursor { last_event_id: Some(last.to_string()), retry_ms: None };
        let began = Instant::now();
        history.store(Batch { feed, events, cursor }).await.map_err(trouble)?;
        times_ms.push(began.elapsed().as_secs_f64() * 1e3);
        next = last + 1;
    }
    Ok(times_ms)
}

async fn index(history: &History) -> Result<(), Trouble> {
    while history.index().await.map_err(trouble)? > 0 {}
    Ok(())
}

fn disk_bytes(folder: &Path) -> Result<f64, Trouble> {
    Ok(std::fs::metadata(History::file(&data_folder(folder)))?.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_ways_index_all_that_is_stored() {
        for how in [Indexing::Behind, Indexing::Inline] {
            let facts = index_apart(300, how).await.unwrap();
            assert_eq!(facts.get("events"), 300.0);
            assert!(facts.get("with_index_cpu_us") >= facts.get("cpu_us"), "{facts:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path(), 1_100).await.unwrap();
        let history = open(folder.path()).unwrap();
        assert_eq!(history.unindexed().await.unwrap(), 0);
        assert_eq!(history.holdings().await.unwrap().values().map(|held| held.events).sum::<u64>(), 1_100);
        history.close().await;
    }
}
