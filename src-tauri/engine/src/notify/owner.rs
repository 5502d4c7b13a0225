//! The task that shows popups, one after the other, and hears what people do with them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::burst::{Bursts, Call, Content, Place};
use super::click::Popups;
use super::desktop::{Answer, Deed};
use super::{Desktop, Icon, Notifier, Report, ShowError, Summary, Test, lock, wording};
use crate::id::FeedId;
use crate::language::Language;

/// Answers waiting to be read: more than popups can be clicked in the time one takes to be shown.
const ANSWERS: usize = 32;

/// Owns the desktop and what is shown on it.
#[derive(Debug)]
pub(super) struct Owner {
    desktop: Arc<dyn Desktop>,
    bursts: Arc<Mutex<Bursts>>,
    wake: Arc<Notify>,
    forgotten: Arc<Mutex<Vec<FeedId>>>,
    icons: Arc<Mutex<HashMap<FeedId, Icon>>>,
    language: Arc<Mutex<Language>>,
    stop: CancellationToken,
    reports: mpsc::Sender<Report>,
    answers: mpsc::Sender<Answer>,
    heard: mpsc::Receiver<Answer>,
    tests: mpsc::Receiver<Test>,
    popups: Popups,
    health: Result<(), ShowError>,
}

impl Owner {
    pub(super) fn new(
        desktop: Arc<dyn Desktop>,
        notifier: &Notifier,
        reports: mpsc::Sender<Report>,
        tests: mpsc::Receiver<Test>,
    ) -> Self {
        let (answers, heard) = mpsc::channel(ANSWERS);
        Self {
            desktop,
            bursts: notifier.bursts.clone(),
            wake: notifier.wake.clone(),
            forgotten: notifier.forgotten.clone(),
            icons: notifier.icons.clone(),
            language: notifier.language.clone(),
            stop: notifier.stop.clone(),
            reports,
            answers,
            heard,
            tests,
            popups: Popups::default(),
            health: Ok(()),
        }
    }

    /// Works until told to stop.
    pub(super) async fn run(mut self) {
        let stop = self.stop.clone();
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = self.work() => {}
        }
        self.desktop.close().await;
    }

    async fn work(&mut self) {
        let wake = self.wake.clone();
        loop {
            let now = Instant::now();
            let next = lock(&self.bursts).next(now);
            let due = async {
                match next {
                    Some(at) => sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                Some(answer) = self.heard.recv() => self.answered(answer).await,
                Some(test) = self.tests.recv() => self.test(test).await,
                () = due => self.show_next().await,
                () = wake.notified() => self.tidy().await,
            }
        }
    }

    /// Forgets the popups of feeds that are gone, and closes those of events that were taken back.
    async fn tidy(&mut self) {
        self.forget();
        let withdrawn = lock(&self.bursts).take_withdrawn();
        self.withdraw(withdrawn).await;
    }

    fn forget(&mut self) {
        for feed in lock(&self.forgotten).drain(..) {
            self.popups.forget(&feed);
        }
    }

    async fn withdraw(&mut self, withdrawn: Vec<(FeedId, Place)>) {
        for (feed, place) in withdrawn {
            if let Some(popup) = self.popups.withdraw(&feed, &place) {
                self.desktop.close_one(popup).await;
            }
        }
    }

    async fn show_next(&mut self) {
        self.forget();
        // In one go: what is taken back after this is closed once it is shown.
        let (withdrawn, call) = {
            let mut bursts = lock(&self.bursts);
            (bursts.take_withdrawn(), bursts.take(Instant::now()))
        };
        self.withdraw(withdrawn).await;
        if let Some(call) = call {
            // Its report says how it went.
            let _ = self.show(call).await;
        }
    }

    /// Shows a popup that is only to show whether popups are shown.
    async fn test(&mut self, Test { word, done }: Test) {
        let shown = self.show(Call::of_the_program(Content::Word(word))).await;
        if done.send(shown).is_err() {
            tracing::debug!("nobody waits for the end of a test of popups");
        }
    }

    async fn show(&mut self, call: Call) -> Result<(), ShowError> {
        let icon = lock(&self.icons).get(&call.feed).cloned();
        let language = *lock(&self.language);
        let popup = wording::popup(&call, icon.as_ref(), self.popups.replaced_by(&call), language);
        let shown = self.desktop.show(popup, &self.answers).await;
        lock(&self.bursts).settle(&call, shown.is_ok(), Instant::now());
        if let Ok(popup) = shown {
            self.popups.remember(popup, &call);
        }
        let shown = shown.map(|_| ());
        self.settled(call, shown.clone()).await;
        shown
    }

    /// Reports how a call went.
    async fn settled(&mut self, call: Call, shown: Result<(), ShowError>) {
        if self.health != shown {
            self.health = shown.clone();
            match &shown {
                Ok(()) => tracing::info!("popups are shown"),
                Err(error) => tracing::warn!("{error}"),
            }
            self.report(Report::Health(shown.clone())).await;
        }
        let Call { feed, content, events, .. } = call;
        match content {
            Content::Event(_) | Content::More { .. } => {
                self.report(Report::Settled { feed, events, shown }).await;
            }
            Content::Summary(summary) => self.summarised(&summary, &shown).await,
            Content::Digest(sums) => {
                for summary in &sums {
                    self.summarised(summary, &shown).await;
                }
            }
            Content::Alert(_) | Content::Word(_) => {}
        }
    }

    async fn summarised(&self, summary: &Summary, shown: &Result<(), ShowError>) {
        let (feed, newest) = (summary.most_urgent.feed.clone(), summary.newest);
        self.report(Report::Summarised { feed, newest, shown: shown.clone() }).await;
    }

    async fn answered(&mut self, answer: Answer) {
        let Some(shown) = self.popups.take(answer.popup) else { return };
        if shown.place == Place::More {
            lock(&self.bursts).start_afresh(&shown.meaning.feed);
        }
        match answer.deed {
            Deed::Clicked => self.report(Report::Clicked(shown.meaning)).await,
            Deed::Chosen(choice) => self.report(Report::Chosen(choice, shown.meaning)).await,
            Deed::Closed => {}
        }
    }

    async fn report(&self, report: Report) {
        if self.reports.send(report).await.is_err() {
            tracing::debug!("nobody reads what became of popups");
        }
    }
}
