//! The window: how evenly it draws while much arrives, and what it costs.

use super::Run;
use crate::child::{Program, Server, Trouble};
use crate::figures::Table;

/// Events that are scrolled through.
const MANY: &str = "1000000";

/// Measures the app's window in its real webview, on a screen without a graphics card.
///
/// # Errors
///
/// If a worker fails.
pub(super) fn measure(_: &Run) -> Result<Vec<Table>, Trouble> {
    let columns = [
        "frames",
        "later than 50 ms",
        "p50, ms",
        "p99, ms",
        "max, ms",
        "rows passed",
        "page's PSS before, MiB",
        "after, MiB",
        "CPU of app and page, % of a core",
    ];
    let mut table = Table::new("the window, for a minute", columns);
    for (scene, name) in [
        ("stream", "100 events a second into the open history"),
        ("scroll", "scrolling through 1,000,000 events"),
        ("dashboard", "four tiles, ten updates a second"),
    ] {
        let folder = tempfile::tempdir()?;
        let profile = folder.path().join("profile");
        if scene == "scroll" {
            Program::own(["work", "fill"]).with(&profile).with(MANY).measure()?;
        }
        let server = Server::start()?;
        let facts =
            Program::own(["work", "window"]).with(server.url("")).with(&profile).with(scene).measure()?;
        let mebibytes = |name| facts.get(name) / 1024.0;
        let numbers = [
            facts.get("frames"),
            facts.get("late"),
            facts.get("p50_ms"),
            facts.get("p99_ms"),
            facts.get("max_ms"),
            facts.get("rows"),
            mebibytes("pss_before_kib"),
            mebibytes("pss_after_kib"),
            facts.get("cpu_percent"),
        ];
        table.row(name, numbers);
    }
    Ok(vec![table])
}
