//! Numbers summed up in equal spans of time.

use std::collections::BTreeMap;

use crate::history::Looked;

/// What was in one span of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// When it begins, in milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// About how many events there were, exact where all were read.
    pub count: u64,
    /// The least number.
    pub min: f64,
    /// The greatest.
    pub max: f64,
    /// The last one.
    pub last: f64,
}

/// The buckets while they are filled; as many as the time of a chart has room for.
pub(super) struct Buckets {
    width_ms: i64,
    found: BTreeMap<i64, Bucket>,
}

impl Buckets {
    pub(super) fn new(width_ms: i64) -> Self {
        Self { width_ms: width_ms.max(1), found: BTreeMap::new() }
    }

    /// Adds a number, which is finite; of two the later call has the later one.
    pub(super) fn add(&mut self, at_ms: i64, number: f64) {
        let at_ms = at_ms.div_euclid(self.width_ms) * self.width_ms;
        let fresh = Bucket { at_ms, count: 0, min: number, max: number, last: number };
        let bucket = self.found.entry(at_ms).or_insert(fresh);
        bucket.count += 1;
        bucket.min = bucket.min.min(number);
        bucket.max = bucket.max.max(number);
        bucket.last = number;
    }

    /// Gives them, oldest first; each event that was read stands for as many as were not.
    pub(super) fn read(self, looked: Looked) -> Vec<Bucket> {
        let share = |count: u64| {
            let all = u128::from(count) * u128::from(looked.of) / u128::from(looked.looked.max(1));
            u64::try_from(all).unwrap_or(u64::MAX)
        };
        self.found.into_values().map(|bucket| Bucket { count: share(bucket.count), ..bucket }).collect()
    }
}
