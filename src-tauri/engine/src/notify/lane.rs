//! One feed's popups to come: events one by one, states by key, and a count of the rest.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::bucket::Bucket;
use super::burst::{Call, Content, FEED_CALLS, FEED_INTERVAL, Place};
use super::excess::Excess;
use super::more::More;
use super::states::States;
use super::{Named, Notice, Offered, Summary, Word};
use crate::event::Priority;
use crate::id::{EventId, FeedId};

/// Shortest time between two updates of one popup in place: what a person can follow.
pub(super) const UPDATE: Duration = Duration::from_secs(1);
/// Time a popup waits for the picture that its event names: hardly noticed, and enough for a server nearby.
const PICTURE: Duration = Duration::from_secs(1);
/// Places whose popups are still to be closed: as many as shown popups are remembered.
const WITHDRAWN: usize = 64;
/// Time a catch-up waits for more of what was missed, which servers send in one go.
const GATHER: Duration = Duration::from_secs(1);
/// Time in which a catch-up goes on counting from the one before: a long one still arrives.
const ONE_CATCH_UP: Duration = Duration::from_secs(10);

/// A feed's popups to come.
#[derive(Debug)]
pub(super) struct Lane {
    bucket: Bucket,
    word: Option<(Word, Instant)>,
    /// What is wrong with the feed itself.
    alert: Option<(Word, Instant)>,
    /// What quiet hours held, of all feeds: only in the program's own lane.
    digest: Option<(Vec<Summary>, Instant)>,
    summary: Option<(Summary, Instant)>,
    /// How many events the last catch-up counted, and when it was shown.
    caught_up: Option<(u64, Instant)>,
    /// Few enough to be shown one by one; there is a call for each, and one more.
    alone: VecDeque<(Notice, Instant)>,
    more: More,
    states: States,
    excess: Excess,
    /// The places whose popups are to be closed.
    withdrawn: VecDeque<Place>,
}

