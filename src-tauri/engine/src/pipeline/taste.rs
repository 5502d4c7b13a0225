//! What people want of a feed's events.

/// What people want of a feed's events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taste {
    /// The feed's name, as popups and lists call it.
    pub name: String,
    /// Whether its events raise popups.
    pub notify: bool,
}
