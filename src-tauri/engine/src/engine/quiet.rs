//! Telling at the end of quiet hours what they held.

use std::sync::Arc;
use std::time::Duration;

use tokio::time;

use crate::clock;
use crate::notify::{Notifier, Summary};
use crate::pipeline::Pipeline;

/// The longest wait between two looks at the clock: people set it, take it to other zones, and put machines to sleep.
const LOOK: Duration = Duration::from_secs(30);

/// Keeps what quiet hours hold until they end; runs for as long as the engine.
pub(super) async fn keep(pipeline: Arc<Pipeline>, notifier: Notifier) {
    loop {
        pipeline.held().changed().await;
        while let Some(until_ms) = pipeline.quiet_until() {
            let left_ms = until_ms.saturating_sub(clock::now_ms()).max(1);
            let look = Duration::from_millis(left_ms.unsigned_abs()).min(LOOK);
            // It doesn't matter which: either is a reason to look at the clock.
            let _ = time::timeout(look, pipeline.held().changed()).await;
        }
        notifier.digest(pipeline.held().release());
    }
}

/// Tells of what nobody was shown: at once, or when quiet hours end.
pub(super) fn tell(pipeline: &Pipeline, notifier: &Notifier, summary: Summary) {
    match pipeline.quiet_until() {
        Some(_) => pipeline.held().add(summary),
        None => notifier.summarise(summary),
    }
}
