//! What must hold whatever happened to the process or its disk, and processes to which it happens.

use std::ops::Range;
use std::process::{Command, Stdio};

use super::*;

/// Tells a process of its own where its history lies.
const FOLDER: &str = "TIDINGS_HISTORY_FOLDER";

/// Numbers that look random and are the same in every run (SplitMix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    pub(super) fn within(&mut self, range: Range<usize>) -> usize {
        range.start + self.below(range.end - range.start)
    }
}

/// How often a proof is repeated: as often as the environment says, else a few times.
pub(super) fn times(variable: &str, few: usize) -> usize {
    std::env::var(variable).map_or(few, |count| count.parse().expect("a number of times"))
}

/// A process that does one of the ignored tests on the history in a folder.
pub(super) fn process(test: &str, folder: &Path) -> Command {
    let mut process = Command::new(std::env::current_exe().unwrap());
    process
        .args(["--exact", &format!("history::tests::{test}"), "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped());
    process
}

/// Where this process's history lies; none if nobody started it as a process of its own.
pub(super) fn given_folder() -> Option<std::path::PathBuf> {
    std::env::var_os(FOLDER).map(Into::into)
}

/// Proves that a feed holds events 1 to n, each once and in order, and resumes from n; gives n.
pub(super) async fn agreed(history: &History, feed: &FeedId) -> u64 {
    let titles = titles(history, feed).await;
    let count = titles.len() as u64;
    assert_eq!(titles, (1..=count).map(|n| n.to_string()).collect::<Vec<_>>());
    let cursor = history.cursors().await.unwrap().remove(feed).unwrap_or_default();
    assert_eq!(cursor.last_event_id, (count > 0).then(|| count.to_string()));
    let unread = all(history, Some(feed)).await.iter().filter(|row| !row.read).count() as u64;
    assert_eq!(history.unread().await.unwrap().remove(feed).unwrap_or_default(), unread);
    count
}

/// Proves that a feed whose oldest events are being removed holds the newest in order, and resumes after the last.
pub(super) async fn newest_left(history: &History, feed: &FeedId) {
    let titles = titles(history, feed).await;
    let cursor = history.cursors().await.unwrap().remove(feed).unwrap_or_default().last_event_id;
    let last: u64 = cursor.map_or(0, |id| id.parse().unwrap());
    let first = last + 1 - titles.len() as u64;
    assert_eq!(titles, (first..=last).map(|n| n.to_string()).collect::<Vec<_>>());
    assert_eq!(history.unread().await.unwrap().remove(feed).unwrap_or_default(), titles.len() as u64);
}

/// The events after the `last`, as a server would send them.
pub(super) fn next(feed: &FeedId, last: u64, count: u64) -> Batch {
    batch(feed, (last + 1..=last + count).map(|n| event(&n.to_string())).collect())
}

/// Stores the events that follow the cursor.
pub(super) async fn store_next(history: &History, feed: &FeedId, count: u64) -> u64 {
    let cursor = history.cursors().await.unwrap().remove(feed).unwrap_or_default();
    let last: u64 = cursor.last_event_id.map_or(0, |id| id.parse().unwrap());
    assert!(history.store(next(feed, last, count)).await.unwrap().iter().all(Option::is_some));
    last + count
}
