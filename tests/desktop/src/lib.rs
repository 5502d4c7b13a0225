//! The built program on a private desktop: its own screen, window manager, bus, notification daemon and keyring.
//!
//! Nothing of the machine's own session is seen or touched. All of it is real: Xvfb, openbox, dbus-daemon, dunst,
//! gnome-keyring, and the app that `cargo build -p tidings` made, started plainly or through its WebDriver.

mod app;
mod bus;
mod desktop;
mod hand;
mod keyring;
mod popups;
mod process;
mod profile;
mod screen;
mod session;
mod tray;
mod trouble;
mod wait;
mod window;

pub use app::{App, Host};
pub use desktop::{Desktop, HOST, cli, program};
pub use hand::Hand;
pub use keyring::{Frozen, Item, Keyring};
pub use popups::{Popup, Popups};
pub use process::Process;
pub use profile::{Profile, feed};
pub use screen::Area;
pub use session::{Session, target};
pub use tray::{Line, Tray};
pub use trouble::Trouble;
pub use wait::until;
pub use window::Window;
