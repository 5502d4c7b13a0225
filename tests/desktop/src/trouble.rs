//! Why a private desktop, or something on it, didn't come about; said in a sentence, also where a test ends with it.

use std::path::PathBuf;
use std::time::Duration;
use std::{fmt, io};

/// What went wrong.
#[derive(thiserror::Error)]
pub enum Trouble {
    /// A program of the desktop isn't installed.
    #[error("{0} is missing: run .ci/deps")]
    Missing(String),
    /// The app isn't built.
    #[error("{} is missing: run cargo build -p tidings", .0.display())]
    NotBuilt(PathBuf),
    /// Something that was waited for didn't happen.
    #[error("{what}: not within {limit:?}")]
    NotInTime {
        /// What was waited for.
        what: String,
        /// For how long.
        limit: Duration,
    },
    /// A program ended with an error.
    #[error("{program} failed: {said}")]
    Failed {
        /// Which one.
        program: String,
        /// Its last words.
        said: String,
    },
    /// The operating system refused something.
    #[error("{what}: {source}")]
    Refused {
        /// What was tried.
        what: String,
        /// The system's answer.
        source: io::Error,
    },
    /// The bus or somebody on it refused something.
    #[error("the bus: {0}")]
    Bus(#[from] zbus::Error),
    /// The window's driver refused a session.
    #[error("the window's driver: {0}")]
    NoSession(#[from] fantoccini::error::NewSessionError),
    /// The window's driver refused a command.
    #[error("the window: {0}")]
    Window(#[from] fantoccini::error::CmdError),
    /// The history can't be read.
    #[error("the history: {0}")]
    History(#[from] rusqlite::Error),
}

impl Trouble {
    /// Says what was tried when the system refused it.
    pub(crate) fn refused(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Refused { what, source }
    }
}

impl From<zbus::fdo::Error> for Trouble {
    fn from(source: zbus::fdo::Error) -> Self {
        Self::Bus(source.into())
    }
}

/// A test that ends with an error prints this form of it.
impl fmt::Debug for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
