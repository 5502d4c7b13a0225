//! Keeps exactly the wanted connections: starts what is missing, ends what is not wanted, restarts what changed or broke.
//!
//! **Architecture Invariant:** a supervisor never decides what is wanted, and never looks into a frame. Every feed's
//! work runs in one task it owns; a panic there ends that feed's task alone, is told, and is followed by a restart that
//! resumes from what the outlet has kept.

mod feed;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::connection::{Gate, Learned, Lookout, Order, Resume, State, Telling};
use crate::id::FeedId;
use crate::transport::{Call, Transport};

/// A feed whose task panicked is left alone this long, and twice as long each further time: a bug that meets the same
/// bytes again must not spin.
const AFTER_PANIC: Duration = Duration::from_secs(10);
/// The longest of these waits.
const AFTER_PANICS: Duration = Duration::from_secs(300);
/// A task that ran this long has left its last panic behind.
const STEADY: Duration = Duration::from_secs(600);
/// A person's clicks; never more than a few are under way.
const MOST_REQUESTS: usize = 64;

/// A connection that is to exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Whose it is.
    pub feed: FeedId,
    /// What is asked of the server.
    pub call: Call,
    /// An open link without a byte for this long is dead.
    pub silence: Duration,
    /// The longest wait after an end or a failure.
    pub longest_wait: Duration,
}

/// Where tellings go, and where a connection learns what was kept.
#[async_trait]
pub trait Outlet: Send + Sync + 'static {
    /// Gives where to resume: what was stored last.
    async fn resume(&self, feed: &FeedId) -> Resume;
    /// Takes what a connection told, in order; returns when it is kept, or when `cancel` says that there is no more time.
    async fn take(&self, feed: &FeedId, tellings: Vec<Telling>, cancel: &CancellationToken);
    /// Learns that a feed's task ended as it was told to; it may be started again later. Returns when that is kept.
    async fn ended(&self, feed: &FeedId);
    /// Learns what a connection is doing, at once: a telling may have to wait for those before it.
    fn state(&self, feed: &FeedId, state: State);
    /// Learns that a feed's task panicked and when it will be started again.
    fn panicked(&self, feed: &FeedId, again_in: Duration);
}

/// The handle to a supervisor's task.
#[derive(Clone, Debug)]
pub struct Supervisor {
    requests: mpsc::Sender<Request>,
}

#[derive(Debug)]
enum Request {
    Reconcile(Vec<Wanted>, oneshot::Sender<()>),
    Redial(Option<FeedId>),
    End(oneshot::Sender<()>),
}

impl Supervisor {
    /// Starts with nothing wanted; the task runs in `tasks` until [`Supervisor::end`].
    pub fn start(
        transport: Arc<dyn Transport>,
        outlet: Arc<dyn Outlet>,
        gate: Gate,
        lookout: Lookout,
        tasks: &mut JoinSet<()>,
    ) -> Self {
        let (requests, inbox) = mpsc::channel(MOST_REQUESTS);
        let (running, learned) = (HashMap::new(), HashMap::new());
        let work = Work { transport, outlet, gate, lookout, running, learned, tasks: JoinSet::new() };
        tasks.spawn(work.run(inbox));
        Self { requests }
    }

    /// Makes what runs equal to what is wanted; idempotent. Returns when everything unwanted has ended.
    pub async fn reconcile(&self, wanted: Vec<Wanted>) {
        let (done, waits) = oneshot::channel();
        if self.requests.send(Request::Reconcile(wanted, done)).await.is_ok() {
            let _ = waits.await;
        }
    }

    /// Dials one feed at once, or all.
    pub async fn redial(&self, feed: Option<FeedId>) {
        let _ = self.requests.send(Request::Redial(feed)).await;
    }

    /// Ends every connection and the supervisor; returns when all have ended.
    pub async fn end(&self) {
        let (done, waits) = oneshot::channel();
        if self.requests.send(Request::End(done)).await.is_ok() {
            let _ = waits.await;
        }
    }
}

struct Running {
    wanted: Wanted,
    task: Id,
    cancel: CancellationToken,
    orders: mpsc::Sender<Order>,
    /// When its task begins, and how long it waited before that because of a panic.
    begins: Instant,
    waited: Duration,
}

