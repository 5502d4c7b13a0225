//! The one thread that writes: many jobs, one commit.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

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

/// A commit takes no more jobs after this time, for the same reason where rows or disk are unusually slow.
const COMMIT_TIME: Duration = Duration::from_millis(10);

/// What a job costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// Rows it may change.
    pub(super) rows: usize,
    /// Bytes it holds.
    pub(super) bytes: usize,
    /// Whether it must outlast a power cut once it is answered, because nobody could tell it again.
    pub(super) lasting: bool,
}

/// The way to the writing thread.
///
/// # Architecture Invariant
///
/// A caller hears of success only after the commit. A job is done whole or not at all, and one that fails
/// takes no other with it. No timer collects jobs: while one commit runs the next one's jobs queue up, so
/// commits grow with the load and an idle history adds no delay.
///
/// A commit is synced to the disk before it is answered if one of its jobs must last (`synchronous = FULL`). Without
/// such a job the sync comes with the next checkpoint (`NORMAL`): a power cut may then take the last commits back, whole
/// and newest first, so that a server which is asked to resume from the cursor sends again what was lost.
#[derive(Debug)]
pub(super) struct Writer {
    worker: Worker<Queued>,
    memory: Arc<Semaphore>,
    /// Told at each job and at its commit.
    written: Notify,
}

impl Writer {
    /// Starts the thread on its connection.
    pub(super) fn start(connection: Connection, files: Files) -> std::io::Result<Self> {
        let worker = Worker::start("history-writer", QUEUE, move |queue| {
            Thread { connection, files, queue, next: None, lasting: false }.run();
        })?;
        Ok(Self { worker, memory: Arc::new(Semaphore::new(QUEUE_KIB)), written: Notify::new() })
    }

    /// Makes one that does nothing, for a history that is only looked into.
    pub(super) fn closed() -> Self {
        Self { worker: Worker::closed(), memory: Arc::new(Semaphore::new(QUEUE_KIB)), written: Notify::new() }
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
        self.worker.send(Queued { job, weight, kib, _memory: memory }).await?;
        // Who asked may stop waiting: the job is done all the same.
        self.written.notify_one();
        let answer = answer.await.map_err(|_| StoreError::Closed)?;
        self.written.notify_one();
        answer
    }

    /// Waits until something is written, or was since this was last waited for.
    pub(super) async fn written(&self) {
        self.written.notified().await;
    }

    /// Ends the thread after the jobs asked for so far, leaving one file without a write-ahead log.
    pub(super) async fn close(&self) {
        self.worker.close().await;
    }
}

struct Queued {
    job: Box<dyn Job>,
    weight: Weight,
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

struct Thread {
    connection: Connection,
    files: Files,
    queue: mpsc::Receiver<Queued>,
    /// Taken from the queue and left to the next commit.
    next: Option<Queued>,
    /// What the connection's commits do at present.
    lasting: bool,
}

impl Thread {
    fn run(mut self) {
        while let Some(first) = self.next.take().or_else(|| self.queue.blocking_recv()) {
            let mut group = vec![first];
            if self.commit(&mut group).is_ok() {
                group.into_iter().for_each(|queued| queued.job.answer(Ok(())));
            } else {
                group.into_iter().for_each(|queued| self.alone(queued));
            }
        }
        if let Err((_, cause)) = self.connection.close() {
            tracing::warn!(%cause, "the history did not close cleanly; it will be checked at the next start");
        }
    }

    /// Does the first job of the group and those waiting behind it, which join the group.
    fn commit(&mut self, group: &mut Vec<Queued>) -> rusqlite::Result<()> {
        let lasting = group[0].weight.lasting;
        self.set_lasting(lasting)?;
        let until = Instant::now() + COMMIT_TIME;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (mut rows, mut kib, mut done) = (0, 0, 0);
        loop {
            group[done].job.run(&transaction)?;
            rows += group[done].weight.rows;
            kib += group[done].kib;
            done += 1;
            if rows >= COMMIT_ROWS || kib >= COMMIT_KIB || Instant::now() >= until {
                break;
            }
            match self.queue.try_recv() {
                // How a commit is synced can't be changed once it has begun.
                Ok(next) if next.weight.lasting && !lasting => {
                    self.next = Some(next);
                    break;
                }
                Ok(next) => group.push(next),
                Err(_) => break,
            }
        }
        transaction.commit()
    }

    /// Does a job of a failed group again, so that the failure stays with the one that caused it.
    fn alone(&mut self, mut queued: Queued) {
        let committed = self.commit_one(&mut queued);
        queued.job.answer(committed.map_err(|cause| {
            self.files.note_damage(&cause);
            StoreError::from(cause)
        }));
    }

    fn commit_one(&mut self, queued: &mut Queued) -> rusqlite::Result<()> {
        self.set_lasting(queued.weight.lasting)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        queued.job.run(&transaction)?;
        transaction.commit()
    }

    fn set_lasting(&mut self, lasting: bool) -> rusqlite::Result<()> {
        if self.lasting != lasting {
            let level = if lasting { "PRAGMA synchronous = FULL" } else { "PRAGMA synchronous = NORMAL" };
            self.connection.execute_batch(level)?;
            self.lasting = lasting;
        }
        Ok(())
    }
}
