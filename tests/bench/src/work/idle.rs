//! What an engine costs whose feeds are open and silent.

use std::sync::Arc;
use std::time::Duration;

use tidings_gauge::Gauge;
use tidings_support::Popups;

use super::host::{self, Host};
use crate::child::Trouble;
use crate::facts::Facts;
use crate::machine;

/// Until what starting took is given back.
const SETTLED: Duration = Duration::from_secs(5);
/// Long enough for a sign of life of each feed.
const WATCHED: Duration = Duration::from_secs(15);

/// Opens the feeds and looks at memory and processor time.
///
/// # Errors
///
/// If the feeds don't open.
pub(super) async fn measure(url: &str, feeds: usize) -> Result<Facts, Trouble> {
    let urls = (0..feeds).map(|number| format!("{url}?feed={number}"));
    let host = Host::start(host::feeds(urls), Arc::new(Popups::default())).await?;
    tokio::time::sleep(SETTLED).await;
    let gauge = Gauge::start();
    tokio::time::sleep(WATCHED).await;
    let cpu = gauge.cpu().as_secs_f64() / WATCHED.as_secs_f64();
    let (rss, pss) = machine::memory_kib();
    host.end().await?;
    Ok(Facts::default().with("rss_kib", rss).with("pss_kib", pss).with("cpu_percent", cpu * 100.0))
}
