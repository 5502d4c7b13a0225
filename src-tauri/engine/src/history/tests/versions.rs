//! Databases of other versions: older ones open, newer ones are left alone.

use std::collections::HashMap;
use std::fs;

use rusqlite::Connection;

use super::super::OpenError;
use super::*;
use crate::event::Priority;
use crate::health::{Counts, FeedHealth, Happening, Record, Standing, What};
use crate::update::{FeedState, Reason, ReasonCode};

/// Databases that released versions left behind, at the root of the repository.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/history");

/// What every golden database holds besides plain events.
async fn fill(history: &History) {
    let mut alarm = event("alarm");
    alarm.reading = Reading {
        title: "Backup failed".to_owned(),
        body: "no space left on device\n".repeat(40),
        link: Some("https://example.org/backup".to_owned()),
        priority: Priority::High,
        key: Some("backup".to_owned()),
        ..Reading::default()
    };
    alarm.presented = Presented::Presenting;
    history.store(batch(&feed("0123456789abcdef"), vec![event("1"), event("2"), alarm])).await.unwrap();
    let mut plain = event("");
    plain.read = true;
    plain.presented = Presented::Shown;
    let cursor = Cursor { last_event_id: None, retry_ms: Some(2_500) };
    history.store(Batch { feed: feed("fedcba9876543210"), events: vec![plain], cursor }).await.unwrap();
}

/// What every golden database since version 3 holds besides.
async fn fill_marks(history: &History) {
    history.star(EventId(3), true).await.unwrap();
    forget(history, Scope::Event { id: EventId(2) }).await;
    history.index().await.unwrap();
}

/// What every golden database since version 4 holds besides.
async fn fill_group(history: &History) {
    let mut grouped = event("4");
    grouped.reading.group = Some("web 1".to_owned());
    history.store(batch(&feed("0123456789abcdef"), vec![grouped])).await.unwrap();
}

/// What every golden database since version 2 holds besides.
async fn fill_health(history: &History) {
    let what = What::Refused { why: "The server answered 503 (Service Unavailable).".to_owned() };
    let happenings = [
        Happening {
            at_ms: 1_763_693_400_000,
            what: What::Dialled { resumed_from: Some("alarm".to_owned()) },
        },
        Happening { at_ms: 1_763_693_400_250, what },
    ];
    let why = Reason { code: ReasonCode::Other, message: "The server is busy.".to_owned() };
    let state = FeedState::Waiting { until_ms: 1_763_693_430_000, why };
    let counts = Counts { events: 3, bytes: 35, dials: 2, opens: 1, ..Counts::default() };
    let record = Record {
        edition: 9,
        told: 4,
        standing: Some(Standing { at_ms: 1_763_693_400_251, state, open_until_ms: None }),
        health: FeedHealth {
            since_ms: 1_763_693_000_000,
            counts,
            last_event_at_ms: Some(1_763_693_400_000),
            held_back: false,
            happenings: happenings.into(),
        },
    };
    history.keep_record(feed("0123456789abcdef"), record).await.unwrap();
}

fn schema(database: &Path) -> Vec<(String, String)> {
    let database = Connection::open(database).unwrap();
    let mut read =
        database.prepare("SELECT name, sql FROM sqlite_schema WHERE sql <> '' ORDER BY name").unwrap();
    read.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

#[test]
#[ignore = "writes tests/data/history/v4.db; run once, when a version of the schema is released"]
fn makes_a_golden_database() {
    let folder = folder();
    runtime().block_on(async {
        let history = open(folder.path());
        fill(&history).await;
        fill_health(&history).await;
        fill_marks(&history).await;
        fill_group(&history).await;
        history.close().await;
    });
    fs::create_dir_all(GOLDEN).unwrap();
    fs::copy(folder.path().join("history.db"), Path::new(GOLDEN).join("v4.db")).unwrap();
}

#[tokio::test]
async fn opens_a_database_of_every_version() {
    let (fresh, expected) = (folder(), folder());
    open(fresh.path()).close().await;
    let same = open(expected.path());
    fill(&same).await;
    fill_health(&same).await;
    fill_marks(&same).await;
    fill_group(&same).await;
    let golden: Vec<_> = fs::read_dir(GOLDEN).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(golden.len(), 4, "one a version of the schema");
    for path in golden {
        let folder = folder();
        let database = folder.path().join("history.db");
        let has_health = !path.ends_with("v1.db");
        let has_marks = has_health && !path.ends_with("v2.db");
        let has_groups = has_marks && !path.ends_with("v3.db");
        fs::copy(path, &database).unwrap();
        let history = open(folder.path());
        if !has_marks {
            fill_marks(&history).await;
        }
        if !has_groups {
            fill_group(&history).await;
        }
        assert_eq!(all(&history, None).await, all(&same, None).await);
        assert_eq!(history.event(EventId(3)).await, same.event(EventId(3)).await);
        assert_eq!(history.cursors().await, same.cursors().await);
        assert_eq!(history.holdings().await, same.holdings().await);
        assert_eq!(history.unshown().await, same.unshown().await);
        let records = if has_health { same.records().await } else { Ok(HashMap::new()) };
        assert_eq!(history.records().await, records);
        let held = store(&history, &feed("0123456789abcdef"), &["2", "4", "5"]).await;
        assert!(held[0].is_none() && held[1].is_none() && held[2].is_some(), "a deleted one is held too");
        history.close().await;
        assert_eq!(schema(&database), schema(&fresh.path().join("history.db")));
    }
}

/// Makes the history in a folder one of a version to come.
fn make_newer(folder: &TempDir, leave_log: bool) {
    let database = Connection::open(folder.path().join("history.db")).unwrap();
    database.execute_batch("CREATE TABLE later (x); PRAGMA user_version = 99;").unwrap();
    if leave_log {
        // A connection that is never closed leaves its log as a crash does.
        std::mem::forget(database);
    }
}

/// The files of a folder that hold events.
fn bytes(folder: &TempDir) -> Vec<(String, Vec<u8>)> {
    let mut bytes: Vec<_> = folder.path().read_dir().unwrap().map(Result::unwrap).collect();
    // The index of a log holds locks and no events, the reserve nothing.
    let holds_none = |name: &str| name.ends_with("-shm") || name == "history.reserve";
    bytes.retain(|entry| !holds_none(entry.file_name().to_str().unwrap()));
    bytes.sort_by_key(fs::DirEntry::file_name);
    let read =
        |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    bytes.into_iter().map(read).filter(|(_, bytes)| !bytes.is_empty()).collect()
}

#[tokio::test]
async fn refuses_a_newer_database_in_clear_words_and_leaves_every_byte() {
    for leave_log in [false, true] {
        let folder = folder();
        let history = open(folder.path());
        store(&history, &feed("a"), &["1"]).await;
        history.close().await;
        make_newer(&folder, leave_log);
        let before = bytes(&folder);
        assert_eq!(before.len(), 1 + usize::from(leave_log));
        let error = History::open(folder.path()).unwrap_err();
        assert!(matches!(error, OpenError::Newer { .. }), "{error}");
        assert!(error.to_string().contains("newer version"), "{error}");
        assert!(bytes(&folder) == before, "leaving a log: {leave_log}");
    }
}

#[tokio::test]
async fn a_version_that_nobody_wrote_is_damage() {
    let folder = folder();
    open(folder.path()).close().await;
    let database = Connection::open(folder.path().join("history.db")).unwrap();
    database.execute_batch("PRAGMA user_version = -1").unwrap();
    drop(database);
    assert!(History::open(folder.path()).unwrap().note.is_some());
}
