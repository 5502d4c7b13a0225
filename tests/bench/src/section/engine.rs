//! A whole engine: idle, under load, and at a steady pace.

use super::{Run, fact, middle};
use crate::child::{Program, Server, Trouble};
use crate::facts::Facts;
use crate::figures::Table;

/// How many feeds are open while nothing happens.
const IDLE_FEEDS: [usize; 3] = [0, 100, 1_000];
/// An idle engine says the same each time.
const IDLE_ROUNDS: usize = 2;
/// Feeds and how many events each sends.
const LOADS: [(usize, u64); 2] = [(10, 20_000), (1_000, 200)];
/// Feeds, and events a second of all together.
const PACES: [(usize, u64); 2] = [(1, 50), (20, 200)];
/// Long enough for about ninety popups of quiet feeds.
const PACE_SECONDS: u64 = 60;

/// Measures memory with feeds that are open and silent.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn idle(run: &Run) -> Result<Vec<Table>, Trouble> {
    let server = Server::start()?;
    let columns = ["RSS, MiB", "PSS, MiB", "PSS a feed, KiB", "CPU, % of a core"];
    let mut table = Table::new("idle engine", columns);
    let mut empty = 0.0;
    for feeds in IDLE_FEEDS {
        let program = Program::own(["work", "idle"]).with(server.url("/idle")).with(feeds.to_string());
        let facts = rounds(&program, run.rounds.min(IDLE_ROUNDS))?;
        let pss = fact(&facts, "pss_kib");
        if feeds == 0 {
            empty = pss;
        }
        let each = if feeds == 0 { f64::NAN } else { (pss - empty) / feeds as f64 };
        let numbers = [fact(&facts, "rss_kib") / 1024.0, pss / 1024.0, each, fact(&facts, "cpu_percent")];
        table.row(&format!("{feeds} feeds"), numbers);
    }
    Ok(vec![table])
}

/// Measures how much an engine takes in.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn ingest(run: &Run) -> Result<Vec<Table>, Trouble> {
    let columns = [
        "thousand events per second",
        "thousand events per CPU second",
        "RSS afterwards, MiB",
        "bytes on disk an event",
    ];
    let mut table = Table::new("100-byte events into the history", columns);
    for (feeds, events) in LOADS {
        let mut facts = Vec::new();
        for _ in 0..run.rounds {
            // Each opens its gate once.
            let server = Server::start()?;
            let program = Program::own(["work", "ingest"]).with(server.url("")).with(feeds.to_string());
            facts.push(program.with(events.to_string()).measure()?);
        }
        let numbers = [
            middle(&facts, Facts::thousands_a_second),
            middle(&facts, Facts::thousands_a_cpu_second),
            fact(&facts, "rss_kib") / 1024.0,
            middle(&facts, |facts| facts.get("disk_bytes") / facts.get("events")),
        ];
        table.row(&format!("{feeds} feeds"), numbers);
    }
    Ok(vec![table])
}

/// Measures how long an event is on its way.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn latency(_: &Run) -> Result<Vec<Table>, Trouble> {
    let columns = [
        "sent to stored: p50, ms",
        "p99, ms",
        "max, ms",
        "sent to popup call: p50, ms",
        "p99, ms",
        "max, ms",
        "CPU, % of a core",
    ];
    let mut table = Table::new("load, and ten quiet feeds", columns);
    for (feeds, rate) in PACES {
        let server = Server::start()?;
        let program = Program::own(["work", "latency"]).with(server.url("")).with(feeds.to_string());
        let facts = program.with(rate.to_string()).with(PACE_SECONDS.to_string()).measure()?;
        let names = [
            "stored_p50_ms",
            "stored_p99_ms",
            "stored_max_ms",
            "shown_p50_ms",
            "shown_p99_ms",
            "shown_max_ms",
        ];
        let numbers = names.into_iter().chain(["cpu_percent"]).map(|name| facts.get(name));
        let popups = facts.get("shown_count");
        let one = if feeds == 1 { "feed" } else { "feeds" };
        table.row(&format!("{feeds} {one}, {rate} events/s, {popups} popups"), numbers);
    }
    Ok(vec![table])
}

fn rounds(program: &Program, rounds: usize) -> Result<Vec<Facts>, Trouble> {
    (0..rounds).map(|_| program.measure()).collect()
}
