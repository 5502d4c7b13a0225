//! A whole desktop of one's own: screen, bus, window manager, notification daemon and keyring.

use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};

use crate::bus::Bus;
use crate::keyring::Keyring;
use crate::popups::Popups;
use crate::profile::Profile;
use crate::screen::{Area, Screen};
use crate::session::{Session, target};
use crate::tray::Tray;
use crate::trouble::Trouble;

/// Wide enough for the window at its first size and popups beside it.
const SIZE: (u32, u32) = (1600, 900);

/// The title of the app's window, for xdotool, which takes a pattern.
pub(crate) const TITLE: &str = "^Tidings$";

/// Everything a desktop program expects around it; ended when dropped, in this order.
#[derive(Debug)]
pub struct Desktop {
    /// The notification daemon.
    pub popups: Popups,
    /// The Secret Service.
    pub keyring: Keyring,
    screen: Screen,
    bus: Bus,
    /// Home and environment.
    pub session: Session,
}

impl Desktop {
    /// Starts all of it, in a second or two.
    ///
    /// # Errors
    /// A program isn't installed, or doesn't come up; it is named.
    pub async fn start() -> Result<Self, Trouble> {
        let mut session = Session::start()?;
        let (width, height) = SIZE;
        let screen = Screen::start(&mut session, width, height).await?;
        let bus = Bus::start(&mut session).await?;
        let keyring = Keyring::start(&session, &bus).await?;
        let popups = Popups::start(&session, &bus).await?;
        Ok(Self { popups, keyring, screen, bus, session })
    }

    /// Starts a tray.
    ///
    /// # Errors
    /// The bus refuses.
    pub async fn tray(&self) -> Result<Tray, Trouble> {
        Tray::start(&self.bus).await
    }

    /// Saves a picture of the whole screen.
    ///
    /// # Errors
    /// The picture can't be taken or written.
    pub async fn picture(&self, file: &Path) -> Result<(), Trouble> {
        self.screen.picture(&self.session, None, file).await
    }

    /// Saves a picture of the screen where the app's window is.
    ///
    /// # Errors
    /// There is no window, or the picture can't be taken or written.
    pub async fn picture_of_window(&self, file: &Path) -> Result<(), Trouble> {
        let area = self.window_area().await;
        self.picture_of(area, "the app's window on the screen", file).await
    }

    /// Saves a picture of the screen where the popups are.
    ///
    /// # Errors
    /// There is none, or the picture can't be taken or written.
    pub async fn picture_of_popups(&self, file: &Path) -> Result<(), Trouble> {
        let area = self.screen.area(&self.session, "--class", "^Dunst$").await;
        self.picture_of(area, "a popup on the screen", file).await
    }

    async fn picture_of(&self, area: Option<Area>, what: &str, file: &Path) -> Result<(), Trouble> {
        let missing = || Trouble::NotInTime { what: what.to_owned(), limit: std::time::Duration::ZERO };
        self.screen.picture(&self.session, Some(area.ok_or_else(missing)?), file).await
    }

    /// Finds the app's window, if it is on the screen.
    pub async fn window_area(&self) -> Option<Area> {
        self.screen.area(&self.session, "--name", TITLE).await
    }

    /// Finds a window by its title, if it is on the screen.
    pub async fn titled(&self, title: &str) -> Option<Area> {
        self.screen.area(&self.session, "--name", &format!("^{title}$")).await
    }

    /// Gives the title of the window that has the focus.
    pub async fn active(&self) -> Option<String> {
        let title = self.session.run("xdotool", &["getactivewindow", "getwindowname"]).await.ok()?;
        Some(title.trim().to_owned())
    }

    /// Presses a key in the window that has the focus, by its name in X11.
    ///
    /// # Errors
    /// There is no such key.
    pub async fn press(&self, key: &str) -> Result<(), Trouble> {
        self.session.run("xdotool", &["key", key]).await.map(drop)
    }

    /// Puts the app's window where popups don't cover it.
    ///
    /// # Errors
    /// There is no window.
    pub async fn move_window(&self, x: u32, y: u32) -> Result<(), Trouble> {
        self.screen.move_window(&self.session, TITLE, x, y).await
    }

    /// Runs a command in a terminal, about a profile, and gives what it printed.
    ///
    /// # Errors
    /// It fails; what it said is given.
    pub async fn terminal(&self, profile: &Profile, words: &[&str]) -> Result<String, Trouble> {
        let (program, folder) = (cli()?.display().to_string(), profile.folder().display().to_string());
        self.session.run(&program, &[words, &["--profile", &folder]].concat()).await
    }

    /// Closes the app's window as a person does.
    ///
    /// # Errors
    /// There is no window.
    pub async fn close_window(&self) -> Result<(), Trouble> {
        self.screen.close_window(&self.session, TITLE).await
    }
}

impl Drop for Desktop {
    /// Ends what lives on without the app: the engine's own program.
    fn drop(&mut self) {
        for id in self.session.processes(HOST) {
            let _ = Pid::from_raw(id).map(|id| kill_process(id, Signal::KILL));
        }
    }
}

/// The program in which the engine lives on.
pub const HOST: &str = "tidings-cli";

/// Finds the program of the terminal, which lies beside the app.
///
/// # Errors
/// It isn't built.
pub fn cli() -> Result<PathBuf, Trouble> {
    let file = program()?.with_file_name(HOST);
    if file.is_file() { Ok(file) } else { Err(Trouble::NotBuilt(file)) }
}

/// Finds the built app: cargo's, or the one that `TIDINGS_PROGRAM` names.
///
/// # Errors
/// It isn't built.
pub fn program() -> Result<PathBuf, Trouble> {
    let built = || target().join("debug/tidings");
    let file = std::env::var_os("TIDINGS_PROGRAM").map_or_else(built, PathBuf::from);
    let file = std::path::absolute(&file).map_err(Trouble::refused("finding the target folder"))?;
    if file.is_file() { Ok(file) } else { Err(Trouble::NotBuilt(file)) }
}
