//! Decoders on bytes in memory.

use super::{Run, middle, side_by_side};
use crate::child::{Program, Trouble};
use crate::facts::Facts;
use crate::figures::Table;

const COLUMNS: [&str; 5] = ["small", "fields", "large", "line", "trickle"];

const TITLES: [&str; 5] =
    ["100 B events", "type, ID and data", "10 KB events", "one 10 MB line", "1-byte chunks"];

const CONTENDERS: [(&str, &str); 4] = [
    ("ours", "ours"),
    ("eventsource-stream 0.2.3", "stock"),
    ("sse-stream 0.3.0", "sse-stream"),
    ("eventsource-client 0.18.0", "eventsource-client"),
];

const NODE: &str = "npm eventsource-parser 3.1.1";

/// Measures every decoder on every kind of stream.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn measure(run: &Run) -> Result<Vec<Table>, Trouble> {
    let mut columns = Vec::new();
    for column in COLUMNS {
        let peer = |(_, name): &(_, &str)| Program::peers(["decoder", name, column]);
        let mut programs: Vec<_> = CONTENDERS.iter().map(peer).collect();
        programs.push(Program::node("decoder.js").with(column));
        columns.push(side_by_side(&programs, run.rounds)?);
    }
    let mut table = Table::new("MB per CPU second", TITLES);
    let names = CONTENDERS.iter().map(|(name, _)| *name).chain([NODE]);
    for (at, name) in names.enumerate() {
        table.row(name, columns.iter().map(|found| middle(&found[at], Facts::megabytes_a_cpu_second)));
    }
    Ok(vec![table])
}
