//! One feed's connection for as long as it is wanted: dials, reads, waits, dials again.
//!
//! **Architecture Invariant:** a connection knows nothing of rules, mute, pause or the history. It is given a call and
//! where to resume, and tells frames and states in order. The decisions are the [`machine`]'s; this driver only carries
//! them out.

pub mod backoff;
mod gate;
pub mod machine;
mod outside;
mod parcel;
mod state;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::sync::{mpsc, watch};
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

pub use gate::Gate;
pub use outside::{Lookout, Outside};
pub use parcel::{Held, Outbox, Parcel, Telling, outbox};
pub use state::State;

use crate::clock;
use crate::transport::{CONNECT_DEADLINE, Call, Cause, Fault, Frame, Frames, Transport};
use gate::{Pass, Seat};
use machine::{Action, Input, Machine, Manner, RECONNECTION_TIME};
use outside::{Change, at, soon};

/// Proxies and load balancers cut idle connections after 60 s as a rule, so servers send a sign of life more often.
pub const SILENCE: Duration = Duration::from_secs(90);

/// Everything a connection needs to begin.
#[derive(Clone)]
pub struct Setup {
    /// Who dials.
    pub transport: Arc<dyn Transport>,
    /// What is asked.
    pub call: Call,
    /// Where to resume.
    pub resume: Resume,
    /// How it behaves where the standard would stop.
    pub manner: Manner,
    /// An open link without a byte for this long is dead.
    pub silence: Duration,
    /// Whose turn it is to dial.
    pub gate: Gate,
    /// What is told of sleep and network.
    pub lookout: Lookout,
}

/// Where to resume: what the last connection left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resume {
    /// The last event ID; empty when there is none.
    pub last_event_id: String,
    /// The reconnection time a server set.
    pub reconnection: Option<Duration>,
}

/// What a running connection can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Dial at once, whatever it is doing.
    Redial,
}

/// Runs a connection until it is cancelled, its listener is gone, or, when strict, it stopped for good.
pub async fn run(
    setup: Setup,
    outbox: Outbox,
    state: watch::Sender<State>,
    orders: mpsc::Receiver<Order>,
    cancel: CancellationToken,
) {
    let reconnection = setup.resume.reconnection.unwrap_or(RECONNECTION_TIME);
    let machine = Machine::new(setup.manner, reconnection);
    let last_event_id = setup.resume.last_event_id.clone();
    let heard = outbox.clone();
    let mut lookout = setup.lookout.clone();
    lookout.set_near(setup.call.is_near());
    let mut driver =
        Driver { setup, outbox, state, orders, cancel, machine, last_event_id, lookout, insists: false };
    tokio::select! {
        biased;
        // A quiet feed would tell nothing for hours, and so not notice.
        () = heard.closed() => {}
        // The only way out of the loop is `Over`.
        Over = driver.drive() => {}
    }
}

/// The connection is not wanted any more.
struct Over;

struct Driver {
    setup: Setup,
    outbox: Outbox,
    state: watch::Sender<State>,
    orders: mpsc::Receiver<Order>,
    cancel: CancellationToken,
    machine: Machine,
    last_event_id: String,
    lookout: Lookout,
    /// A person wants a dial although there is no network.
    insists: bool,
}

impl Driver {
    async fn drive(&mut self) -> Over {
        let mut action = self.machine.on(Input::Go, jitter());
        loop {
            let step = match action {
                Action::Dial | Action::Stay => self.dial().await,
                Action::Wait { wait, why, for_person } => self.wait(wait, why, for_person).await,
                Action::Stop { why, for_person } => self.stop(why, for_person).await,
            };
            match step {
                Ok(input) => action = self.machine.on(input, jitter()),
                Err(over) => return over,
            }
        }
    }

