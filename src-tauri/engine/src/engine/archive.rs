//! Looking through the history, and keeping it in order.

use std::collections::HashMap;
use std::path::Path;

use jiff::Zoned;

use super::start::RECENT;
use super::{Engine, Field, LONGEST_PAGE, RequestError};
use crate::exchange::{self, Export, Format, Imported};
use crate::history::search::query::{Query, Standpoint};
use crate::history::search::{Found, Order, Place, Search};
use crate::history::{Deleted, History, Holding};
use crate::id::{EventId, FeedId};
use crate::settings::{Feed, FeedKeep, Keep, SavedSearch};
use crate::update::{Course, Scope, WorkKind};

/// More than a list at the side of a window shows.
const MOST_SEARCHES: usize = 100;
/// Characters of a search's name.
const LONGEST_NAME: usize = 100;
/// Characters of a search, as many as a search box takes.
const LONGEST_SEARCH: usize = 1_000;

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

/// What a person deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// Its number, by which it is undone.
    pub number: i64,
    /// How many events are deleted.
    pub events: u64,
}

impl Engine {
    /// Finds events. A page with fewer events than asked for may have a way on; see [`Found`].
    ///
    /// # Errors
    /// If the text isn't a search, with the place and what mends it; if the history can't be read.
    pub async fn search(&self, question: Question) -> Result<Found, RequestError> {
        let Question { text, feed, place, order, limit } = question;
        let query = self.query(&text, feed).await?;
        let limit = limit.clamp(1, LONGEST_PAGE);
        Ok(self.inner.history.find(Search { query, place, order, limit }).await?)
    }

    /// Gives the searches that are kept.
    pub async fn searches(&self) -> Vec<SavedSearch> {
        self.inner.desk.lock().await.settings.searches.clone()
    }

