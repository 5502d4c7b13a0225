//! The windowless program: an engine, its socket and its tray, from start to end.

use std::env::consts::EXE_SUFFIX;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tidings_engine::engine::{self, Engine, StartError};
use tokio::process::Command;
use tokio::runtime;
use tokio::time::{self, Instant};

use crate::VERSION;
use crate::browser::Browser;
use crate::clipboard::Clipboard;
use crate::company;
use crate::control::start::{Report, give_way, is_newer};
use crate::control::{Link, LinkError, Server, place};
use crate::host::{Goodbye, Host};
use crate::paths::Paths;
use crate::signals;
use crate::tray::{self, TrayModel};

/// The program with the window, beside this one.
const WINDOW: &str = "tidings";
/// How long the engine may take to end: twice what it promises.
const ENDING: Duration = Duration::from_secs(2);
/// How long an engine that gives way may hold its lock.
const GIVING_WAY: Duration = Duration::from_secs(10);
/// Between two looks at that.
const LOOK: Duration = Duration::from_millis(20);
/// Threads for the engine's tasks; what blocks has threads of its own.
const THREADS: usize = 2;

/// How the program is started.
#[derive(Debug)]
pub struct Wishes {
    /// Where settings and history lie.
    pub paths: Paths,
    /// The profile's folder, for the window to be started with.
    pub profile: Option<PathBuf>,
    /// Whether a program started this one, and waits for its word.
    pub is_background: bool,
}

/// Hosts an engine until it is asked to end.
///
/// # Errors
/// A sentence for people: why it couldn't start.
pub fn run(wishes: Wishes) -> Result<(), String> {
    if wishes.is_background {
        leave_terminal();
    }
    let runtime = runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build();
    let runtime = runtime.map_err(|error| format!("Tidings can't start its threads: {error}."))?;
    let is_background = wishes.is_background;
    let ended = runtime.block_on(host(wishes, runtime.handle().clone()));
    if is_background && let Err(error) = &ended {
        report(&match error {
            StartError::AlreadyRunning => Report::AlreadyRuns,
            StartError::Folder(_) | StartError::History(_) | StartError::Network(_) => {
                Report::Failed(error.to_string())
            }
        });
    }
    // What still blocks a thread by then (a keyring that never answers) must not keep the process.
    runtime.shutdown_background();
    ended.map_err(|error| error.to_string())
}

async fn host(wishes: Wishes, runtime: runtime::Handle) -> Result<(), StartError> {
    let Wishes { paths, profile, is_background } = wishes;
    let socket = place::socket(&paths);
    take_over(&paths, &socket, VERSION).await;
    let engine = Engine::start(crate::options(&paths)).await?;
    let host = Arc::new(Host::new(engine, Browser::of_desktop(), runtime));
    let server = Server::bind(&socket, VERSION)
        .map_err(|error| StartError::Folder(format!("{} can't be used: {error}.", socket.display())));
    let server = match server {
        Ok(server) => server,
        Err(error) => {
            host.end().await;
            return Err(error);
        }
    };
    let window = Arc::clone(&host);
    let show = move || show_window(&window, profile.clone());
    let draw = draw(&host, show.clone());
    match Clipboard::of_desktop() {
        Ok(clipboard) => company::accompany(&host, clipboard, show, draw),
        Err(error) => tracing::error!(%error, "popups' buttons can't be carried out"),
    }
    if is_background {
        report(&Report::Ready);
    }
    let asked = Arc::clone(&host);
    host.run(async move {
        tokio::select! {
            () = signals::asked_to_end() => asked.finish(Goodbye::Quit),
            () = asked.ending().cancelled() => {}
        }
    });
    server.serve(Arc::clone(&host)).await;
    if time::timeout(ENDING, host.end()).await.is_err() {
        tracing::error!("the engine didn't end in time");
    }
    Ok(())
}

/// The way to draw the tray, where this program has one.
#[cfg(target_os = "linux")]
fn draw(host: &Arc<Host>, show: impl Fn() + Send + Sync + 'static) -> impl Fn(TrayModel) + Send + 'static {
    tray::draw(host, show)
}

/// No tray: elsewhere the app hosts the engine.
#[cfg(not(target_os = "linux"))]
fn draw(_: &Arc<Host>, _: impl Fn() + Send + Sync + 'static) -> impl Fn(TrayModel) + Send + 'static {
    |_| {}
}

/// Asks an engine of a version older than this program's to finish, and waits until it has let go.
async fn take_over(paths: &Paths, socket: &Path, own: &str) {
    if !engine::is_running(&paths.data_folder) {
        return;
    }
    match Link::open(socket, own).await {
        Err(LinkError::Foreign { version }) if is_newer(own, &version) => {
            tracing::info!(version, "an older Tidings gives way");
            if let Err(error) = give_way(socket, own).await {
                tracing::warn!(%error, "it doesn't");
            }
        }
        // The engine's start says that one runs.
        Ok(_) | Err(LinkError::Foreign { .. } | LinkError::Nobody | LinkError::Broken(_)) => return,
    }
    let until = Instant::now() + GIVING_WAY;
    while engine::is_running(&paths.data_folder) && Instant::now() < until {
        time::sleep(LOOK).await;
    }
}

/// Starts the program with the window, unless one is attached: that one shows itself.
fn show_window(host: &Arc<Host>, profile: Option<PathBuf>) {
    if host.has_window() {
        return;
    }
    host.run(async move {
        let beside = std::env::current_exe().map(|own| own.with_file_name(format!("{WINDOW}{EXE_SUFFIX}")));
        let program = beside.ok().filter(|file| file.is_file()).unwrap_or_else(|| WINDOW.into());
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).kill_on_drop(false);
        if let Some(profile) = profile {
            command.arg("--profile").arg(profile);
        }
        match command.spawn() {
            Ok(mut window) => drop(window.wait().await),
            Err(error) => tracing::warn!(%error, "the window can't be started"),
        }
    });
}

/// Says one line to whoever started this program; the output is closed with it.
fn report(report: &Report) {
    let Ok(line) = serde_json::to_string(report) else { return };
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
}

/// Begins a session of its own, so that a terminal's end doesn't end it.
fn leave_terminal() {
    #[cfg(unix)]
    if let Err(error) = rustix::process::setsid() {
        tracing::debug!(%error, "it stays in its session");
    }
}

#[cfg(test)]
mod tests;
