//! One feed's popups to come: events one by one, states by key, and a count of the rest.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::bucket::Bucket;
use super::burst::{Call, Content, FEED_CALLS, FEED_INTERVAL, Place};
use super::{Notice, Offered, Summary, Word};
use crate::event::Priority;
use crate::id::{EventId, FeedId};

/// Shortest time between two updates of one popup in place: what a person can follow.
const UPDATE: Duration = Duration::from_secs(1);
/// Time after which "N more" counts from nought: the popup is long out of sight where daemons don't tell.
const FORGOTTEN: Duration = Duration::from_secs(60);
/// Keys waiting at once; a feed with more is no set of gauges, and the rest is counted.
const KEYS: usize = 16;
/// Events waiting to be settled by one popup: 160 kB; beyond, they are only counted.
const EVENTS: usize = 20_000;

/// Time a catch-up waits for more of what was missed, which servers send in one go.
const GATHER: Duration = Duration::from_secs(1);
/// Time in which a catch-up goes on counting from the one before: a long one still arrives.
const ONE_CATCH_UP: Duration = Duration::from_secs(10);

/// A feed's popups to come.
#[derive(Debug)]
pub(super) struct Lane {
    bucket: Bucket,
    word: Option<(Word, Instant)>,
    summary: Option<(Summary, Instant)>,
    /// How many events the last catch-up counted, and when it was shown.
    caught_up: Option<(u64, Instant)>,
    /// Few enough to be shown one by one; there is a call for each, and one more.
    alone: VecDeque<(Notice, Instant)>,
    more: More,
    /// The latest state a key, in the order in which the keys began to wait.
    states: VecDeque<State>,
    /// When keys were shown, within the last [`UPDATE`].
    updated: Vec<(String, Instant)>,
}

/// What is only counted.
#[derive(Debug, Default)]
struct More {
    /// Counted in the popup that is shown.
    told: u64,
    told_at: Option<Instant>,
    /// Counted since, some of them without being in `events`.
    fresh: u64,
    events: Vec<EventId>,
    newest: Option<(Notice, Instant)>,
}

/// The latest state of one thing.
#[derive(Debug)]
struct State {
    key: String,
    notice: Notice,
    since: Instant,
    due: Instant,
    events: Vec<EventId>,
}

/// What a lane shows next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Word,
    Summary,
    Alone,
    More,
    State,
}

