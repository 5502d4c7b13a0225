//! What crosses to windows and terminals: flat, serialisable copies of the engine's types. The only place with derives for it.
#![expect(
    missing_docs,
    reason = "variants and their fields are named as the engine's, which say what they are"
)]

mod about;
mod allowed;
mod dashboard;
mod draft;
mod drafted;
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

pub use about::About;
pub use allowed::Allowed;
pub use dashboard::{Chart, FeedNumbers, Line, Span, Tile};
pub use draft::{FeedDraft, Probe, ProxyDraft, SecretsHome};
pub use event::{EventDetail, EventRow, Page, Scope, event_id};
pub use export::{ExportDone, ExportFormat, file_name};
pub use feed::{Feed, FeedState, Preset, feed_id};
pub use health::Health;
pub use icon::{FeedIcon, IconDraft, Picture};
pub use keep::{Keep, Kept};
pub use list::{AddedFeeds, ImportedEvents, Listing};
pub use network::Network;
pub use popup::PopupStep;
pub use quiet::{Mute, MuteFor, Quiet};
pub use rules::{Rule, RuleFault, Seen, Trial, faults_of, read_rules};
pub use search::{Deletion, Order, Place, SavedSearch, SearchAnswer};
pub use templates::{Rehearsal, TemplateFault, Templates, template_faults_of};
pub use update::{Snapshot, Update};
pub use window::{Language, Window};
pub use work::Work;

#[cfg(test)]
mod tests;
