//! What leaves in a file comes back as it was, and nothing in it is more than text.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use tempfile::TempDir;
use tokio::runtime::Runtime;

mod stopping;

use super::*;
use crate::event::{EventRow, GAP_TYPE, Presented, Priority, Reading, Received, StoredEvent, Trace};
use crate::history::{Batch, Cursor, NewEvent, PAGE_ROWS};
use crate::update::Scope;

fn open(folder: &Path) -> History {
    History::open(folder).unwrap().history
}

fn feed(name: &str) -> FeedId {
    FeedId::from_text(name)
}

fn names() -> Vec<(FeedId, String)> {
    vec![(feed("1"), "Büro".to_owned()), (feed("2"), "Alarm".to_owned())]
}

fn new(id: Option<&str>, data: &str) -> NewEvent {
    NewEvent {
        received: Received {
            event_type: "note".to_owned(),
            data: data.to_owned(),
            last_event_id: id.unwrap_or_default().to_owned(),
            own_id: id.is_some(),
            received_at_ms: 1_763_693_400_000,
        },
        reading: Reading {
            title: crate::format::clean::title(data),
            body: "one\n\ntwo".to_owned(),
            link: Some("https://example.org/".to_owned()),
            priority: Priority::High,
            key: Some("k".to_owned()),
            group: Some("web 1".to_owned()),
            ..Reading::default()
        },
        read: true,
        starred: true,
        presented: Presented::Shown,
        trace: Trace::default(),
    }
}

async fn store(history: &History, feed: FeedId, events: Vec<NewEvent>, titles_only: bool) {
    let batch = Batch { feed, events, cursor: Cursor::default() };
    history.store_with(batch, None, titles_only).await.unwrap();
}

async fn export(history: &History, format: Format) -> (Vec<u8>, u64) {
    let names = names().into_iter().collect();
    let mut export = Export::new(history.clone(), Query::default(), names, format);
    let mut file = Vec::new();
    while let Some(piece) = export.piece().await.unwrap() {
        file.extend_from_slice(&piece);
    }
    (file, export.events())
}

async fn read_in(history: &History, file: &[u8]) -> Result<Imported, ImportError> {
    import(history, names(), std::io::Cursor::new(file.to_vec()), None, &Course::unwatched()).await
}

/// All that is held, but for the numbers.
async fn all(history: &History) -> Vec<Kept> {
    let (mut events, next) = history.find_whole(oldest_first(Query::default(), EventId(0))).await.unwrap();
    assert_eq!(next, None);
    events.iter_mut().for_each(|kept| kept.event.row.id = EventId(0));
    events
}

fn run<T>(test: impl Future<Output = T>) -> T {
    Runtime::new().unwrap().block_on(test)
}

fn folders() -> [TempDir; 2] {
    [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()]
}

#[test]
fn what_is_exported_comes_back_whole_and_once() {
    run(async {
        let [from, to] = folders();
        let history = open(from.path());
        // The same thing twice in a millisecond is two events where no id says otherwise.
        let unnamed = vec![new(None, "x"), new(None, "x"), new(Some("7"), "=1+1\r\n\u{1f600}")];
        store(&history, feed("1"), unnamed, false).await;
        store(&history, feed("2"), vec![new(Some("7"), "bare")], true).await;
        let mut gap = new(None, "{}");
        gap.received.event_type = GAP_TYPE.to_owned();
        store(&history, feed("1"), vec![gap], false).await;
        let (file, events) = export(&history, Format::JsonLines).await;
        assert_eq!(events, 5);

        let other = open(to.path());
        let imported = read_in(&other, &file).await.unwrap();
        assert_eq!((imported.stored, imported.held), (5, 0));
        assert_eq!(all(&other).await, all(&history).await);
        for known in [&other, &history] {
            let again = read_in(known, &file).await.unwrap();
            assert_eq!((again.stored, again.held), (0, 5));
        }
        assert!(other.unshown().await.unwrap().is_empty());
        assert_eq!(
            other.cursors().await.unwrap().get(&feed("1")).cloned().unwrap_or_default(),
            Cursor::default()
        );
        // What its server sends again later is known.
        let replayed =
            Batch { feed: feed("2"), events: vec![new(Some("7"), "bare")], cursor: Cursor::default() };
        assert_eq!(other.store(replayed).await.unwrap(), [None]);
    });
}

