//! What people want of a feed's events.

use std::sync::Arc;

use crate::format::template::Compiled;
use crate::preset::Preset;
use crate::settings::Mute;

/// What people want of a feed's events.
#[derive(Clone, Debug)]
pub struct Taste {
    /// The feed's name, as popups and lists call it.
    pub name: String,
    /// Whether its events raise popups.
    pub notify: bool,
    /// Whether more than the title of its events is stored.
    pub keep_bodies: bool,
    /// Whether those are muted.
    pub mute: Mute,
    /// How its events read; none where they read by themselves.
    pub templates: Option<Arc<Compiled>>,
    /// The service it comes from, where that is known.
    pub preset: Option<Preset>,
}

impl Default for Taste {
    fn default() -> Self {
        let name = String::new();
        Self { name, notify: false, keep_bodies: true, mute: Mute::Off, templates: None, preset: None }
    }
}
