//! Why the history refused.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a history couldn't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A later version of this program wrote it; it was not changed.
    #[error("The history {} was written by a newer version of Tidings. Update Tidings to open it; nothing in it was changed.", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// An earlier version of this program wrote it, and it was opened for reading alone.
    #[error("The history {} was written by an older version of Tidings. Start Tidings once: it brings it up to date.", path.display())]
    Older {
        /// The file.
        path: PathBuf,
    },
    /// Its folder or file can't be used.
    #[error("The history in {} can't be used: {cause}", folder.display())]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        cause: String,
    },
}

/// Why the history didn't do what it was asked; of one call, nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Reading or writing failed; trying again later may succeed.
    #[error("{message}")]
    Failed {
        /// What happened, in a sentence for people.
        message: String,
    },
    /// The history is closed.
    #[error("The history is closed.")]
    Closed,
}

impl OpenError {
    pub(super) fn unusable(folder: &Path, cause: impl Display) -> Self {
        Self::Unusable { folder: folder.to_owned(), cause: cause.to_string() }
    }
}

impl StoreError {
    /// The file can't be trusted.
    pub(super) fn damaged() -> Self {
        let words = "The history is damaged. Restart Tidings: it will keep the damaged file, start a fresh one and save \
                     what can be read.";
        Self::Failed { message: words.to_owned() }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(cause: rusqlite::Error) -> Self {
        let message = match cause.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => "The disk is full.".to_owned(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => return Self::damaged(),
            Some(ErrorCode::DatabaseBusy) => "Another program holds the history.".to_owned(),
            Some(ErrorCode::ReadOnly) => "The history can't be written to.".to_owned(),
            Some(ErrorCode::SystemIoFailure) => format!("The disk failed: {cause}."),
            Some(_) | None => format!("The history failed: {cause}."),
        };
        Self::Failed { message }
    }
}
