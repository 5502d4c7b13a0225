//! Carrying what became of popups to the history, clicks to the faces, and trouble to both.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::event::Presented;
use crate::history::{History, Unshown};
use crate::id::{EventId, FeedId};
use crate::notify::{Notifier, Report, Summary};
use crate::update::{Board, Part};

/// One write for so many reports.
const BATCH: usize = 256;

/// Follows what the notifier reports until it ends.
pub(super) struct Follower {
    pub(super) history: History,
    pub(super) board: Arc<Board>,
    pub(super) notifier: Notifier,
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
                summarise(&self.notifier, &self.board, due);
            }
        }
    }
}

/// Offers the summary of what a feed's people haven't been shown.
pub(super) fn summarise(notifier: &Notifier, board: &Board, due: Unshown) {
    // A feed that was removed or whose popups are off has nothing to sum up.
    let Some(view) = board.feed(&due.feed).filter(|view| view.notify) else { return };
    notifier.summarise(Summary {
        feed: due.feed,
        feed_name: view.name,
        count: due.count,
        newest: due.last,
        title: due.most_urgent.reading.title,
    });
}
