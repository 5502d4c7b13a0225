//! What a worker found: numbers with names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Numbers with names, one line of JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Facts(BTreeMap<String, f64>);

impl Facts {
    /// Adds a number; what isn't one is left out, for JSON has no word for it.
    pub(crate) fn with(mut self, name: &str, value: f64) -> Self {
        if !value.is_nan() {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// Gives a number, not a number where there is none.
    pub(crate) fn get(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or(f64::NAN)
    }

    /// The line a worker prints.
    pub(crate) fn line(&self) -> String {
        serde_json::to_string(self).expect("names and numbers can be written as JSON")
    }

    /// Megabytes (of a million bytes) a second of processor time.
    pub(crate) fn megabytes_a_cpu_second(&self) -> f64 {
        self.get("bytes") / self.get("cpu_us")
    }

    /// Thousands of events a second of processor time.
    pub(crate) fn thousands_a_cpu_second(&self) -> f64 {
        self.get("events") * 1e3 / self.get("cpu_us")
    }

    /// Thousands of events a second by the clock.
    pub(crate) fn thousands_a_second(&self) -> f64 {
        self.get("events") * 1e3 / self.get("wall_us")
    }
}

impl From<tidings_gauge::Measured> for Facts {
    fn from(measured: tidings_gauge::Measured) -> Self {
        let tidings_gauge::Measured { events, bytes, cpu_us, wall_us } = measured;
        let all = [("events", events), ("bytes", bytes), ("cpu_us", cpu_us), ("wall_us", wall_us)];
        Self(all.into_iter().map(|(name, value)| (name.to_owned(), value as f64)).collect())
    }
}

/// The middle of some numbers; not a number where there is none.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.retain(|number| !number.is_nan());
    numbers.sort_by(f64::total_cmp);
    match numbers.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => numbers[odd / 2],
        even => f64::midpoint(numbers[even / 2 - 1], numbers[even / 2]),
    }
}

/// The number that so many of a hundred are not above; not a number where there is none.
pub(crate) fn percentile(numbers: &mut [f64], of_hundred: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let last = numbers.len().saturating_sub(1);
    let at = ((numbers.len() as f64 * of_hundred / 100.0).ceil() as usize).saturating_sub(1);
    numbers.get(at.min(last)).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, f64::NAN, 3.0]), 2.5);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_percentile_is_one_of_the_numbers() {
        let mut hundred: Vec<_> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut hundred, 99.0), 99.0);
        assert_eq!(percentile(&mut hundred, 50.0), 50.0);
        assert_eq!(percentile(&mut hundred, 100.0), 100.0);
        assert_eq!(percentile(&mut [7.0], 99.0), 7.0);
        assert!(percentile(&mut [], 50.0).is_nan());
    }

    #[test]
    fn a_workers_line_is_understood_whoever_prints_it() {
        let facts: Facts =
            serde_json::from_str(r#"{"events":10,"bytes":4000000,"cpu_us":2000000,"wall_us":1000}"#).unwrap();
        assert_eq!(facts.megabytes_a_cpu_second(), 2.0);
        assert_eq!(facts.thousands_a_second(), 10.0);
        assert_eq!(serde_json::from_str::<Facts>(&facts.line()).unwrap(), facts);
    }
}
