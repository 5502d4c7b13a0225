//! Which event a shown popup stands for, so that a click finds it.

use std::collections::VecDeque;

use super::Summary;
use super::burst::{Call, Content, Place};
use super::desktop::PopupId;
use crate::id::{EventId, FeedId};

/// Popups remembered: twice as many as can answer, so that states still find the popup they replace.
const REMEMBERED: usize = 64;

/// A person clicked a popup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clicked {
    /// The feed it spoke for.
    pub feed: FeedId,
    /// The event to show; of several, the newest.
    pub event: Option<EventId>,
}

/// A shown popup and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    popup: PopupId,
    /// What a click on it means.
    pub(super) meaning: Clicked,
    /// Which popup of the feed it is.
    pub(super) place: Place,
}

/// The popups shown last, oldest first.
#[derive(Debug, Default)]
pub(super) struct Popups(VecDeque<Shown>);

impl Popups {
    /// The popup whose place a call takes.
    pub(super) fn replaced_by(&self, call: &Call) -> Option<PopupId> {
        let same = |shown: &&Shown| shown.meaning.feed == call.feed && shown.place == call.place;
        if call.place == Place::Own { None } else { self.0.iter().rev().find(same).map(|shown| shown.popup) }
    }

    /// Remembers what a popup stands for.
    pub(super) fn remember(&mut self, popup: PopupId, call: &Call) {
        let event = match &call.content {
            Content::Event(notice) | Content::More { newest: notice, .. } => Some(notice.event),
            Content::Summary(summary) => Some(summary.newest),
            // The one whose title it shows.
            Content::Digest(sums) => Summary::most_urgent_of(sums).map(|sum| sum.most_urgent.event),
            Content::Alert(_) | Content::Word(_) => None,
        };
        let place = call.place.clone();
        self.0.retain(|shown| {
            let replaced = place != Place::Own && shown.meaning.feed == call.feed && shown.place == place;
            shown.popup != popup && !replaced
        });
        if self.0.len() >= REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(Shown { popup, meaning: Clicked { feed: call.feed.clone(), event }, place });
    }

    /// Forgets a popup that is gone, and gives what it stood for.
    pub(super) fn take(&mut self, popup: PopupId) -> Option<Shown> {
        let at = self.0.iter().position(|shown| shown.popup == popup)?;
        self.0.remove(at)
    }

    /// Forgets the popup in a feed's place, and gives it to be closed.
    pub(super) fn withdraw(&mut self, feed: &FeedId, place: &Place) -> Option<PopupId> {
        let at = self.0.iter().position(|shown| shown.meaning.feed == *feed && shown.place == *place)?;
        self.0.remove(at).map(|shown| shown.popup)
    }

    /// Forgets a feed's popups.
    pub(super) fn forget(&mut self, feed: &FeedId) {
        self.0.retain(|shown| shown.meaning.feed != *feed);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::notice;
    use super::*;

    fn call(feed: &str, event: i64, place: Place) -> Call {
        let notice = notice(feed, event);
        let events = vec![notice.event];
        Call {
            feed: notice.feed.clone(),
            feed_name: feed.into(),
            place,
            content: Content::Event(notice),
            events,
        }
    }

    fn popup(number: u32) -> PopupId {
        PopupId { run: 1, number }
    }

    #[test]
    fn a_popup_stands_for_its_latest_event() {
        let mut popups = Popups::default();
        let key = || Place::Key("k".into());
        popups.remember(popup(1), &call("a", 10, key()));
        assert_eq!(popups.replaced_by(&call("a", 11, key())), Some(popup(1)));
        popups.remember(popup(1), &call("a", 11, key()));
        assert_eq!(popups.take(popup(1)).map(|shown| shown.meaning.event), Some(Some(EventId(11))));
        assert_eq!(popups.take(popup(1)), None);
    }

    #[test]
    fn popups_of_their_own_and_of_other_feeds_are_not_replaced() {
        let mut popups = Popups::default();
        popups.remember(popup(1), &call("a", 1, Place::Own));
        popups.remember(popup(2), &call("a", 2, Place::More));
        assert_eq!(popups.replaced_by(&call("a", 3, Place::Own)), None);
        assert_eq!(popups.replaced_by(&call("b", 3, Place::More)), None);
        assert_eq!(popups.replaced_by(&call("a", 3, Place::Key("More".into()))), None);
    }

    #[test]
    fn only_the_latest_popups_are_remembered() {
        let mut popups = Popups::default();
        for number in 0..200 {
            popups.remember(popup(number), &call("a", i64::from(number), Place::Own));
        }
        assert_eq!(popups.0.len(), REMEMBERED);
        assert_eq!(popups.take(popup(0)), None);
        popups.forget(&FeedId::from_text("a"));
        assert_eq!(popups.take(popup(199)), None);
    }
}
