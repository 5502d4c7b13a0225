//! What the engine does for the history in quiet moments: indexing, emptying the bin, keeping the limits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{self, Instant};

use crate::clock;
use crate::history::{History, Retention, StoreError};
use crate::update::{Board, WorkKind};

/// A deletion can be undone for so long: enough to read what was done and to think of it.
const UNDO_TIME: Duration = Duration::from_secs(30);
/// How long what is written is let come together before it is looked what is to be indexed.
const PACE: Duration = Duration::from_millis(500);
/// The limits are kept this often: between two times at most a few thousand events are over them.
const PRUNING_PACE: Duration = Duration::from_secs(5 * 60);
/// Events that arrive between two looks where the history has no quiet moment…
const BUSY: u64 = 2_000;
/// …unless so many wait that looking through them row by row would be felt.
const MANY_WAIT: u64 = 50_000;
/// Fewer are indexed before anybody could look.
const LONG: u64 = 10_000;

/// What is to be done.
#[derive(Debug)]
pub(super) struct Chores {
    list: Arc<List>,
}

#[derive(Debug)]
struct List {
    deletions: Mutex<VecDeque<(i64, Instant)>>,
    retention: Mutex<Retention>,
    /// The limits changed.
    changed: Notify,
    /// Something was deleted.
    deleted: Notify,
}

impl Chores {
    /// Starts doing them. What was deleted in an earlier run can't be undone any more.
    pub(super) fn start(
        history: History,
        retention: Retention,
        board: Arc<Board>,
        tasks: &mut JoinSet<()>,
    ) -> Self {
        let list = Arc::new(List {
            deletions: Mutex::default(),
            retention: Mutex::new(retention),
            changed: Notify::new(),
            deleted: Notify::new(),
        });
        tasks.spawn(empty_bin(history.clone(), Arc::clone(&list)));
        tasks.spawn(index(history.clone(), board));
        tasks.spawn(prune(history, Arc::clone(&list)));
        Self { list }
    }

    /// Notes a deletion, to be made final when it can't be undone any more.
    pub(super) fn deleted(&self, deletion: i64) {
        lock(&self.list.deletions).push_back((deletion, Instant::now() + UNDO_TIME));
        self.list.deleted.notify_one();
    }

    /// Takes a deletion off the list; gives whether it was still there.
    pub(super) fn spared(&self, deletion: i64) -> bool {
        let mut deletions = lock(&self.list.deletions);
        let there = deletions.iter().position(|(number, _)| *number == deletion);
        there.and_then(|at| deletions.remove(at)).is_some()
    }

    /// Notes what is kept, from now on.
    pub(super) fn retain(&self, retention: Retention) {
        let mut known = lock(&self.list.retention);
        if *known != retention {
            *known = retention;
            self.list.changed.notify_one();
        }
    }
}

async fn empty_bin(history: History, list: Arc<List>) {
    if let Err(error) = history.empty_bin(None).await {
        tracing::warn!(%error, "what was deleted in an earlier run could not be removed");
    }
    // Nothing wakes where nothing is to be done.
    loop {
        match list.next() {
            Some(at) => time::sleep_until(at).await,
            None => list.deleted.notified().await,
        }
        while let Some(due) = list.due() {
            match history.empty_bin(Some(due)).await {
                Ok(()) => {}
                Err(StoreError::Closed) => return,
                // It stays hidden, and the next start tries again.
                Err(error @ StoreError::Failed { .. }) => {
                    tracing::warn!(%error, "deleted events could not be removed")
                }
            }
        }
    }
}

async fn index(history: History, board: Arc<Board>) {
    // What an earlier run left is looked for at once.
    let (mut waiting, mut is_first) = (0, true);
    loop {
        if waiting == 0 && !std::mem::take(&mut is_first) {
            history.written().await;
        }
        time::sleep(PACE).await;
        let arrived = match history.unindexed().await {
            Ok(now) => {
                let arrived = now.saturating_sub(waiting);
                waiting = now;
                arrived
            }
            Err(StoreError::Closed) => return,
            Err(StoreError::Failed { .. }) => continue,
        };
        if arrived > BUSY && waiting < MANY_WAIT {
            continue;
        }
        let (all, course) = (waiting, (waiting >= LONG).then(|| board.begin(WorkKind::Index)));
        while waiting > 0 {
            match history.index().await {
                Ok(left) => {
                    waiting = left;
                    course.iter().for_each(|course| course.at(all.saturating_sub(left), Some(all)));
                }
                Err(StoreError::Closed) => return,
                Err(error @ StoreError::Failed { .. }) => {
                    tracing::warn!(%error, "events could not be indexed");
                    break;
                }
            }
        }
    }
}

async fn prune(history: History, list: Arc<List>) {
    loop {
        let retention = lock(&list.retention).clone();
        match history.prune(retention, clock::now_ms()).await {
            Ok(0) => {}
            Ok(events) => tracing::info!(events, "the oldest events were removed to keep the limits"),
            Err(StoreError::Closed) => return,
            Err(error @ StoreError::Failed { .. }) => {
                tracing::warn!(%error, "the limits of the history could not be kept")
            }
        }
        // Early or in time, both are fine.
        let _ = time::timeout(PRUNING_PACE, list.changed.notified()).await;
    }
}

impl List {
    /// When the next deletion becomes final.
    fn next(&self) -> Option<Instant> {
        lock(&self.deletions).front().map(|(_, at)| *at)
    }

    fn due(&self) -> Option<i64> {
        let mut deletions = lock(&self.deletions);
        let (deletion, at) = deletions.front().copied()?;
        (at <= Instant::now()).then(|| {
            deletions.pop_front();
            deletion
        })
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is under these locks is changed in one move each.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
