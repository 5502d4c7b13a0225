//! A long run: a hundred events a second for as long as wanted, with a fault every minute, and what is left of each event.

mod sender;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tidings_engine::settings::{self, Feed};
use tidings_support::Popups;
use tokio::time::{self, Instant};

use crate::child::Trouble;
use crate::facts::Facts;
use crate::figures::Table;
use crate::machine;
use crate::work::host::{Host, data_folder, feeds};
use sender::{Fault, Sender};

/// Between two faults.
const MINUTE: Duration = Duration::from_secs(60);
/// Between two looks at what the process holds.
const LOOK: Duration = Duration::from_secs(10);
/// How long the last events may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);
/// A link without a byte for so long is dead: the shortest that can be set.
const SILENCE_SECONDS: u32 = 15;

/// What is seen of the process at one moment.
#[derive(Clone, Copy, Debug)]
struct Seen {
    at: Duration,
    rss_kib: f64,
    files: f64,
    wal_bytes: f64,
}

/// Runs for so many minutes.
///
/// # Errors
///
/// If the engine can't be started, or an event is lost or doubled; the table says how many.
pub(crate) async fn run(minutes: u32) -> Result<Table, Trouble> {
    let folder = tempfile::tempdir()?;
    let sender = Sender::start().await?;
    let mut host = start(folder.path(), &sender).await?;
    let (began, mut seen) = (Instant::now(), Vec::new());
    for minute in 1..=minutes {
        while began.elapsed() < MINUTE * minute {
            time::sleep(LOOK).await;
            seen.push(look(folder.path(), began.elapsed()));
        }
        match minute % 5 {
            // What an engine that has ended leaves to the allocator isn't growth of the one that runs.
            0 if minute * 2 < minutes => {
                host.end().await?;
                host = start(folder.path(), &sender).await?;
            }
            0 | 1 => sender.strike(Fault::Reset),
            2 => sender.strike(Fault::End),
            3 => sender.strike(Fault::Silence),
            _ => sender.strike(Fault::Refuse(Duration::from_secs(5))),
        }
    }
    let sent = sender.finish();
    let until = Instant::now() + PATIENCE;
    while stored(folder.path())?.1 < sent && Instant::now() < until {
        time::sleep(Duration::from_millis(100)).await;
    }
    host.end().await?;
    let (all, different) = stored(folder.path())?;
    let facts = Facts::default()
        .with("sent", sent as f64)
        .with("lost", (sent - different) as f64)
        .with("doubled", (all - different) as f64);
    Ok(table(minutes, &facts, &seen))
}

fn table(minutes: u32, facts: &Facts, seen: &[Seen]) -> Table {
    let columns = [
        "events sent",
        "lost",
        "doubled",
        "memory's growth in the last half, KB an hour",
        "in the last quarter",
        "RSS at the end, MiB",
        "open files: fewest",
        "most",
        "largest WAL, MB",
    ];
    let mut table = Table::new("100 events a second, a fault every minute", columns);
    let whole = MINUTE * minutes;
    let after = |part| seen.iter().filter(|seen| seen.at > part).copied().collect::<Vec<_>>();
    // What is learned and filled before isn't growth.
    let (warm, late) = (after(whole / 2), after(whole * 3 / 4));
    let files = || warm.iter().map(|seen| seen.files);
    let numbers = [
        facts.get("sent"),
        facts.get("lost"),
        facts.get("doubled"),
        growth(&warm) * 1.024,
        growth(&late) * 1.024,
        warm.last().map_or(f64::NAN, |seen| seen.rss_kib / 1024.0),
        files().fold(f64::INFINITY, f64::min),
        files().fold(f64::NEG_INFINITY, f64::max),
        seen.iter().map(|seen| seen.wal_bytes).fold(0.0, f64::max) / 1e6,
    ];
    table.row(&format!("{minutes} minutes"), numbers);
    table
}

/// By how much memory grows in an hour, in KiB: the slope of the straight line that lies nearest.
fn growth(seen: &[Seen]) -> f64 {
    let count = seen.len() as f64;
    let hours = |seen: &Seen| seen.at.as_secs_f64() / 3600.0;
    let mean_at = seen.iter().map(hours).sum::<f64>() / count;
    let mean = seen.iter().map(|seen| seen.rss_kib).sum::<f64>() / count;
    let together = seen.iter().map(|seen| (hours(seen) - mean_at) * (seen.rss_kib - mean)).sum::<f64>();
    together / seen.iter().map(|seen| (hours(seen) - mean_at).powi(2)).sum::<f64>()
}

async fn start(folder: &Path, sender: &Sender) -> Result<Host, Trouble> {
    let connection =
        settings::Connection { silence_seconds: Some(SILENCE_SECONDS), ..settings::Connection::default() };
    let wanted = feeds([sender.url()]).into_iter();
    let wanted = wanted.map(|feed| Feed { notify: false, connection: connection.clone(), ..feed }).collect();
    Host::start_in(folder, wanted, Arc::new(Popups::default())).await
}

fn look(folder: &Path, at: Duration) -> Seen {
    let files = std::fs::read_dir("/proc/self/fd").into_iter().flatten().count() as f64;
    let wal = std::fs::metadata(data_folder(folder).join("history.db-wal"));
    Seen { at, rss_kib: machine::memory_kib().0, files, wal_bytes: wal.map_or(0.0, |file| file.len() as f64) }
}

/// How many events are stored, and how many different ones.
fn stored(folder: &Path) -> Result<(u64, u64), Trouble> {
    let read = || {
        let history = Connection::open(data_folder(folder).join("history.db"))?;
        history.busy_timeout(PATIENCE)?;
        let counts = "SELECT count(*), count(DISTINCT last_event_id) FROM event WHERE event_type = 'message'";
        history.query_row(counts, [], |row| Ok((row.get(0)?, row.get(1)?)))
    };
    read().map_err(|error: rusqlite::Error| Trouble::Worker(format!("the history can't be read: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_the_slope_whatever_swings_around_it() {
        let seen = |minute: u64, rss_kib| Seen {
            at: Duration::from_secs(60 * minute),
            rss_kib,
            files: 0.0,
            wal_bytes: 0.0,
        };
        let steady: Vec<_> = (0..60).map(|minute| seen(minute, 1000.0)).collect();
        assert!(growth(&steady).abs() < 1e-6);
        let swinging = |minute: u64| if minute.is_multiple_of(2) { 50.0 } else { -50.0 };
        let rising: Vec<_> =
            (0..60).map(|minute| seen(minute, minute as f64 * 2.0 + swinging(minute))).collect();
        assert!((growth(&rising) - 120.0).abs() < 10.0, "{}", growth(&rising));
    }
}
