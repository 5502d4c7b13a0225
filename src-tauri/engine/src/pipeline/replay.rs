//! Whether an event without an id is one that its server sent before: pure, from digests and times.

use std::collections::{HashMap, VecDeque};

/// So many of a feed's last events are known by their digests: more than servers without ids keep, and 8 kB.
pub(super) const KNOWN: usize = 1_000;
/// A server that sends again what it keeps does so at once; what comes later is news, whatever it says.
const AT_ONCE_MS: i64 = 3_000;

/// Tells a feed's replays from its news, where no id does.
///
/// Of the events after a connection opened, the first ones are a replay as far as each is equal to one of the last
/// [`KNOWN`] stored before, every one of these standing for one; it ends with the first that is not, and [`AT_ONCE_MS`]
/// after the opening. Equal events of one connection are never a replay.
#[derive(Debug, Default)]
pub(super) struct Replay {
    known: VecDeque<i64>,
    /// What may come again at present: how often each digest is known.
    due: HashMap<i64, usize>,
    opened_ms: i64,
}

impl Replay {
    /// Recalls what earlier runs stored, oldest first.
    pub(super) fn recall(&mut self, digests: impl IntoIterator<Item = i64>) {
        self.known = digests.into_iter().collect();
    }

    /// A connection opened; a server that was given an id knows by itself where to resume.
    pub(super) fn opened(&mut self, at_ms: i64, resumes: bool) {
        self.opened_ms = at_ms;
        self.due.clear();
        if !resumes {
            for digest in &self.known {
                *self.due.entry(*digest).or_default() += 1;
            }
        }
    }

    /// Whether an event without an id is a replay; one that is not is known from here on.
    pub(super) fn holds(&mut self, digest: i64, at_ms: i64) -> bool {
        if at_ms.saturating_sub(self.opened_ms) <= AT_ONCE_MS
            && let Some(left) = self.due.get_mut(&digest).filter(|left| **left > 0)
        {
            *left -= 1;
            return true;
        }
        self.ended();
        if self.known.len() == KNOWN {
            self.known.pop_front();
        }
        self.known.push_back(digest);
        false
    }

    /// Something came that no replay holds.
    pub(super) fn ended(&mut self) {
        self.due = HashMap::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes events in one after the other, 10 ms each, and gives those that are news.
    fn news(replay: &mut Replay, from_ms: i64, digests: &[i64]) -> Vec<i64> {
        let at = (from_ms..).step_by(10);
        at.zip(digests)
            .filter(|(at, digest)| !replay.holds(**digest, *at))
            .map(|(_, digest)| *digest)
            .collect()
    }

    #[test]
    fn what_comes_again_at_once_after_a_reconnection_is_known_up_to_the_first_news() {
        let table: [(&str, &[i64], &[i64]); 7] = [
            ("the last two, then news", &[4, 5, 6], &[6]),
            ("all of it", &[1, 2, 3, 4, 5], &[]),
            ("states in any order", &[5, 1, 3], &[]),
            ("nothing again", &[6, 7], &[6, 7]),
            ("an old one after news", &[6, 5], &[6, 5]),
            ("one sent twice that was stored once", &[5, 5, 5], &[5, 5]),
            ("a longer replay than what is stored", &[5, 9, 1], &[9, 1]),
        ];
        for (what, sent, expected) in table {
            let mut replay = Replay::default();
            replay.opened(0, false);
            assert_eq!(news(&mut replay, 0, &[1, 2, 3, 4, 5]), [1, 2, 3, 4, 5], "{what}");
            replay.opened(60_000, false);
            assert_eq!(news(&mut replay, 60_000, sent), expected, "{what}");
        }
    }

    #[test]
    fn equal_events_of_one_connection_are_all_news() {
        let mut replay = Replay::default();
        replay.opened(0, false);
        assert_eq!(news(&mut replay, 0, &[1, 1, 1]), [1, 1, 1]);
        replay.opened(10_000, false);
        assert_eq!(news(&mut replay, 10_000, &[1, 1, 1, 1, 1]), [1, 1], "three were stored before");
        replay.opened(20_000, false);
        assert_eq!(news(&mut replay, 20_000 + AT_ONCE_MS + 1, &[1]), [1], "too late for a replay");
    }

    #[test]
    fn a_server_that_was_given_an_id_replays_nothing() {
        let mut replay = Replay::default();
        replay.recall([1, 2]);
        replay.opened(0, true);
        assert_eq!(news(&mut replay, 0, &[1, 2]), [1, 2]);
    }

    #[test]
    fn knows_the_last_thousand_of_earlier_runs_too() {
        let mut replay = Replay::default();
        replay.recall(0..1_000);
        replay.opened(0, false);
        assert_eq!(news(&mut replay, 0, &[999, 1_000]), [1_000]);
        replay.opened(5_000, false);
        assert_eq!(news(&mut replay, 5_000, &[1]), [] as [i64; 0]);
        replay.opened(9_000, false);
        assert_eq!(news(&mut replay, 9_000, &[0]), [0], "the thousand and first is forgotten");
    }
}
