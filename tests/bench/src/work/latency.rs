//! How long an event is on its way: from the server's write to a committed row that a face is told of, and to the call
//! of the notification daemon.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tidings_engine::notify::desktop::{Answer, Popup, PopupId, Presenter};
use tidings_engine::notify::{Desktop, ShowError};
use tidings_engine::update::Update;
use tidings_gauge::{Gauge, now_ns};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use super::host::{self, Host, go, trouble};
use crate::child::Trouble;
use crate::facts::{Facts, percentile};
use crate::server::sent_ns;

/// The feeds beside the load whose popups are timed: those of a load wait on purpose, being folded.
const QUIET: u64 = 10;
/// Microseconds between two events of a quiet feed: with ten of them, less than all popups together may come.
const QUIET_EVERY_US: u64 = 6_700_000;
/// What the last events are given to arrive.
const LATEST: Duration = Duration::from_secs(2);
/// Bytes of each event's data.
const SIZE: usize = 100;
/// Microseconds in a second.
const US_A_SECOND: u64 = 1_000_000;

/// Sends events at a steady pace and times them.
///
/// # Errors
///
/// If the feeds don't open, or nothing arrives.
pub(super) async fn measure(server: &str, feeds: usize, rate: u64, seconds: u64) -> Result<Facts, Trouble> {
    let every_us = US_A_SECOND * feeds as u64 / rate;
    let load = |number| beat(server, number, every_us, seconds, every_us / feeds as u64);
    let quiet = |number| beat(server, number, QUIET_EVERY_US, seconds, QUIET_EVERY_US / QUIET);
    let urls = (0..feeds as u64).map(load).chain((0..QUIET).map(quiet));
    let mut all = host::feeds(urls);
    all.iter_mut().take(feeds).for_each(|feed| feed.notify = false);
    let desktop = Arc::new(Stopwatch::default());
    let host = Host::start(all, Arc::clone(&desktop) as _).await?;
    let mut updates = host.engine.attach().updates;
    let gauge = Gauge::start();
    go(server)?;
    let mut stored = Vec::new();
    let watching = async {
        loop {
            match updates.recv().await {
                Ok(Update::Arrived(rows)) => {
                    let now = now_ns();
                    let texts = rows.iter().map(|row| format!("{} {}", row.reading.title, row.reading.body));
                    stored.extend(texts.filter_map(|text| Some(milliseconds(now, sent_ns(&text)?))));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return trouble("updates were missed"),
                Err(RecvError::Closed) => return trouble("the engine ended"),
            }
        }
    };
    if let Ok(trouble) = tokio::time::timeout(Duration::from_secs(seconds) + LATEST, watching).await {
        return Err(trouble);
    }
    let cpu = gauge.cpu().as_secs_f64() * 100.0 / (seconds as f64);
    host.end().await?;
    let mut shown = std::mem::take(&mut *desktop.times());
    let facts = Facts::default().with("cpu_percent", cpu);
    Ok(summed("shown", &mut shown, summed("stored", &mut stored, facts)))
}

/// The address of a feed that is sent an event every so often, the first after its share of the time.
pub(super) fn beat(server: &str, number: u64, every_us: u64, seconds: u64, share_us: u64) -> String {
    let events = seconds * US_A_SECOND / every_us;
    let after_us = number * share_us;
    format!("{server}/beat?events={events}&size={SIZE}&every_us={every_us}&after_us={after_us}")
}

fn summed(name: &str, times_ms: &mut [f64], facts: Facts) -> Facts {
    let facts = facts.with(&format!("{name}_count"), times_ms.len() as f64);
    let parts = [("p50", 50.0), ("p99", 99.0), ("max", 100.0)];
    parts.iter().fold(facts, |facts, (part, of_hundred)| {
        facts.with(&format!("{name}_{part}_ms"), percentile(times_ms, *of_hundred))
    })
}

fn milliseconds(now_ns: u64, sent_ns: u64) -> f64 {
    now_ns.saturating_sub(sent_ns) as f64 / 1e6
}

/// A desktop that times the calls.
#[derive(Debug, Default)]
struct Stopwatch {
    times_ms: Mutex<Vec<f64>>,
}

impl Stopwatch {
    fn times(&self) -> std::sync::MutexGuard<'_, Vec<f64>> {
        self.times_ms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Desktop for Stopwatch {
    async fn show(&self, popup: Popup, _: &mpsc::Sender<Answer>) -> Result<PopupId, ShowError> {
        let now = now_ns();
        let sent = sent_ns(&format!("{} {}", popup.title, popup.body));
        let mut times = self.times();
        times.extend(sent.map(|sent| milliseconds(now, sent)));
        let number = u32::try_from(times.len()).unwrap_or(u32::MAX);
        Ok(PopupId { run: 1, number })
    }

    async fn presenter(&self) -> Result<Presenter, ShowError> {
        Ok(Presenter { name: "a stopwatch".to_owned(), lacks: Vec::new(), holds_back: None })
    }

    async fn close_one(&self, _: PopupId) {}

    async fn close(&self) {}
}
