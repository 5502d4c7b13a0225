//! The built program: what its engine costs alone, how soon it and its windows are there, and what twenty windows leave.

use super::Run;
use crate::child::{Program, Server, Trouble};
use crate::figures::Table;
use crate::plots::Plot;

/// Measures the program as `cargo build --release` made it.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn measure(_: &Run) -> Result<Vec<Table>, Trouble> {
    let mebibytes = |kib: f64| kib / 1024.0;
    let columns = ["PSS, MiB", "RSS, MiB", "CPU, % of a core", "threads given the processor, a second"];
    let mut alone = Table::new("the engine's program, idle for a minute", columns);
    let mut grown = Vec::new();
    for feeds in [1, 10, 100, 1_000] {
        let (folder, server) = (tempfile::tempdir()?, Server::start()?);
        let worker = Program::own(["work", "alone"]).with(server.url("")).with(folder.path().join("profile"));
        let facts = worker.with(feeds.to_string()).measure()?;
        let [pss, rss] = ["pss_kib", "rss_kib"].map(|name| mebibytes(facts.get(name)));
        let name = if feeds == 1 { "1 feed".to_owned() } else { format!("{feeds} feeds") };
        let numbers = [pss, rss, facts.get("cpu_percent"), facts.get("wakes_a_second")];
        alone.row(&name, numbers);
        grown.push((f64::from(feeds), numbers));
    }
    for (file, title, column) in [
        ("feeds-memory.svg", "memory of the idle engine: PSS, MiB", 0),
        ("feeds-cpu.svg", "its processor time: % of a core", 2),
        ("feeds-wakes.svg", "its threads given the processor, a second", 3),
    ] {
        let points = grown.iter().map(|(feeds, numbers)| (*feeds, numbers[column]));
        alone.plot(Plot::new(file, title, "feeds").line("", points));
    }
    let (folder, server) = (tempfile::tempdir()?, Server::start()?);
    let start = Program::own(["work", "start"]).with(server.url("")).with(folder.path()).measure()?;
    let folder = tempfile::tempdir()?;
    let windows = Program::own(["work", "windows"]).with(folder.path().join("profile")).measure()?;
    let mut times = Table::new("from the start of a process", ["ms"]);
    times.row("the engine's program until its feed is open", [start.get("live_ms")]);
    for (name, words) in
        [("first", "the first window, with the engine"), ("again", "a window where the engine runs")]
    {
        times.row(&format!("{words}: painted"), [windows.get(&format!("{name}_painted_ms"))]);
        times.row(&format!("{words}: its list is there"), [windows.get(&format!("{name}_listed_ms"))]);
    }
    let mut memory = Table::new("all processes together", ["PSS, MiB"]);
    for (words, kib) in [
        ("the engine after a burst of 10,000 events", start.get("burst_pss_kib")),
        ("with a window open", windows.get("open_pss_kib")),
        ("after a window was closed", windows.get("closed_pss_kib")),
        ("after 20 more", windows.get("cycled_pss_kib")),
    ] {
        memory.row(words, [mebibytes(kib)]);
    }
    Ok(vec![alone, times, memory])
}
