//! Asking what is to be done about a feed that goes on sending more than popups can show.

use std::sync::Weak;
use std::time::Duration;

use tokio::time;

use super::{Engine, Inner, RequestError};
use crate::id::FeedId;
use crate::settings::Feed;

/// How often it is looked which feeds those are: nobody waits for the question.
const PACE: Duration = Duration::from_secs(30);

impl Engine {
    /// Answers that question: keeps a feed's events in the history only, but for those that rules let pop up, or leaves
    /// its popups as they are, for good.
    ///
    /// # Errors
    /// If the feed is gone or the disk refuses.
    pub async fn settle_bursts(&self, feed: &FeedId, popups: bool) -> Result<(), RequestError> {
        let inner = &self.inner;
        let mut desk = inner.desk.lock().await;
        desk.feed(feed)?;
        desk.save(|settings| {
            for feed in settings.feeds.iter_mut().filter(|known| known.id == *feed) {
                feed.notify = popups;
                feed.notices.bursts_are_fine = popups;
            }
        })?;
        inner.apply(&desk).await;
        if !popups {
            inner.pipeline.held().forget(feed);
            inner.notifier.forget(feed);
        }
        Ok(())
    }
}

/// Whether the question may be asked of a feed.
pub(super) fn may_ask(feed: &Feed) -> bool {
    feed.notify && !feed.notices.bursts_are_fine
}

/// Asks, and takes the question back where a feed has calmed down.
pub(super) async fn keep(engine: Weak<Inner>) {
    loop {
        time::sleep(PACE).await;
        let Some(inner) = engine.upgrade() else { return };
        let desk = inner.desk.lock().await;
        inner.board.bursting(&asked(&desk.settings.feeds, &inner.notifier.bursting()));
    }
}

/// Of which feeds it is asked.
fn asked(feeds: &[Feed], bursting: &[FeedId]) -> Vec<FeedId> {
    let asked = feeds.iter().filter(|feed| bursting.contains(&feed.id) && may_ask(feed));
    asked.map(|feed| feed.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_without_popups_and_one_that_was_answered_for_are_not_asked_about() {
        let feed = |id: &str| Feed::new(FeedId::from_text(id), id, "https://example.org/");
        let (mut silent, mut answered) = (feed("silent"), feed("answered"));
        silent.notify = false;
        answered.notices.bursts_are_fine = true;
        let feeds = [silent, answered, feed("ticker"), feed("calm")];
        let bursting = ["silent", "answered", "ticker", "gone"].map(FeedId::from_text);
        assert_eq!(asked(&feeds, &bursting), [FeedId::from_text("ticker")]);
    }
}
