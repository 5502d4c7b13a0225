//! Looking through the history, and keeping it in order.

use jiff::Zoned;

use super::{Engine, LONGEST_PAGE, RequestError};
use crate::history::search::query::{Query, Standpoint};
use crate::history::search::{Found, Order, Place, Search};
use crate::id::{EventId, FeedId};

/// What a search is asked with.
#[derive(Clone, Debug)]
pub struct Question {
    /// What a person typed.
    pub text: String,
    /// Only events of this feed, as in a window that shows one.
    pub feed: Option<FeedId>,
    /// Where to begin.
    pub place: Place,
    /// In which order.
    pub order: Order,
    /// Events wanted at most, up to 500.
    pub limit: usize,
}

impl Engine {
    /// Finds events. A page with fewer events than asked for may have a way on; see [`Found`].
    ///
    /// # Errors
    /// If the text isn't a search, with the place and what mends it; if the history can't be read.
    pub async fn search(&self, question: Question) -> Result<Found, RequestError> {
        let Question { text, feed, place, order, limit } = question;
        let mut query = self.query(&text).await?;
        if let Some(feed) = feed {
            query.within(feed);
        }
        let limit = limit.clamp(1, LONGEST_PAGE);
        Ok(self.inner.history.find(Search { query, place, order, limit }).await?)
    }

    /// Stars an event, so that no limit removes it, or takes its star.
    ///
    /// # Errors
    /// If it is gone or the history doesn't take it.
    pub async fn star(&self, id: EventId, starred: bool) -> Result<(), RequestError> {
        if !self.inner.history.star(id, starred).await? {
            return Err(RequestError::Gone("This event is no longer in the history."));
        }
        self.inner.board.starred(id, starred);
        Ok(())
    }

    /// Reads a search text against the feeds there are and the present.
    async fn query(&self, text: &str) -> Result<Query, RequestError> {
        let names: Vec<_> = {
            let desk = self.inner.desk.lock().await;
            desk.settings.feeds.iter().map(|feed| (feed.id.clone(), feed.name.clone())).collect()
        };
        Ok(Query::parse(text, Standpoint { now: &Zoned::now(), feeds: &names })?)
    }
}
