//! One feed's connection for as long as it is wanted: dials, reads, waits, dials again.
//!
//! **Architecture Invariant:** a connection knows nothing of rules, mute, pause or the history. It is given a call and
//! where to resume, and tells frames and states in order. The decisions are the [`machine`]'s; this driver only carries
//! them out.

pub mod backoff;
mod gate;
mod held_back;
mod link;
pub mod machine;
mod outside;
mod parcel;
mod rhythm;
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
pub use rhythm::Learned;
pub use state::State;

use crate::clock;
use crate::health::{Happening, What, cut};
use crate::transport::{CONNECT_DEADLINE, Call, Cause, Fault, Frame, Frames, Transport};
use gate::{Pass, Seat};
use held_back::{HeldBack, Verdict};
use link::{Link, millis};
use machine::{Action, Input, Machine, Manner, RECONNECTION_TIME};
use outside::{Change, soon};
use rhythm::Rhythm;

/// Proxies and load balancers cut idle connections after 60 s as a rule, so servers send a sign of life more often.
/// From here on a connection learns the server's own rhythm.
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
    /// An open link without a byte for this long is dead, until the server has shown a rhythm of its own.
    pub silence: Duration,
    /// What earlier connections learned of the server's rhythm, and where this one leaves what it learns.
    pub learned: Learned,
    /// The longest wait after an end or a failure, by default [`backoff::LONGEST`].
    pub longest_wait: Duration,
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
    let machine = Machine::new(setup.manner, reconnection).with_longest_wait(setup.longest_wait);
    let last_event_id = setup.resume.last_event_id.clone();
    let heard = outbox.clone();
    let rhythm = setup.learned.recall(setup.silence);
    let mut lookout = setup.lookout.clone();
    lookout.set_near(setup.call.is_near());
    let mut driver = Driver {
        setup,
        outbox,
        state,
        orders,
        cancel,
        machine,
        rhythm,
        held_back: HeldBack::default(),
        reconnection,
        last_event_id,
        lookout,
        insists: false,
    };
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
    rhythm: Rhythm,
    held_back: HeldBack,
    reconnection: Duration,
    last_event_id: String,
    lookout: Lookout,
    /// A person wants a dial although there is no network.
    insists: bool,
}

