//! Whether what comes was sent while nobody was there: pure, from the times a connection was closed and opened.

/// A shorter absence is none for people: they may well be looking at what came just before.
const LONG_MS: i64 = 60_000;
/// A server sends at once what it kept for us; what comes later is shown as it comes.
const AT_ONCE_MS: i64 = 3_000;

/// Follows whether a feed is away, and since when it is back.
#[derive(Debug, Default)]
pub(super) struct Absence {
    since_ms: Option<i64>,
    back_ms: Option<i64>,
}

impl Absence {
    /// The feed is away; of several times the first counts.
    pub(super) fn away(&mut self, at_ms: i64) {
        self.since_ms.get_or_insert(at_ms);
    }

    /// The wall clock was set by so much.
    pub(super) fn shift(&mut self, by_ms: i64) {
        for time in [&mut self.since_ms, &mut self.back_ms].into_iter().flatten() {
            *time = time.saturating_add(by_ms);
        }
    }

    /// The feed is open again.
    pub(super) fn opened(&mut self, at_ms: i64) {
        let since_ms = self.since_ms.take();
        self.back_ms = since_ms.filter(|since| at_ms.saturating_sub(*since) > LONG_MS).map(|_| at_ms);
    }

    /// Whether an event that came then belongs to what was kept during a long absence.
    pub(super) fn covers(&self, at_ms: i64) -> bool {
        self.back_ms.is_some_and(|back| at_ms.saturating_sub(back) <= AT_ONCE_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_what_comes_at_once_after_more_than_a_minute() {
        let table = [
            (Some(0), 60_000, 60_000, false),
            (Some(0), 60_001, 60_001, true),
            (Some(0), 60_001, 63_001, true),
            (Some(0), 60_001, 63_002, false),
            (None, 60_001, 60_001, false),
            (Some(i64::MIN), i64::MAX, i64::MAX, true),
        ];
        for (since_ms, opened_ms, came_ms, covered) in table {
            let mut absence = Absence::default();
            if let Some(since_ms) = since_ms {
                absence.away(since_ms);
                absence.away(since_ms.saturating_add(59_000));
            }
            absence.opened(opened_ms);
            assert_eq!(absence.covers(came_ms), covered, "{since_ms:?} {opened_ms} {came_ms}");
            absence.opened(opened_ms);
            assert!(!absence.covers(came_ms), "it was not away again");
        }
    }
}