    /// Sets the searches that are kept, in the order in which they are to be listed.
    ///
    /// # Errors
    /// If one has no name or nothing to search for, if there are too many, or if the disk refuses.
    pub async fn set_searches(&self, searches: Vec<SavedSearch>) -> Result<(), RequestError> {
        let invalid = |message: &str| RequestError::Invalid { field: Field::Name, message: message.into() };
        if searches.len() > MOST_SEARCHES {
            return Err(invalid("More than 100 searches can't be kept. Remove one first."));
        }
        let searches: Vec<_> = searches.into_iter().map(tidied).collect();
        if searches.iter().any(|search| search.name.is_empty() || search.text.is_empty()) {
            return Err(invalid("A search that is kept needs a name and something to search for."));
        }
        self.inner.desk.lock().await.save(|settings| settings.searches = searches)
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

    /// Deletes events: they are hidden at once, and removed for good 30 s later or at the next start.
    ///
    /// No cursor moves, and a server that sends them again doesn't bring them back.
    ///
    /// # Errors
    /// If the history doesn't take it; a part of a large scope may be deleted then.
    pub async fn delete(&self, scope: Scope) -> Result<Deletion, RequestError> {
        let inner = &self.inner;
        let Deleted { number, count, until } = inner.history.delete(scope.clone()).await?;
        inner.board.deleted(scope, until);
        inner.stored.notify_one();
        inner.chores.deleted(number);
        Ok(Deletion { number, events: count })
    }

    /// Brings the events of a deletion back.
    ///
    /// # Errors
    /// If it is too late for that, or the history doesn't take it.
    pub async fn undo(&self, deletion: i64) -> Result<(), RequestError> {
        let inner = &self.inner;
        if !inner.chores.spared(deletion) {
            return Err(RequestError::Gone("It is too late to undo this: the events are gone."));
        }
        inner.history.restore(deletion).await?;
        inner.board.restored(inner.history.page(None, None, RECENT).await?);
        inner.stored.notify_one();
        Ok(())
    }

    /// Gives how much the history holds of each feed.
    ///
    /// # Errors
    /// If the history can't be read.
    pub async fn holdings(&self) -> Result<HashMap<FeedId, Holding>, RequestError> {
        Ok(self.inner.history.holdings().await?)
    }

    /// Gives what is kept of the history.
    pub async fn keep(&self) -> Keep {
        self.inner.desk.lock().await.settings.keep
    }

    /// Sets what is kept of the history; what is too much is removed soon.
    ///
    /// # Errors
    /// If the disk refuses.
    pub async fn set_keep(&self, keep: Keep) -> Result<(), RequestError> {
        let mut desk = self.inner.desk.lock().await;
        desk.save(|settings| settings.keep = keep)?;
        self.inner.chores.retain(desk.retention());
        Ok(())
    }

    /// Gives what is kept of a feed.
    ///
    /// # Errors
    /// If the feed is gone.
    pub async fn feed_keep(&self, feed: &FeedId) -> Result<FeedKeep, RequestError> {
        Ok(self.inner.desk.lock().await.feed(feed)?.keep)
    }

    /// Sets what is kept of a feed; whether bodies are stored holds from the next event on.
    ///
    /// # Errors
    /// If the feed is gone or the disk refuses.
    pub async fn set_feed_keep(&self, feed: &FeedId, keep: FeedKeep) -> Result<(), RequestError> {
        let mut desk = self.inner.desk.lock().await;
        desk.set_feed_keep(feed, keep)?;
        self.inner.apply(&desk).await;
        Ok(())
    }

    /// Says whether a text is a search.
    ///
    /// # Errors
    /// If it isn't, with the place and what mends it.
    pub async fn check_search(&self, text: &str) -> Result<(), RequestError> {
        self.query(text, None).await.map(drop)
    }

    /// Writes what a search finds into a file, an empty text all of a feed or of everything; gives how many events.
    ///
    /// # Errors
    /// If the text isn't a search, the history can't be read, the file not written, or it was stopped; the file is unchanged
    /// then.
    pub async fn export(
        &self,
        text: &str,
        feed: Option<FeedId>,
        format: Format,
        file: &Path,
    ) -> Result<u64, RequestError> {
        let query = self.query(text, feed).await?;
        let names = self.names().await.into_iter().collect();
        let course = self.inner.board.begin(WorkKind::Export);
        Ok(Export::new(self.inner.history.clone(), query, names, format).into_file(file, &course).await?)
    }

    /// Takes the events of an export as JSON Lines in; none raises a popup.
    ///
    /// # Errors
    /// If the file can't be read or is no export, or the history doesn't take it; what came before is in.
    pub async fn import(&self, file: &Path) -> Result<Imported, RequestError> {
        let inner = &self.inner;
        let course = inner.board.begin(WorkKind::Import);
        let imported = import(&inner.history, self.names().await, file, &course).await;
        drop(course);
        inner.board.restored(inner.history.page(None, None, RECENT).await?);
        inner.stored.notify_one();
        imported
    }

    /// Stops long work that a person may stop; what becomes of it, its own answer says.
    ///
    /// # Errors
    /// If it is over or must go on.
    pub fn stop_work(&self, number: u64) -> Result<(), RequestError> {
        if self.inner.board.stop(number) { Ok(()) } else { Err(RequestError::Gone("That is over already.")) }
    }

    /// Reads a search text against the feeds there are and the present.
    async fn query(&self, text: &str, feed: Option<FeedId>) -> Result<Query, RequestError> {
        let mut query = Query::parse(text, Standpoint { now: &Zoned::now(), feeds: &self.names().await })?;
        if let Some(feed) = feed {
            query.within(feed);
        }
        Ok(query)
    }

    pub(super) async fn names(&self) -> Vec<(FeedId, String)> {
        names(&self.inner.desk.lock().await.settings.feeds)
    }
}

/// Leaves of a search what a list and a search box take.
fn tidied(SavedSearch { name, text }: SavedSearch) -> SavedSearch {
    let part = |text: &str, most: usize| -> String {
        text.trim().chars().filter(|character| !character.is_control()).take(most).collect()
    };
    SavedSearch { name: part(&name, LONGEST_NAME), text: part(&text, LONGEST_SEARCH) }
}

/// What the feeds are called.
pub(super) fn names(feeds: &[Feed]) -> Vec<(FeedId, String)> {
    feeds.iter().map(|feed| (feed.id.clone(), feed.name.clone())).collect()
}

/// Takes the events of a file in.
pub(super) async fn import(
    history: &History,
    feeds: Vec<(FeedId, String)>,
    file: &Path,
    course: &Course,
) -> Result<Imported, RequestError> {
    let file = tokio::fs::File::open(file).await.map_err(exchange::ImportError::File)?;
    let bytes = file.metadata().await.ok().map(|file| file.len());
    let file = std::io::BufReader::new(file.into_std().await);
    Ok(exchange::import(history, feeds, file, bytes, course).await?)
}
