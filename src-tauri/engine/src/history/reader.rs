//! The one thread that reads, on a connection that can't write.

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::files::Files;
use super::worker::Worker;

/// Questions wait here when the reader is busy; a window asks a few at a time.
const QUEUE: usize = 64;

type Question = Box<dyn FnOnce(&Connection) + Send>;

/// The way to the reading thread.
#[derive(Debug)]
pub(super) struct Reader {
    worker: Worker<Question>,
    files: Files,
}

impl Reader {
    /// Starts the thread on a connection of its own.
    pub(super) fn start(connection: Connection, files: Files) -> std::io::Result<Self> {
        let worker =
            Worker::start("history-reader", QUEUE, move |mut questions: mpsc::Receiver<Question>| {
                while let Some(question) = questions.blocking_recv() {
                    question(&connection);
                }
            })?;
        Ok(Self { worker, files })
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
