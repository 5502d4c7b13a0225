//! A small generator of numbers that only have to look random (SplitMix64).

use std::time::{SystemTime, UNIX_EPOCH};

/// A row of numbers; the same seed gives the same row.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// Starts a row that differs from run to run.
    pub(crate) fn from_clock() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::seeded(since.as_secs() ^ u64::from(since.subsec_nanos()).rotate_left(32))
    }

    /// Gives a number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.next() % span)
    }

    /// Gives one of the choices, `None` where there is none.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let last = choices.len().checked_sub(1)?;
        choices.get(usize::try_from(self.next() % (last as u64 + 1)).ok()?)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reaches_both_ends_of_a_range_and_nothing_beyond() {
        let mut random = Random::seeded(1);
        let drawn: Vec<_> = (0..1000).map(|_| random.between(-3, 3)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-3), Some(&3)));
    }

    #[test]
    fn picks_every_choice_and_nothing_from_none() {
        let mut random = Random::seeded(1);
        let mut picked: Vec<_> = (0..100).filter_map(|_| random.pick(&[1, 2, 3]).copied()).collect();
        picked.sort_unstable();
        picked.dedup();
        assert_eq!(picked, [1, 2, 3]);
        assert_eq!(random.pick::<i32>(&[]), None);
    }
}
