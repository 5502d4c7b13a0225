//! What can be asked about the history.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tidings_engine::engine::{Engine, Question};
use tidings_engine::exchange::Record;
use tidings_engine::id::EventId;

use super::{Answer, all, say};
use crate::dto::{self, event_id, feed_id};
use crate::host::Host;

/// Something asked about what is in the history.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the engine's calls of the same names")]
pub enum Events {
    /// Gives events older than one, newest first.
    Page { feed: Option<String>, before: Option<String>, limit: u16 },
    /// Gives those stored after one, oldest first, as an export has them; fewer than asked for where they are long.
    After { after: String, limit: u16 },
    /// Gives the last one that arrived before a moment.
    LastBefore { at_ms: i64 },
    /// Gives one, whole.
    One { id: String },
    /// Marks some read or unread.
    MarkRead { scope: dto::Scope, read: bool },
    /// Finds some; a text that is no search is explained.
    Search { text: String, feed: Option<String>, place: dto::Place, order: dto::Order, limit: u16 },
    /// Whether a text is a search.
    CheckSearch { text: String },
    /// Gives the searches that are kept by a name.
    Searches,
    /// Sets those.
    SetSearches { searches: Vec<dto::SavedSearch> },
    /// Stars one or takes its star.
    Star { id: String, starred: bool },
    /// Deletes some; gives the number by which that is undone.
    Delete { scope: dto::Scope },
    /// Brings those of a deletion back.
    Undo { deletion: i64 },
    /// Writes what a search finds into a file; gives how many.
    Export { text: String, feed: Option<String>, format: dto::ExportFormat, file: PathBuf },
    /// Takes those of an export in; gives what became of them.
    Import { file: PathBuf },
    /// Opens one's link, or one of its actions, in the person's browser; which address that is, the history alone says.
    OpenLink { id: String, action: Option<u16> },
}

impl Events {
    pub(super) async fn answer(self, host: &Host) -> Answer {
        let engine = host.engine();
        match self {
            Self::Page { feed, before, limit } => {
                let before: Option<EventId> = before.as_deref().map(event_id).transpose()?;
                let page = engine.page(feed.map(feed_id).as_ref(), before, usize::from(limit)).await?;
                say(dto::Page::from(page))
            }
            Self::After { after, limit } => after_one(engine, event_id(&after)?, usize::from(limit)).await,
            Self::LastBefore { at_ms } => say(engine.last_before(at_ms).await?.to_string()),
            Self::One { id } => say(dto::EventDetail::from(engine.event(event_id(&id)?).await?)),
            Self::MarkRead { scope, read } => say(engine.mark_read(scope.try_into()?, read).await?),
            Self::Search { text, feed, place, order, limit } => {
                let (place, limit) = (place.try_into()?, usize::from(limit));
                let feed = feed.map(feed_id);
                search(engine, Question { text, feed, place, order: order.into(), limit }).await
            }
            Self::CheckSearch { text } => say(engine.check_search(&text).await?),
            Self::Searches => all::<dto::SavedSearch>(engine.searches().await),
            Self::SetSearches { searches } => {
                say(engine.set_searches(searches.into_iter().map(Into::into).collect()).await?)
            }
            Self::Star { id, starred } => say(engine.star(event_id(&id)?, starred).await?),
            Self::Delete { scope } => say(dto::Deletion::from(engine.delete(scope.try_into()?).await?)),
            Self::Undo { deletion } => say(engine.undo(deletion).await?),
            Self::Export { text, feed, format, file } => {
                say(engine.export(&text, feed.map(feed_id), format.into(), &file).await?)
            }
            Self::Import { file } => say(dto::ImportedEvents::from(engine.import(&file).await?)),
            Self::OpenLink { id, action } => {
                say(host.browser().open(engine, event_id(&id)?, action.map(usize::from)).await?)
            }
        }
    }
}

async fn after_one(engine: &Engine, after: EventId, limit: usize) -> Answer {
    let (events, names) = engine.after(after, limit).await?;
    let records = events.iter().map(|kept| Record::of(kept, names.of(&kept.event.row.feed)));
    say(records.collect::<Vec<_>>())
}

async fn search(engine: &Engine, question: Question) -> Answer {
    say(dto::SearchAnswer::of(engine.search(question).await)?)
}
