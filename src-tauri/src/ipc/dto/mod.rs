//! What crosses to the window: flat, serialisable copies of the engine's types. The only place with derives for it.

mod draft;
mod event;
mod export;
mod feed;
mod popup;
mod quiet;
mod search;
mod update;

pub(crate) use draft::{FeedDraft, Probe};
pub(crate) use event::{EventDetail, EventRow, Page, Scope, event_id};
pub(crate) use export::{ExportDone, ExportFormat, file_name};
pub(crate) use feed::{Feed, FeedState, Preset, feed_id};
pub(crate) use popup::PopupStep;
pub(crate) use quiet::{Mute, MuteFor, Quiet};
pub(crate) use search::{Deletion, Order, Place, SavedSearch, SearchAnswer};
pub(crate) use update::{Snapshot, Update};

#[cfg(test)]
mod tests;
