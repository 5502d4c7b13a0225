//! A desktop that notes every popup.
use tidings_engine::notify::Desktop;

/// Notes every popup.
#[derive(Debug, Default)]
pub struct Popups;

impl Desktop for Popups {}
