//! What a connection is told of the machine around it: sleep and network.

use std::pin::pin;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{self, Instant};

use super::gate::Pass;
use super::machine::Input;
use super::{Driver, Order, Over, State, jitter};
use crate::health::What;

/// After sleep or a lost network feeds are dialled within this time, each at its own moment, so that servers which many
/// machines listen to aren't stormed.
const SPREAD: Duration = Duration::from_secs(3);

/// What is known of the machine around all connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// Whether nothing beyond this machine and its own network can be reached.
    pub offline: bool,
    /// Counts the times that every link became doubtful: the machine slept, or the network came back.
    pub shaken: u64,
    /// Counts the times that the network became better, as after a sign-in at a café.
    pub better: u64,
    /// How long the machine has slept in all; the monotonic clock stands still meanwhile.
    pub slept: Duration,
}

/// One connection's eye on what is outside.
#[derive(Clone, Debug)]
pub struct Lookout {
    receiver: watch::Receiver<Outside>,
    seen: Outside,
    /// Nearby addresses can be reached without a network.
    near: bool,
    /// When a doubtful link is to be dialled again.
    doubted: Option<Instant>,
}

/// A change that concerns a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Its server can't be reached any more.
    Offline,
    /// Its link may be dead, and whatever it waits for may be over; the machine slept so long in between.
    Shaken(Duration),
    /// What failed may work again.
    Better,
}

/// Why a link is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// There is no network.
    Offline,
    /// It was doubted, and it is its turn to be dialled again.
    Doubted,
}

impl Default for Lookout {
    /// Looks at a machine that never sleeps and is always online.
    fn default() -> Self {
        Self::new(watch::Sender::default().subscribe())
    }
}

impl Lookout {
    /// Looks at what `receiver` tells.
    pub fn new(receiver: watch::Receiver<Outside>) -> Self {
        let seen = *receiver.borrow();
        Self { receiver, seen, near: false, doubted: None }
    }

    /// Looks with the eyes of a connection to a nearby server, or to one far away.
    pub(super) fn set_near(&mut self, near: bool) {
        self.near = near;
    }

    /// Whether the server can't be reached at present.
    pub(super) fn offline(&self) -> bool {
        !self.near && self.receiver.borrow().offline
    }

    /// Takes everything until here as known.
    pub(super) fn catch_up(&mut self) {
        self.seen = *self.receiver.borrow_and_update();
        self.doubted = None;
    }

    /// Waits until a link is to be given up; may be dropped and called again.
    pub(super) async fn lost(&mut self) -> Lost {
        loop {
            let doubted = self.doubted;
            tokio::select! {
                biased;
                change = self.change() => match change {
                    Change::Offline => return Lost::Offline,
                    Change::Shaken(_) => self.doubted = self.doubted.or_else(|| Some(soon())),
                    Change::Better => {}
                },
                () = at(doubted) => return Lost::Doubted,
            }
        }
    }

    /// Waits for the next change that concerns the connection; may be dropped and called again without missing any.
    pub(super) async fn change(&mut self) -> Change {
        loop {
            let seen = self.seen;
            let at = *self.receiver.borrow_and_update();
            self.seen = at;
            if at.offline && !seen.offline && !self.near {
                return Change::Offline;
            }
            if at.shaken != seen.shaken {
                return Change::Shaken(at.slept.saturating_sub(seen.slept));
            }
            if at.better != seen.better {
                return Change::Better;
            }
            if self.receiver.changed().await.is_err() {
                // Nobody watches any more, as when the program ends: nothing changes from here on.
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Driver {
    /// Waits for its turn to dial; `None` when the network goes first.
    pub(super) async fn turn(&mut self, origin: &str) -> Result<Option<Pass>, Over> {
        let gate = self.setup.gate.clone();
        let mut turn = pin!(gate.pass(origin));
        loop {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                change = self.lookout.change() => match change {
                    Change::Offline => return Ok(None),
                    // It is about to be dialled anyway.
                    Change::Shaken(_) | Change::Better => {}
                },
                pass = &mut turn => return Ok(Some(pass)),
            }
        }
    }

    /// Goes on from a link that was given up.
    pub(super) async fn lost(&mut self, lost: Lost, away_since_ms: Option<i64>) -> Result<Input, Over> {
        match lost {
            Lost::Offline => self.rest(away_since_ms).await,
            Lost::Doubted => self.woken(away_since_ms).await,
        }
    }

    /// Does nothing until the network is back, or a person insists.
    pub(super) async fn rest(&mut self, away_since_ms: Option<i64>) -> Result<Input, Over> {
        self.enter(State::Offline).await?;
        self.happened(What::Offline { away_since_ms }).await?;
        let mut due = None;
        loop {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                order = self.orders.recv() => match order {
                    Some(Order::Redial) => {
                        self.insists = true;
                        return self.asked(None).await;
                    }
                    None => return Err(Over),
                },
                change = self.lookout.change() => match change {
                    Change::Offline => due = None,
                    Change::Shaken(_) | Change::Better if self.lookout.offline() => {}
                    Change::Shaken(_) | Change::Better => due = due.or_else(|| Some(soon())),
                },
                () = at(due) => return self.woken(None).await,
            }
        }
    }

    pub(super) async fn woken(&mut self, away_since_ms: Option<i64>) -> Result<Input, Over> {
        self.happened(What::Woken { away_since_ms }).await?;
        Ok(Input::Woken)
    }
}

/// A moment of its own within the spread.
pub(super) fn soon() -> Instant {
    Instant::now() + SPREAD.mul_f64(jitter())
}

/// Sleeps until a moment, for ever where there is none.
async fn at(due: Option<Instant>) {
    match due {
        Some(due) => time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
