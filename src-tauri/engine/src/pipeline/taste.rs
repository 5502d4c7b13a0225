//! What people want of a feed's events.

use std::sync::Arc;

use crate::format::template::Compiled;
use crate::preset::Origin;
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
    /// Where it comes from.
    pub origin: Origin,
}

impl Default for Taste {
    fn default() -> Self {
        Self {
            name: String::new(),
            notify: false,
            keep_bodies: true,
            mute: Mute::Off,
            templates: None,
            origin: Origin::default(),
        }
    }
}
