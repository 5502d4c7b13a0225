//! Killed at any instant, or with a log that a power cut left in pieces: cursor and events always agree.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::process::{Child, Command, Stdio};

use super::*;

/// Tells the process that is killed where its history lies.
const FOLDER: &str = "TIDINGS_HISTORY_OF_THE_KILLED";

/// Enough to meet every stage of a commit; each takes about a tenth of a second.
const KILLS: u64 = 60;

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn within(&mut self, range: Range<usize>) -> usize {
        range.start + self.below(range.end - range.start)
    }
}

/// Proves that a feed holds events 1 to n, each once and in order, and resumes from n; gives n.
async fn agreed(history: &History, feed: &FeedId) -> u64 {
    let titles = titles(history, feed).await;
    let count = titles.len() as u64;
    assert_eq!(titles, (1..=count).map(|n| n.to_string()).collect::<Vec<_>>());
    let cursor = history.cursors().await.unwrap().remove(feed).unwrap_or_default();
    assert_eq!(cursor.last_event_id, (count > 0).then(|| count.to_string()));
    let unread = all(history, Some(feed)).await.iter().filter(|row| !row.read).count() as u64;
    assert_eq!(history.unread().await.unwrap().remove(feed).unwrap_or_default(), unread);
    count
}

/// Stores the events that follow the cursor, as a server would send them.
async fn store_next(history: &History, feed: &FeedId, count: u64) -> u64 {
    let cursor = history.cursors().await.unwrap().remove(feed).unwrap_or_default();
    let last: u64 = cursor.last_event_id.map_or(0, |id| id.parse().unwrap());
    let events = (last + 1..=last + count).map(|n| event(&n.to_string())).collect();
    assert!(history.store(batch(feed, events)).await.unwrap().iter().all(Option::is_some));
    last + count
}

#[tokio::test]
#[ignore = "the process that the next test kills"]
async fn stores_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let history = open(Path::new(&folder));
    for count in (1..=7).cycle() {
        let (a, b) = (feed("a"), feed("b"));
        let (a, b) = tokio::join!(store_next(&history, &a, count), store_next(&history, &b, 8 - count));
        // Not `println!`, which the test harness would keep to itself.
        writeln!(std::io::stdout(), "stored {a} {b}").unwrap();
        if count == 7 {
            history.mark_read(Scope::Feed { feed: feed("a") }, true).await.unwrap();
        }
    }
}

fn start(folder: &Path) -> Child {
    let test = "history::tests::crash::stores_until_it_is_killed";
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lets the process store so many batches, kills it, and gives what it last said was stored in feeds a and b.
fn kill_after(mut process: Child, batches: usize) -> (u64, u64) {
    let lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said = (0, 0);
    let mut heard = 0;
    for line in lines {
        let Some(counts) = line.strip_prefix("stored ").and_then(|counts| counts.split_once(' ')) else {
            continue;
        };
        said = (counts.0.parse().unwrap(), counts.1.parse().unwrap());
        heard += 1;
        if heard == batches {
            process.kill().unwrap();
        }
    }
    process.wait().unwrap();
    assert!(heard >= batches, "the process ended by itself");
    said
}

#[test]
fn loses_nothing_and_doubles_nothing_however_often_it_is_killed() {
    let folder = folder();
    let mut dice = Dice(1);
    for _ in 0..KILLS {
        let said = kill_after(start(folder.path()), dice.within(1..25));
        runtime().block_on(async {
            let history = open(folder.path());
            let held = (agreed(&history, &feed("a")).await, agreed(&history, &feed("b")).await);
            assert!(held.0 >= said.0 && held.1 >= said.1, "said {said:?}, held {held:?}");
            history.close().await;
        });
    }
}

/// What is left of a log after a power cut, or worse.
fn ruin(log: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.below(log.len());
    let mut ruined = log.to_vec();
    match dice.below(4) {
        0 => ruined.truncate(at),
        1 => ruined[at..].fill(0),
        2 => {
            let end = (at + dice.within(1..9_000)).min(log.len());
            ruined[at..end].iter_mut().for_each(|byte| *byte = u8::try_from(dice.below(256)).unwrap());
        }
        _ => ruined[at] ^= 1 << dice.below(8),
    }
    ruined
}

/// A history whose file holds ten events and whose log holds many more: file and log.
async fn file_and_log() -> (Vec<u8>, Vec<u8>) {
    let folder = folder();
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let history = open(folder.path());
    store_next(&history, &feed("a"), 10).await;
    history.close().await;
    let file = read("history.db");
    let history = open(folder.path());
    for _ in 0..60 {
        store_next(&history, &feed("a"), 3).await;
    }
    // A log that was folded in could not be lost to a power cut: SQLite makes it durable first.
    assert!(read("history.db") == file, "the log was folded in");
    (file, read("history.db-wal"))
}

#[tokio::test]
async fn a_log_in_pieces_takes_events_and_cursor_back_together() {
    let (file, log) = file_and_log().await;
    let mut dice = Dice(2);
    let mut counts = Vec::new();
    for _ in 0..200 {
        let folder = folder();
        fs::write(folder.path().join("history.db"), &file).unwrap();
        fs::write(folder.path().join("history.db-wal"), ruin(&log, &mut dice)).unwrap();
        let history = open(folder.path());
        counts.push(agreed(&history, &feed("a")).await);
        store_next(&history, &feed("a"), 1).await;
        history.close().await;
    }
    counts.sort_unstable();
    assert!(counts[0] >= 10 && counts[0] < counts[100] && counts[100] < counts[199], "{counts:?}");
}
