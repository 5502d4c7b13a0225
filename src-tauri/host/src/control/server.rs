//! The engine's side of the socket: whoever speaks well is answered, whoever doesn't harms nobody.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time;

use super::client::Client;
use super::door::Door;
use super::wire::Listener;
use crate::host::Host;

/// After a refused connection, so that a full table of files makes no busy loop.
const BREATH: Duration = Duration::from_millis(200);

/// The engine's home as it listens.
#[derive(Debug)]
pub struct Server {
    listener: Listener,
    version: String,
}

impl Server {
    /// Listens. Only who holds the engine's lock may call this: a socket that is there is one of a home that died.
    ///
    /// # Errors
    /// If the folder or the socket can't be made.
    pub fn bind(socket: &Path, version: &str) -> io::Result<Self> {
        Ok(Self { listener: Listener::bind(socket)?, version: version.to_owned() })
    }

    /// Serves programs until the host ends; then each is told why, and the socket is gone.
    pub async fn serve(mut self, host: Arc<Host>) {
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
                Ok(Some(halves)) => match door.let_in() {
                    Some(guest) => {
                        clients.spawn(Client::serve(Arc::clone(&host), halves, self.version.clone(), guest));
                    }
                    None => tracing::warn!("a program was turned away: too many are being served"),
                },
                Ok(None) => tracing::warn!("a program of somebody else was refused at the socket"),
                Err(error) => {
                    tracing::warn!(%error, "no program can be heard");
                    time::sleep(BREATH).await;
                }
            }
        }
        // Gone before the lock is: whoever comes next makes its own.
        self.listener.close();
        while clients.join_next().await.is_some() {}
    }
}
