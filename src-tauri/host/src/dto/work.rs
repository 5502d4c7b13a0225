//! Long work as the window shows it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::update as engine;

/// Long work that is under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Work {
    number: u64,
    kind: WorkKind,
    done: u64,
    /// In the measure of what is done, whichever that is; null where nobody knows.
    total: Option<u64>,
    can_stop: bool,
}

/// A kind of long work.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum WorkKind {
    Export,
    Import,
    AddFeeds,
    Index,
    Check,
    Salvage,
}

impl From<engine::Work> for Work {
    fn from(work: engine::Work) -> Self {
        let engine::Work { number, kind, done, total } = work;
        Self { number, kind: kind.into(), done, total, can_stop: kind.can_stop() }
    }
}

impl From<engine::WorkKind> for WorkKind {
    fn from(kind: engine::WorkKind) -> Self {
        match kind {
            engine::WorkKind::Export => Self::Export,
            engine::WorkKind::Import => Self::Import,
            engine::WorkKind::AddFeeds => Self::AddFeeds,
            engine::WorkKind::Index => Self::Index,
            engine::WorkKind::Check => Self::Check,
            engine::WorkKind::Salvage => Self::Salvage,
        }
    }
}
