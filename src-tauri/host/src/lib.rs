//! The home of an engine: what faces may ask of it and are told, the way there from another process, and what
//! accompanies it where no window is: tray, browser and clipboard.

pub mod browser;
pub mod clipboard;
pub mod company;
pub mod control;
pub mod dto;
pub mod face;
pub mod failure;
pub mod host;
pub mod paths;
pub mod request;
pub mod run;
pub mod signals;
pub mod tray;
mod updates;
mod watch;

use std::path::PathBuf;

use paths::Paths;
use tidings_engine::engine::Options;

/// The version of the programs that are built together.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What an engine of a place is started with; its icon is laid where notification daemons can read it.
pub fn options(paths: &Paths) -> Options {
    Options {
        settings_file: paths.settings_file.clone(),
        data_folder: paths.data_folder.clone(),
        keyring_service: paths.identity.clone(),
        icon: icon(paths),
    }
}

/// Lays the program's icon where notification daemons can read it, installed or not; without it they draw their own.
fn icon(paths: &Paths) -> Option<PathBuf> {
    let path = paths.cache_folder.join("icon.png");
    std::fs::create_dir_all(&paths.cache_folder).ok()?;
    std::fs::write(&path, include_bytes!("../../../icons/128x128.png")).ok()?;
    Some(path)
}
