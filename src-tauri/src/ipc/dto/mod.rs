//! What crosses to the window: flat, serialisable copies of the engine's types. The only place with derives for it.

mod about;
mod allowed;
mod dashboard;
mod draft;
mod event;
mod export;
mod feed;
mod health;
mod icon;
mod keep;
mod list;
mod network;
mod popup;
mod quiet;
mod rules;
mod search;
mod templates;
mod update;
mod window;
mod work;

pub(crate) use about::About;
pub(crate) use allowed::Allowed;
pub(crate) use dashboard::{Chart, FeedNumbers, Line, Span, Tile};
pub(crate) use draft::{FeedDraft, Probe, ProxyDraft, SecretsHome};
pub(crate) use event::{EventDetail, EventRow, Page, Scope, event_id};
pub(crate) use export::{ExportDone, ExportFormat, file_name};
pub(crate) use feed::{Feed, FeedState, Preset, feed_id};
pub(crate) use health::Health;
pub(crate) use icon::{FeedIcon, IconDraft, Picture};
pub(crate) use keep::{Keep, Kept};
pub(crate) use list::{AddedFeeds, ImportedEvents, Listing};
pub(crate) use network::Network;
pub(crate) use popup::PopupStep;
pub(crate) use quiet::{Mute, MuteFor, Quiet};
pub(crate) use rules::{Rule, RuleFault, Seen, Trial, faults_of, read_rules};
pub(crate) use search::{Deletion, Order, Place, SavedSearch, SearchAnswer};
pub(crate) use templates::{Rehearsal, TemplateFault, Templates, template_faults_of};
pub(crate) use update::{Snapshot, Update};
pub(crate) use window::{Language, Window};
pub(crate) use work::Work;

#[cfg(test)]
mod tests;