impl Drop for Driver {
    /// However it ends, a panic included, what was learned stays.
    fn drop(&mut self) {
        self.setup.learned.keep(&self.rhythm);
    }
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
            return self.rest(None).await;
        }
        self.enter(State::Connecting).await?;
        let origin = self.setup.call.origin();
        let Some(pass) = self.turn(&origin).await? else { return self.rest(None).await };
        let seat = match self.setup.gate.seat() {
            Ok(seat) => seat,
            Err(full) => return self.full(full).await,
        };
        let resumed_from = (!self.last_event_id.is_empty()).then(|| cut(&self.last_event_id));
        self.happened(What::Dialled { resumed_from }).await?;
        let frames = self.setup.transport.dial(&self.setup.call, &self.last_event_id);
        self.read(frames, pass, seat).await
    }

    /// Reads one dial to its end. The deadlines belong to the link: they are made once, and only bytes move them.
    async fn read(&mut self, mut frames: Frames, pass: Pass, seat: Seat) -> Result<Input, Over> {
        let mut pass = Some(pass);
        let mut link = Link::dialled();
        let mut accepted = pin!(time::sleep(CONNECT_DEADLINE));
        let mut silence = pin!(time::sleep(self.rhythm.limit()));
        loop {
            let item = tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                order = self.orders.recv() => match order {
                    Some(Order::Redial) => return self.asked(link.away_since(false)).await,
                    None => return Err(Over),
                },
                lost = self.lookout.lost() => {
                    drop((frames, pass, seat));
                    return self.lost(lost, link.away_since(false)).await;
                }
                item = frames.next() => item,
                () = &mut accepted, if pass.is_some() => {
                    // Connecting would have failed by this time: the server holds the request and keeps silent.
                    pass = None;
                    self.enter(State::Live { since_ms: clock::now_ms() }).await?;
                    self.happened(What::Accepted).await?;
                    continue;
                }
                () = &mut silence => return self.silent(&link).await,
            };
            let frame = match item {
                Some(Ok(frame)) => frame,
                Some(Err(fault)) => return self.broke(fault, &link).await,
                None => return self.broke(Fault::ended(), &link).await,
            };
            if frame == Frame::Opened {
                self.opened(link.open(), pass.take().is_none()).await?;
            } else {
                self.heard(link.quiet(), &frame).await?;
            }
            self.take(frame).await?;
            link.listen();
            silence.as_mut().reset(Instant::now() + self.rhythm.limit());
        }
    }

    async fn silent(&mut self, link: &Link) -> Result<Input, Over> {
        let limit = self.rhythm.limit();
        let away_since_ms = link.away_since(self.rhythm.is_known());
        self.rhythm.silent();
        self.happened(What::Silent { for_ms: millis(limit), away_since_ms }).await?;
        let open_for = link.open_for();
        if open_for.is_none() {
            self.held_back.unanswered();
            return Ok(Input::Broke { fault: Fault::unanswered(limit), open_for });
        }
        let verdict = self.held_back.silent(limit);
        self.found(verdict).await?;
        Ok(Input::Broke { fault: Fault::silent(limit), open_for })
    }

    async fn opened(&mut self, after: Duration, already_live: bool) -> Result<(), Over> {
        self.rhythm.opened();
        self.held_back.opened(after);
        if !already_live {
            self.enter(State::Live { since_ms: clock::now_ms() }).await?;
        }
        self.happened(What::Opened { after_ms: millis(after) }).await
    }

    async fn heard(&mut self, gap: Duration, frame: &Frame) -> Result<(), Over> {
        self.rhythm.heard(gap);
        let verdict = self.held_back.heard(gap, frame);
        self.found(verdict).await
    }

    async fn found(&mut self, verdict: Option<Verdict>) -> Result<(), Over> {
        match verdict {
            Some(Verdict::HeldBack) => self.happened(What::HeldBack).await,
            Some(Verdict::PassesAgain) => self.happened(What::PassesAgain).await,
            None => Ok(()),
        }
    }

    async fn broke(&mut self, fault: Fault, link: &Link) -> Result<Input, Over> {
        let why = cut(&fault.sentence);
        let open_for = link.open_for();
        self.happened(match open_for.zip(link.away_since(false)) {
            Some((time, away_since_ms)) => What::Ended { open_ms: millis(time), away_since_ms, why },
            None => What::Refused { why },
        })
        .await?;
        Ok(Input::Broke { fault, open_for })
    }

    async fn full(&mut self, fault: Fault) -> Result<Input, Over> {
        self.happened(What::Refused { why: cut(&fault.sentence) }).await?;
        Ok(Input::Broke { fault, open_for: None })
    }

    async fn asked(&mut self, away_since_ms: Option<i64>) -> Result<Input, Over> {
        self.happened(What::Asked { away_since_ms }).await?;
        Ok(Input::Go)
    }

    async fn take(&mut self, frame: Frame) -> Result<(), Over> {
        match &frame {
            Frame::Alive | Frame::Chunk { .. } => return Ok(()),
            Frame::Message(received) => self.last_event_id.clone_from(&received.last_event_id),
            Frame::Cursor(id) => self.last_event_id.clone_from(id),
            Frame::Retry(time) => {
                self.machine.on(Input::Retry(*time), jitter());
                if std::mem::replace(&mut self.reconnection, *time) != *time {
                    self.happened(What::ReconnectionTime { ms: millis(*time) }).await?;
                }
            }
            Frame::Oversized { bytes } => self.happened(What::Oversized { bytes: *bytes }).await?,
            Frame::Opened | Frame::Lost => {}
        }
        self.tell(Telling::Frame(frame)).await
    }

    async fn wait(&mut self, wait: Duration, why: Fault, for_person: bool) -> Result<Input, Over> {
        let mut until = Instant::now() + wait;
        // A server that named a time is not asked before, and what a person must mend is told, network or not.
        let (named, patient) = (matches!(why.cause, Cause::Busy { .. }), for_person);
        let mut woken = false;
        let until_ms = clock::now_ms().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        let what = What::Waiting { until_ms, why: cut(&why.sentence), for_person };
        self.enter(State::Waiting { wait, until_ms, why, for_person }).await?;
        self.happened(what).await?;
        loop {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Over),
                order = self.orders.recv() => return match order {
                    Some(Order::Redial) => {
                        self.insists = true;
                        self.asked(None).await
                    }
                    None => Err(Over),
                },
                change = self.lookout.change() => match change {
                    Change::Offline if named || patient => {}
                    Change::Offline => return self.rest(None).await,
                    // The wait went on while the machine slept.
                    Change::Shaken(slept) if named => {
                        until = until.checked_sub(slept).unwrap_or(until).max(Instant::now());
                    }
                    Change::Better if named => {}
                    Change::Shaken(_) | Change::Better => {
                        until = until.min(soon());
                        woken = true;
                    }
                },
                () = time::sleep_until(until) => {
                    return if woken { self.woken(None).await } else { Ok(Input::Go) };
                }
            }
        }
    }

    async fn stop(&mut self, why: Fault, for_person: bool) -> Result<Input, Over> {
        let what = What::Stopped { why: cut(&why.sentence), for_person };
        self.enter(State::Stopped { why, for_person }).await?;
        self.happened(what).await?;
        if self.setup.manner == Manner::Strict {
            return Err(Over);
        }
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Over),
            order = self.orders.recv() => match order {
                Some(Order::Redial) => self.asked(None).await,
                None => Err(Over),
            },
        }
    }

    async fn happened(&mut self, what: What) -> Result<(), Over> {
        self.tell(Telling::Happened(Happening { at_ms: clock::now_ms(), what })).await
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

/// A random number from 0 to 1; 0.5 should the system have no randomness to give.
fn jitter() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests;
