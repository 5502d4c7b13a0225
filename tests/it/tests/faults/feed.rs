//! A feed's own connection, as the app runs it, and what it tells.

use std::sync::Arc;
use std::time::Duration;

use tidings_engine::connection::machine::Manner;
use tidings_engine::connection::{
    self, Gate, Learned, Lookout, Order, Parcel, Resume, SILENCE, Setup, State, Telling, backoff,
};
use tidings_engine::transport::{Call, CallParts, Cause, Fault, Frame, SseTransport};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// A deadline for what happens at once or after the shortest waits, long enough for a busy machine.
pub(super) const SOON: Duration = Duration::from_secs(30);

/// A connection that waits no longer than it must; it ends when dropped.
pub(super) struct Feed {
    parcels: mpsc::Receiver<Parcel>,
    orders: mpsc::Sender<Order>,
    _task: JoinSet<()>,
}

/// How a dial ended.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) why: Fault,
    /// How long it waits, `None` where it stopped.
    pub(super) wait: Option<Duration>,
    pub(super) for_person: bool,
}

impl Feed {
    pub(super) fn start(url: &str) -> Self {
        Self::with(CallParts { url: url.to_owned(), ..CallParts::default() }, SILENCE)
    }

    pub(super) fn with(parts: CallParts, silence: Duration) -> Self {
        let setup = Setup {
            transport: Arc::new(SseTransport::new().expect("the network part can be set up")),
            call: Call::new(parts).expect("the test's own parts are right"),
            resume: Resume { reconnection: Some(Duration::ZERO), ..Resume::default() },
            manner: Manner::Unattended,
            silence,
            learned: Learned::default(),
            longest_wait: backoff::LONGEST,
            gate: Gate::default(),
            lookout: Lookout::default(),
        };
        let (outbox, parcels) = connection::outbox();
        let (state, _) = watch::channel(State::Connecting);
        let (orders, ordered) = mpsc::channel(1);
        let mut task = JoinSet::new();
        task.spawn(connection::run(setup, outbox, state, ordered, CancellationToken::new()));
        Self { parcels, orders, _task: task }
    }

    async fn next(&mut self) -> Telling {
        let parcel = timeout(SOON, self.parcels.recv()).await.expect("it tells something");
        parcel.expect("it goes on").telling
    }

    /// Waits until a dial ends; panics where an event comes before.
    pub(super) async fn ending(&mut self) -> Ending {
        loop {
            match self.next().await {
                Telling::State(State::Waiting { wait, why, for_person, .. }) => {
                    return Ending { why, wait: Some(wait), for_person };
                }
                Telling::State(State::Stopped { why, for_person }) => {
                    return Ending { why, wait: None, for_person };
                }
                Telling::Frame(Frame::Message(event)) => panic!("not an ending, but {event:?}"),
                Telling::State(State::Connecting | State::Live { .. } | State::Offline)
                | Telling::Happened(_)
                | Telling::Frame(
                    Frame::Opened
                    | Frame::Lost
                    | Frame::Cursor(_)
                    | Frame::Retry(_)
                    | Frame::Alive
                    | Frame::Chunk { .. }
                    | Frame::Oversized { .. },
                ) => {}
            }
        }
    }

    /// Waits for the next event's data; panics where a dial ends before.
    pub(super) async fn event(&mut self) -> String {
        loop {
            match self.next().await {
                Telling::Frame(Frame::Message(event)) => return event.data,
                Telling::State(state @ (State::Waiting { .. } | State::Stopped { .. })) => {
                    panic!("not an event, but {state:?}")
                }
                Telling::State(State::Connecting | State::Live { .. } | State::Offline)
                | Telling::Happened(_)
                | Telling::Frame(
                    Frame::Opened
                    | Frame::Lost
                    | Frame::Cursor(_)
                    | Frame::Retry(_)
                    | Frame::Alive
                    | Frame::Chunk { .. }
                    | Frame::Oversized { .. },
                ) => {}
            }
        }
    }

    /// Dials at once, as a person can ask.
    pub(super) async fn redial(&self) {
        self.orders.send(Order::Redial).await.expect("it takes orders");
    }
}

impl Ending {
    /// Panics unless it is this cause, these words are in its sentence, and it comes back by itself within seconds.
    pub(super) fn expect_brief(&self, cause: Cause, words: &str) {
        assert!(
            self.why.cause == cause && self.why.sentence.contains(words),
            "{cause:?} “{words}”: {self:?}"
        );
        let brief = Duration::from_secs(1)..=Duration::from_secs(4);
        assert!(self.wait.is_some_and(|wait| brief.contains(&wait)) && !self.for_person, "{self:?}");
    }
}
