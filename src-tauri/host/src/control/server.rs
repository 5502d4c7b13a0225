//! The engine's side of the socket: whoever speaks well is answered, whoever doesn't harms nobody.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinSet;
use tokio::time;

use super::client::Client;
use super::door::Door;
use crate::host::Host;

/// After a refused connection, so that a full table of files makes no busy loop.
const BREATH: Duration = Duration::from_millis(200);

/// The engine's home as it listens.
#[derive(Debug)]
pub struct Server {
    listener: UnixListener,
    socket: PathBuf,
    version: String,
}

impl Server {
    /// Listens. Only who holds the engine's lock may call this: a socket that is there is one of a home that died.
    ///
    /// # Errors
    /// If the folder or the socket can't be made.
    pub fn bind(socket: &Path, version: &str) -> io::Result<Self> {
        if let Some(folder) = socket.parent() {
            own_folder(folder)?;
        }
        match std::fs::remove_file(socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(socket)?;
        // The folder keeps others out until then.
        std::fs::set_permissions(socket, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        Ok(Self { listener, socket: socket.to_owned(), version: version.to_owned() })
    }

    /// Serves programs until the host ends; then each is told why, and the socket is gone.
    pub async fn serve(self, host: Arc<Host>) {
        let mut clients = JoinSet::new();
        let mut door = Door::default();
        loop {
            let accepted = tokio::select! {
                biased;
                () = host.ending().cancelled() => break,
                accepted = self.listener.accept() => accepted,
            };
            while clients.try_join_next().is_some() {}
            match accepted {
                Ok((stream, _)) if is_own(&stream) => match door.let_in() {
                    Some(guest) => {
                        clients.spawn(Client::serve(Arc::clone(&host), stream, self.version.clone(), guest));
                    }
                    None => tracing::warn!("a program was turned away: too many are being served"),
                },
                Ok(_) => tracing::warn!("a program of somebody else was refused at the socket"),
                Err(error) => {
                    tracing::warn!(%error, "no program can be heard");
                    time::sleep(BREATH).await;
                }
            }
        }
        // Gone before the lock is: whoever comes next makes its own.
        let _ = std::fs::remove_file(&self.socket);
        while clients.join_next().await.is_some() {}
    }
}

/// Makes a folder that only this person may look into.
fn own_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(builder.recursive(true), 0o700);
    builder.create(folder)
}

/// Whether this person's program is at the other end, by the system's word.
fn is_own(stream: &UnixStream) -> bool {
    let own = rustix::process::geteuid().as_raw();
    stream.peer_cred().is_ok_and(|peer| peer.uid() == own)
}
