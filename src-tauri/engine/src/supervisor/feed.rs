//! One feed's task: its connection, and beside it the hand that carries frames to the outlet.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time;
use tokio_util::sync::CancellationToken;

use super::{Outlet, Wanted};
use crate::connection::machine::Manner;
use crate::connection::{self, Gate, Learned, Lookout, Order, Parcel, Setup, State, Telling};
use crate::id::FeedId;
use crate::transport::Transport;

/// One commit for so many tellings: beyond it a batch gains nothing.
const BATCH: usize = 256;

pub(super) struct Task {
    pub(super) wanted: Wanted,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) outlet: Arc<dyn Outlet>,
    pub(super) learned: Learned,
    pub(super) gate: Gate,
    pub(super) lookout: Lookout,
    pub(super) cancel: CancellationToken,
}

impl Task {
    /// Runs until cancelled; what was received by then is still handed to the outlet.
    pub(super) async fn run(self, orders: mpsc::Receiver<Order>, after: Duration) -> FeedId {
        let feed = self.wanted.feed.clone();
        if self.cancel.run_until_cancelled(time::sleep(after)).await.is_none() {
            return feed;
        }
        let Some(resume) = self.cancel.run_until_cancelled(self.outlet.resume(&feed)).await else {
            return feed;
        };
        let (outbox, parcels) = connection::outbox();
        let (state, states) = watch::channel(State::Connecting);
        let setup = Setup {
            transport: Arc::clone(&self.transport),
            call: self.wanted.call.clone(),
            resume,
            manner: Manner::Unattended,
            silence: self.wanted.silence,
            learned: self.learned.clone(),
            longest_wait: self.wanted.longest_wait,
            gate: self.gate.clone(),
            lookout: self.lookout.clone(),
        };
        let connection = connection::run(setup, outbox, state, orders, self.cancel.clone());
        tokio::join!(connection, self.carry(parcels), self.tell(states));
        self.outlet.ended(&feed).await;
        feed
    }

    async fn carry(&self, mut parcels: mpsc::Receiver<Parcel>) {
        // Room for a whole batch would be most of what an idle feed costs, so only the first parcel is waited for.
        while let Some(first) = parcels.recv().await {
            let more = std::iter::from_fn(|| parcels.try_recv().ok());
            // The parcels' bytes count as undelivered until the outlet has the tellings in store.
            let (tellings, _held): (Vec<Telling>, Vec<connection::Held>) = std::iter::once(first)
                .chain(more)
                .take(BATCH)
                .map(|parcel| (parcel.telling, parcel.held))
                .unzip();
            self.outlet.take(&self.wanted.feed, tellings, &self.cancel).await;
        }
    }

    async fn tell(&self, mut states: watch::Receiver<State>) {
        loop {
            let state = states.borrow_and_update().clone();
            self.outlet.state(&self.wanted.feed, state);
            if states.changed().await.is_err() {
                return;
            }
        }
    }
}
