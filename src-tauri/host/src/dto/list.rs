//! Lists of feeds from elsewhere, and events that come from a file.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine;
use tidings_engine::exchange::Imported;

/// A list of feeds as it is shown before anything is added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    kind: ListKind,
    feeds: Vec<Listed>,
    /// What in it is no feed.
    odd: Vec<String>,
}

/// What a list is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum ListKind {
    Addresses,
    NtfyPhone,
    NtfyClient,
    Own,
}

/// A feed of a list, without its secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listed {
    name: String,
    url: String,
    signs_in: bool,
    /// Whether there is a feed of this address.
    known: bool,
    /// What of it can't be taken over.
    left_out: Option<String>,
}

/// What became of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddedFeeds {
    added: u64,
    refused: Vec<RefusedFeed>,
}

/// A feed of a list that was not added, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct RefusedFeed {
    name: String,
    why: String,
}

/// What an import of events came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportedEvents {
    stored: u64,
    /// How many the history held already.
    held: u64,
    /// Feeds that aren't here; their events were left out.
    homeless: Vec<String>,
    /// Whether it was stopped; what came before is in.
    stopped: bool,
}

impl From<engine::Listing> for Listing {
    fn from(listing: engine::Listing) -> Self {
        let engine::Listing { kind, feeds, odd } = listing;
        let kind = match kind {
            engine::ListKind::Addresses => ListKind::Addresses,
            engine::ListKind::NtfyPhone => ListKind::NtfyPhone,
            engine::ListKind::NtfyClient => ListKind::NtfyClient,
            engine::ListKind::Own => ListKind::Own,
        };
        Self { kind, feeds: feeds.into_iter().map(Into::into).collect(), odd }
    }
}

impl From<engine::Listed> for Listed {
    fn from(listed: engine::Listed) -> Self {
        let engine::Listed { name, url, signs_in, known, left_out } = listed;
        Self { name, url, signs_in, known, left_out: left_out.map(str::to_owned) }
    }
}

impl From<engine::Added> for AddedFeeds {
    fn from(added: engine::Added) -> Self {
        let engine::Added { added, refused } = added;
        Self { added, refused: refused.into_iter().map(|(name, why)| RefusedFeed { name, why }).collect() }
    }
}

impl From<Imported> for ImportedEvents {
    fn from(imported: Imported) -> Self {
        let Imported { stored, held, homeless, stopped } = imported;
        Self { stored, held, homeless: homeless.into_keys().collect(), stopped }
    }
}
