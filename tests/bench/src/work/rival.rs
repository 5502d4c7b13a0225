//! One contender end to end: how soon its popups come, what it costs idle, what a restarted server and a burst leave.

mod contender;
mod server;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use tidings_desktop::Desktop;

use super::host::trouble;
use super::processes::{cpu_seconds, pss_kib, switches};
use crate::child::Trouble;
use crate::facts::{Facts, percentile};
use contender::Contender;
pub(crate) use contender::Who;
use server::{Server, number};

/// Until what starting took is given back.
const SETTLED: Duration = Duration::from_secs(10);
/// How long idling is watched.
const WATCHED: Duration = Duration::from_secs(60);
/// Events whose popups are timed.
const TIMED: usize = 40;
/// Between two of them: seldom enough that nobody has a reason to gather them.
const SELDOM: Duration = Duration::from_secs(3);
/// How long the server is away.
const AWAY: Duration = Duration::from_secs(10);
/// Events that it has after that, one a second, while its clients come back.
const AFTER: usize = 20;
/// Events of the burst.
const BURST: usize = 1_000;
/// A contender that hasn't asked for a popup for so long has no more to ask for.
const QUIET: Duration = Duration::from_secs(10);
/// Longer than this is a fault, and counts as none.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often a wait looks.
const LOOK: Duration = Duration::from_millis(50);

/// Measures one contender on a desktop of its own.
///
/// # Errors
///
/// If there is no desktop, or the contender doesn't listen.
pub(super) async fn measure(who: Who, folder: &Path) -> Result<Facts, Trouble> {
    let desktop = Desktop::start().await.map_err(trouble)?;
    let _tray = desktop.tray().await.map_err(trouble)?;
    let mut server = Server::start().await?;
    let contender = Contender::start(who, &desktop, folder, &server.url()).await?;
    if server.heard(PATIENCE).await.is_err() {
        return Err(trouble(format!("{who:?} doesn't listen: {}", contender.said(&desktop))));
    }
    tokio::time::sleep(SETTLED).await;
    let mut bench = Bench { desktop: &desktop, server: &mut server, contender: &contender };
    let facts = bench.idle().await;
    let facts = bench.latency(facts).await;
    let facts = bench.restart(facts).await?;
    Ok(bench.burst(facts).await)
}

/// A contender, its server and its desktop.
struct Bench<'a> {
    desktop: &'a Desktop,
    server: &'a mut Server,
    contender: &'a Contender,
}

impl Bench<'_> {
    async fn idle(&self) -> Facts {
        let all = self.contender.processes(self.desktop);
        let (cpu, before) = (cpu_seconds(&all), switches(&all));
        tokio::time::sleep(WATCHED).await;
        Facts::default()
            .with("idle_pss_kib", pss_kib(&all))
            .with("idle_cpu_percent", (cpu_seconds(&all) - cpu) / WATCHED.as_secs_f64() * 100.0)
            .with("wakes_a_second", (switches(&all) - before) / WATCHED.as_secs_f64())
    }

    async fn latency(&mut self, facts: Facts) -> Facts {
        let first = self.server.published.len() + 1;
        for _ in 0..TIMED {
            self.server.publish(1);
            tokio::time::sleep(SELDOM).await;
        }
        let told = self.told();
        let mut times: Vec<_> = (first..first + TIMED)
            .filter_map(|number| {
                let (at, _) = told.iter().find(|(_, found)| *found == number)?;
                Some(at.duration_since(self.server.published[number - 1]).as_secs_f64() * 1e3)
            })
            .collect();
        let facts = facts.with("timed_count", times.len() as f64);
        let parts = [("p50", 50.0), ("p95", 95.0), ("p99", 99.0)];
        parts.iter().fold(facts, |facts, (part, of_hundred)| {
            facts.with(&format!("{part}_ms"), percentile(&mut times, *of_hundred))
        })
    }

    async fn restart(&mut self, facts: Facts) -> Result<Facts, Trouble> {
        self.server.down().await;
        tokio::time::sleep(AWAY).await;
        let (first, calls) = (self.server.published.len() + 1, self.calls());
        self.server.up().await?;
        let up = Instant::now();
        let mut live = f64::NAN;
        for _ in 0..AFTER {
            self.server.publish(1);
            let next = Instant::now() + Duration::from_secs(1);
            if live.is_nan() && self.server.heard(Duration::from_secs(1)).await.is_ok() {
                live = up.elapsed().as_secs_f64();
            }
            tokio::time::sleep_until(next.into()).await;
        }
        if live.is_nan() && self.server.heard(PATIENCE).await.is_ok() {
            live = up.elapsed().as_secs_f64();
        }
        self.quiet(Instant::now()).await;
        let again = self.told().into_iter().skip(calls).filter(|(_, number)| *number < first).count();
        let facts = facts.with("live_seconds", live).with("told_again", again as f64);
        Ok(facts.with("restart_lost", self.lost(first, AFTER) as f64))
    }

    async fn burst(&mut self, facts: Facts) -> Facts {
        let (first, calls) = (self.server.published.len() + 1, self.calls());
        let began = Instant::now();
        self.server.publish(BURST);
        let last = self.quiet(began).await;
        let named: BTreeSet<_> =
            self.told().into_iter().map(|(_, number)| number).filter(|number| *number >= first).collect();
        let all = self.contender.processes(self.desktop);
        // A program that has ended holds nothing, which is no merit.
        let pss = Some(pss_kib(&all)).filter(|pss| *pss > 0.0).unwrap_or(f64::NAN);
        facts
            .with("burst_calls", (self.calls() - calls) as f64)
            .with("burst_named", named.len() as f64)
            .with("burst_lost", self.lost(first, BURST) as f64)
            .with("burst_seconds", last.duration_since(began).as_secs_f64())
            .with("burst_pss_kib", pss)
    }

    /// Waits until no popup has been asked for a while, and gives when the last one was.
    async fn quiet(&self, since: Instant) -> Instant {
        loop {
            let last = self.desktop.popups.heard().last().map_or(since, |(at, _)| *at).max(since);
            if last.elapsed() >= QUIET || since.elapsed() >= PATIENCE {
                return last;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// How many popups have been asked for, new ones and replaced ones.
    fn calls(&self) -> usize {
        self.desktop.popups.heard().len()
    }

    /// The events that popups named, in their order.
    fn told(&self) -> Vec<(Instant, usize)> {
        let heard = self.desktop.popups.heard().into_iter();
        heard
            .filter_map(|(at, popup)| Some((at, number(&format!("{} {}", popup.title, popup.body))?)))
            .collect()
    }

    /// How many of so many events are neither in a popup nor in a history that the contender keeps.
    fn lost(&self, first: usize, many: usize) -> usize {
        let mut found: BTreeSet<_> = self.told().into_iter().map(|(_, number)| number).collect();
        found.extend(self.contender.kept());
        (first..first + many).filter(|number| !found.contains(number)).count()
    }
}
