//! Whether a feed goes on sending more than popups can show, minute by minute.

use std::time::Duration;

use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);
/// Minutes that are looked back on: an outage of something noisy is over by then.
const MINUTES: u64 = 15;
/// So many of them with an excess make it a habit.
const MANY: u32 = 10;

/// In which of the last minutes events were counted or replaced before anybody could see them.
#[derive(Debug)]
pub(super) struct Excess {
    /// One bit a minute, the present one lowest.
    minutes: u64,
    /// When the present minute began.
    began: Instant,
    constant: bool,
}

impl Excess {
    pub(super) fn new(now: Instant) -> Self {
        Self { minutes: 0, began: now, constant: false }
    }

    /// Notes an event that nobody gets to see by itself.
    pub(super) fn note(&mut self, now: Instant) {
        self.pass(now);
        self.minutes |= 1;
    }

    /// Whether it is so most of the time; once it is, until there was none for as long as is looked back on.
    pub(super) fn is_constant(&mut self, now: Instant) -> bool {
        self.pass(now);
        self.constant = match self.minutes.count_ones() {
            0 => false,
            some => self.constant || some >= MANY,
        };
        self.constant
    }

    fn pass(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.began).as_secs() / MINUTE.as_secs();
        let shift = u32::try_from(passed.min(MINUTES)).unwrap_or(u32::MAX);
        self.minutes = (self.minutes << shift) & ((1 << MINUTES) - 1);
        self.began += Duration::from_secs(passed * MINUTE.as_secs());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes an excess in each of these minutes, and gives whether it was constant at the end of each minute.
    fn ends(excess: impl Fn(u64) -> bool, minutes: u64) -> Vec<bool> {
        let start = Instant::now();
        let mut looked = Excess::new(start);
        let at = |minute: u64, second: u64| start + Duration::from_secs(minute * 60 + second);
        let end = |minute| {
            if excess(minute) {
                looked.note(at(minute, 10));
                looked.note(at(minute, 20));
            }
            looked.is_constant(at(minute, 59))
        };
        (0..minutes).map(end).collect()
    }

    fn first(ends: &[bool]) -> Option<usize> {
        ends.iter().position(|constant| *constant)
    }

    #[test]
    fn ten_of_the_last_fifteen_minutes_are_a_habit() {
        assert_eq!(first(&ends(|_| true, 60)), Some(9));
        assert_eq!(first(&ends(|minute| minute % 3 != 0, 60)), Some(14));
        assert_eq!(first(&ends(|minute| minute % 2 == 0, 600)), None);
        assert_eq!(first(&ends(|minute| minute < 9, 60)), None);
    }

    #[test]
    fn it_stays_one_until_fifteen_minutes_were_without() {
        let ends = ends(|minute| minute < 10 || minute == 20, 60);
        let habit: Vec<_> = (0..60).filter(|minute| ends[*minute]).collect();
        assert_eq!(habit, (9..35).collect::<Vec<_>>());
    }

    #[test]
    fn hours_without_a_look_are_counted_too() {
        let start = Instant::now();
        let mut excess = Excess::new(start);
        for minute in 0..10 {
            excess.note(start + MINUTE * minute);
        }
        assert!(excess.is_constant(start + MINUTE * 10));
        assert!(!excess.is_constant(start + MINUTE * 6_000));
    }
}
