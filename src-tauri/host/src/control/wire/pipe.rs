//! A named pipe of Windows, whose random name stands in a file of this person's: names of pipes are everybody's, so that
//! one that could be guessed could be another's. Written without a machine to run it on.

use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tidings_engine::id::FeedId;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeServer, ServerOptions};
use tokio::time;

use super::{Reader, Writer};

/// Every end of the pipe is taken for the moment ("System Error Codes").
const ERROR_PIPE_BUSY: i32 = 231;
/// Between two tries then, and how many there are.
const LOOK: Duration = Duration::from_millis(20);
const TRIES: usize = 100;

/// Listens for programs of this person.
#[derive(Debug)]
pub(in super::super) struct Listener {
    name: String,
    /// The end that the next program gets.
    next: NamedPipeServer,
    place: PathBuf,
}

impl Listener {
    /// Listens at a place; what lies there is of a listener that died.
    ///
    /// # Errors
    /// If the folder, the file or the pipe can't be made.
    pub(in super::super) fn bind(place: &Path) -> io::Result<Self> {
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let random = [FeedId::random(), FeedId::random()].map(|id| id.to_string()).concat();
        let name = format!(r"\\.\pipe\tidings-{random}");
        // The first of its name, and never from another computer; by default others may not write.
        let next =
            ServerOptions::new().first_pipe_instance(true).reject_remote_clients(true).create(&name)?;
        std::fs::write(place, &name)?;
        Ok(Self { name, next, place: place.to_owned() })
    }

    /// Waits for a program; whoever knows the name is this person's.
    ///
    /// # Errors
    /// If it can't be let in.
    pub(in super::super) async fn accept(&mut self) -> io::Result<Option<(Reader, Writer)>> {
        self.next.connect().await?;
        let following = ServerOptions::new().reject_remote_clients(true).create(&self.name)?;
        Ok(Some(halves(mem::replace(&mut self.next, following))))
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
    let name = std::fs::read_to_string(place)?;
    for _ in 0..TRIES {
        match ClientOptions::new().open(&name) {
            Ok(pipe) => return Ok(halves(pipe)),
            Err(error) if error.raw_os_error() == Some(ERROR_PIPE_BUSY) => time::sleep(LOOK).await,
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}

fn halves(pipe: impl AsyncRead + AsyncWrite + Send + 'static) -> (Reader, Writer) {
    let (reader, writer) = tokio::io::split(pipe);
    (Box::new(reader), Box::new(writer))
}
