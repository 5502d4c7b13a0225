//! `backup`: whole, private, and good to start from.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;

use tidings_engine::engine::Engine;
use tidings_engine::id::{EventId, FeedId};
use tidings_support::{Answer, House, Script, Server, Then, all, draft, stored};

use crate::program::{quit, run};

/// Puts a backup in the place of a profile that has nothing.
fn unpack(backup: &std::path::Path, house: &House) {
    let folder = house.folder();
    let archive = File::open(backup).expect("the backup can be read");
    tar::Archive::new(archive).unpack(&folder).expect("it is an archive");
    fs::create_dir(folder.join("data")).expect("the profile is empty");
    fs::rename(folder.join("history.db"), folder.join("data/history.db")).expect("it holds the history");
}

async fn content(engine: &Engine, feed: &FeedId) -> Vec<(EventId, String)> {
    all(engine, feed).await.into_iter().map(|event| (event.row.id, event.data)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_everything_the_running_app_has_stored_and_starts_elsewhere() {
    let answer = (0..300).fold(Answer::stream(), |answer, n| answer.event_with_id(&n.to_string(), "x"));
    let server = Server::start(Script::new([answer.then(Then::Hold)])).await;
    let (house, elsewhere) = (House::new(), House::new());
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 300).await;
    let file = house.folder().join("backup.tar");
    let path = file.to_str().unwrap();
    let said = run(&house, &["backup", path]).await;
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("300 events") && said.out.contains("1 feed"), "{said:?}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let left = fs::read_dir(house.folder()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_str().unwrap().starts_with(".t")), "no copy is left behind");
    let events = content(&engine, &feed).await;
    engine.shutdown().await;

    unpack(&file, &elsewhere);
    let engine = elsewhere.start().await;
    assert_eq!(content(&engine, &feed).await, events);
    assert!(engine.health(&feed).unwrap().counts.events >= 300);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replaces_nothing_unless_told_to() {
    let house = House::new();
    let file = house.folder().join("backup.tar");
    let path = file.to_str().unwrap();
    let said = run(&house, &["backup", path]).await;
    assert_eq!((said.code, file.exists()), (Some(1), false), "there is nothing yet: {said:?}");
    quit(house.start().await, &house).await;
    fs::write(&file, "precious").unwrap();
    let said = run(&house, &["backup", path]).await;
    assert_eq!(
        (said.code, fs::read(&file).unwrap().as_slice()),
        (Some(2), b"precious".as_slice()),
        "{said:?}"
    );
    assert!(said.err.contains("--force"), "{said:?}");
    assert_eq!(run(&house, &["backup", path, "--force"]).await.code, Some(0));
    assert!(fs::metadata(&file).unwrap().len() > 10_000);
    let nowhere = house.folder().join("no/folder/b.tar");
    let said = run(&house, &["backup", nowhere.to_str().unwrap()]).await;
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("can't be written"), "{said:?}");
}
