//! Finding, against real databases: the index and the rows behind it must say the same.

use std::ops::Range;

use jiff::Zoned;
use proptest::prelude::*;

use super::query::Standpoint;
use super::*;
use crate::event::{Presented, Priority, Reading, Received, Trace};
use crate::history::{Batch, Cursor, History, NewEvent};
use crate::id::FeedId;

const MINUTE_MS: i64 = 60_000;

struct Shelf {
    history: History,
    _folder: tempfile::TempDir,
}

fn shelf() -> Shelf {
    let folder = tempfile::tempdir().unwrap();
    Shelf { history: History::open(folder.path()).unwrap().history, _folder: folder }
}

fn event(title: &str, body: &str) -> NewEvent {
    let received = Received {
        event_type: "message".into(),
        data: body.into(),
        last_event_id: String::new(),
        own_id: false,
        received_at_ms: 1_763_693_400_000,
    };
    let reading = Reading { title: title.into(), body: body.into(), ..Reading::default() };
    NewEvent {
        received,
        reading,
        read: false,
        starred: false,
        presented: Presented::New,
        trace: Trace::default(),
    }
}

impl Shelf {
    async fn store(&self, feed: &str, events: Vec<NewEvent>) -> Vec<EventId> {
        let batch = Batch { feed: FeedId::from_text(feed), events, cursor: Cursor::default() };
        self.history.store(batch).await.unwrap().into_iter().flatten().collect()
    }

    async fn index_all(&self) {
        while self.history.index().await.unwrap() > 0 {}
    }

    /// Looks without indexing first, so that what isn't indexed is looked through.
    async fn look(&self, text: &str, place: Place, limit: usize, patience: Duration) -> Found {
        let search = Search { query: query(text), place, order: Order::Newest, limit };
        self.history.shared.finder.ask(move |database| find(database, &search, patience)).await.unwrap()
    }

    async fn titles(&self, text: &str) -> Vec<String> {
        let found = self.look(text, Place::Newest, 500, Duration::from_secs(60)).await;
        assert_eq!(found.older, None);
        found.rows.into_iter().map(|row| row.reading.title).collect()
    }
}

fn query(text: &str) -> Query {
    let feeds = ["a", "b", "none"].map(|name| (FeedId::from_text(name), name.to_owned()));
    Query::parse(text, Standpoint { now: &Zoned::now(), feeds: &feeds }).unwrap()
}

/// Events that differ in everything a filter can ask for.
fn variety(numbers: Range<i64>) -> Vec<NewEvent> {
    numbers
        .map(|n| {
            let mut event = event(
                &format!("Title {n} Ünder"),
                ["disk full", "all is well", "", "東京タワー"][n as usize % 4],
            );
            event.received.received_at_ms = n * MINUTE_MS;
            event.received.event_type = ["message", "Push"][usize::from(n % 5 == 0)].into();
            event.reading.priority = if n % 7 == 0 { Priority::High } else { Priority::Normal };
            event.reading.link = (n % 6 == 0).then(|| format!("https://example.org/{n}"));
            event.reading.group = (n % 9 == 0).then(|| format!("Web {}", n % 2));
            event.read = n % 3 == 0;
            event
        })
        .collect()
}

#[tokio::test]
async fn finds_words_phrases_prefixes_and_leaves_out() {
    let shelf = shelf();
    let events = [
        ("Disk full", "on host alpha"),
        ("Backup", "no space left: disk is full"),
        ("Déjà vu", "Größe"),
        ("東京の天気", "晴れ"),
        ("diskette", ""),
    ];
    shelf.store("a", events.map(|(title, body)| event(title, body)).into()).await;
    for _ in 0..2 {
        for (text, titles) in [
            ("disk", vec!["Backup", "Disk full"]),
            ("DISK full", vec!["Backup", "Disk full"]),
            ("\"disk full\"", vec!["Disk full"]),
            ("disk*", vec!["diskette", "Backup", "Disk full"]),
            ("\"left disk i\"*", vec!["Backup"]),
            ("disk -space", vec!["Disk full"]),
            ("-disk", vec!["diskette", "東京の天気", "Déjà vu"]),
            ("deja grosse", vec!["Déjà vu"]),
            ("京の天", vec!["東京の天気"]),
            ("京天", vec![]),
            ("晴", vec!["東京の天気"]),
            ("alpha disk", vec!["Disk full"]),
            ("nothing", vec![]),
            ("feed:none", vec![]),
        ] {
            assert_eq!(shelf.titles(text).await, titles, "{text}");
        }
        // The same once more, from the index.
        shelf.index_all().await;
    }
}

