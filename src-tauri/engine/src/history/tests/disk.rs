//! A disk that fails now and then, and what is synced to it.

use std::fs::{self, OpenOptions};
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::Command;

use super::proof::{agreed, given_folder, next, process, times};
use super::*;

/// Every how many-th write is to fail, in the long run.
const SPARSEST: usize = 200;
/// No room, and a failing disk, as Linux numbers them.
const ERRORS: [i32; 2] = [28, 5];
const SYNCS: &str = "TIDINGS_DISK_SYNCS";

/// Builds what stands between a process and its disk.
fn shim(folder: &TempDir) -> PathBuf {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/history/tests/faulty_disk.c");
    let library = folder.path().join("faulty_disk.so");
    // The compiler that built SQLite.
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([library.as_os_str(), source.as_ref()])
        .status();
    assert!(built.unwrap().success());
    library
}

/// Stores what it can, saying how much was promised to be stored.
async fn store_in_spite(folder: &Path) {
    let Ok(opened) = History::open(folder) else { return };
    let history = opened.history;
    let mut last = 0;
    for round in 0..12 {
        let batch = next(&feed("a"), last, 1 + round % 4);
        let mut tries = 0;
        // One failure in the middle of a commit may not keep the next try from being made.
        while history.store(batch.clone()).await.is_err() && tries < 3 {
            tries += 1;
        }
        if tries < 3 {
            last += batch.events.len() as u64;
            writeln!(stdout(), "stored {last}").unwrap();
        } else {
            break;
        }
    }
    history.close().await;
}

#[tokio::test]
#[ignore = "the process whose disk fails"]
async fn stores_on_a_failing_disk() {
    if let Some(folder) = given_folder() {
        store_in_spite(&folder).await;
    }
}

#[test]
fn every_nth_write_may_fail_and_what_was_said_to_be_stored_is_there() {
    let tools = folder();
    let shim = shim(&tools);
    let (mut least, mut most) = (u64::MAX, 0);
    let step = SPARSEST / times("TIDINGS_DISK_FAULTS", 20).clamp(1, SPARSEST);
    for every in (1..=SPARSEST).step_by(step) {
        for error in ERRORS {
            let folder = folder();
            let done = process("disk::stores_on_a_failing_disk", folder.path())
                .env("LD_PRELOAD", &shim)
                .env("TIDINGS_DISK_FAILS", format!("{error}:{every}"))
                .output()
                .unwrap();
            let words = String::from_utf8_lossy(&done.stdout).into_owned();
            assert!(done.status.success(), "error {error} at each {every}th write: {words}");
            let said = words.lines().filter_map(|line| line.strip_prefix("stored ")).next_back();
            let said: u64 = said.map_or(0, |count| count.parse().unwrap());
            runtime().block_on(async {
                let history = open(folder.path());
                let held = agreed(&history, &feed("a")).await;
                assert!(held >= said, "error {error} at each {every}th write: said {said}, held {held}");
                history.close().await;
            });
            (least, most) = (least.min(said), most.max(said));
        }
    }
    assert_eq!((least, most), (0, 30), "from nothing, where every write fails, to everything");
}

#[tokio::test]
#[ignore = "the process whose syncs are noted"]
async fn stores_with_ids_then_without() {
    let Some(folder) = given_folder() else { return };
    let mut log = OpenOptions::new().append(true).create(true).open(std::env::var(SYNCS).unwrap()).unwrap();
    let history = open(&folder);
    let without = |mut event: NewEvent| {
        event.received.own_id = false;
        event
    };
    for phase in ["with", "without", "with again"] {
        writeln!(log, "{phase}").unwrap();
        for n in 0..10 {
            let event = event(&format!("{phase} {n}"));
            let event = if phase == "without" { without(event) } else { event };
            let cursor = Cursor::default();
            history.store(Batch { feed: feed("a"), events: vec![event], cursor }).await.unwrap();
        }
    }
    writeln!(log, "end").unwrap();
    history.close().await;
}

#[test]
fn syncs_every_commit_of_events_that_no_server_sends_again_and_no_other() {
    let (tools, folder) = (folder(), folder());
    let log = tools.path().join("syncs");
    let mut storing = process("disk::stores_with_ids_then_without", folder.path());
    storing.env("LD_PRELOAD", shim(&tools)).env(SYNCS, &log);
    assert!(storing.output().unwrap().status.success());
    let log = fs::read_to_string(log).unwrap();
    let between = |from: &str, to: &str| {
        let lines = log.lines().skip_while(|line| *line != from).take_while(|line| *line != to);
        lines.filter(|line| *line == "history.db-wal").count()
    };
    let counts = [between("with", "without"), between("without", "with again"), between("with again", "end")];
    assert_eq!(counts, [0, 10, 0], "{log}");
}