#[test]
fn what_was_deleted_comes_back_from_a_file() {
    run(async {
        let [from, _] = folders();
        let history = open(from.path());
        store(&history, feed("1"), vec![new(Some("1"), "a"), new(None, "b")], false).await;
        let (file, _) = export(&history, Format::JsonLines).await;
        let before = all(&history).await;
        let deleted = history.delete(Scope::All).await.unwrap();
        history.empty_bin(Some(deleted.number)).await.unwrap();
        assert_eq!(export(&history, Format::JsonLines).await, (Vec::new(), 0));
        assert_eq!(read_in(&history, &file).await.unwrap().stored, 2);
        assert_eq!(all(&history).await, before);
    });
}

#[test]
fn a_long_history_leaves_in_pieces_oldest_first() {
    run(async {
        let [from, _] = folders();
        let history = open(from.path());
        let long = "x".repeat(100_000);
        for _ in 0..3 {
            store(&history, feed("1"), (0..PAGE_ROWS / 2).map(|_| new(None, "s")).collect(), false).await;
            store(&history, feed("1"), (0..50).map(|_| new(None, &long)).collect(), false).await;
        }
        let mut export = Export::new(history.clone(), Query::default(), Names::default(), Format::JsonLines);
        let (mut last, mut lines) = (EventId(0), 0);
        while let Some(piece) = export.piece().await.unwrap() {
            assert!(piece.len() < 10 * 1024 * 1024, "{}", piece.len());
            for line in piece.split_inclusive(|byte| *byte == b'\n') {
                let record: Record<'_> = serde_json::from_slice(line).unwrap();
                assert!(record.id > last);
                (last, lines) = (record.id, lines + 1);
            }
        }
        assert_eq!((lines, export.events()), (3 * (PAGE_ROWS as u64 / 2 + 50), lines));
    });
}

#[test]
fn a_file_is_there_whole_or_not_at_all() {
    run(async {
        let [from, to] = folders();
        let history = open(from.path());
        store(&history, feed("1"), vec![new(Some("1"), "a")], false).await;
        let export = || Export::new(history.clone(), Query::default(), Names::default(), Format::Markdown);
        let path = to.path().join("events.md");
        assert_eq!(export().into_file(&path, &Course::unwatched()).await.unwrap(), 1);
        let before = std::fs::read(&path).unwrap();
        let lost = to.path().join("nowhere/events.md");
        assert!(export().into_file(&lost, &Course::unwatched()).await.is_err());
        let late = export();
        history.close().await;
        assert!(matches!(late.into_file(&path, &Course::unwatched()).await, Err(ExportError::Store(_))));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(to.path()).unwrap().count(), 1, "nothing is left beside it");
    });
}

#[test]
fn a_feed_is_found_by_its_id_or_its_only_name() {
    let line = |feed: &str, name: &str| {
        format!("{{\"feed\":\"{feed}\",\"feedName\":\"{name}\",\"receivedAtMs\":1,\"title\":\"t\"}}\n")
    };
    run(async {
        let [folder, _] = folders();
        let history = open(folder.path());
        let file = [
            line("2", "?"),
            "\r\n".to_owned(),
            line("9", "BÜRO"),
            line("9", "Weather"),
            line("9", "Weather"),
        ];
        let imported = read_in(&history, file.concat().as_bytes()).await.unwrap();
        assert_eq!((imported.stored, imported.held), (2, 0));
        assert_eq!(imported.homeless, BTreeMap::from([("Weather".to_owned(), 2)]));
        let homes: Vec<_> = all(&history).await.into_iter().map(|kept| kept.event.row.feed).collect();
        assert_eq!(homes, [feed("2"), feed("1")]);
    });
}

