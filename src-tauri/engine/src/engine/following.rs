//! What who follows the engine from elsewhere asks for: events as they are stored, and a feed's record.

use super::{Engine, RequestError};
use crate::exchange::Names;
use crate::health::Record;
use crate::history::Kept;
use crate::id::{EventId, FeedId};

impl Engine {
    /// Gives events stored after one of them, whole, oldest first, and what the feeds are called; at most `limit` (up to
    /// 1,000), fewer where they are long, and none at the end alone.
    ///
    /// # Errors
    /// If the history can't be read.
    pub async fn after(&self, after: EventId, limit: usize) -> Result<(Vec<Kept>, Names), RequestError> {
        let events = self.inner.history.after(after, limit.max(1)).await?;
        Ok((events, self.names().await.into_iter().collect()))
    }

    /// Gives the last event that arrived before a moment, in wall-clock milliseconds since the Unix epoch; one before all
    /// others where there is none.
    ///
    /// # Errors
    /// If the history can't be read.
    pub async fn last_before(&self, at_ms: i64) -> Result<EventId, RequestError> {
        Ok(self.inner.history.last_before(at_ms).await?)
    }

    /// Gives a feed's record: what it does, and what its connection went through since it was added; none where there is no
    /// such feed.
    pub fn record(&self, feed: &FeedId) -> Option<Record> {
        self.inner.pipeline.record(feed)
    }
}
