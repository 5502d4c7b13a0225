//! The one thread that writes: many jobs, one commit.

use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::StoreError;
use super::files::Files;
use super::worker::Worker;

/// Jobs wait here when the disk is slow; a feed waits for its own job, so this is feeds, not events.
const QUEUE: usize = 256;

/// What waiting jobs may hold in memory together, in KiB: four events of the largest size a feed may send.
const QUEUE_KIB: usize = 64 * 1024;

/// A commit takes no more jobs after this many rows: about 10 ms of work on a slow machine, so no job waits
/// longer than that for its company.
const COMMIT_ROWS: usize = 512;

/// A commit takes no more jobs after this many KiB, for the same reason.
const COMMIT_KIB: usize = 4 * 1024;

/// What a job costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// Rows it may change.
    pub(super) rows: usize,
    /// Bytes it holds.
    pub(super) bytes: usize,
}

/// The way to the writing thread.
///
/// # Architecture Invariant
///
/// A caller hears of success only after the commit. A job is done whole or not at all, and one that fails
/// takes no other with it. No timer collects jobs: while one commit runs the next one's jobs queue up, so
/// commits grow with the load and an idle history adds no delay.
#[derive(Debug)]
pub(super) struct Writer {
    worker: Worker<Queued>,
    memory: Arc<Semaphore>,
}

impl Writer {
    /// Starts the thread on its connection.
    pub(super) fn start(connection: Connection, files: Files) -> std::io::Result<Self> {
        let worker = Worker::start("history-writer", QUEUE, move |queue| run(connection, &files, queue))?;
        Ok(Self { worker, memory: Arc::new(Semaphore::new(QUEUE_KIB)) })
    }

    /// Makes one that does nothing, for a history that is only looked into.
    pub(super) fn closed() -> Self {
        Self { worker: Worker::closed(), memory: Arc::new(Semaphore::new(QUEUE_KIB)) }
    }

    /// Does one job, durably against a crash of the program when this returns.
    ///
    /// The job may run twice, the first time rolled back. It is done even if the caller stops waiting.
    pub(super) async fn ask<T, J>(&self, weight: Weight, job: J) -> Result<T, StoreError>
    where
        T: Send + 'static,
        J: FnMut(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        // One job heavier than all the room takes all the room.
        let kib = weight.bytes.div_ceil(1024).clamp(1, QUEUE_KIB);
        let permits = u32::try_from(kib).expect("the room fits into 32 bits");
        let memory = Arc::clone(&self.memory).acquire_many_owned(permits).await;
        let memory = memory.map_err(|_| StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Asked { job, done: None, reply });
        self.worker.send(Queued { job, rows: weight.rows, kib, _memory: memory }).await?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Ends the thread after the jobs asked for so far, leaving one file without a write-ahead log.
    pub(super) async fn close(&self) {
        self.worker.close().await;
    }
}

struct Queued {
    job: Box<dyn Job>,
    rows: usize,
    kib: usize,
    _memory: OwnedSemaphorePermit,
}

trait Job: Send {
    fn run(&mut self, connection: &Connection) -> rusqlite::Result<()>;
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Asked<T, J> {
    job: J,
    done: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, J> Job for Asked<T, J>
where
    T: Send,
    J: FnMut(&Connection) -> rusqlite::Result<T> + Send,
{
    fn run(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.done = Some((self.job)(connection)?);
        Ok(())
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let Self { done, reply, .. } = *self;
        // Whoever asked may have stopped waiting.
        let _ = reply.send(committed.and_then(|()| done.ok_or(StoreError::Closed)));
    }
}

fn run(mut connection: Connection, files: &Files, mut queue: mpsc::Receiver<Queued>) {
    while let Some(first) = queue.blocking_recv() {
        let mut group = collect(first, &mut queue);
        if commit(&mut connection, &mut group).is_ok() {
            group.into_iter().for_each(|queued| queued.job.answer(Ok(())));
        } else {
            group.into_iter().for_each(|queued| alone(&mut connection, files, queued));
        }
    }
    if let Err((_, cause)) = connection.close() {
        tracing::warn!(%cause, "the history did not close cleanly; it will be checked at the next start");
    }
}

fn collect(first: Queued, queue: &mut mpsc::Receiver<Queued>) -> Vec<Queued> {
    let (mut rows, mut kib) = (first.rows, first.kib);
    let mut group = vec![first];
    while rows < COMMIT_ROWS && kib < COMMIT_KIB {
        let Ok(next) = queue.try_recv() else { break };
        rows += next.rows;
        kib += next.kib;
        group.push(next);
    }
    group
}

fn commit(connection: &mut Connection, group: &mut [Queued]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for queued in group {
        queued.job.run(&transaction)?;
    }
    transaction.commit()
}

/// Does a job of a failed group again, so that the failure stays with the one that caused it.
fn alone(connection: &mut Connection, files: &Files, mut queued: Queued) {
    let committed = commit(connection, std::slice::from_mut(&mut queued));
    queued.job.answer(committed.map_err(|cause| {
        files.note_damage(&cause);
        StoreError::from(cause)
    }));
}
