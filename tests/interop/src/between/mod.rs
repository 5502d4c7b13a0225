//! What lies between a feed and its server.

use crate::passage::Passage;

/// Everything in between.
pub fn all() -> Vec<Passage> {
    Vec::new()
}
