//! The history: searches in a large one, and what indexing behind the events buys.

use super::{Run, fact, middle, side_by_side};
use crate::child::{Program, Server, Trouble};
use crate::facts::Facts;
use crate::figures::Table;

/// Millions of events that are searched; the last only where everything is wanted, since it takes minutes.
const MILLIONS: [u64; 2] = [1, 4];
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
    let sizes = if run.full { &MILLIONS[..] } else { &MILLIONS[..1] };
    let mut tables = Vec::new();
    for millions in sizes {
        let folder = tempfile::tempdir()?;
        let fill = Program::own(["work", "fill"]).with(folder.path());
        let filled = fill.with((millions * 1_000_000).to_string()).measure()?;
        let server = Server::start()?;
        let found = Program::own(["work", "search"]).with(server.url("")).with(folder.path()).measure()?;
        let arrived = found.get("arrived_a_second").round();
        let title = format!("a page among {millions} million events, while {arrived} a second arrive");
        let mut table = Table::new(&title, ["found", "p50, ms", "max, ms"]);
        for (name, words) in SEARCHES {
            let facts = ["found", "p50_ms", "max_ms"].map(|part| found.get(&format!("{name}_{part}")));
            table.row(words, facts);
        }
        tables.push(table);
        let columns = ["RSS, MiB", "bytes on disk an event, with its index"];
        let mut table = Table::new("the engine that was searched", columns);
        let numbers = [found.get("rss_kib") / 1024.0, filled.get("disk_bytes") / filled.get("events")];
        table.row(&format!("{millions} million events"), numbers);
        tables.push(table);
    }
    Ok(tables)
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