#[tokio::test]
async fn finds_what_was_stored_a_moment_ago() {
    let shelf = shelf();
    shelf.store("a", vec![event("old needle", "")]).await;
    shelf.index_all().await;
    shelf.store("a", vec![event("new needle", ""), event("hay", "")]).await;
    assert_eq!(shelf.titles("needle").await, ["new needle", "old needle"]);
}

#[tokio::test]
async fn finds_through_the_whole_body_and_the_link() {
    let shelf = shelf();
    let mut long = event("long", &format!("{} needle", "hay ".repeat(1_000)));
    long.reading.link = Some("https://example.org/tickets/4711".into());
    shelf.store("a", vec![long]).await;
    for _ in 0..2 {
        assert_eq!(shelf.titles("needle 4711 has:link").await, ["long"]);
        shelf.index_all().await;
    }
}

#[tokio::test]
async fn every_filter_gives_what_the_rows_say_indexed_or_not() {
    let shelf = shelf();
    shelf.store("a", variety(0..300)).await;
    let ids = shelf.store("b", variety(300..400)).await;
    shelf.history.star(ids[7], true).await.unwrap();
    shelf.history.star(ids[0], true).await.unwrap();
    let everything = shelf.look("", Place::Newest, 1_000, Duration::from_secs(60)).await.rows;
    type Fits = fn(&EventRow) -> bool;
    let n = |row: &EventRow| row.received_at_ms / MINUTE_MS;
    let cases: [(&str, Fits); 15] = [
        ("feed:b", |row| row.feed.as_str() == "b"),
        ("-feed:b type:push", |row| row.feed.as_str() == "a" && row.event_type == "Push"),
        ("-type:push", |row| row.event_type == "message"),
        ("group:\"web 1\"", |row| row.reading.group.as_deref() == Some("Web 1")),
        ("-group:\"web 1\" is:read", |row| row.reading.group.as_deref() != Some("Web 1") && row.read),
        ("group:\"web 0\" group:\"web 1\" feed:b", |row| {
            row.reading.group.is_some() && row.feed.as_str() == "b"
        }),
        ("priority:high+", |row| row.reading.priority >= Priority::High),
        ("-priority:high has:link", |row| {
            row.reading.priority == Priority::Normal && row.reading.link.is_some()
        }),
        ("is:unread", |row| !row.read),
        ("is:read feed:a feed:b disk", |row| row.read && row.reading.body == "disk full"),
        ("is:starred", |row| row.starred),
        ("is:starred is:unread feed:b under", |row| row.starred && !row.read),
        ("-is:starred -disk", |row| !row.starred && row.reading.body != "disk full"),
        ("type:push has:link -well", |row| {
            row.event_type == "Push" && row.reading.link.is_some() && row.reading.body != "all is well"
        }),
        ("after:1970-01-01T04:00 before:1970-01-01T05:10", |_| true),
    ];
    for round in 0..3 {
        for (text, fits) in cases {
            let mut expected: Vec<_> = everything.iter().filter(|row| fits(row)).cloned().collect();
            if text.starts_with("after") {
                let query = query(text);
                let times = query.after_ms.unwrap()..query.before_ms.unwrap();
                expected.retain(|row| times.contains(&(n(row) * MINUTE_MS)));
                assert_eq!(expected.len(), 70);
            }
            let found = shelf.look(text, Place::Newest, 1_000, Duration::from_secs(60)).await.rows;
            assert_eq!(found, expected, "{text}, round {round}");
            assert!(!expected.is_empty(), "{text}");
        }
        // Half of it from the index, then all.
        shelf.history.index().await.unwrap();
        if round == 1 {
            shelf.index_all().await;
        }
    }
}

/// Goes on until there is no way on.
async fn page_through(shelf: &Shelf, text: &str, up: bool, limit: usize, patience: Duration) -> Vec<i64> {
    let mut place = if up { Place::Newer(EventId(0)) } else { Place::Newest };
    let mut ids = Vec::new();
    loop {
        let found = shelf.look(text, place, limit, patience).await;
        assert!(found.rows.len() <= limit);
        let mut rows: Vec<i64> = found.rows.iter().map(|row| row.id.0).collect();
        if up {
            rows.reverse();
        }
        ids.extend(rows);
        place = match (found.older, found.newer) {
            (Some(id), None) => Place::Older(id),
            (None, Some(id)) => Place::Newer(id),
            (None, None) => return ids,
            (Some(_), Some(_)) => panic!("one direction only"),
        };
    }
}