/// What a lane shows next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Word,
    Alert,
    Digest,
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
            alert: None,
            digest: None,
            summary: None,
            caught_up: None,
            alone: VecDeque::new(),
            more: More::default(),
            states: States::default(),
            excess: Excess::new(now),
            withdrawn: VecDeque::new(),
        }
    }

    pub(super) fn offer(&mut self, notice: Notice, now: Instant) -> Offered {
        let Some(key) = notice.key.clone() else {
            if self.affords_one_more(&notice, now) {
                self.alone.push_back((notice, now));
                return Offered::Taken;
            }
            return self.count(notice, now);
        };
        let is_known = self.states.meet(&key);
        if self.states.has_room_for(&key) && (is_known || self.affords_one_more(&notice, now)) {
            // A task's progress is what people watch; where it stood before is nothing they miss.
            if self.states.waits(&key) && notice.progress.is_none() {
                self.excess.note(now);
            }
            let earlier = self.more.take_out(&key);
            return self.states.hold(key, notice, !is_known, earlier, now);
        }
        self.count(notice, now)
    }

    /// Gives an event that waits the picture that it names.
    pub(super) fn picture(&mut self, event: EventId, picture: Named) {
        let alone = self.alone.iter_mut().map(|(notice, _)| notice);
        let waiting = alone.chain(self.states.notices()).find(|notice| notice.event == event);
        if let Some(notice) = waiting {
            notice.picture = picture;
        }
    }

    fn count(&mut self, notice: Notice, now: Instant) -> Offered {
        self.excess.note(now);
        self.more.count(notice, now)
    }

    /// Whether it goes on being offered more than it can show.
    pub(super) fn is_bursting(&mut self, now: Instant) -> bool {
        self.excess.is_constant(now)
    }

    /// Whether another event may be shown one by one.
    fn affords_one_more(&self, notice: &Notice, now: Instant) -> bool {
        // One call is kept for the count of the rest; what must be seen at once may use it.
        let kept = u32::from(notice.priority != Priority::Urgent);
        let waiting = u32::try_from(self.alone.len() + self.states.first_ones()).unwrap_or(u32::MAX);
        let calls = waiting.saturating_add(1 + kept);
        self.more.is_empty() && calls <= FEED_CALLS && self.bucket.holds(calls, now)
    }

    /// Drops what waits under a key and notes that its popup is to be closed; gives the events that nobody will be shown.
    pub(super) fn withdraw(&mut self, key: &str) -> Vec<EventId> {
        let mut events = self.states.withdraw(key);
        events.extend(self.more.take_out(key));
        let is_it = |(summary, _): &(Summary, Instant)| summary.is_only(key);
        if let Some((summary, _)) = self.summary.take_if(|summary| is_it(summary)) {
            events.push(summary.most_urgent.event);
        }
        self.close(Place::Key(key.to_owned()));
        events
    }

    /// Says what is wrong with the feed itself.
    pub(super) fn alert(&mut self, word: Word, now: Instant) {
        self.alert = Some((word, now));
    }

    /// Takes back what was said to be wrong with the feed itself.
    pub(super) fn end_alert(&mut self) {
        self.alert = None;
        self.close(Place::Alert);
    }

    /// Notes that the popup in a place is to be closed.
    fn close(&mut self, place: Place) {
        if self.withdrawn.contains(&place) {
            return;
        }
        if self.withdrawn.len() >= WITHDRAWN {
            self.withdrawn.pop_front();
        }
        self.withdrawn.push_back(place);
    }

    /// Gives the places whose popups are to be closed.
    pub(super) fn take_withdrawn(&mut self) -> VecDeque<Place> {
        std::mem::take(&mut self.withdrawn)
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

    /// Takes in what quiet hours held; it joins what still waits of the hours before.
    pub(super) fn digest(&mut self, held: Vec<Summary>, now: Instant) {
        if held.is_empty() {
            return;
        }
        let (mut sums, since) = self.digest.take().unwrap_or_else(|| (Vec::new(), now));
        for later in held {
            match sums.iter().position(|sum| sum.most_urgent.feed == later.most_urgent.feed) {
                Some(at) => {
                    let sum = sums.swap_remove(at).and(later);
                    sums.push(sum);
                }
                None => sums.push(later),
            }
        }
        self.digest = Some((sums, since));
    }

    /// Drops the sums that are meant, and gives the newest event of each.
    pub(super) fn digest_without(&mut self, is_meant: impl Fn(&Summary) -> bool) -> Vec<EventId> {
        let Some((sums, since)) = self.digest.take() else { return Vec::new() };
        let (dropped, kept): (Vec<_>, Vec<_>) = sums.into_iter().partition(is_meant);
        if !kept.is_empty() {
            self.digest = Some((kept, since));
        }
        dropped.into_iter().map(|sum| sum.newest).collect()
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
            Next::Alert => (Place::Alert, Content::Alert(self.alert.take()?.0), Vec::new()),
            Next::Digest => (Place::Own, Content::Digest(self.digest.take()?.0), Vec::new()),
            Next::Summary => self.take_summary()?,
            Next::Alone => {
                let (notice, _) = self.alone.pop_front()?;
                let events = vec![notice.event];
                (Place::Own, Content::Event(notice), events)
            }
            Next::More => self.more.take(now)?,
            Next::State => {
                let taken = self.states.take(now)?;
                (Place::of(&taken.notice), Content::Event(taken.notice), taken.events)
            }
        };
        self.bucket.take(now);
        let feed_name = match &content {
            Content::Event(notice) | Content::More { newest: notice, .. } => notice.feed_name.clone(),
            Content::Summary(summary) => summary.most_urgent.feed_name.clone(),
            Content::Digest(_) | Content::Alert(_) | Content::Word(_) => String::new(),
        };
        Some(Call { feed: feed.clone(), feed_name, place, content, events })
    }

    pub(super) fn settle(&mut self, call: &Call, now: Instant) {
        match &call.content {
            Content::More { count, .. } => self.more.tell(*count, now),
            Content::Summary(summary) => self.caught_up = Some((summary.count, now)),
            Content::Event(_) | Content::Digest(_) | Content::Alert(_) | Content::Word(_) => {}
        }
    }

    pub(super) fn start_afresh(&mut self) {
        self.more.start_afresh();
    }

    /// Gives the catch-up; a single event speaks for itself.
    fn take_summary(&mut self) -> Option<(Place, Content, Vec<EventId>)> {
        let (summary, _) = self.summary.take()?;
        Some(if summary.count == 1 {
            let (place, event) = (Place::of(&summary.most_urgent), summary.most_urgent.event);
            (place, Content::Event(summary.most_urgent), vec![event])
        } else {
            (Place::Summary, Content::Summary(summary), Vec::new())
        })
    }

    /// What it shows next and when that was due; a count and a state take turns by how long they have waited.
    fn next(&self) -> Option<(Instant, Next)> {
        let word = self.word.as_ref().map(|(_, since)| (*since, Next::Word));
        let alert = self.alert.as_ref().map(|(_, since)| (*since, Next::Alert));
        let digest = self.digest.as_ref().map(|(_, since)| (*since, Next::Digest));
        let summary = self.summary.as_ref().map(|(_, since)| (*since + GATHER, Next::Summary));
        let alone = self.alone.front().map(|(notice, since)| (shown_from(notice, *since), Next::Alone));
        let more = self.more.since().map(|since| (since + UPDATE, Next::More));
        let state = self.states.due().map(|due| (due, Next::State));
        let news = alone.or_else(|| more.into_iter().chain(state).min());
        word.or(alert).or(digest).or_else(|| summary.into_iter().chain(news).min())
    }
}

/// From when on an event that waits since then may be shown.
pub(super) fn shown_from(notice: &Notice, since: Instant) -> Instant {
    match notice.picture {
        Named::Coming => since + PICTURE,
        Named::Nothing | Named::Here(_) => since,
    }
}
