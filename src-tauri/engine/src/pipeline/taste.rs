//! What people want of a feed's events.

/// What people want of a feed's events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taste {
    /// The feed's name, as popups and lists call it.
    pub name: String,
    /// Whether its events raise popups.
    pub notify: bool,
    /// Whether more than the title of its events is stored.
    pub keep_bodies: bool,
}

impl Default for Taste {
    fn default() -> Self {
        Self { name: String::new(), notify: false, keep_bodies: true }
    }
}