#[tokio::test]
async fn pages_in_both_directions_join_to_everything_however_short_the_patience() {
    let shelf = shelf();
    shelf.store("a", variety(0..600)).await;
    shelf.history.index().await.unwrap();
    for text in
        ["", "disk", "title -disk", "-disk", "is:unread", "after:1970-01-01T02:00 under", "has:link feed:a"]
    {
        let all = page_through(&shelf, text, false, 1_000, Duration::from_secs(60)).await;
        assert!(!all.is_empty() && all.is_sorted_by(|a, b| a > b), "{text}");
        for patience in [Duration::ZERO, Duration::from_secs(60)] {
            assert_eq!(page_through(&shelf, text, false, 7, patience).await, all, "{text}");
            let mut up = page_through(&shelf, text, true, 7, patience).await;
            up.reverse();
            assert_eq!(up, all, "{text}");
        }
    }
}

#[tokio::test]
async fn jumps_to_an_event_between_its_neighbours() {
    let shelf = shelf();
    let ids = shelf.store("a", variety(0..100)).await;
    let found = shelf.look("", Place::Around(ids[50]), 10, Duration::from_secs(60)).await;
    let rows: Vec<_> = found.rows.iter().map(|row| row.id).collect();
    assert_eq!(rows, ids[46..56].iter().rev().copied().collect::<Vec<_>>());
    assert_eq!((found.older, found.newer), (Some(ids[46]), Some(ids[55])));
    let found = shelf.look("", Place::Around(ids[98]), 10, Duration::from_secs(60)).await;
    assert_eq!((found.rows.len(), found.newer), (10, None));
}

#[tokio::test]
async fn the_best_are_those_with_the_words_in_the_title() {
    let shelf = shelf();
    let events = [("x", "disk"), ("disk", ""), ("the disk", "full"), ("x", "disk again")];
    shelf.store("a", events.map(|(title, body)| event(title, body)).into()).await;
    let search = Search { query: query("disk"), place: Place::Newest, order: Order::Best, limit: 3 };
    let rows = shelf.history.find(search).await.unwrap().rows;
    let found: Vec<_> =
        rows.iter().map(|row| (row.reading.title.as_str(), row.reading.body.as_str())).collect();
    assert_eq!(found, [("disk", ""), ("the disk", "full"), ("x", "disk again")]);
}

#[tokio::test]
async fn events_that_came_with_older_times_are_found_by_time() {
    let shelf = shelf();
    let mut events = variety(5_000..14_000);
    events.append(&mut variety(10..20));
    for chunk in events.chunks(500) {
        shelf.store("a", chunk.to_vec()).await;
    }
    for _ in 0..2 {
        assert_eq!(shelf.titles("before:1970-01-01T00:20").await.len(), 10);
        assert_eq!(shelf.titles("before:1970-01-01T00:20 disk").await.len(), 2);
        shelf.index_all().await;
    }
}

#[tokio::test]
async fn events_of_a_megabyte_are_indexed_in_many_steps() {
    let shelf = shelf();
    let events = (0..4).map(|n| event(&n.to_string(), &"needle ".repeat(150_000))).collect();
    shelf.store("a", events).await;
    assert_eq!(shelf.history.index().await.unwrap(), 3);
    assert_eq!(shelf.titles("needle").await, ["3", "2", "1", "0"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Two states of the same history: all indexed, nothing indexed.
    #[test]
    fn no_search_is_a_database_error_and_the_index_finds_what_the_rows_hold(
        text in r#"(-?(disk|di|"disk full"|東|AND|OR|NEAR\(a|\{title\}|x"\*|[\^'`;%_(){}*:"-]{1,4}|is:unread|is:starred|has:link|type:push|feed:a|priority:low\+|after:2d|\PC{1,6})[*]? ){0,4}"#,
    ) {
        thread_local! {
            static BOTH: (tokio::runtime::Runtime, Shelf, Shelf) = {
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                let (one, other) = (shelf(), shelf());
                runtime.block_on(async {
                    one.store("a", variety(0..60)).await;
                    other.store("a", variety(0..60)).await;
                    one.index_all().await;
                });
                (runtime, one, other)
            };
        }
        let standpoint = [(FeedId::from_text("a"), "a".to_owned())];
        let Ok(query) = Query::parse(&text, Standpoint { now: &Zoned::now(), feeds: &standpoint }) else { return Ok(()) };
        BOTH.with(|(runtime, indexed, plain)| {
            let find = |shelf: &Shelf| {
                let search = Search { query: query.clone(), place: Place::Newest, order: Order::Newest, limit: 100 };
                let question = shelf.history.shared.finder.ask(move |database| find(database, &search, PATIENCE));
                runtime.block_on(question).unwrap()
            };
            prop_assert_eq!(find(indexed), find(plain));
            Ok(())
        })?;
    }
}
