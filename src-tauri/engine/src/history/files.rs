//! The history's files: where they lie, who may read them, and what happens to a damaged one.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A second damaged file tells whether the first was an accident; more would only fill the disk.
const KEPT_ASIDE: usize = 2;

/// How the names of copies begin that were made before an upgrade; the version of their schema follows.
const COPY: &str = "history.version-";

/// Room set aside for a start on a full disk: SQLite's index of the write-ahead log, and a little to write.
const RESERVE_BYTES: usize = 256 * 1024;

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

    /// Whether the last run never closed the database.
    pub(super) fn unclosed(&self) -> bool {
        fs::metadata(self.beside("-wal")).is_ok_and(|log| log.len() > 0)
    }

    /// Whether the last run met damage.
    pub(super) fn damage_met(&self) -> bool {
        self.damage_mark().exists()
    }

    /// Leaves a mark for the next start if this failure means damage.
    pub(super) fn note_damage(&self, cause: &rusqlite::Error) {
        if is_damage(cause) {
            self.mark_damage();
        }
    }

    /// Leaves that mark.
    pub(super) fn mark_damage(&self) {
        if let Err(cause) = private_file(&self.damage_mark()) {
            tracing::warn!(%cause, "the damage to the history could not be noted");
        }
    }

    /// Takes the mark away, the database being sound.
    pub(super) fn clear_damage(&self) -> io::Result<()> {
        remove(&self.damage_mark())
    }

    /// The name under which a database damaged at this time is kept.
    pub(super) fn name_aside(at: jiff::Timestamp) -> String {
        at.strftime("history.corrupt-%Y%m%dT%H%M%S.%3fZ.db").to_string()
    }

    /// Moves the database out of the way under that name, and keeps the newest few of these.
    ///
    /// Its write-ahead log goes with it: the events in it may be all that can be saved. Before that a mark is left
    /// that says so, whatever instant the program ends at.
    pub(super) fn move_aside(&self, name: &str) -> io::Result<()> {
        self.mark_salvage(name)?;
        let log = self.beside("-wal");
        if log.exists() {
            fs::rename(log, self.folder.join(format!("{name}-wal")))?;
        }
        fs::rename(self.database(), self.folder.join(name))?;
        for stale in [self.beside("-shm"), self.beside("-journal")] {
            remove(&stale)?;
        }
        self.drop_oldest_aside()?;
        self.clear_damage()
    }

    /// The database moved aside whose rows are still to be saved.
    pub(super) fn salvage_due(&self) -> Option<PathBuf> {
        let name = fs::read_to_string(self.salvage_mark()).ok()?;
        let path = self.folder.join(&name);
        // Only a name that was given here: nothing else in the file system is meant.
        (is_aside(&name) && path.exists()).then_some(path)
    }

    /// Takes the mark away, everything readable being saved.
    pub(super) fn clear_salvage(&self) -> io::Result<()> {
        remove(&self.salvage_mark())
    }

    /// Sets room aside for a start on a full disk, where that isn't done yet.
    pub(super) fn set_aside(&self) -> io::Result<()> {
        let path = self.reserve();
        if fs::metadata(&path).is_ok_and(|file| file.len() == RESERVE_BYTES as u64) {
            return Ok(());
        }
        private_file(&path)?;
        fs::write(&path, vec![0; RESERVE_BYTES]).inspect_err(|_| drop(remove(&path)))
    }

    /// Gives the room back that was set aside; whether there was any.
    pub(super) fn spend_reserve(&self) -> bool {
        fs::remove_file(self.reserve()).is_ok()
    }

    fn reserve(&self) -> PathBuf {
        self.folder.join("history.reserve")
    }

    /// Puts a finished copy of a database of an older schema into its place, and drops the copies before it.
    pub(super) fn keep_copy(&self, copy: &Path, version: usize) -> io::Result<()> {
        File::open(copy)?.sync_all()?;
        let name = format!("{COPY}{version}.db");
        fs::rename(copy, self.folder.join(&name))?;
        for older in self.names()?.into_iter().filter(|other| other.starts_with(COPY) && *other != name) {
            fs::remove_file(self.folder.join(older))?;
        }
        Ok(())
    }

    /// A fresh, private, empty file for a copy of the database.
    pub(super) fn copy_to_be(&self) -> io::Result<PathBuf> {
        self.drop_copy();
        private_file(&self.copy())?;
        Ok(self.copy())
    }

    /// Removes a copy that was never finished.
    pub(super) fn drop_copy(&self) {
        if let Err(cause) = remove(&self.copy()) {
            tracing::warn!(%cause, "an unfinished copy of the history is left");
        }
    }

    fn copy(&self) -> PathBuf {
        self.folder.join("history.copy")
    }

    fn mark_salvage(&self, name: &str) -> io::Result<()> {
        private_file(&self.salvage_mark())?;
        fs::write(self.salvage_mark(), name)?;
        File::open(self.salvage_mark())?.sync_all()
    }

    /// The names of the files in the folder that are text.
    fn names(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.file_name().into_string().ok()));
        Ok(names.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    fn drop_oldest_aside(&self) -> io::Result<()> {
        let mut aside: Vec<String> = self.names()?.into_iter().filter(|name| is_aside(name)).collect();
        // The time in the name makes the order of names the order of time.
        aside.sort();
        let surplus = aside.len().saturating_sub(KEPT_ASIDE);
        for name in aside.into_iter().take(surplus) {
            for file in [name.clone(), format!("{name}-wal"), format!("{name}-shm")] {
                remove(&self.folder.join(file))?;
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

    fn salvage_mark(&self) -> PathBuf {
        self.folder.join("history.salvage")
    }
}

fn is_aside(name: &str) -> bool {
    name.starts_with("history.corrupt-") && name.ends_with(".db")
}

/// Removes a file that may not be there.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        Ok(()) | Err(_) => Ok(()),
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
