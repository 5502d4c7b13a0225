//! The built app on a private desktop, started as a person starts it.

use std::process::ExitStatus;
use std::time::Duration;

use crate::desktop::{Desktop, cli, program};
use crate::process::Process;
use crate::profile::Profile;
use crate::trouble::Trouble;
use crate::wait::until;

/// What the window takes at most to be on the screen: under half a second when idle, the rest is for a machine at full load.
const WINDOW_LIMIT: Duration = Duration::from_secs(30);

/// Longer than the app allows itself.
const QUIT_LIMIT: Duration = Duration::from_secs(10);

/// The running app.
#[derive(Debug)]
pub struct App {
    process: Process,
}

impl App {
    /// Starts the app on a profile; its log is the session's `tidings.log`.
    ///
    /// # Errors
    /// It isn't built or can't be started.
    pub fn start(desktop: &Desktop, profile: &Profile, arguments: &[&str]) -> Result<Self, Trouble> {
        let program = program()?.display().to_string();
        let folder = profile.folder().display().to_string();
        let arguments = [&["--profile", &folder], arguments].concat();
        Ok(Self { process: Process::start(&desktop.session, &program, &arguments)? })
    }

    /// Waits until its window is on the screen.
    ///
    /// # Errors
    /// It isn't in time; the app's last words are given.
    pub async fn shown(&mut self, desktop: &Desktop) -> Result<(), Trouble> {
        let shown = async || desktop.window_area().await.map(drop);
        let shown = until("the app's window on the screen", WINDOW_LIMIT, shown).await;
        shown.map_err(|trouble| desktop.session.explain("tidings", trouble))
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.process.runs()
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// It doesn't.
    pub async fn ended(&mut self, limit: Duration) -> Result<ExitStatus, Trouble> {
        self.process.ended(limit).await
    }

    /// Asks it to quit, as a session does at log-out.
    ///
    /// # Errors
    /// It doesn't.
    pub async fn quit(&mut self) -> Result<ExitStatus, Trouble> {
        self.process.quit(QUIT_LIMIT).await
    }

    /// Ends it at once, as a crash would.
    ///
    /// # Errors
    /// The system refuses.
    pub async fn kill(&mut self) -> Result<(), Trouble> {
        self.process.kill().await
    }
}

/// The engine's own program, started as a session's autostart or a terminal does.
#[derive(Debug)]
pub struct Host {
    process: Process,
}

impl Host {
    /// Starts it on a profile; its log is the session's `tidings-cli.log`.
    ///
    /// # Errors
    /// It isn't built or can't be started.
    pub fn start(desktop: &Desktop, profile: &Profile) -> Result<Self, Trouble> {
        let program = cli()?.display().to_string();
        let folder = profile.folder().display().to_string();
        let arguments = ["run", "--profile", &folder];
        Ok(Self { process: Process::start(&desktop.session, &program, &arguments)? })
    }

    /// Ends it at once, as a crash would.
    ///
    /// # Errors
    /// The system refuses.
    pub async fn kill(&mut self) -> Result<(), Trouble> {
        self.process.kill().await
    }

    /// Asks it to end, as a session does at log-out.
    ///
    /// # Errors
    /// It doesn't.
    pub async fn quit(&mut self) -> Result<ExitStatus, Trouble> {
        self.process.quit(QUIT_LIMIT).await
    }
}
