//! Which popup may be shown when: every event soon while there are few, and a count when there are many.
//!
//! Pure: the time is an argument. One feed makes at most eight calls of the notification daemon in any ten
//! seconds, updates in place included, whatever it sends; all feeds together stay below a limit of their own,
//! and a feed that floods can't use up what quiet ones need.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::bucket::Bucket;
use super::lane::Lane;
use super::{Named, Notice, Offered, Summary, Word};
use crate::id::{EventId, FeedId};

/// Calls a feed may make at once: three events and one "N more". With one more each [`FEED_INTERVAL`] that is
/// four and at most four again in ten seconds; each costs a daemon like dunst about 35 ms of CPU.
pub(super) const FEED_CALLS: u32 = 4;
/// Time in which a feed gains another call.
pub(super) const FEED_INTERVAL: Duration = Duration::from_millis(2_500);
/// Calls all feeds together may make at once: more popups than fit on a screen.
const ALL_CALLS: u32 = 16;
/// Time in which all feeds together gain another call: as fast as anybody can glance at popups.
const ALL_INTERVAL: Duration = Duration::from_millis(500);
/// Calls out of [`ALL_CALLS`] that only quiet feeds may use: a first popup for each of six.
const FOR_QUIET: u32 = 6;

/// The lane of the program's own words; no feed's id is so short.
const PROGRAM: &str = "tidings";

/// What feeds have offered and nobody has been shown yet.
#[derive(Debug)]
pub(super) struct Bursts {
    all: Bucket,
    lanes: HashMap<FeedId, Lane>,
}

/// One popup to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// The feed it speaks for.
    pub(super) feed: FeedId,
    /// That feed's name.
    pub(super) feed_name: String,
    /// Which popup it takes the place of.
    pub(super) place: Place,
    /// What it says.
    pub(super) content: Content,
    /// The events that are settled by it.
    pub(super) events: Vec<EventId>,
}

impl Call {
    /// One that speaks for the program itself.
    pub(super) fn of_the_program(content: Content) -> Self {
        let feed = FeedId::from_text(PROGRAM);
        Self { feed, feed_name: String::new(), place: Place::Own, content, events: Vec::new() }
    }
}

/// Which popup of a feed one takes the place of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// None: one of its own.
    Own,
    /// The one with the same key.
    Key(String),
    /// The feed's "N more".
    More,
    /// The feed's catch-up.
    Summary,
    /// What is wrong with the feed itself.
    Alert,
}

impl Place {
    /// The place of an event that is shown as itself.
    pub(super) fn of(notice: &Notice) -> Self {
        notice.key.clone().map_or(Self::Own, Self::Key)
    }
}

/// What a popup says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// One event.
    Event(Notice),
    /// Many events, the newest of them and how urgent the most urgent is.
    More {
        /// How many.
        count: u64,
        /// The newest, with the priority of the most urgent.
        newest: Notice,
    },
    /// What came while nobody was there.
    Summary(Summary),
    /// What quiet hours held, one sum a feed.
    Digest(Vec<Summary>),
    /// What is wrong with a feed, or with several.
    Alert(Word),
    /// What the program itself has to say.
    Word(Word),
}

impl Bursts {
    /// Starts with everything allowed.
    pub(super) fn new(now: Instant) -> Self {
        Self { all: Bucket::new(ALL_CALLS, ALL_INTERVAL, now), lanes: HashMap::new() }
    }

    /// Takes an event in.
    pub(super) fn offer(&mut self, notice: Notice, now: Instant) -> Offered {
        self.lane(&notice.feed, now).offer(notice, now)
    }

    /// Gives an event that waits to be shown the picture that it names.
    pub(super) fn picture(&mut self, feed: &FeedId, event: EventId, picture: Named) {
        if let Some(lane) = self.lanes.get_mut(feed) {
            lane.picture(event, picture);
        }
    }

    /// Takes a catch-up in; a later one of the same feed takes its place.
    pub(super) fn summarise(&mut self, summary: Summary, now: Instant) {
        self.lane(&summary.most_urgent.feed.clone(), now).summarise(summary, now);
    }

    /// Takes in what quiet hours held; a single event speaks for itself.
    pub(super) fn digest(&mut self, mut held: Vec<Summary>, now: Instant) {
        match held.pop_if(|only| only.count == 1) {
            Some(only) if held.is_empty() => self.summarise(only, now),
            single => {
                held.extend(single);
                self.lane(&FeedId::from_text(PROGRAM), now).digest(held, now);
            }
        }
    }

