//! x
use crate::passage::Passage;
pub(super) const PASSAGES: &[Passage] = &[];
