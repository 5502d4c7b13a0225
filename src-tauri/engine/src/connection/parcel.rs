//! The bounded way out of a connection: frames and states in order, limited in number and in bytes.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::State;
use crate::health::Happening;
use crate::transport::Frame;

/// A burst is handed on in batches of this size at most.
const MOST_PARCELS: usize = 512;
/// What a feed may hold undelivered. A single larger event passes alone.
const MOST_BYTES: u32 = 2 * 1024 * 1024;
/// What a frame costs beside its text.
const OVERHEAD: usize = 128;

/// Something a connection tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// A frame.
    Frame(Frame),
    /// It entered a state.
    State(State),
    /// Something happened that belongs into its record.
    Happened(Happening),
}

/// A telling on its way; its bytes count as undelivered until `held` is dropped.
#[derive(Debug)]
pub struct Parcel {
    /// What is told.
    pub telling: Telling,
    /// Keep it until the telling is in store.
    pub held: Held,
}

/// A parcel's share of what a feed may hold undelivered; given back when dropped.
#[derive(Debug)]
pub struct Held {
    _bytes: OwnedSemaphorePermit,
}

/// Where a connection puts what it tells.
#[derive(Clone, Debug)]
pub struct Outbox {
    sender: mpsc::Sender<Parcel>,
    bytes: Arc<Semaphore>,
}

/// Nobody listens any more.
#[derive(Debug)]
pub(super) struct Deaf;

/// Makes a way out and its other end.
pub fn outbox() -> (Outbox, mpsc::Receiver<Parcel>) {
    let (sender, receiver) = mpsc::channel(MOST_PARCELS);
    (Outbox { sender, bytes: Arc::new(Semaphore::new(MOST_BYTES as usize)) }, receiver)
}

impl Outbox {
    /// Waits until nobody listens any more.
    pub(super) async fn closed(&self) {
        self.sender.closed().await;
    }

    pub(super) async fn send(&self, telling: Telling) -> Result<(), Deaf> {
        let bytes = u32::try_from(size(&telling)).map_or(MOST_BYTES, |size| size.min(MOST_BYTES));
        let permit = tokio::select! {
            biased;
            () = self.sender.closed() => return Err(Deaf),
            permit = Arc::clone(&self.bytes).acquire_many_owned(bytes) => permit.map_err(|_| Deaf)?,
        };
        self.sender.send(Parcel { telling, held: Held { _bytes: permit } }).await.map_err(|_| Deaf)
    }
}

fn size(telling: &Telling) -> usize {
    let text = match telling {
        Telling::Frame(Frame::Message(received)) => {
            received.event_type.len() + received.data.len() + received.last_event_id.len()
        }
        Telling::Frame(Frame::Cursor(id)) => id.len(),
        Telling::Frame(
            Frame::Opened
            | Frame::Lost
            | Frame::Retry(_)
            | Frame::Alive
            | Frame::Chunk { .. }
            | Frame::Oversized { .. },
        )
        | Telling::State(_)
        | Telling::Happened(_) => 0,
    };
    text + OVERHEAD
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::event::Received;

    fn message(bytes: usize) -> Telling {
        Telling::Frame(Frame::Message(Received {
            event_type: String::new(),
            data: "x".repeat(bytes),
            last_event_id: String::new(),
            own_id: false,
            received_at_ms: 0,
        }))
    }

    /// Sends until it has to wait; gives how many were taken.
    fn fill(outbox: &Outbox, bytes: usize) -> usize {
        (0..10_000).take_while(|_| outbox.send(message(bytes)).now_or_never().is_some()).count()
    }

    #[test]
    fn a_feed_holds_two_mebibytes_undelivered_and_no_more() {
        for bytes in [64 * 1024, 300_000, 1024 * 1024] {
            let (outbox, mut parcels) = outbox();
            let taken = fill(&outbox, bytes);
            let limit = MOST_BYTES as usize;
            assert!(taken * bytes <= limit && (taken + 1) * (bytes + OVERHEAD) > limit, "{taken} of {bytes}");
            let parcel = parcels.try_recv().unwrap();
            assert_eq!(fill(&outbox, bytes), 0, "what is being delivered counts");
            drop(parcel.held);
            assert_eq!(fill(&outbox, bytes), 1);
        }
    }

    #[test]
    fn small_ones_are_counted_and_one_that_is_too_large_passes_alone() {
        let (outbox, _parcels) = outbox();
        assert_eq!(fill(&outbox, 10), MOST_PARCELS);
        let (outbox, _parcels) = super::outbox();
        assert_eq!(fill(&outbox, 3 * 1024 * 1024), 1);
        assert_eq!(fill(&outbox, 0), 0);
    }
}
