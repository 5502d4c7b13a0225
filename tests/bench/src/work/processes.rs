//! What whole trees of processes hold and do, by the kernel's word.

use std::fs;

/// What the kernel counts processor time in.
const TICKS_A_SECOND: f64 = 100.0;

/// A process and all that it started, and so on.
pub(super) fn tree(root: i32) -> Vec<i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let parents: Vec<_> = ids.filter_map(|id| Some((id, stat(id, 1)? as i32))).collect();
    let mut found: Vec<_> = parents.iter().map(|(id, _)| *id).filter(|id| *id == root).collect();
    let mut looked = 0;
    while let Some(parent) = found.get(looked).copied() {
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        looked += 1;
    }
    found
}

/// What processes hold of the machine's memory in KiB, what they share counted in parts.
pub(super) fn pss_kib(processes: &[i32]) -> f64 {
    processes.iter().filter_map(|id| rollup(*id, "Pss:")).sum()
}

/// What processes hold of the machine's memory in KiB, what they share counted with each.
pub(super) fn rss_kib(processes: &[i32]) -> f64 {
    processes.iter().filter_map(|id| rollup(*id, "Rss:")).sum()
}

fn rollup(id: i32, name: &str) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Processor time that processes have had, in seconds.
pub(super) fn cpu_seconds(processes: &[i32]) -> f64 {
    let of = |id: &i32| Some(stat(*id, 11)? + stat(*id, 12)?);
    processes.iter().filter_map(of).sum::<f64>() / TICKS_A_SECOND
}

/// When a process was started, in seconds since the Unix epoch.
pub(super) fn started_at(id: i32) -> Option<f64> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let boot: f64 = text.lines().find_map(|line| line.strip_prefix("btime "))?.parse().ok()?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs_f64();
    // `btime` is whole seconds: what has passed since the start is told finer.
    let up: f64 = fs::read_to_string("/proc/uptime").ok()?.split(' ').next()?.parse().ok()?;
    let age = up - stat(id, 19)? / TICKS_A_SECOND;
    (boot > 0.0).then_some(now - age)
}

/// How often the threads of processes were given the processor.
pub(super) fn switches(processes: &[i32]) -> f64 {
    let threads = |id: &i32| fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let of = |text: String| -> f64 {
        let lines = text.lines().filter(|line| line.contains("_ctxt_switches"));
        lines.filter_map(|line| line.split_whitespace().last()?.parse::<f64>().ok()).sum()
    };
    let read = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("status")).ok().map(of);
    processes.iter().flat_map(threads).filter_map(read).sum()
}

/// A field of a process's `stat`, counted behind its name.
fn stat(id: i32, field: usize) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name before it may hold blanks.
    let (_, rest) = text.rsplit_once(')')?;
    rest.split_whitespace().nth(field)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_holds_who_started_it_and_what_was_started() {
        let this = i32::try_from(std::process::id()).expect("a process id");
        let mut child = std::process::Command::new("sleep").arg("600").spawn().expect("sleep runs");
        let found = tree(this);
        assert!(found.contains(&this) && found.contains(&i32::try_from(child.id()).expect("a process id")));
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        assert_eq!(tree(i32::MAX), Vec::<i32>::new());
    }

    #[test]
    fn a_process_holds_memory_takes_time_and_has_begun() {
        let this = [i32::try_from(std::process::id()).expect("a process id")];
        assert!(rss_kib(&this) >= pss_kib(&this) && pss_kib(&this) > 100.0);
        assert!(cpu_seconds(&this) >= 0.0 && switches(&this) > 0.0);
        assert_eq!(pss_kib(&[]), 0.0);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
        let age = now.as_secs_f64() - started_at(this[0]).expect("it has begun");
        assert!((-1.0..3600.0).contains(&age), "{age}");
    }
}
