//! Where the engine is: on Linux in a program of its own that lives on without a window, else in this one.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Wry};
use tidings_engine::engine::{Engine, StartError};
use tidings_host::browser::Browser;
use tidings_host::clipboard::Clipboard;
use tidings_host::company;
use tidings_host::control::{Server, place};
use tidings_host::face::Face;
use tidings_host::host::Host;
use tidings_host::options;
use tidings_host::paths::Paths;
use tokio::runtime::Handle;

use crate::arguments::Arguments;
use crate::{tray, window};

/// How long the engine may take to end: twice what it promises.
const ENDING: Duration = Duration::from_secs(2);

/// Where the engine is.
#[derive(Clone, Debug)]
pub(crate) enum Home {
    /// In this program.
    Here(Arc<Host>),
    /// In a program of its own, which goes on when this one ends.
    Apart,
}

#[cfg(target_os = "linux")]
pub(crate) use tidings_host::control::start::Starter;

/// No other system has a program of its own for the engine.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
pub(crate) enum Starter {}

/// How the engine's own program is started; none where it is to run here, or that program isn't beside this one.
#[cfg(target_os = "linux")]
pub(crate) fn starter(arguments: &Arguments, paths: &Paths) -> Option<Starter> {
    if arguments.one_process {
        return None;
    }
    let program = tidings_host::face::program()?;
    let mut line = vec!["run".into(), "--background".into()];
    if let Some(profile) = &arguments.profile {
        line.extend(["--profile".into(), profile.clone().into()]);
    }
    let socket = place::socket(paths);
    Some(Starter::new(program, line, socket, tidings_host::VERSION))
}

/// How the engine's own program is started: there is none.
#[cfg(not(target_os = "linux"))]
pub(crate) fn starter(_: &Arguments, _: &Paths) -> Option<Starter> {
    None
}

/// Finds the engine in a program of its own, or starts that.
///
/// # Errors
/// A sentence for people.
#[cfg(target_os = "linux")]
pub(crate) async fn apart(starter: Starter) -> Result<Face, String> {
    let link = tidings_host::control::start::open_or_start(&starter).await;
    link.map(|link| Face::there(link, starter)).map_err(|error| error.to_string())
}

/// Finds the engine in a program of its own.
///
/// # Errors
/// None: there is no such program.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn apart(starter: Starter) -> Result<Face, String> {
    match starter {}
}

/// Starts the engine in this program, where terminals can reach it too.
///
/// # Errors
/// Why it can't start.
pub(crate) async fn here(paths: &Paths, browser: Browser) -> Result<Arc<Host>, StartError> {
    let engine = Engine::start(options(paths)).await?;
    let host = Arc::new(Host::new(engine, browser, Handle::current()));
    match Server::bind(&place::socket(paths), tidings_host::VERSION) {
        Ok(server) => {
            let served = Arc::clone(&host);
            host.run(async move { server.serve(served).await });
        }
        Err(error) => tracing::warn!(%error, "terminals can't reach this engine"),
    }
    Ok(host)
}

impl Home {
    /// Starts what accompanies an engine that is here; on the main thread.
    pub(crate) fn accompany(&self, app: &AppHandle<Wry>) {
        let Self::Here(host) = self else { return };
        let shower = app.clone();
        let show = move || window::show(&shower);
        let draw = tray::draw(app, host, show.clone());
        match Clipboard::of_desktop() {
            Ok(clipboard) => company::accompany(host, clipboard, show, draw),
            Err(error) => tracing::error!(%error, "popups' buttons can't be carried out"),
        }
    }

    /// Notes that the window is gone.
    pub(crate) fn detach(&self) {
        match self {
            Self::Here(host) => host.detach(),
            // The link ends with this program.
            Self::Apart => {}
        }
    }

    /// Ends an engine that is here.
    pub(crate) async fn end(&self) {
        let Self::Here(host) = self else { return };
        if tokio::time::timeout(ENDING, host.end()).await.is_err() {
            tracing::error!("the engine didn't end in time");
        }
    }
}