#[test]
fn a_line_that_is_no_event_is_named_and_what_came_before_stays() {
    let good = "{\"feed\":\"1\",\"receivedAtMs\":1,\"title\":\"t\"}\n";
    for wrong in
        ["{}", "[", "{\"feed\":1}", "\u{0}", "{\"feed\":\"1\",\"receivedAtMs\":1e99,\"title\":\"t\"}"]
    {
        run(async {
            let [folder, _] = folders();
            let history = open(folder.path());
            let error = read_in(&history, format!("{good}\n{wrong}\n{good}").as_bytes()).await.unwrap_err();
            assert!(error.to_string().starts_with("Line 3 is no event"), "{error}");
            assert_eq!(all(&history).await.len(), 1, "{wrong}");
        });
    }
}

#[test]
fn a_doctored_file_brings_no_link_or_letter_that_a_server_could_not() {
    run(async {
        let [folder, _] = folders();
        let history = open(folder.path());
        let line = r#"{"feed":"1","receivedAtMs":1,"title":"a\u202eb\nc","link":"file:///etc/passwd"}"#;
        read_in(&history, line.as_bytes()).await.unwrap();
        let kept = all(&history).await.remove(0);
        assert_eq!(kept.event.row.reading.link, None);
        assert_eq!(kept.event.row.reading.title, "ab c");
    });
}

fn stored(title: &str, body: &str) -> StoredEvent {
    let reading = Reading { title: title.to_owned(), body: body.to_owned(), ..Reading::default() };
    let row = EventRow {
        id: EventId(1),
        feed: feed("1"),
        received_at_ms: i64::MAX,
        event_type: "message".to_owned(),
        reading,
        read: false,
        starred: false,
        presented: Presented::Shown,
    };
    StoredEvent { row, data: body.to_owned(), last_event_id: title.to_owned(), trace: Trace::default() }
}

#[test]
fn no_cell_is_a_formula() {
    for hostile in ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"] {
        let mut out = table::headings();
        table::write(&mut out, &stored(hostile, hostile), hostile);
        let mut rows = csv::Reader::from_reader(out.as_slice());
        let row = rows.records().next().unwrap().unwrap();
        assert_eq!(row.len(), rows.headers().unwrap().len());
        for cell in &row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', ' ', '\n']), "{cell:?}");
        }
    }
}

/// The text of a document, and whether anything in it is more than headings, paragraphs and line ends.
fn read_markdown(text: &str) -> (String, bool) {
    let (mut said, mut marked) = (String::new(), false);
    for event in Parser::new_ext(text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(text) => said.push_str(&text),
            Event::HardBreak => said.push('\n'),
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) => said.push('\n'),
            Event::End(_) => {}
            Event::Start(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::Rule
            | Event::TaskListMarker(_) => marked = true,
        }
    }
    (said, marked)
}

proptest! {
    #[test]
    fn a_table_gives_back_what_was_written(title in any::<String>(), body in any::<String>()) {
        let mut out = table::headings();
        table::write(&mut out, &stored(&title, &body), "feed");
        let row = csv::Reader::from_reader(out.as_slice()).into_records().next().unwrap().unwrap();
        prop_assert_eq!(row[5].strip_prefix('\'').unwrap_or(&row[5]), title.strip_prefix('\'').unwrap_or(&title));
        prop_assert_eq!(row[9].strip_prefix('\'').unwrap_or(&row[9]), body.strip_prefix('\'').unwrap_or(&body));
    }

    #[test]
    fn nothing_in_an_event_is_markdown(
        title in "[ -~\u{e9}\u{4e00}]{1,40}",
        body in "([ -~\u{e9}]{0,30}\n{0,2}){0,6}",
    ) {
        let mut out = Vec::new();
        markdown::write(&mut out, &stored(&title, &body), "<b>*feed*");
        let (said, marked) = read_markdown(std::str::from_utf8(&out).unwrap());
        prop_assert!(!marked, "{}", String::from_utf8_lossy(&out));
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut expected = words(&title);
        expected.extend(words("9223372036854775807 · <b>*feed*"));
        expected.extend(words(&body));
        prop_assert_eq!(words(&said), expected);
    }
}
