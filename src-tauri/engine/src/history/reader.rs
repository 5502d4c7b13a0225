//! The one thread that reads, on a connection that can't write.

use std::path::Path;

use rusqlite::{Connection, InterruptHandle, OpenFlags};
use tokio::sync::{mpsc, oneshot};

use super::files::Files;
use super::worker::Worker;
use super::{StoreError, schema};

/// Questions wait here when the reader is busy; a window asks a few at a time.
const QUEUE: usize = 64;

type Question = Box<dyn FnOnce(&Connection) + Send>;

/// The way to the reading thread.
pub(super) struct Reader {
    worker: Worker<Question>,
    files: Files,
    interrupt: InterruptHandle,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

/// Nobody waits for an answer any more: a long check must not keep the file open.
impl Drop for Reader {
    fn drop(&mut self) {
        self.interrupt.interrupt();
    }
}

impl Reader {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(connection: Connection, files: Files) -> std::io::Result<Self> {
        let interrupt = connection.get_interrupt_handle();
        let worker =
            Worker::start("history-reader", QUEUE, move |mut questions: mpsc::Receiver<Question>| {
                while let Some(question) = questions.blocking_recv() {
                    question(&connection);
                }
            })?;
        Ok(Self { worker, files, interrupt })
    }

    /// Starts the thread on a database that need not be the history's own.
    pub(super) fn start_on(path: &Path, files: Files) -> Result<Self, StoreError> {
        let connection = schema::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Self::start(connection, files).map_err(|cause| StoreError::Failed { message: cause.to_string() })
    }

    /// Asks one question; what it reads is one state of the database, all that was stored before included.
    pub(super) async fn ask<T, Q>(&self, question: Q) -> Result<T, StoreError>
    where
        T: Send + 'static,
        Q: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let asked: Question = Box::new(move |connection| {
            // Whoever asked may have stopped waiting, as one who types on does.
            if reply.is_closed() {
                return;
            }
            let _ = reply.send(in_one_state(connection, question));
        });
        self.worker.send(asked).await?;
        answer.await.map_err(|_| StoreError::Closed)?.map_err(|cause| {
            self.files.note_damage(&cause);
            StoreError::from(cause)
        })
    }

    /// Ends the thread after the questions asked so far.
    pub(super) async fn close(&self) {
        self.worker.close().await;
    }
}

fn in_one_state<T>(
    connection: &Connection,
    question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let state = connection.unchecked_transaction()?;
    question(&state)
}
