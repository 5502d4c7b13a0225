//! Killed at any instant, or with a log that a power cut left in pieces: cursor and events always agree.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Child;

use super::proof::{Dice, agreed, given_folder, newest_left, process, store_next, times};
use super::*;

#[tokio::test]
#[ignore = "the process that the next test kills"]
async fn stores_until_it_is_killed() {
    let Some(folder) = given_folder() else { return };
    let history = open(&folder);
    for count in (1..=7).cycle() {
        let (a, b) = (feed("a"), feed("b"));
        let (a, b) = tokio::join!(store_next(&history, &a, count), store_next(&history, &b, 8 - count));
        // Not `println!`, which the test harness would keep to itself.
        writeln!(std::io::stdout(), "stored {a} {b}").unwrap();
        if count == 7 {
            history.mark_read(Scope::Feed { feed: feed("a") }, true).await.unwrap();
            store_next(&history, &feed("c"), 600).await;
            forget(&history, Scope::Feed { feed: feed("c") }).await;
            store_next(&history, &feed("d"), 300).await;
            history.index().await.unwrap();
            history.prune(at_most(&feed("d"), 400), 0).await.unwrap();
            let copy = tempfile::NamedTempFile::new_in(&folder).unwrap();
            History::copy(&folder, copy.path()).unwrap();
        }
    }
}

fn at_most(feed: &FeedId, events: u64) -> Retention {
    let limits = Limits { events: Some(events), ..Limits::default() };
    Retention { feeds: [(feed.clone(), limits)].into(), ..Retention::default() }
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
    // Enough to meet every stage of a commit; each takes about a tenth of a second.
    for _ in 0..times("TIDINGS_CRASHES", 60) {
        let process = process("crash::stores_until_it_is_killed", folder.path()).spawn().unwrap();
        let said = kill_after(process, dice.within(1..25));
        runtime().block_on(async {
            let history = open(folder.path());
            let held = (agreed(&history, &feed("a")).await, agreed(&history, &feed("b")).await);
            assert!(held.0 >= said.0 && held.1 >= said.1, "said {said:?}, held {held:?}");
            newest_left(&history, &feed("c")).await;
            newest_left(&history, &feed("d")).await;
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
    for _ in 0..times("TIDINGS_POWER_CUTS", 200) {
        let folder = folder();
        fs::write(folder.path().join("history.db"), &file).unwrap();
        fs::write(folder.path().join("history.db-wal"), ruin(&log, &mut dice)).unwrap();
        let history = open(folder.path());
        counts.push(agreed(&history, &feed("a")).await);
        store_next(&history, &feed("a"), 1).await;
        history.close().await;
    }
    counts.sort_unstable();
    let (least, median, most) = (counts[0], counts[counts.len() / 2], counts[counts.len() - 1]);
    assert!(least >= 10 && least < median && median < most, "{counts:?}");
}
