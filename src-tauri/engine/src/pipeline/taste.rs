//! What people want of a feed's events.

use crate::preset::Preset;

/// What people want of a feed's events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taste {
    /// The feed's name, as popups and lists call it.
    pub name: String,
    /// Whether its events raise popups.
    pub notify: bool,
    /// The service it comes from, where that is known.
    pub preset: Option<Preset>,
}
