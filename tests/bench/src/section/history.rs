//! The history: searches in a large one, and what indexing behind the events buys.

use super::{Run, fact, middle, side_by_side};
use crate::child::{Program, Server, Trouble};
use crate::facts::Facts;
use crate::figures::Table;
use crate::plots::Plot;

/// Events among which is searched; the last only where everything is wanted, since it takes minutes.
const SIZES: [(u32, &str); 4] =
    [(10_000, "10,000 events"), (100_000, "100,000"), (1_000_000, "1 million"), (4_000_000, "4 million")];
/// Searches, by the names of their figures.
const SEARCHES: [(&str, &str); 6] = [
    ("first", "first page"),
    ("common", "a word in every second event"),
    ("rare", "a word in one of 200,000"),
    ("phrase", "a phrase in one of 1,000"),
    ("prefix", "a prefix in one of 50"),
    ("filters", "two filters, one of 55"),
];
/// Events that are stored to see what indexing costs.
const INDEXED: &str = "40000";

/// Measures searches in histories of these sizes.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn search(run: &Run) -> Result<Vec<Table>, Trouble> {
    let sizes = if run.full { &SIZES[..] } else { &SIZES[..3] };
    let words = SEARCHES.map(|(_, words)| words);
    let mut middles = Table::new("a page while 2,000 events a second arrive: p50, ms", words);
    let mut longest = Table::new("the longest of 40, ms", words);
    let mut found = Table::new("rows found, of a page of 50", words);
    let columns = ["RSS, MiB", "bytes on disk an event, with its index", "events arrived, a second"];
    let mut engine = Table::new("the engine that was searched", columns);
    let mut grown = Vec::new();
    for (events, name) in sizes {
        let folder = tempfile::tempdir()?;
        let fill = Program::own(["work", "fill"]).with(folder.path());
        let filled = fill.with(events.to_string()).measure()?;
        let server = Server::start()?;
        let facts = Program::own(["work", "search"]).with(server.url("")).with(folder.path()).measure()?;
        let of = |part: &str| SEARCHES.map(|(search, _)| facts.get(&format!("{search}_{part}")));
        let each = filled.get("disk_bytes") / filled.get("events");
        middles.row(name, of("p50_ms"));
        longest.row(name, of("max_ms"));
        found.row(name, of("found"));
        engine.row(name, [facts.get("rss_kib") / 1024.0, each, facts.get("arrived_a_second").round()]);
        grown.push((f64::from(*events), of("p50_ms"), each));
    }
    let pages = Plot::new("history-search.svg", "a page of the history: p50, ms", "events at the beginning");
    middles.plot(SEARCHES.iter().enumerate().fold(pages, |pages, (at, (_, words))| {
        pages.line(words, grown.iter().map(|(events, middle, _)| (*events, middle[at])))
    }));
    let disk =
        Plot::new("history-disk.svg", "disk, bytes an event with its index", "events at the beginning");
    engine.plot(disk.line("", grown.iter().map(|(events, _, each)| (*events, *each))));
    Ok(vec![middles, longest, found, engine])
}

/// Measures storing with the index behind the events and with the index inline.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn index(run: &Run) -> Result<Vec<Table>, Trouble> {
    let ways = [("behind a watermark, as here", "behind"), ("inline, in the same transaction", "inline")];
    let programs = ways.map(|(_, way)| Program::own(["work", "index", INDEXED, way]));
    let found = side_by_side(&programs, run.rounds)?;
    let columns = [
        "storing: thousand events per CPU second",
        "commit of 20: p50, ms",
        "p99, ms",
        "with indexing: thousand events per CPU second",
        "bytes on disk an event",
    ];
    let mut table = Table::new("where words are indexed", columns);
    for ((name, _), facts) in ways.iter().zip(&found) {
        let numbers = [
            middle(facts, Facts::thousands_a_cpu_second),
            fact(facts, "p50_ms"),
            fact(facts, "p99_ms"),
            middle(facts, |facts| facts.get("events") * 1e3 / facts.get("with_index_cpu_us")),
            middle(facts, |facts| facts.get("disk_bytes") / facts.get("events")),
        ];
        table.row(name, numbers);
    }
    Ok(vec![table])
}
