//! Carrying what became of popups to the history, clicks to the faces, and trouble to both.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::quiet;
use crate::clock;
use crate::event::Presented;
use crate::history::{History, Unshown};
use crate::id::{EventId, FeedId};
use crate::notify::{Choice, Clicked, Notice, Notifier, Report, Summary};
use crate::pipeline::Pipeline;
use crate::update::{Board, FeedView, Part};

/// One write for so many reports.
const BATCH: usize = 256;
/// What is older was missed; what is younger is news, also after a restart.
const FRESH_MS: i64 = 60_000;
/// So many of a feed may be shown one by one, as in a burst.
const FEW: u64 = 3;

/// Follows what the notifier reports until it ends.
pub(super) struct Follower {
    pub(super) history: History,
    pub(super) board: Arc<Board>,
    pub(super) notifier: Notifier,
    pub(super) pipeline: Arc<Pipeline>,
    /// Buttons that were pressed.
    pub(super) chosen: mpsc::Sender<(Choice, Clicked)>,
    /// What could not be shown in this run, by feed: how many events, and the newest.
    pub(super) missed: HashMap<FeedId, (u64, EventId)>,
}

impl Follower {
    pub(super) async fn run(mut self, mut reports: mpsc::Receiver<Report>) {
        let mut batch = Vec::new();
        while reports.recv_many(&mut batch, BATCH).await > 0 {
            let mut shown = Vec::new();
            for report in batch.drain(..) {
                self.take(report, &mut shown).await;
            }
            if !shown.is_empty()
                && let Err(error) = self.history.present(shown, Presented::Shown).await
            {
                // They stay "new": the next start sums them up, which repeats a popup and loses none.
                tracing::warn!(%error, "what became of popups could not be noted");
            }
        }
    }

    async fn take(&mut self, report: Report, shown: &mut Vec<EventId>) {
        match report {
            Report::Settled { events, shown: Ok(()), .. } => shown.extend(events),
            Report::Settled { feed, events, shown: Err(_) } => {
                let Some(newest) = events.iter().max().copied() else { return };
                let (count, last) = self.missed.entry(feed).or_insert((0, newest));
                *count += events.len() as u64;
                *last = newest.max(*last);
            }
            Report::Summarised { feed, newest, shown: Ok(()) } => {
                if let Err(error) = self.history.settle(feed, newest, Presented::Shown).await {
                    tracing::warn!(%error, "what became of a summary could not be noted");
                }
            }
            // Its events are still "new"; the next one that can be shown, or the next start, sums them up.
            Report::Summarised { feed, newest, shown: Err(_) } => {
                self.missed.entry(feed).or_insert((0, newest));
            }
            Report::Clicked(clicked) => self.board.open(clicked.event),
            Report::Chosen(choice, clicked) => {
                // Nobody presses buttons faster than they are carried out; a press that is lost can be made again.
                if self.chosen.try_send((choice, clicked)).is_err() {
                    tracing::warn!("a popup's button was not carried out");
                }
            }
            Report::Health(Ok(())) => {
                self.board.problem(Part::Notifications, None);
                self.sum_up().await;
            }
            Report::Health(Err(error)) => self.board.problem(Part::Notifications, Some(error.to_string())),
        }
    }

    /// What a dead daemon kept from people becomes one popup a feed when it is back.
    async fn sum_up(&mut self) {
        let unshown = self.history.unshown().await.unwrap_or_default();
        for (feed, (_, newest)) in std::mem::take(&mut self.missed) {
            if let Some(mut due) = unshown.iter().find(|due| due.feed == feed).cloned() {
                // What came later is offered by itself.
                due.last = newest;
                summarise(&self.pipeline, &self.notifier, &self.board, due);
            }
        }
    }
}

/// Offers what was stored in earlier runs and never shown: a few fresh events as they are, else one summary a feed.
pub(super) async fn offer_missed(history: &History, pipeline: &Pipeline, notifier: &Notifier, board: &Board) {
    // What can't be read stays "new", for the next start.
    for due in history.unshown().await.unwrap_or_default() {
        let age_ms = clock::now_ms().saturating_sub(due.oldest_ms);
        if due.count > FEW || age_ms > FRESH_MS || pipeline.quiet_until().is_some() {
            summarise(pipeline, notifier, board, due);
            continue;
        }
        let Some(view) = told(board, &due.feed) else { continue };
        for row in history.unshown_of(due.feed).await.unwrap_or_default() {
            // A few never fill what waits to be shown, so each is taken.
            let _ = notifier.offer(Notice::of(row, view.name.clone()));
        }
    }
}

/// Offers the summary of what a feed's people haven't been shown.
fn summarise(pipeline: &Pipeline, notifier: &Notifier, board: &Board, due: Unshown) {
    let Some(view) = told(board, &due.feed) else { return };
    let most_urgent = Notice::of(due.most_urgent, view.name);
    quiet::tell(pipeline, notifier, Summary { count: due.count, newest: due.last, most_urgent });
}

/// A feed that popups may tell of; one that was removed or whose popups are off has nothing to sum up.
fn told(board: &Board, feed: &FeedId) -> Option<FeedView> {
    board.feed(feed).filter(|view| view.notify)
}
