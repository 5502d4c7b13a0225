//! Upgrading: whole or not at all, with a copy of the one before.

use std::fs;

use rusqlite::Connection;
use rusqlite_migration::M;

use super::super::files::Files;
use super::super::upgrade::{STEPS, run};
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

fn names(folder: &TempDir) -> Vec<String> {
    let entries = folder.path().read_dir().unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
    names.sort();
    names
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
    assert_eq!(names(&folder), ["history.db".to_owned(), format!("history.version-{version}.db")]);
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
    assert_eq!(names(&folder), ["history.db"]);
    let (folder, files, mut database) = filled().await;
    run(&files, &mut database, STEPS).unwrap();
    assert_eq!(names(&folder), ["history.db"]);
}
