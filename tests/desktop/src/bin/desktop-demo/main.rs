//! The main job, seen: in a window where there is a display, else on a private desktop, with pictures and a report.

use std::process::ExitCode;

use tidings_demo::{Demo, Options};
use tidings_desktop::{Trouble, feed};
use tidings_engine::settings::Feed;

mod headless;
mod report;
mod windowed;

/// Whatever happens here happens on the main thread: the desktop's programs end with the thread that started them.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let shown =
        if set("DISPLAY") || set("WAYLAND_DISPLAY") { windowed::run().await } else { headless::run().await };
    shown.unwrap_or_else(|trouble| {
        say(&format!("The demo failed. {trouble}"));
        ExitCode::FAILURE
    })
}

/// Starts the demo servers on a free port of this machine.
async fn serve(options: Options) -> Result<Demo, Trouble> {
    let started = Demo::start((std::net::Ipv4Addr::LOCALHOST, 0).into(), options).await;
    started.map_err(|source| Trouble::Refused { what: "starting the demo servers".to_owned(), source })
}

/// Describes every demo feed as the settings do, in the servers' order.
fn subscriptions(demo: &Demo) -> Vec<Feed> {
    let numbered = (1..).zip(Demo::feeds());
    numbered
        .map(|(number, shown)| feed(number, shown.name, &format!("{}{}", demo.base_url(), shown.path)))
        .collect()
}

#[expect(clippy::print_stdout, reason = "this program's report is what it is for")]
fn say(line: &str) {
    println!("{line}");
}