    /// Makes an event a part of its feed's catch-up.
    pub(super) fn catch_up(&mut self, notice: Notice, now: Instant) {
        self.lane(&notice.feed.clone(), now).catch_up(notice, now);
    }

    /// Takes a word of the program in; a later one takes its place.
    pub(super) fn say(&mut self, word: Word, now: Instant) {
        self.lane(&FeedId::from_text(PROGRAM), now).say(word, now);
    }

    /// Drops what waits under a feed's key, and gives its events; its popup is then given to be closed.
    pub(super) fn withdraw(&mut self, feed: &FeedId, key: &str, now: Instant) -> Vec<EventId> {
        let mut events = self.lane(feed, now).withdraw(key);
        if let Some(lane) = self.lanes.get_mut(&FeedId::from_text(PROGRAM)) {
            let is_it = |summary: &Summary| summary.most_urgent.feed == *feed && summary.is_only(key);
            events.extend(lane.digest_without(is_it));
        }
        events
    }

    /// Says what is wrong with a feed itself; without one, with several.
    pub(super) fn alert(&mut self, feed: Option<&FeedId>, word: Word, now: Instant) {
        self.lane(&about(feed), now).alert(word, now);
    }

    /// Takes back what was said to be wrong.
    pub(super) fn end_alert(&mut self, feed: Option<&FeedId>, now: Instant) {
        self.lane(&about(feed), now).end_alert();
    }

    /// Gives the places whose popups are to be closed, each with its feed.
    pub(super) fn take_withdrawn(&mut self) -> Vec<(FeedId, Place)> {
        let lanes = self.lanes.iter_mut();
        lanes
            .flat_map(|(feed, lane)| lane.take_withdrawn().into_iter().map(|place| (feed.clone(), place)))
            .collect()
    }

    /// Drops everything of a feed.
    pub(super) fn forget(&mut self, feed: &FeedId) {
        self.lanes.remove(feed);
        if let Some(lane) = self.lanes.get_mut(&FeedId::from_text(PROGRAM)) {
            lane.digest_without(|summary| summary.most_urgent.feed == *feed);
        }
    }

    /// Gives the next popup that may be shown at this time; the feed that has waited longest comes first.
    pub(super) fn take(&mut self, now: Instant) -> Option<Call> {
        let ready = |lane: &Lane| self.ready(lane, now).is_some_and(|at| at <= now);
        let waiting = self.lanes.iter().filter(|(_, lane)| ready(lane));
        let feed = waiting.min_by_key(|(_, lane)| lane.due())?.0.clone();
        self.all.take(now);
        self.lanes.get_mut(&feed)?.take(&feed, now)
    }

    /// When there is something to take, unless more is offered before.
    pub(super) fn next(&self, now: Instant) -> Option<Instant> {
        self.lanes.values().filter_map(|lane| self.ready(lane, now)).min()
    }

    /// Notes how a call went; a count that nobody saw is not counted again.
    pub(super) fn settle(&mut self, call: &Call, shown: bool, now: Instant) {
        if let (Some(lane), true) = (self.lanes.get_mut(&call.feed), shown) {
            lane.settle(call, now);
        }
    }

    /// Gives the feeds that go on sending more than popups can show.
    pub(super) fn bursting(&mut self, now: Instant) -> Vec<FeedId> {
        let lanes = self.lanes.iter_mut();
        lanes.filter_map(|(feed, lane)| lane.is_bursting(now).then(|| feed.clone())).collect()
    }

    /// Starts the count of "N more" afresh, because a person has dealt with that popup.
    pub(super) fn start_afresh(&mut self, feed: &FeedId) {
        if let Some(lane) = self.lanes.get_mut(feed) {
            lane.start_afresh();
        }
    }

    fn lane(&mut self, feed: &FeedId, now: Instant) -> &mut Lane {
        self.lanes.entry(feed.clone()).or_insert_with(|| Lane::new(now))
    }

    /// When a feed's next popup may be shown by its own and by the common limit.
    fn ready(&self, lane: &Lane, now: Instant) -> Option<Instant> {
        let tokens = if lane.is_quiet(now) { 1 } else { 1 + FOR_QUIET };
        Some(lane.ready(now)?.max(self.all.ready(tokens, now)))
    }
}

/// The lane that speaks of a feed, or of several.
fn about(feed: Option<&FeedId>) -> FeedId {
    feed.cloned().unwrap_or_else(|| FeedId::from_text(PROGRAM))
}

#[cfg(test)]
mod tests;