    async fn dial(&mut self) -> Result<Input, Over> {
        self.lookout.catch_up();
        let insists = std::mem::take(&mut self.insists);
        if self.lookout.offline() && !insists {
            return self.rest().await;
        }
        self.enter(State::Connecting).await?;
        let gate = self.setup.gate.clone();
        let origin = self.setup.call.origin();
        let mut turn = pin!(gate.pass(&origin));
        let pass = loop {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                change = self.lookout.change() => match change {
                    Change::Offline => return Ok(Input::Go),
                    // It is about to be dialled anyway.
                    Change::Shaken(_) | Change::Better => {}
                },
                pass = &mut turn => break pass,
            }
        };
        let seat = match gate.seat() {
            Ok(seat) => seat,
            Err(full) => return Ok(broke(full, None)),
        };
        let frames = self.setup.transport.dial(&self.setup.call, &self.last_event_id);
        self.read(frames, pass, seat).await
    }

    /// Does nothing until the network is back, or a person insists.
    async fn rest(&mut self) -> Result<Input, Over> {
        self.enter(State::Offline).await?;
        let mut due = None;
        loop {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                order = self.orders.recv() => match order {
                    Some(Order::Redial) => {
                        self.insists = true;
                        return Ok(Input::Go);
                    }
                    None => return Err(Over),
                },
                change = self.lookout.change() => match change {
                    Change::Offline => due = None,
                    Change::Shaken(_) | Change::Better if self.lookout.offline() => {}
                    Change::Shaken(_) | Change::Better => due = due.or_else(|| Some(soon())),
                },
                () = at(due) => return Ok(Input::Woken),
            }
        }
    }

    /// Reads one dial to its end. The deadlines belong to the link: they are made once, and only bytes move them.
    async fn read(&mut self, mut frames: Frames, pass: Pass, _seat: Seat) -> Result<Input, Over> {
        let mut pass = Some(pass);
        let mut opened = None;
        let mut accepted = pin!(time::sleep(CONNECT_DEADLINE));
        let mut silence = pin!(time::sleep(self.setup.silence));
        loop {
            let item = tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                order = self.orders.recv() => match order {
                    Some(Order::Redial) => return Ok(Input::Go),
                    None => return Err(Over),
                },
                lost = self.lookout.lost() => return Ok(lost),
                item = frames.next() => item,
                () = &mut accepted, if pass.is_some() => {
                    // Connecting would have failed by this time: the server holds the request and keeps silent.
                    pass = None;
                    self.enter(State::Live { since_ms: clock::now_ms() }).await?;
                    continue;
                }
                () = &mut silence => Some(Err(Fault::silent(self.setup.silence))),
            };
            let frame = match item {
                Some(Ok(frame)) => frame,
                Some(Err(fault)) => return Ok(broke(fault, opened)),
                None => return Ok(broke(Fault::ended(), opened)),
            };
            if frame == Frame::Opened {
                opened = Some(Instant::now());
                self.enter_opened(pass.take().is_none()).await?;
            }
            self.take(frame).await?;
            silence.as_mut().reset(Instant::now() + self.setup.silence);
        }
    }

    async fn enter_opened(&mut self, already_live: bool) -> Result<(), Over> {
        if already_live {
            return Ok(());
        }
        self.enter(State::Live { since_ms: clock::now_ms() }).await
    }

    async fn take(&mut self, frame: Frame) -> Result<(), Over> {
        match &frame {
            Frame::Alive => return Ok(()),
            Frame::Message(received) => self.last_event_id.clone_from(&received.last_event_id),
            Frame::Cursor(id) => self.last_event_id.clone_from(id),
            Frame::Retry(time) => {
                self.machine.on(Input::Retry(*time), jitter());
            }
            Frame::Opened | Frame::Oversized { .. } => {}
        }
        self.tell(Telling::Frame(frame)).await
    }

    async fn wait(&mut self, wait: Duration, why: Fault, for_person: bool) -> Result<Input, Over> {
        let mut until = Instant::now() + wait;
        // A server that named a time is not asked before, and what a person must mend is told, network or not.
        let (named, patient) = (matches!(why.cause, Cause::Busy { .. }), for_person);
        let mut step = Input::Go;
        let until_ms = clock::now_ms().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        self.enter(State::Waiting { wait, until_ms, why, for_person }).await?;
        loop {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                order = self.orders.recv() => return match order {
                    Some(Order::Redial) => {
                        self.insists = true;
                        Ok(Input::Go)
                    }
                    None => Err(Over),
                },
                change = self.lookout.change() => match change {
                    Change::Offline if named || patient => {}
                    Change::Offline => return Ok(Input::Go),
                    // The wait went on while the machine slept.
                    Change::Shaken(slept) if named => until = until.checked_sub(slept).unwrap_or(until).max(Instant::now()),
                    Change::Better if named => {}
                    Change::Shaken(_) | Change::Better => {
                        until = until.min(soon());
                        step = Input::Woken;
                    }
                },
                () = time::sleep_until(until) => return Ok(step),
            }
        }
    }

    async fn stop(&mut self, why: Fault, for_person: bool) -> Result<Input, Over> {
        self.enter(State::Stopped { why, for_person }).await?;
        if self.setup.manner == Manner::Strict {
            return Err(Over);
        }
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Over),
            order = self.orders.recv() => match order {
                Some(Order::Redial) => Ok(Input::Go),
                None => Err(Over),
            },
        }
    }

    async fn enter(&mut self, state: State) -> Result<(), Over> {
        self.state.send_replace(state.clone());
        self.tell(Telling::State(state)).await
    }

    /// Waits while the listener is busy: that is how back-pressure reaches the server's TCP.
    async fn tell(&mut self, telling: Telling) -> Result<(), Over> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Over),
            sent = self.outbox.send(telling) => sent.map_err(|_| Over),
        }
    }
}

fn broke(fault: Fault, opened: Option<Instant>) -> Input {
    Input::Broke { fault, open_for: opened.map(|at| at.elapsed()) }
}

/// A random number from 0 to 1; 0.5 should the system have no randomness to give.
fn jitter() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests;
