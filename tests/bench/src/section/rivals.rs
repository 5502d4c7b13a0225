//! Tidings beside what a person would use instead, end to end, one after another.

use super::Run;
use crate::child::{Program, Trouble};
use crate::figures::Table;

/// By the words of their workers.
const CONTENDERS: [(&str, &str); 4] = [
    ("closed", "Tidings, window closed"),
    ("open", "Tidings, window open"),
    ("gotify-tray", "gotify-tray 0.5.3"),
    ("script", "`curl` and `notify-send`"),
];

/// Measures each on a desktop of its own.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn measure(_: &Run) -> Result<Vec<Table>, Trouble> {
    let columns = ["p50, ms", "p95, ms", "p99, ms", "popups in time of 40"];
    let mut latency = Table::new("an event every three seconds: sent to popup call", columns);
    let columns = ["PSS, MiB", "CPU, % of a core", "threads given the processor, a second"];
    let mut idle = Table::new("idle for a minute", columns);
    let columns = ["seconds until live", "of 20 events after it: lost", "events told again"];
    let mut restart = Table::new("the server was away for ten seconds", columns);
    let columns = [
        "calls of the daemon",
        "events named by popups",
        "lost",
        "seconds until the last call",
        "PSS afterwards, MiB",
    ];
    let mut burst = Table::new("1,000 events at once", columns);
    for (who, name) in CONTENDERS {
        let folder = tempfile::tempdir()?;
        let facts = Program::own(["work", "rival", who]).with(folder.path().join("profile")).measure()?;
        let number = |name: &str| facts.get(name);
        latency.row(name, ["p50_ms", "p95_ms", "p99_ms", "timed_count"].map(number));
        idle.row(
            name,
            [number("idle_pss_kib") / 1024.0, number("idle_cpu_percent"), number("wakes_a_second")],
        );
        restart.row(name, ["live_seconds", "restart_lost", "told_again"].map(number));
        let counts = ["burst_calls", "burst_named", "burst_lost", "burst_seconds"].map(number);
        burst.row(name, counts.into_iter().chain([number("burst_pss_kib") / 1024.0]));
    }
    Ok(vec![latency, idle, restart, burst])
}
