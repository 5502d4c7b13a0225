//! What is started: Tidings with its window closed or open, gotify-tray, or a script of one's own.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tidings_desktop::{App, Desktop, HOST, Host, Process, Profile, feed};

use super::super::host::trouble;
use super::super::processes::tree;
use crate::child::Trouble;

/// Who is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Who {
    /// Tidings without a window, as it runs after a login.
    Closed,
    /// Tidings with its window open.
    Open,
    /// Gotify's client for the tray, from PyPI.
    GotifyTray,
    /// `curl` in a loop, and `notify-send`.
    Script,
}

/// A running contender, ended when dropped.
pub(super) struct Contender {
    running: Running,
    profile: Option<Profile>,
}

enum Running {
    Closed(#[expect(dead_code, reason = "ends when dropped")] Host),
    Open(#[expect(dead_code, reason = "ends when dropped")] App),
    Other(Process, &'static str),
}

impl Contender {
    /// Starts it on a server, as its own documentation says, with its own settings as they come.
    ///
    /// # Errors
    ///
    /// If it isn't there or can't be started.
    pub(super) async fn start(
        who: Who,
        desktop: &Desktop,
        folder: &Path,
        url: &str,
    ) -> Result<Self, Trouble> {
        let profile = || Profile::create(folder, vec![feed(1, "Feed", &format!("{url}/events"))]);
        let (running, profile) = match who {
            Who::Closed => {
                let profile = profile().map_err(trouble)?;
                (Running::Closed(Host::start(desktop, &profile).map_err(trouble)?), Some(profile))
            }
            Who::Open => {
                let profile = profile().map_err(trouble)?;
                let mut app = App::start(desktop, &profile, &[]).map_err(trouble)?;
                app.shown(desktop).await.map_err(trouble)?;
                (Running::Open(app), Some(profile))
            }
            Who::GotifyTray => {
                let folder = desktop.session.variable("XDG_CONFIG_HOME").map(PathBuf::from);
                let folder = folder.ok_or_else(|| trouble("the desktop names no folder for settings"))?;
                let settings = format!("[Server]\nclient_token=C\nurl={url}\n");
                std::fs::write(folder.join("gotify-tray.conf"), settings)?;
                let program = gotify_tray()?;
                // Its lock would be a person's own, in the folder for temporary files.
                let process = Process::start(&desktop.session, &program, &["--no-lock"]).map_err(trouble)?;
                (Running::Other(process, "gotify-tray"), None)
            }
            Who::Script => {
                let script = concat!(env!("CARGO_MANIFEST_DIR"), "/rivals/curl.sh");
                let process = Process::start(&desktop.session, script, &[&format!("{url}/events")]);
                (Running::Other(process.map_err(trouble)?, "curl"), None)
            }
        };
        Ok(Self { running, profile })
    }

    /// All its processes.
    pub(super) fn processes(&self, desktop: &Desktop) -> Vec<i32> {
        match &self.running {
            Running::Closed(_) => desktop.session.processes(HOST),
            // WebKit's have no parent that tells.
            Running::Open(_) => {
                [desktop.session.processes("tidings"), desktop.session.processes("WebKit")].concat()
            }
            Running::Other(process, _) => tree(process.id()),
        }
    }

    /// The end of what it complained of.
    pub(super) fn said(&self, desktop: &Desktop) -> String {
        match &self.running {
            Running::Closed(_) => desktop.session.said(HOST),
            Running::Open(_) => desktop.session.said("tidings"),
            Running::Other(_, name) => desktop.session.said(name),
        }
    }

    /// The numbers of the events in its own history, where it has one.
    pub(super) fn kept(&self) -> Vec<usize> {
        let read = |profile: &Profile| -> rusqlite::Result<Vec<usize>> {
            let history = rusqlite::Connection::open(profile.history())?;
            let mut events =
                history.prepare("SELECT last_event_id FROM event WHERE event_type = 'message'")?;
            let ids = events.query_map([], |row| row.get::<_, String>(0))?;
            ids.map(|id| Ok(id?.parse().unwrap_or(0))).collect()
        };
        self.profile.as_ref().and_then(|profile| read(profile).ok()).unwrap_or_default()
    }
}

/// Where `.ci/deps` puts it, beside the folder of this program.
fn gotify_tray() -> Result<String, Trouble> {
    let own = std::env::current_exe()?;
    let file = own.ancestors().nth(2).map(|folder| folder.join("rivals/bin/gotify-tray"));
    let file = file
        .filter(|file| file.is_file())
        .ok_or_else(|| trouble("gotify-tray is missing: run .ci/deps bench"))?;
    Ok(file.display().to_string())
}
