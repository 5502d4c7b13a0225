//! A Unix socket in a folder of this person's.

use std::fs::{DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use super::{Reader, Writer};

/// Listens for programs of this person.
#[derive(Debug)]
pub(in super::super) struct Listener {
    listener: UnixListener,
    place: PathBuf,
}

impl Listener {
    /// Listens at a place; what lies there is of a listener that died.
    ///
    /// # Errors
    /// If the folder or the socket can't be made.
    pub(in super::super) fn bind(place: &Path) -> io::Result<Self> {
        if let Some(folder) = place.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        match std::fs::remove_file(place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(place)?;
        // The folder keeps others out until then.
        std::fs::set_permissions(place, Permissions::from_mode(0o600))?;
        Ok(Self { listener, place: place.to_owned() })
    }

    /// Waits for a program; none where it was another person's, by the system's word.
    ///
    /// # Errors
    /// If it can't be let in.
    pub(in super::super) async fn accept(&mut self) -> io::Result<Option<(Reader, Writer)>> {
        let (stream, _) = self.listener.accept().await?;
        let own = rustix::process::geteuid().as_raw();
        Ok(stream.peer_cred().is_ok_and(|peer| peer.uid() == own).then(|| halves(stream)))
    }

    /// Listens no longer, and leaves nothing behind.
    pub(in super::super) fn close(self) {
        let _ = std::fs::remove_file(&self.place);
    }
}

/// Dials who listens at a place.
///
/// # Errors
/// If nobody does.
pub(in super::super) async fn dial(place: &Path) -> io::Result<(Reader, Writer)> {
    Ok(halves(UnixStream::connect(place).await?))
}

fn halves(stream: UnixStream) -> (Reader, Writer) {
    let (reader, writer) = stream.into_split();
    (Box::new(reader), Box::new(writer))
}
