//! What the figures were measured on.

use std::fs;

/// The machine in a sentence.
pub(crate) fn words() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor =
        value("/proc/cpuinfo", "model name").unwrap_or_else(|| "a processor without a name".into());
    let memory =
        value("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    let memory = memory.map_or(String::new(), |kib| format!(", {:.0} GiB", kib / 1_048_576.0));
    format!("{cores} cores of {processor}{memory}")
}

/// How many processes want to run, on average over the last minute; not a number where the system doesn't say.
pub(crate) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(f64::NAN)
}

/// A process's own memory in KiB: resident, and with shared pages counted in part.
pub(crate) fn memory_kib() -> (f64, f64) {
    let read = |name| {
        let text = value("/proc/self/smaps_rollup", name)?;
        text.split(' ').next()?.parse().ok()
    };
    (read("Rss").unwrap_or(f64::NAN), read("Pss").unwrap_or(f64::NAN))
}

/// The value after a name and a colon in one of the system's files.
fn value(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    find(&text, name).map(str::to_owned)
}

fn find<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.into_iter().find(|(found, _)| found.trim() == name).map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_value_by_its_whole_name() {
        let text = "Rss_Anon:  1 kB\nRss:     12345 kB\nPss: 7 kB\n";
        assert_eq!(find(text, "Rss"), Some("12345 kB"));
        assert_eq!(find(text, "Swap"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_memory_on_a_machine_with_cores() {
        let (rss, pss) = memory_kib();
        assert!(rss >= pss && pss > 0.0, "{rss} {pss}");
        assert!(!words().starts_with("0 cores"), "{}", words());
        assert!(load() >= 0.0);
    }
}
