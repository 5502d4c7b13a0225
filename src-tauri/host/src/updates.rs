//! Hands the engine's updates on to the window: merged, in order, and whole again after falling behind.

mod batch;
#[cfg(test)]
mod tests;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tidings_engine::engine::Attached;
use tidings_engine::id::EventId;
use tidings_engine::update;
use tokio::sync::Notify;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::dto::Update;
use batch::Batch;

/// How long updates are gathered before they cross: two frames of a 60 Hz screen, too short to be felt.
const GATHERING: Duration = Duration::from_millis(30);

/// How many updates are gathered at most: what a burst brings in one message stays quick to draw.
const GATHERED: usize = 200;

/// What a person asked to see by clicking a popup, kept until a window takes it; the latest click counts.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    wanted: Mutex<Option<Option<EventId>>>,
    asked: Notify,
}

impl Openings {
    /// Asks for an event to be shown, or just the window.
    pub(crate) fn ask(&self, event: Option<EventId>) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = Some(event);
        self.asked.notify_one();
    }

    /// Waits until something is asked for, and takes it.
    async fn next(&self) -> Option<EventId> {
        loop {
            let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(event) = wanted {
                return event;
            }
            self.asked.notified().await;
        }
    }
}

/// Hands updates on until the window is gone, the sink refuses one, or the engine ends.
///
/// `attach` is asked again when the window fell behind; `Update::Open` comes by way of `openings` alone, which
/// outlives windows.
pub(crate) async fn forward(
    mut updates: broadcast::Receiver<update::Update>,
    attach: impl Fn() -> Attached,
    openings: &Openings,
    sink: impl Fn(Update) -> bool,
    gone: CancellationToken,
) {
    let mut batch = Batch::default();
    let mut due = Instant::now();
    loop {
        let carried = tokio::select! {
            biased;
            () = gone.cancelled() => return,
            () = tokio::time::sleep_until(due), if !batch.is_empty() => batch.hand_over(&sink),
            event = openings.next() => batch.hand_over(&sink) && sink(Update::open(event)),
            received = updates.recv() => match received {
                Ok(update) => {
                    if batch.is_empty() {
                        due = Instant::now() + GATHERING;
                    }
                    batch.push(update);
                    batch.gathered() < GATHERED || batch.hand_over(&sink)
                }
                Err(RecvError::Lagged(missed)) => {
                    tracing::debug!(missed, "the window fell behind and gets everything again");
                    let attached = attach();
                    updates = attached.updates;
                    batch = Batch::default();
                    sink(Update::Snapshot { snapshot: attached.snapshot.into() })
                }
                Err(RecvError::Closed) => {
                    batch.hand_over(&sink);
                    return;
                }
            },
        };
        if !carried {
            return;
        }
    }
}