impl Running {
    /// How long it is left alone after a panic.
    fn rest(&self) -> Duration {
        let steady = Instant::now().saturating_duration_since(self.begins) >= STEADY;
        if steady { AFTER_PANIC } else { (self.waited * 2).clamp(AFTER_PANIC, AFTER_PANICS) }
    }
}

struct Work {
    transport: Arc<dyn Transport>,
    outlet: Arc<dyn Outlet>,
    gate: Gate,
    lookout: Lookout,
    running: HashMap<FeedId, Running>,
    /// A feed that is started again at once goes on with what is known of its server; one that is unwanted for a while,
    /// as when its address changes, begins anew.
    learned: HashMap<FeedId, Learned>,
    tasks: JoinSet<FeedId>,
}

impl Work {
    async fn run(mut self, mut inbox: mpsc::Receiver<Request>) {
        loop {
            let request = tokio::select! {
                biased;
                request = inbox.recv() => request,
                Some(ended) = self.tasks.join_next_with_id() => {
                    self.ended(ended);
                    continue;
                }
            };
            match request {
                Some(Request::Reconcile(wanted, done)) => {
                    self.reconcile(wanted).await;
                    let _ = done.send(());
                }
                Some(Request::Redial(feed)) => self.redial(feed.as_ref()),
                Some(Request::End(done)) => {
                    self.reconcile(Vec::new()).await;
                    let _ = done.send(());
                    return;
                }
                None => return self.reconcile(Vec::new()).await,
            }
        }
    }

    async fn reconcile(&mut self, wanted: Vec<Wanted>) {
        let wanted: HashMap<_, _> = wanted.into_iter().map(|wanted| (wanted.feed.clone(), wanted)).collect();
        let mut ending = Vec::new();
        self.running.retain(|feed, running| {
            let stays = wanted.get(feed) == Some(&running.wanted);
            if !stays {
                running.cancel.cancel();
                ending.push(running.task);
            }
            stays
        });
        self.wait_for(ending).await;
        self.learned.retain(|feed, _| wanted.contains_key(feed));
        for wanted in wanted.into_values() {
            if !self.running.contains_key(&wanted.feed) {
                self.begin(wanted, Duration::ZERO);
            }
        }
    }

    /// Waits for tasks that were cancelled, so that a feed never has two connections.
    async fn wait_for(&mut self, mut ending: Vec<Id>) {
        while !ending.is_empty() {
            let Some(ended) = self.tasks.join_next_with_id().await else { return };
            let id = match &ended {
                Ok((id, _)) => *id,
                Err(error) => error.id(),
            };
            if ending.contains(&id) {
                ending.retain(|waited| *waited != id);
            } else {
                self.ended(ended);
            }
        }
    }

    fn begin(&mut self, wanted: Wanted, after: Duration) {
        let cancel = CancellationToken::new();
        let (orders, ordered) = mpsc::channel(1);
        let task = feed::Task {
            wanted: wanted.clone(),
            transport: Arc::clone(&self.transport),
            outlet: Arc::clone(&self.outlet),
            learned: self.learned.entry(wanted.feed.clone()).or_default().clone(),
            gate: self.gate.clone(),
            lookout: self.lookout.clone(),
            cancel: cancel.clone(),
        };
        let task = self.tasks.spawn(task.run(ordered, after)).id();
        let begins = Instant::now() + after;
        let running = Running { wanted, task, cancel, orders, begins, waited: after };
        self.running.insert(running.wanted.feed.clone(), running);
    }

    /// A task that ended without being told to has panicked, or its connection gave up its listener: start it again.
    fn ended(&mut self, ended: Result<(Id, FeedId), JoinError>) {
        let id = match &ended {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        let Some(feed) = self
            .running
            .values()
            .find(|running| running.task == id)
            .map(|running| running.wanted.feed.clone())
        else {
            return;
        };
        if let Some(running) = self.running.remove(&feed) {
            tracing::error!(feed = %feed, "a feed's task ended by itself; it is started again");
            let rest = running.rest();
            self.outlet.panicked(&feed, rest);
            self.begin(running.wanted, rest);
        }
    }

    fn redial(&self, feed: Option<&FeedId>) {
        for running in
            self.running.values().filter(|running| feed.is_none_or(|feed| running.wanted.feed == *feed))
        {
            // Full means that one is under way already.
            let _ = running.orders.try_send(Order::Redial);
        }
    }
}

#[cfg(test)]
mod tests;
