//! Clients on a socket: the same server, the same bytes.

use super::{Run, middle, side_by_side};
use crate::child::{Program, Server, Trouble};
use crate::facts::Facts;
use crate::figures::Table;

/// Enough that connecting doesn't count.
const SMALL: (&str, &str) = ("/flood?size=100&events=300000", "300000");
/// As many bytes as a fast client reads in half a second.
const LARGE: (&str, &str) = ("/flood?size=10000&events=20000", "20000");

const NAMES: [&str; 4] =
    ["ours", "reqwest-eventsource 0.6.0", "eventsource-client 0.18.0", "npm eventsource 4.1.1"];

/// Measures every client on small and on large events.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn measure(run: &Run) -> Result<Vec<Table>, Trouble> {
    let server = Server::start()?;
    let [small, large] = [SMALL, LARGE].map(|(path, events)| {
        let with = |program: Program| program.with(server.url(path)).with(events);
        let programs = [
            Program::own(["work", "client"]),
            Program::peers(["client", "reqwest-eventsource"]),
            Program::peers(["client", "eventsource-client"]),
            Program::node("client.js"),
        ];
        side_by_side(&programs.map(with), run.rounds)
    });
    let (small, large) = (small?, large?);
    let columns = [
        "100 B: thousand events per CPU second",
        "100 B: thousand events per second",
        "10 KB: MB per CPU second",
        "10 KB: MB per second",
    ];
    let mut table = Table::new("one feed over loopback", columns);
    for (at, name) in NAMES.iter().enumerate() {
        let megabytes = |facts: &Facts| facts.get("bytes") / facts.get("wall_us");
        let (small, large) = (&small[at], &large[at]);
        let numbers = [
            middle(small, Facts::thousands_a_cpu_second),
            middle(small, Facts::thousands_a_second),
            middle(large, Facts::megabytes_a_cpu_second),
            middle(large, megabytes),
        ];
        table.row(name, numbers);
    }
    Ok(vec![table])
}
