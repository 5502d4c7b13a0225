//! Upgrading: whole or not at all, with a copy of the one before.

use std::fs;
use std::io::{BufRead, BufReader, Write, stdout};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::super::files::Files;
use super::super::upgrade::{STEPS, run};
use super::proof::{Dice, agreed, given_folder, process, times};
use super::*;

/// The steps there are and one more.
fn steps(further: &'static str) -> Vec<M<'static>> {
    STEPS.iter().cloned().chain([M::up(further)]).collect()
}

/// A closed history with some events, and a connection to its file.
async fn filled() -> (TempDir, Files, Connection) {
    let folder = folder();
    let history = open(folder.path());
    store(&history, &feed("a"), &["1", "2", "3"]).await;
    history.close().await;
    let files = Files::prepare(folder.path()).unwrap();
    let database = Connection::open(files.database()).unwrap();
    (folder, files, database)
}

/// The files of a folder without the log of a database that is open.
fn kept(folder: &TempDir) -> Vec<String> {
    let mut kept = names(folder);
    kept.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
    kept
}

fn events(database: &Connection) -> i64 {
    database.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn copies_the_database_before_it_is_changed_and_keeps_the_latest_copy() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, files, mut database) = filled().await;
    fs::write(folder.path().join("history.version-0.db"), "an older copy").unwrap();
    let version = STEPS.len();
    assert_eq!(run(&files, &mut database, &steps("DROP TABLE content")).unwrap(), None);
    assert!(database.execute_batch("SELECT * FROM content").is_err(), "it was changed");
    let copy = folder.path().join(format!("history.version-{version}.db"));
    assert_eq!(kept(&folder), ["history.db".to_owned(), format!("history.version-{version}.db")]);
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);

    let older = self::folder();
    fs::copy(copy, older.path().join("history.db")).unwrap();
    let history = open(older.path());
    assert_eq!(titles(&history, &feed("a")).await, ["1", "2", "3"]);
    history.close().await;
}

#[tokio::test]
async fn an_upgrade_that_fails_leaves_the_database_as_it_was() {
    let (_folder, files, mut database) = filled().await;
    let failing = steps("CREATE TABLE half (x); DELETE FROM content; INSERT INTO nowhere VALUES (1);");
    assert!(run(&files, &mut database, &failing).is_err());
    let version: usize = database.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!((version, events(&database)), (STEPS.len(), 3));
    assert!(database.execute_batch("SELECT * FROM half").is_err());
}

#[tokio::test]
async fn goes_on_without_a_copy_where_there_is_no_room_and_says_so() {
    let (folder, files, mut database) = filled().await;
    // A folder in the place of the copy: nothing can be written there, not even by root.
    fs::create_dir(folder.path().join("history.copy")).unwrap();
    let note = run(&files, &mut database, &steps("CREATE TABLE more (x)")).unwrap().unwrap();
    assert!(note.contains("without a copy"), "{note}");
    database.execute_batch("SELECT * FROM more").unwrap();
    assert_eq!(events(&database), 3);
}

#[tokio::test]
async fn copies_nothing_where_there_is_nothing_to_lose_or_to_change() {
    let folder = folder();
    open(folder.path()).close().await;
    let files = Files::prepare(folder.path()).unwrap();
    let mut database = Connection::open(files.database()).unwrap();
    run(&files, &mut database, &steps("CREATE TABLE more (x)")).unwrap();
    assert_eq!(kept(&folder), ["history.db"]);
    let (folder, files, mut database) = filled().await;
    run(&files, &mut database, STEPS).unwrap();
    assert_eq!(kept(&folder), ["history.db"]);
}

/// The file of a history at the first version of the schema, with so many events.
fn first_version(folder: &TempDir, events: u64) -> Vec<u8> {
    let path = folder.path().join("history.db");
    let mut database = Connection::open(&path).unwrap();
    database.execute_batch("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL").unwrap();
    Migrations::from_slice(STEPS).to_version(&mut database, 1).unwrap();
    database
        .execute_batch(&format!(
            "INSERT INTO feed (number, id) VALUES (1, 'a');
         INSERT INTO cursor (feed, last_event_id) VALUES (1, '{events}');
         WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {events})
         INSERT INTO event SELECT n, 1, 0, 0, 2, 2, 1, n, 'message', n, NULL, NULL, n, '' FROM n;
         INSERT INTO content SELECT id, NULL, hex(randomblob(500)) FROM event;"
        ))
        .unwrap();
    drop(database);
    fs::read(path).unwrap()
}

#[tokio::test]
#[ignore = "the process that the next test kills"]
async fn opens_and_says_so() {
    let Some(folder) = given_folder() else { return };
    writeln!(stdout(), "opening").unwrap();
    let history = open(&folder);
    writeln!(stdout(), "open").unwrap();
    history.close().await;
}

/// Lets a process upgrade a history and kills it after a time; gives how long opening took if it was done before.
fn upgrade_for(folder: &Path, time: Duration) -> Option<Duration> {
    let mut upgrading = process("upgrade::opens_and_says_so", folder).spawn().unwrap();
    let mut lines = BufReader::new(upgrading.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.ends_with("opening")));
    let began = Instant::now();
    let (said, done) = std::sync::mpsc::channel();
    let listening = std::thread::spawn(move || {
        if lines.any(|line| line == "open") {
            let _ = said.send(began.elapsed());
        }
    });
    let opened = done.recv_timeout(time).ok();
    upgrading.kill().unwrap();
    upgrading.wait().unwrap();
    listening.join().unwrap();
    opened
}

#[test]
fn a_kill_in_the_middle_of_copying_and_upgrading_loses_nothing() {
    const EVENTS: u64 = 3_000;
    let made = folder();
    let bytes = first_version(&made, EVENTS);
    let start = || {
        let folder = folder();
        fs::write(folder.path().join("history.db"), &bytes).unwrap();
        folder
    };
    let whole = upgrade_for(start().path(), Duration::from_secs(60)).unwrap();
    let mut dice = Dice(4);
    let mut killed_early = 0;
    for _ in 0..times("TIDINGS_CRASHES", 25) {
        let folder = start();
        let time = whole.mul_f64(f64::from(u32::try_from(dice.below(100)).unwrap()) / 100.0);
        killed_early += u32::from(upgrade_for(folder.path(), time).is_none());
        runtime().block_on(async {
            let history = open(folder.path());
            assert_eq!(agreed(&history, &feed("a")).await, EVENTS);
            history.close().await;
        });
        // Whether the copy was made before or after the kill, it is there, whole, and nothing unfinished is.
        assert_eq!(kept(&folder), ["history.db", "history.version-1.db"]);
        let copy = Connection::open(folder.path().join("history.version-1.db")).unwrap();
        assert_eq!(events(&copy), i64::try_from(EVENTS).unwrap());
    }
    assert!(killed_early > 5, "too few kills met the upgrade: {killed_early}");
}
