//! Follows the engine while no window may be there: draws the tray, opens the window for a clicked popup and the browser
//! for its link, and copies its text.

use tidings_engine::engine::Attached;
use tidings_engine::id::EventId;
use tidings_engine::update::Update;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::tray::{Tally, TrayModel};

/// Follows the engine until told to end, or until the engine does.
pub(crate) async fn watch(
    attach: impl Fn() -> Attached,
    open: impl Fn(Option<EventId>),
    follow: impl Fn(EventId),
    copy: impl Fn(EventId),
    draw: impl Fn(TrayModel),
    ending: CancellationToken,
) {
    let Attached { snapshot, mut updates } = attach();
    let mut tally = Tally::new(&snapshot);
    let mut slate = Slate::default();
    loop {
        slate.note(tally.model());
        let received = tokio::select! {
            biased;
            () = ending.cancelled() => return,
            () = tokio::time::sleep_until(slate.due()), if slate.waits() => {
                slate.settle().into_iter().for_each(&draw);
                continue;
            }
            received = updates.recv() => received,
        };
        match received {
            Ok(Update::Open(event)) => open(event),
            Ok(Update::Follow(event)) => follow(event),
            Ok(Update::Copy(event)) => copy(event),
            Ok(update) => tally.apply(&update),
            Err(RecvError::Lagged(_)) => {
                let attached = attach();
                updates = attached.updates;
                tally = Tally::new(&attached.snapshot);
            }
            Err(RecvError::Closed) => return,
        }
    }
}

/// What is drawn, and what will be once it has held long enough.
#[derive(Debug, Default)]
struct Slate {
    drawn: Option<TrayModel>,
    coming: Option<(TrayModel, Instant)>,
}

impl Slate {
    fn note(&mut self, model: TrayModel) {
        self.coming = match (&self.drawn, self.coming.take()) {
            (Some(drawn), _) if *drawn == model => None,
            (_, Some((coming, due))) if coming.mark == model.mark => Some((model, due)),
            (_, _) => {
                let due = Instant::now() + model.settling(self.drawn.as_ref());
                Some((model, due))
            }
        };
    }

    fn waits(&self) -> bool {
        self.coming.is_some()
    }

    fn due(&self) -> Instant {
        self.coming.as_ref().map_or_else(Instant::now, |(_, due)| *due)
    }

    fn settle(&mut self) -> Option<TrayModel> {
        self.drawn = self.coming.take().map(|(model, _)| model);
        self.drawn.clone()
    }
}

#[cfg(test)]
mod tests;
