//! The lock on a data folder: who holds it may change what is in it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::StartError;

/// Who only asks whether the lock is taken holds it for an instant; so often it is tried again…
const TRIES: usize = 10;
/// …after this long.
const PAUSE: Duration = Duration::from_millis(20);

/// Takes the lock of a folder, which is made where it is missing; it is given back when the file is dropped. Blocks.
///
/// # Errors
/// If another program holds it, or the folder can't be used.
#[expect(
    clippy::disallowed_methods,
    reason = "it is asked where blocking is meant, and for a fifth of a second at most"
)]
pub(super) fn take(folder: &Path) -> Result<File, StartError> {
    let unusable =
        |error: io::Error| StartError::Folder(format!("{} can't be used: {error}.", folder.display()));
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(unusable)?;
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(folder.join("lock")).map_err(unusable)?;
    for _ in 1..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
    }
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StartError::AlreadyRunning),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

/// Whether an engine runs on a data folder, or a program changes it.
pub fn is_running(folder: &Path) -> bool {
    let Ok(lock) = File::open(folder.join("lock")) else { return false };
    matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock))
}
