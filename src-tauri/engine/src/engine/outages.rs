//! Telling softly of feeds that have been down for long, and taking it back when they are there again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::id::FeedId;
use crate::language::Language;
use crate::notify::Notifier;
use crate::pipeline::Pipeline;
use crate::update::{Board, FeedState, FeedView};

/// A server that is restarted or updated is back by then.
const LONG: Duration = Duration::from_secs(600);
/// Feeds whose time is as near as this are told together: one cause takes them down within a minute.
const NEAR: Duration = Duration::from_secs(60);
/// More than these at once are one popup.
const FEW: usize = 3;
/// Time between two looks at the feeds while they stir: a thousand that are dialled at once are looked at together.
const PACE: Duration = Duration::from_secs(1);
/// Time between two looks at whether quiet hours or a mute still keep an outage from being told.
const LOOK: Duration = Duration::from_secs(30);

/// Follows all feeds for as long as the engine runs.
pub(super) async fn keep(board: Arc<Board>, pipeline: Arc<Pipeline>, notifier: Notifier) {
    let mut outages = Outages::default();
    loop {
        let now = Instant::now();
        for word in
            board.look(|feeds| outages.look(feeds, now, notifier.language(), |feed| pipeline.may_tell(feed)))
        {
            match word {
                Told::Down { feed, title, body } => notifier.alert(feed.as_ref(), title, body),
                Told::Over(feed) => notifier.end_alert(feed.as_ref()),
            }
        }
        let next = outages.next(Instant::now());
        let due = async {
            match next {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = board.stirred() => sleep(PACE).await,
            () = due => {}
        }
    }
}

/// What people are told; without a feed, of several at once.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Down { feed: Option<FeedId>, title: String, body: String },
    Over(Option<FeedId>),
}

/// What was said of an outage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Said {
    #[default]
    Nothing,
    Alone,
    Together,
}

/// How a feed stands.
#[derive(Debug, Default)]
struct Standing {
    /// Since when it has been down, not counting what isn't its fault.
    since: Option<Instant>,
    /// It was there in this run.
    was_live: bool,
    said: Said,
    /// In which look it was last seen.
    seen: u64,
}

/// The outages of all feeds. Pure: time and what may be told are arguments.
#[derive(Debug, Default)]
struct Outages {
    feeds: HashMap<FeedId, Standing>,
    /// Counts the looks.
    looks: u64,
}

impl Outages {
    /// Looks at all feeds, and gives what is to be told.
    fn look(
        &mut self,
        feeds: &[FeedView],
        now: Instant,
        language: Language,
        may_tell: impl Fn(&FeedId) -> bool,
    ) -> Vec<Told> {
        let mut told = self.note(feeds, now);
        let at_hand = |since: Instant| since + LONG <= now + NEAR;
        let due: Vec<&FeedView> = feeds
            .iter()
            .filter(|view| self.untold(&view.id).is_some_and(at_hand) && may_tell(&view.id))
            .collect();
        if due.iter().any(|view| self.untold(&view.id).is_some_and(|since| since + LONG <= now)) {
            let said = if due.len() > FEW { Said::Together } else { Said::Alone };
            for view in &due {
                self.feeds.entry(view.id.clone()).or_default().said = said;
            }
            match said {
                Said::Together => told.push(together(&due, language)),
                Said::Alone | Said::Nothing => told.extend(due.into_iter().map(|view| alone(view, language))),
            }
        }
        told
    }

    /// When to look again, should nothing change before.
    fn next(&self, now: Instant) -> Option<Instant> {
        let first = self.feeds.keys().filter_map(|feed| self.untold(feed)).min()?;
        let due = first + LONG;
        Some(if due > now { due } else { now + LOOK })
    }

    /// Takes in what the feeds are doing, and gives which outages are over.
    fn note(&mut self, feeds: &[FeedView], now: Instant) -> Vec<Told> {
        let were_together = self.together();
        let mut over = Vec::new();
        self.looks += 1;
        for view in feeds {
            if !self.feeds.contains_key(&view.id) {
                self.feeds.insert(view.id.clone(), Standing::default());
            }
            let Some(standing) = self.feeds.get_mut(&view.id) else { continue };
            standing.seen = self.looks;
            let before = standing.said;
            standing.enter(&view.state, now);
            if (before, standing.said) == (Said::Alone, Said::Nothing) {
                over.push(Told::Over(Some(view.id.clone())));
            }
        }
        self.feeds.retain(|_, standing| standing.seen == self.looks);
        if were_together && !self.together() {
            over.push(Told::Over(None));
        }
        over
    }

    fn together(&self) -> bool {
        self.feeds.values().any(|standing| standing.said == Said::Together)
    }

    /// Since when a feed has been down without a word of it.
    fn untold(&self, feed: &FeedId) -> Option<Instant> {
        let standing = self.feeds.get(feed)?;
        standing.since.filter(|_| standing.said == Said::Nothing)
    }
}

impl Standing {
    fn enter(&mut self, state: &FeedState, now: Instant) {
        match state {
            FeedState::Live { .. } => *self = Self { was_live: true, seen: self.seen, ..Self::default() },
            FeedState::NeedsPerson { .. } => self.since = self.since.or(Some(now)),
            // One that never was there is being set up, and its form has said what is wrong.
            FeedState::Waiting { .. } if self.was_live => self.since = self.since.or(Some(now)),
            FeedState::Waiting { .. } | FeedState::Connecting => {}
            // No fault of the feed's: the time counts anew, and what was said stays true.
            FeedState::Offline => self.since = None,
            FeedState::StoppedByServer { .. } | FeedState::Paused | FeedState::Disabled => {
                *self = Self { was_live: self.was_live, seen: self.seen, ..Self::default() };
            }
        }
    }
}

fn alone(view: &FeedView, language: Language) -> Told {
    let title = language.is_down(&view.name);
    let body = match &view.state {
        FeedState::Waiting { why, .. } | FeedState::NeedsPerson { why } => language.said(&why.message),
        FeedState::Connecting
        | FeedState::Live { .. }
        | FeedState::Offline
        | FeedState::StoppedByServer { .. }
        | FeedState::Paused
        | FeedState::Disabled => language.tried_again().to_owned(),
    };
    Told::Down { feed: Some(view.id.clone()), title, body }
}

fn together(views: &[&FeedView], language: Language) -> Told {
    let names: Vec<_> = views.iter().map(|view| view.name.as_str()).collect();
    Told::Down { feed: None, title: language.are_down(views.len()), body: names.join("\n") }
}

#[cfg(test)]
mod tests;
