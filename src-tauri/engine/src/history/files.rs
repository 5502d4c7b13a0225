//! The history's files: where they lie, who may read them, and what happens to a damaged one.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A second damaged file tells whether the first was an accident; more would only fill the disk.
const KEPT_ASIDE: usize = 2;

/// The folder of the history and the names in it.
#[derive(Clone, Debug)]
pub(super) struct Files {
    folder: PathBuf,
}

impl Files {
    /// Makes folder and database file where they are missing, for their owner alone.
    pub(super) fn prepare(folder: &Path) -> io::Result<Self> {
        let files = Self::at(folder);
        private_folder(folder)?;
        // SQLite gives its write-ahead log and index the mode of the database.
        private_file(&files.database())?;
        for companion in ["-wal", "-shm"] {
            let path = files.beside(companion);
            if path.exists() {
                private_file(&path)?;
            }
        }
        Ok(files)
    }

    /// Names the files of a folder and leaves them as they are.
    pub(super) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder itself.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The database file.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.join("history.db")
    }

    /// Whether the last run may have left damage: it never closed the database, or met damage itself.
    pub(super) fn suspect(&self) -> bool {
        let log = fs::metadata(self.beside("-wal")).is_ok_and(|log| log.len() > 0);
        log || self.damage_mark().exists()
    }

    /// Leaves a mark for the next start if this failure means damage.
    pub(super) fn note_damage(&self, cause: &rusqlite::Error) {
        if is_damage(cause)
            && let Err(cause) = private_file(&self.damage_mark())
        {
            tracing::warn!(%cause, "the damage to the history could not be noted");
        }
    }

    /// Takes the mark away, the database being sound.
    pub(super) fn clear_damage(&self) -> io::Result<()> {
        match fs::remove_file(self.damage_mark()) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Moves the database out of the way under a name with the time in it, and keeps the newest few of these.
    ///
    /// Its write-ahead log goes with it: the events in it may be all that can be saved.
    pub(super) fn move_aside(&self, at: jiff::Timestamp) -> io::Result<String> {
        let name = at.strftime("history.corrupt-%Y%m%dT%H%M%S.%3fZ.db").to_string();
        let log = self.beside("-wal");
        if log.exists() {
            fs::rename(log, self.folder.join(format!("{name}-wal")))?;
        }
        fs::rename(self.database(), self.folder.join(&name))?;
        for stale in [self.beside("-shm"), self.beside("-journal")] {
            if stale.exists() {
                fs::remove_file(stale)?;
            }
        }
        self.drop_oldest_aside()?;
        self.clear_damage()?;
        Ok(name)
    }

    fn drop_oldest_aside(&self) -> io::Result<()> {
        let mut aside = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if name.to_str().is_some_and(|name| name.starts_with("history.corrupt-") && name.ends_with(".db"))
            {
                aside.push(name);
            }
        }
        // The time in the name makes the order of names the order of time.
        aside.sort();
        let surplus = aside.len().saturating_sub(KEPT_ASIDE);
        for mut name in aside.into_iter().take(surplus) {
            fs::remove_file(self.folder.join(&name))?;
            name.push("-wal");
            let log = self.folder.join(name);
            if log.exists() {
                fs::remove_file(log)?;
            }
        }
        Ok(())
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut path: OsString = self.database().into_os_string();
        path.push(suffix);
        path.into()
    }

    fn damage_mark(&self) -> PathBuf {
        self.folder.join("history.damaged")
    }
}

/// Whether a failure says that the file's content can't be trusted.
pub(super) fn is_damage(cause: &rusqlite::Error) -> bool {
    matches!(cause.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    restrict(folder, 0o700)
}

fn private_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    restrict(path, 0o600)
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(path)?.permissions().mode() & 0o777 != mode {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn restrict(_path: &Path, _mode: u32) -> io::Result<()> {
    // A profile folder is its owner's alone already.
    Ok(())
}
