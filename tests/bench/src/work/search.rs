//! How long searches take in an engine with a large history, while its feeds send.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tidings_engine::engine::{Engine, Question};
use tidings_engine::history::search::{Order, Place};
use tidings_support::Popups;

use super::host::{self, Host, go, trouble};
use super::latency::beat;
use super::rows::{COMMON, FEEDS, FILTERS, PHRASE, PREFIX, RARE};
use crate::child::Trouble;
use crate::facts::{Facts, percentile};
use crate::machine;

/// What is searched, with the name of its figures.
const SEARCHES: [(&str, &str); 6] = [
    ("first", ""),
    ("common", COMMON),
    ("rare", RARE),
    ("phrase", PHRASE),
    ("prefix", PREFIX),
    ("filters", FILTERS),
];
/// How often each is asked.
const ROUNDS: usize = 40;
/// Events on a page, as a window shows them.
const PAGE: usize = 50;
/// Between two searches: nobody asks quicker.
const PAUSE: Duration = Duration::from_millis(100);
/// Until the feeds send at their pace.
const SETTLED: Duration = Duration::from_secs(3);
/// What all feeds together are sent, in events a second.
const RATE: u64 = 2_000;
/// Longer than the searches take.
const SECONDS: u64 = 90;

/// Searches the history of a folder while 2,000 events a second arrive.
///
/// # Errors
///
/// If the feeds don't open, or a search fails.
pub(super) async fn measure(server: &str, folder: &Path) -> Result<Facts, Trouble> {
    let every_us = 1_000_000 * FEEDS / RATE;
    let urls = (0..FEEDS).map(|number| beat(server, number, every_us, SECONDS, every_us / FEEDS));
    let host = Host::start_in(folder, host::feeds(urls), Arc::new(Popups::default())).await?;
    go(server)?;
    tokio::time::sleep(SETTLED).await;
    let (began, before) = (Instant::now(), held(&host.engine).await?);
    let mut times_ms = vec![Vec::new(); SEARCHES.len()];
    let mut found = [0; SEARCHES.len()];
    for _ in 0..ROUNDS {
        for (at, (_, text)) in SEARCHES.iter().enumerate() {
            let asked = Instant::now();
            found[at] = page(&host.engine, text).await?;
            times_ms[at].push(asked.elapsed().as_secs_f64() * 1e3);
            tokio::time::sleep(PAUSE).await;
        }
    }
    let arrived = (held(&host.engine).await? - before) / began.elapsed().as_secs_f64();
    let (rss, _) = machine::memory_kib();
    host.end().await?;
    let mut facts = Facts::default().with("rss_kib", rss).with("arrived_a_second", arrived);
    for (((name, _), times_ms), found) in SEARCHES.iter().zip(&mut times_ms).zip(found) {
        facts = facts
            .with(&format!("{name}_p50_ms"), percentile(times_ms, 50.0))
            .with(&format!("{name}_max_ms"), percentile(times_ms, 100.0))
            .with(&format!("{name}_found"), found as f64);
    }
    Ok(facts)
}

/// Asks until a page is full or there is no way on; gives how many were found.
async fn page(engine: &Engine, text: &str) -> Result<usize, Trouble> {
    let (mut found, mut place) = (0, Place::Newest);
    loop {
        let question =
            Question { text: text.into(), feed: None, place, order: Order::Newest, limit: PAGE - found };
        let answer = engine.search(question).await.map_err(trouble)?;
        found += answer.rows.len();
        match answer.older {
            Some(older) if found < PAGE => place = Place::Older(older),
            Some(_) | None => return Ok(found),
        }
    }
}

async fn held(engine: &Engine) -> Result<f64, Trouble> {
    let holdings = engine.holdings().await.map_err(trouble)?;
    Ok(holdings.values().map(|held| held.events).sum::<u64>() as f64)
}