impl Lane {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            bucket: Bucket::new(FEED_CALLS, FEED_INTERVAL, now),
            word: None,
            summary: None,
            caught_up: None,
            alone: VecDeque::new(),
            more: More::default(),
            states: VecDeque::new(),
            updated: Vec::new(),
        }
    }

    pub(super) fn offer(&mut self, notice: Notice, now: Instant) -> Offered {
        if let Some(key) = notice.key.clone()
            && (self.states.len() < KEYS || self.states.iter().any(|state| state.key == key))
        {
            return self.hold(key, notice, now);
        }
        // One call is kept for the count of the rest; what must be seen at once may use it.
        let kept = u32::from(notice.priority != Priority::Urgent);
        let calls = u32::try_from(self.alone.len()).unwrap_or(u32::MAX).saturating_add(1 + kept);
        if self.more.fresh == 0 && calls <= FEED_CALLS && self.bucket.holds(calls, now) {
            self.alone.push_back((notice, now));
            return Offered::Taken;
        }
        self.more.count(notice, now)
    }

    pub(super) fn summarise(&mut self, summary: Summary, now: Instant) {
        let since = self.summary.take().map_or(now, |(_, since)| since);
        self.summary = Some((summary, since));
    }

    /// Makes an event a part of the catch-up.
    pub(super) fn catch_up(&mut self, notice: Notice, now: Instant) {
        let mut one = Summary::of(notice);
        self.summary = Some(match self.summary.take() {
            Some((summary, since)) => (summary.and(one), since),
            None => {
                let before = self.caught_up.filter(|(_, at)| *at + ONE_CATCH_UP > now);
                one.count += before.map_or(0, |(count, _)| count);
                (one, now)
            }
        });
    }

    pub(super) fn say(&mut self, word: Word, now: Instant) {
        self.word = Some((word, now));
    }

    /// Whether at most one of its calls has been used lately.
    pub(super) fn is_quiet(&self, now: Instant) -> bool {
        self.bucket.holds(FEED_CALLS - 1, now)
    }

    /// When what it shows next was due, whatever the limits say.
    pub(super) fn due(&self) -> Option<Instant> {
        self.next().map(|(due, _)| due)
    }

    /// When it may show what comes next by its own limit.
    pub(super) fn ready(&self, now: Instant) -> Option<Instant> {
        self.due().map(|due| due.max(self.bucket.ready(1, now)))
    }

    /// Gives what is shown next and pays for it.
    pub(super) fn take(&mut self, feed: &FeedId, now: Instant) -> Option<Call> {
        let (place, content, events) = match self.next()?.1 {
            Next::Word => (Place::Own, Content::Word(self.word.take()?.0), Vec::new()),
            Next::Summary => self.take_summary()?,
            Next::Alone => {
                let (notice, _) = self.alone.pop_front()?;
                let events = vec![notice.event];
                (Place::Own, Content::Event(notice), events)
            }
            Next::More => self.more.take(now)?,
            Next::State => self.take_state(now)?,
        };
        self.bucket.take(now);
        let feed_name = match &content {
            Content::Event(notice) | Content::More { newest: notice, .. } => notice.feed_name.clone(),
            Content::Summary(summary) => summary.most_urgent.feed_name.clone(),
            Content::Word(_) => String::new(),
        };
        Some(Call { feed: feed.clone(), feed_name, place, content, events })
    }

    pub(super) fn settle(&mut self, call: &Call, now: Instant) {
        match &call.content {
            Content::More { count, .. } => {
                self.more.told = *count;
                self.more.told_at = Some(now);
            }
            Content::Summary(summary) => self.caught_up = Some((summary.count, now)),
            Content::Event(_) | Content::Word(_) => {}
        }
    }

    pub(super) fn start_afresh(&mut self) {
        self.more.told = 0;
    }

    /// Keeps the latest state of a thing.
    fn hold(&mut self, key: String, notice: Notice, now: Instant) -> Offered {
        let event = notice.event;
        if let Some(state) = self.states.iter_mut().find(|state| state.key == key) {
            state.notice = notice;
            return settle_with(&mut state.events, event);
        }
        let shown = self.updated.iter().find(|(shown, _)| *shown == key).map(|(_, at)| *at + UPDATE);
        let due = shown.map_or(now, |again| again.max(now));
        self.states.push_back(State { key, notice, since: now, due, events: vec![event] });
        Offered::Taken
    }

    /// Gives the catch-up; a single event speaks for itself.
    fn take_summary(&mut self) -> Option<(Place, Content, Vec<EventId>)> {
        let (summary, _) = self.summary.take()?;
        Some(if summary.count == 1 {
            let event = summary.most_urgent.event;
            (Place::Own, Content::Event(summary.most_urgent), vec![event])
        } else {
            (Place::Summary, Content::Summary(summary), Vec::new())
        })
    }

    fn take_state(&mut self, now: Instant) -> Option<(Place, Content, Vec<EventId>)> {
        let at = (0..self.states.len()).min_by_key(|at| self.states[*at].due)?;
        let state = self.states.remove(at)?;
        self.updated.retain(|(key, at)| *key != state.key && *at + UPDATE > now);
        self.updated.push((state.key.clone(), now));
        Some((Place::Key(state.key), Content::Event(state.notice), state.events))
    }

    /// What it shows next and when that was due; a count and a state take turns by how long they have waited.
    fn next(&self) -> Option<(Instant, Next)> {
        let word = self.word.as_ref().map(|(_, since)| (*since, Next::Word));
        let summary = self.summary.as_ref().map(|(_, since)| (*since + GATHER, Next::Summary));
        let alone = self.alone.front().map(|(_, since)| (*since, Next::Alone));
        let more = self.more.newest.as_ref().map(|(_, since)| (*since + UPDATE, Next::More));
        let state = self.states.iter().map(|state| (state.due.max(state.since), Next::State)).min();
        let news = alone.or_else(|| more.into_iter().chain(state).min());
        word.or_else(|| summary.into_iter().chain(news).min())
    }
}

impl More {
    /// Counts one more.
    fn count(&mut self, mut notice: Notice, now: Instant) -> Offered {
        let event = notice.event;
        let mut since = now;
        if let Some((before, began)) = self.newest.take() {
            notice.priority = notice.priority.max(before.priority);
            since = began;
        }
        self.newest = Some((notice, since));
        self.fresh += 1;
        settle_with(&mut self.events, event)
    }

    /// Gives the count; a single event speaks for itself.
    fn take(&mut self, now: Instant) -> Option<(Place, Content, Vec<EventId>)> {
        let (newest, _) = self.newest.take()?;
        if self.told_at.is_none_or(|at| at + FORGOTTEN <= now) {
            self.told = 0;
        }
        let count = self.told + std::mem::take(&mut self.fresh);
        let events = std::mem::take(&mut self.events);
        Some(match count {
            1 => (Place::Own, Content::Event(newest), events),
            _ => (Place::More, Content::More { count, newest }, events),
        })
    }
}

/// Remembers that a popup settles an event too, while there is room.
fn settle_with(events: &mut Vec<EventId>, event: EventId) -> Offered {
    if events.len() >= EVENTS {
        return Offered::Counted;
    }
    events.push(event);
    Offered::Taken
}
