//! One feed's task: its connection, and beside it the hand that carries frames to the outlet.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time;
use tokio_util::sync::CancellationToken;

use super::{Outlet, Wanted};
use crate::connection::machine::Manner;
use crate::connection::{self, Gate, Lookout, Order, Parcel, Setup, State, Telling};
use crate::id::FeedId;
use crate::transport::{Frame, Transport};

/// One commit for so many frames: beyond it a batch gains nothing.
const BATCH: usize = 256;

pub(super) struct Task {
    pub(super) wanted: Wanted,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) outlet: Arc<dyn Outlet>,
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
            gate: self.gate.clone(),
            lookout: self.lookout.clone(),
        };
        let connection = connection::run(setup, outbox, state, orders, self.cancel.clone());
        tokio::join!(connection, self.carry(parcels), self.tell(states));
        feed
    }

    async fn carry(&self, mut parcels: mpsc::Receiver<Parcel>) {
        let mut batch = Vec::with_capacity(BATCH);
        while parcels.recv_many(&mut batch, BATCH).await > 0 {
            // The parcels' bytes count as undelivered until the outlet has the frames in store.
            let (frames, _held) = unpack(&mut batch);
            if !frames.is_empty() {
                self.outlet.take(&self.wanted.feed, frames, &self.cancel).await;
            }
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

fn unpack(batch: &mut Vec<Parcel>) -> (Vec<Frame>, Vec<connection::Held>) {
    let mut frames = Vec::with_capacity(batch.len());
    let mut held = Vec::with_capacity(batch.len());
    for parcel in batch.drain(..) {
        match parcel.telling {
            Telling::Frame(frame) => frames.push(frame),
            Telling::State(_) => {}
        }
        held.push(parcel.held);
    }
    (frames, held)
}
