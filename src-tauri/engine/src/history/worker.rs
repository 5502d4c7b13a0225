//! A thread of its own that works off a bounded queue, because SQLite blocks.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::{fmt, io};

use tokio::sync::mpsc;

use super::StoreError;

/// A thread and the way into its queue.
pub(super) struct Worker<M> {
    queue: Mutex<Option<mpsc::Sender<M>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl<M: Send + 'static> Worker<M> {
    /// Starts the thread; `run` ends when its queue does.
    pub(super) fn start(
        name: &str,
        capacity: usize,
        run: impl FnOnce(mpsc::Receiver<M>) + Send + 'static,
    ) -> io::Result<Self> {
        let (queue, work) = mpsc::channel(capacity);
        let thread = Builder::new().name(name.to_owned()).spawn(move || run(work))?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) })
    }

    /// Makes one that was closed before it began.
    pub(super) fn closed() -> Self {
        Self { queue: Mutex::default(), thread: Mutex::default() }
    }

    /// Queues one piece of work, waiting for room.
    pub(super) async fn send(&self, work: M) -> Result<(), StoreError> {
        let queue = lock(&self.queue).clone().ok_or(StoreError::Closed)?;
        queue.send(work).await.map_err(|_| StoreError::Closed)
    }

    /// Takes no more work, finishes what was taken, and ends the thread.
    pub(super) async fn close(&self) {
        lock(&self.queue).take();
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            let ended = tokio::task::spawn_blocking(move || thread.join()).await;
            if !matches!(ended, Ok(Ok(()))) {
                tracing::error!("a thread of the history panicked");
            }
        }
    }
}

impl<M> fmt::Debug for Worker<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").finish_non_exhaustive()
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Only an Option is swapped under these locks, so a panic elsewhere can't leave it half done.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
