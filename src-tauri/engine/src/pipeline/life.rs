//! Until when each feed's stream was open, kept so that the next run knows since when it was away.

use std::sync::PoisonError;
use std::time::Duration;

use super::Pipeline;
use crate::clock;
use crate::id::FeedId;

/// How often it is kept of an open stream: after a kill a gap begins so much too early at most, and a thousand feeds
/// are one commit or two.
pub const PACE: Duration = Duration::from_mins(5);

impl Pipeline {
    /// Notes that a feed's work ends, and with it a stream that was open.
    pub(super) fn note_end(&self, feed: &FeedId) {
        let now_ms = clock::now_ms();
        if self.course(feed, |course| course.ended(now_ms)) {
            self.book.was_open(feed, now_ms);
        }
    }

    /// Keeps of every open stream without anything to resume from that it is open at this moment.
    pub async fn note_life(&self) {
        let at_risk: Vec<FeedId> = {
            let courses = self.courses.lock().unwrap_or_else(PoisonError::into_inner);
            courses.iter().filter(|(_, course)| course.is_at_risk()).map(|(feed, _)| feed.clone()).collect()
        };
        for feed in at_risk {
            self.book.was_open(&feed, clock::now_ms());
            self.keep_record(&feed).await;
        }
    }
}
