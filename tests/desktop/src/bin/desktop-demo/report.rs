//! What came of the demo: each feed's history held against what its server counted.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use tidings_demo::{Counts, DemoFeed};
use tidings_desktop::Trouble;
use tidings_engine::id::FeedId;

/// `presented` of an event whose popup was shown, as the history writes it.
const SHOWN: i64 = 2;

/// At the end at most one event of a feed is on its way.
const ON_ITS_WAY: u64 = 1;

/// How many missing events are named.
const NAMED: usize = 5;

/// What the servers counted, by path.
#[derive(Debug)]
pub(crate) struct Served {
    /// When every feed was open for the first time.
    pub(crate) before: BTreeMap<String, Counts>,
    /// Before the app was told to quit.
    pub(crate) after: BTreeMap<String, Counts>,
}

/// A stored event, as far as the report needs it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The number in its id; `None` where the feed has no ids.
    pub(crate) number: Option<u64>,
    /// Whether its popup was shown.
    pub(crate) shown: bool,
}

/// One feed's line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) name: &'static str,
    /// Events the server sent while the app was subscribed; by their ids where there are ids.
    pub(crate) received: u64,
    pub(crate) stored: u64,
    pub(crate) notified: u64,
    pub(crate) reconnects: u64,
    /// Whether it was dropped on purpose.
    pub(crate) dropped: bool,
    /// What is wrong, in words.
    pub(crate) faults: Vec<String>,
}

