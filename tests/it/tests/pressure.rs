//! A disk that is slow or full: the server is held back, nothing is lost, people are told once, and it goes on by itself.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tidings_engine::engine::Engine;
use tidings_engine::history::History;
use tidings_engine::id::FeedId;
use tidings_engine::update::{FeedState, Part};
use tidings_support::{Answer, House, Script, Server, all, draft, stored, until};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// More than the buffers between a server and a disk that takes nothing can hold.
const EVENTS: usize = 6_000;
const EVENT_BYTES: usize = 8 * 1024;

/// Sends every event as fast as TCP takes it, and counts what it took.
async fn send(mut client: TcpStream, sent: Arc<AtomicUsize>) -> std::io::Result<()> {
    let mut request = [0; 4096];
    let _ = client.read(&mut request).await?;
    client.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n").await?;
    for n in 0..EVENTS {
        let event = format!("id: {n}\ndata: {n}\ndata: {}\n\n", "x".repeat(EVENT_BYTES));
        client.write_all(event.as_bytes()).await?;
        sent.fetch_add(event.len(), Ordering::SeqCst);
    }
    std::future::pending().await
}

/// Waits until a server can send no more, and gives how much it could.
async fn stalled(sent: &AtomicUsize) -> usize {
    let (mut before, mut since) = (0, Instant::now());
    while since.elapsed() < Duration::from_secs(2) {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let at = sent.load(Ordering::SeqCst);
        if at != before || at == 0 {
            (before, since) = (at, Instant::now());
        }
    }
    before
}

/// The numbers that the events of a feed begin with, oldest first.
async fn numbers(engine: &Engine, feed: &FeedId) -> Vec<usize> {
    let (mut numbers, mut before) = (Vec::new(), None);
    loop {
        let page = engine.page(Some(feed), before, 500).await.expect("the history can be read");
        before = page.rows.last().map(|row| row.id);
        numbers
            .extend(page.rows.into_iter().map(|row| row.reading.title.parse::<usize>().expect("a number")));
        if !page.more {
            numbers.reverse();
            return numbers;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_takes_nothing_holds_the_server_back_and_loses_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let sent = Arc::new(AtomicUsize::new(0));
    let mut serving = JoinSet::new();
    let counted = Arc::clone(&sent);
    serving.spawn(async move { send(listener.accept().await.unwrap().0, counted).await });

    let house = House::new();
    let engine = house.start().await;
    // What writes to the database at the same time makes the disk as slow as can be.
    let slow = Connection::open(house.options().data_folder.join("history.db")).unwrap();
    slow.execute_batch("BEGIN IMMEDIATE").unwrap();
    let feed = engine.add_feed(draft("A", &url)).await.unwrap().id;
    let taken = stalled(&sent).await;
    assert!(taken < EVENTS * EVENT_BYTES / 2, "{taken} bytes were taken and kept nowhere");
    assert!(all(&engine, &feed).await.is_empty());

    slow.execute_batch("ROLLBACK").unwrap();
    until(&engine, "everything is stored", |at| at.feeds[0].unread == EVENTS as u64).await;
    assert_eq!(numbers(&engine, &feed).await, (0..EVENTS).collect::<Vec<_>>());
    engine.shutdown().await;
}

/// A small file system of its own; gone when the test is.
struct Disk(std::path::PathBuf);

impl Disk {
    /// Mounts it; none where this process may not.
    fn mount(at: std::path::PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).expect("there is room for a folder");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs"]).arg(&at).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(at))
    }

    fn grow(&self) {
        let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&self.0).status();
        assert!(grown.is_ok_and(|status| status.success()));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_once_and_everything_is_stored_when_there_is_room() {
    let house = House::new();
    let Some(disk) = Disk::mount(house.options().data_folder) else {
        eprintln!("NOT TESTED: only root may mount the small file system that this test fills");
        return;
    };
    let large = |from: usize| {
        (from..from + 200).fold(Answer::stream(), |answer, n| {
            answer.event_with_id(&n.to_string(), &format!("{n}\n{}", "x".repeat(20_000)))
        })
    };
    let server = Server::start(Script::new([large(0)]).at("other", [large(0)])).await;
    let engine = house.start().await;
    let one = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    let other = engine.add_feed(draft("B", &format!("{}/other", server.url()))).await.unwrap().id;
    let told =
        || house.popups.shown().iter().filter(|(_, popup)| popup.title.contains("can't store")).count();
    until(&engine, "people are told", |at| {
        at.problems.iter().any(|problem| problem.part == Part::History && problem.message.contains("full"))
            && told() > 0
    })
    .await;
    assert!(stored(&engine, &one, 0).await.len() + stored(&engine, &other, 0).await.len() < 400);

    disk.grow();
    until(&engine, "everything is stored", |at| {
        at.problems.is_empty() && at.feeds.iter().all(|feed| feed.unread == 200)
    })
    .await;
    for feed in [&one, &other] {
        assert_eq!(numbers(&engine, feed).await, (0..200).collect::<Vec<_>>());
    }
    assert_eq!(told(), 1, "once for both feeds");
    let live = |at: &tidings_engine::update::Snapshot| {
        at.feeds.iter().all(|feed| matches!(feed.state, FeedState::Live { .. }))
    };
    until(&engine, "both are live", live).await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn starts_on_a_full_disk_shows_what_is_there_and_goes_on_when_there_is_room() {
    let house = House::new();
    let folder = house.options().data_folder;
    let Some(disk) = Disk::mount(folder.clone()) else {
        eprintln!("NOT TESTED: only root may mount the small file system that this test fills");
        return;
    };
    let some = |range: std::ops::Range<usize>| {
        range.fold(Answer::stream(), |answer, n| {
            answer.event_with_id(&n.to_string(), &format!("{n}\n{}", "x".repeat(EVENT_BYTES)))
        })
    };
    let server = Server::start(Script::new([some(0..10), some(10..200)])).await;
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    until(&engine, "the first ones are stored", |at| at.feeds[0].unread == 10).await;
    engine.shutdown().await;
    drop(engine);

    let ballast = std::fs::File::create(folder.join("ballast")).unwrap();
    let filled = std::io::copy(&mut std::io::repeat(0), &mut &ballast);
    assert!(filled.is_err_and(|error| error.kind() == std::io::ErrorKind::StorageFull));
    let (reserve, elsewhere) = (folder.join("history.reserve"), folder.join("elsewhere"));
    std::fs::rename(&reserve, &elsewhere).unwrap();
    let refused = History::open(&folder).expect_err("no room at all").to_string();
    assert!(refused.contains("the disk is full. Free some space"), "{refused}");
    std::fs::rename(&elsewhere, &reserve).unwrap();

    let engine = house.start().await;
    assert_eq!(numbers(&engine, &feed).await, (0..10).collect::<Vec<_>>());
    until(&engine, "people are told", |at| {
        at.problems.iter().any(|problem| problem.part == Part::History && problem.message.contains("full"))
    })
    .await;

    disk.grow();
    until(&engine, "everything is stored", |at| at.problems.is_empty() && at.feeds[0].unread == 200).await;
    assert_eq!(numbers(&engine, &feed).await, (0..200).collect::<Vec<_>>());
    engine.shutdown().await;
}