/// Reads what the history holds of a feed, in the order of storing.
pub(crate) fn rows(history: &Path, feed: &FeedId) -> Result<Vec<Row>, Trouble> {
    let database = Connection::open_with_flags(history, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut found = database.prepare(
        "SELECT last_event_id, presented FROM event \
         WHERE feed = (SELECT number FROM feed WHERE id = ?1) ORDER BY id",
    )?;
    let rows = found.query_map([feed.as_str()], |row| {
        let id: String = row.get(0)?;
        Ok(Row { number: number(&id), shown: row.get::<_, i64>(1)? == SHOWN })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives the number at the end of a demo server's id, `EPOCH-NUMBER` or `NUMBER`.
fn number(id: &str) -> Option<u64> {
    id.rsplit('-').next()?.parse().ok()
}

/// Compares a feed's history with what its server counted.
pub(crate) fn judge(feed: &DemoFeed, rows: &[Row], served: &Served, dropped: bool) -> Line {
    let counted = |counts: &BTreeMap<String, Counts>| counts.get(feed.path).cloned().unwrap_or_default();
    let (before, after) = (counted(&served.before), counted(&served.after));
    let stored = count(rows.len());
    let notified = count(rows.iter().filter(|row| row.shown).count());
    let reconnects = after.accepted.saturating_sub(1);
    let numbers: Vec<u64> = rows.iter().filter_map(|row| row.number).collect();
    let mut faults = disorder(&numbers);
    let received = match (numbers.iter().min(), numbers.iter().max()) {
        (Some(first), Some(last)) => last - first + 1,
        (None, _) | (_, None) => after.published.saturating_sub(before.published).max(stored),
    };
    if numbers.is_empty() && received > stored + ON_ITS_WAY {
        faults.push(format!("{} events are missing", received - stored));
    }
    if stored == 0 {
        faults.push("nothing was delivered".to_owned());
    } else if notified == 0 {
        faults.push("nothing was notified".to_owned());
    }
    if dropped && reconnects == 0 {
        faults.push("it was not dropped".to_owned());
    }
    Line { name: feed.name, received, stored, notified, reconnects, dropped, faults }
}

/// Finds what is missing among ascending numbers, what is there twice and what is out of order.
fn disorder(numbers: &[u64]) -> Vec<String> {
    let mut faults = Vec::new();
    let there: HashSet<u64> = numbers.iter().copied().collect();
    if there.len() < numbers.len() {
        faults.push(format!("{} events are stored twice", numbers.len() - there.len()));
    }
    let all = numbers.iter().min().copied().unwrap_or(0)..=numbers.iter().max().copied().unwrap_or(0);
    let missing: Vec<_> = all.filter(|number| !numbers.is_empty() && !there.contains(number)).collect();
    if !missing.is_empty() {
        let named: Vec<_> = missing.iter().take(NAMED).map(u64::to_string).collect();
        faults.push(format!("{} events are missing, among them {}", missing.len(), named.join(", ")));
    }
    if !numbers.is_sorted() {
        faults.push("events are out of order".to_owned());
    }
    faults
}

/// Writes the report, a line a feed.
pub(crate) fn table(lines: &[Line]) -> Vec<String> {
    let head =
        format!("{:<16}{:>9}{:>9}{:>10}{:>12}", "feed", "received", "stored", "notified", "reconnects");
    let line = |line: &Line| {
        let Line { name, received, stored, notified, reconnects, dropped, faults } = line;
        let verdict = match (faults.is_empty(), dropped) {
            (false, _) => format!("FAILED: {}", faults.join("; ")),
            (true, true) => "dropped; resumed without a gap or a double".to_owned(),
            (true, false) => String::new(),
        };
        let text = format!("{name:<16}{received:>9}{stored:>9}{notified:>10}{reconnects:>12}  {verdict}");
        text.trim_end().to_owned()
    };
    std::iter::once(head).chain(lines.iter().map(line)).collect()
}

fn count(length: usize) -> u64 {
    u64::try_from(length).expect("a list is shorter than 2^64")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: DemoFeed = DemoFeed { path: "/replay", name: "Parcels", about: "" };

    fn served(accepted: u64, published: u64) -> Served {
        let counts = |published| {
            BTreeMap::from([("/replay".to_owned(), Counts { accepted, published, ..Counts::default() })])
        };
        Served { before: counts(2), after: counts(2 + published) }
    }

    fn numbered(numbers: &[u64]) -> Vec<Row> {
        numbers.iter().map(|number| Row { number: Some(*number), shown: true }).collect()
    }

    fn faults(rows: &[Row], served: &Served) -> Vec<String> {
        judge(&FEED, rows, served, true).faults
    }

    #[test]
    fn a_feed_that_resumed_where_it_was_is_well() {
        let line = judge(&FEED, &numbered(&[4, 5, 6, 7]), &served(2, 9), true);
        assert_eq!((line.received, line.stored, line.notified, line.reconnects), (4, 4, 4, 1));
        assert_eq!(line.faults, [""; 0]);
        assert!(table(&[line])[1].ends_with("dropped; resumed without a gap or a double"));
    }

    #[test]
    fn a_gap_a_double_and_a_wrong_order_are_named() {
        assert_eq!(faults(&numbered(&[4, 5, 8]), &served(2, 9)), ["2 events are missing, among them 6, 7"]);
        assert_eq!(faults(&numbered(&[4, 5, 5]), &served(2, 9)), ["1 events are stored twice"]);
        assert_eq!(faults(&numbered(&[5, 4]), &served(2, 9)), ["events are out of order"]);
    }

    #[test]
    fn a_silent_feed_and_one_that_was_never_dropped_fail() {
        assert_eq!(faults(&[], &served(2, 0)), ["nothing was delivered"]);
        assert_eq!(faults(&numbered(&[1]), &served(1, 1)), ["it was not dropped"]);
    }

    #[test]
    fn events_without_popups_fail() {
        let rows = [Row { number: Some(1), shown: false }];
        assert_eq!(faults(&rows, &served(2, 1)), ["nothing was notified"]);
    }

    #[test]
    fn without_ids_the_servers_count_tells_what_is_missing() {
        let rows = vec![Row { number: None, shown: true }; 5];
        assert_eq!(faults(&rows, &served(2, 6)), [""; 0], "one may be on its way");
        assert_eq!(faults(&rows, &served(2, 8)), ["3 events are missing"]);
    }

    #[test]
    fn the_number_is_read_from_both_kinds_of_id() {
        assert_eq!(number("1763692800000000-17"), Some(17));
        assert_eq!(number("17"), Some(17));
        assert_eq!(number(""), None);
    }
}
