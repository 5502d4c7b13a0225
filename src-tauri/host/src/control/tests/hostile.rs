//! Programs at the socket that mean ill, or were written badly: a good one is served meanwhile, and nothing ends.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};

use super::*;
use crate::request::Charts;

/// Many more than there is room for.
const CROWD: usize = 100;

impl Place {
    async fn connect(&self) -> UnixStream {
        UnixStream::connect(&self.socket).await.expect("it listens")
    }

    /// Connects and greets.
    async fn greeted(&self) -> BufReader<UnixStream> {
        let mut stream = BufReader::new(self.connect().await);
        let mut line = String::new();
        stream.read_line(&mut line).await.expect("it greets");
        stream.write_all(hello(OWN).as_bytes()).await.expect("it hears");
        stream
    }

    /// What the board has of a feed of every name.
    fn names(&self) -> Vec<String> {
        self.host.engine().attach().snapshot.feeds.into_iter().map(|feed| feed.name).collect()
    }
}

fn ask(number: usize, request: impl Into<Request>) -> String {
    let call = words::Call::Ask { number: number as u64, request: Box::new(request.into()) };
    serde_json::to_string(&call).expect("plain data") + "\n"
}

#[tokio::test]
async fn a_crowd_that_connects_and_never_speaks_keeps_nobody_out() {
    let place = Place::new().await;
    let window = place.link().await;
    window.attach(|_| true).await.expect("attached");
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        crowd.push(place.connect().await);
    }
    windows(&place.link().await).await;
    windows(&window).await;
    assert!(place.host.has_window());
    place.host.end().await;
}

#[tokio::test]
async fn a_crowd_that_greets_and_then_says_nothing_keeps_nobody_out() {
    let place = Place::new().await;
    let window = place.link().await;
    window.attach(|_| true).await.expect("attached");
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        crowd.push(place.greeted().await);
    }
    windows(&place.link().await).await;
    windows(&window).await;
    assert!(place.host.has_window());
    place.host.end().await;
}

#[tokio::test]
async fn ten_thousand_questions_at_once_are_all_answered_and_others_served_meanwhile() {
    const QUESTIONS: usize = 10_000;
    let place = Place::new().await;
    let mut stream = place.connect().await;
    let (reader, mut writer) = stream.split();
    let asking = async {
        writer.write_all(hello(OWN).as_bytes()).await.expect("it hears");
        for number in 0..QUESTIONS {
            writer.write_all(ask(number, Settings::Window).as_bytes()).await.expect("it hears");
        }
    };
    let reading = async {
        // It begins to read only after another was served.
        windows(&place.link().await).await;
        let mut lines = BufReader::new(reader).lines();
        let mut answered = BTreeSet::new();
        while answered.len() < QUESTIONS {
            let line = lines.next_line().await.expect("it speaks").expect("it goes on");
            let word: Value = serde_json::from_str(&line).expect("a word");
            answered.extend(word["done"]["number"].as_u64());
        }
        assert_eq!(answered.last(), Some(&(QUESTIONS as u64 - 1)));
    };
    tokio::join!(asking, reading);
    place.host.end().await;
}

#[tokio::test]
async fn a_window_that_never_reads_holds_up_neither_events_nor_other_programs() {
    const EVENTS: usize = 3_000;
    let place = Place::new().await;
    let body: String = (0..EVENTS).map(|id| format!("id: {id}\ndata: {}\n\n", "x".repeat(300))).collect();
    let server =
        tidings_support::Server::start(Script::new([Answer::stream().chunk(body.into_bytes())])).await;
    let mut deaf = place.greeted().await;
    deaf.write_all(b"\"attach\"\n").await.expect("it hears");
    let good = place.link().await;
    let add = Feeds::Add { draft: Box::new(draft("Feed", server.url()).into()) };
    good.ask(add.into()).await.expect("added");
    let feed = place.host.engine().attach().snapshot.feeds[0].id.clone();
    tidings_support::stored(place.host.engine(), &feed, EVENTS).await;
    windows(&good).await;
    good.attach(|_| true).await.expect("another window takes its place");
    place.host.end().await;
}

#[tokio::test]
async fn what_was_asked_is_done_whole_although_who_asked_has_gone() {
    let place = Place::new().await;
    let server = tidings_support::Server::start(Script::new([Answer::stream()])).await;
    for number in 0..40 {
        let draft = draft(&format!("Feed {number}"), server.url());
        let mut stream = place.connect().await;
        let add = ask(number, Feeds::Add { draft: Box::new(draft.into()) });
        stream.write_all((hello(OWN) + &add).as_bytes()).await.expect("it hears");
    }
    until(place.host.engine(), "all are there", |at| at.feeds.len() == 40).await;
    let file = place.house.options().settings_file;
    let (_, settings) = tidings_engine::settings::SettingsFile::open(&file).expect("sound settings");
    let saved: Vec<_> = settings.feeds.into_iter().map(|feed| feed.name).collect();
    assert_eq!(saved, place.names());
    place.host.end().await;
}

#[tokio::test]
async fn a_window_that_attaches_again_is_told_everything_again_and_stays() {
    let place = Place::new().await;
    let link = place.link().await;
    for _ in 0..3 {
        link.attach(|_| true).await.expect("attached");
        windows(&link).await;
    }
    assert!(place.host.has_window());
    place.host.end().await;
}

#[tokio::test]
async fn nesting_huge_numbers_and_bytes_that_are_no_text_end_that_program_alone() {
    let place = Place::new().await;
    let good = place.link().await;
    let deep = "[".repeat(100_000);
    let within = format!(r#"{{"ask":{{"number":1,"request":{{"popups":{{"setRules":{{"rules":{deep}"#);
    let huge = "9".repeat(10_000);
    let table: [(&str, Vec<u8>); 7] = [
        ("brackets", deep.clone().into_bytes()),
        ("brackets and braces", r#"{"ask":"#.repeat(100_000).into_bytes()),
        ("brackets within a question", within.into_bytes()),
        ("a number", format!(r#"{{"ask":{{"number":{huge},"request":{{"settings":"window"}}}}}}"#).into()),
        ("a number below", br#"{"ask":{"number":-1,"request":{"settings":"window"}}}"#.to_vec()),
        ("zero bytes", vec![0; 1_000]),
        ("no text", vec![0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
    ];
    for (what, line) in table {
        let bytes = [hello(OWN).into_bytes(), line, b"\n".to_vec()].concat();
        let said = place.send(&bytes).await;
        assert!(said.contains("misunderstood"), "{what}: {said}");
        windows(&good).await;
    }
    place.host.end().await;
}

/// Numbers at the ends of what fits, where sums overflow.
fn edges() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(i64::MIN + 1),
        Just(-1),
        Just(0),
        Just(1),
        Just(i64::MAX - 1),
        Just(i64::MAX),
        any::<i64>()
    ]
}

/// Questions that are meant, with numbers and texts that nobody means.
fn odd_questions() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["\\PC{0,12}", Just("\0".to_owned()), Just("9".repeat(400)), Just("(".repeat(900))];
    (edges(), edges(), edges(), text, any::<u16>(), 0_u8..15).prop_map(|(a, b, c, text, small, which)| {
        let line = json!({ "feed": text, "shows": "number", "path": text, "only": null });
        match which {
            0 => json!({ "charts": { "chart": {
                "lines": [line], "span": { "fromMs": a, "toMs": b, "widthMs": c }, "after": text } } }),
            1 => json!({ "charts": { "chart": {
                "lines": [line], "span": { "fromMs": a, "toMs": b, "widthMs": c }, "after": null } } }),
            2 => json!({ "events": { "page": { "feed": null, "before": a.to_string(), "limit": small } } }),
            3 => json!({ "events": { "search": {
                "text": text, "feed": null, "place": { "kind": "newest" }, "order": "best", "limit": small } } }),
            4 => json!({ "events": { "undo": { "deletion": a } } }),
            5 => json!({ "events": { "openLink": { "id": b.to_string(), "action": small } } }),
            6 => json!({ "settings": { "stopWork": { "number": a.unsigned_abs() as u32 } } }),
            7 => json!({ "settings": { "setKeep": { "feed": null, "keep": {
                "days": a.unsigned_abs(), "events": b.unsigned_abs(), "megabytes": c.unsigned_abs() } } } }),
            8 => json!({ "feeds": { "readList": { "text": text } } }),
            9 => json!({ "feeds": { "addList": {
                "text": text, "chosen": [small, 0, u16::MAX], "secrets": "keyring" } } }),
            10 => json!({ "events": { "import": { "file": text } } }),
            11 => json!({ "events": { "after": { "after": a.to_string(), "limit": small } } }),
            12 => json!({ "events": { "lastBefore": { "atMs": b } } }),
            13 => json!({ "feeds": { "record": { "feed": text } } }),
            _ => json!({ "feeds": { "health": { "feed": text } } }),
        }
    })
}

#[tokio::test]
async fn whatever_numbers_and_texts_a_question_holds_its_answer_is_no_fault_of_ours() {
    let place = Place::new().await;
    let server = tidings_support::Server::start(Script::new([Answer::stream().event("17")])).await;
    let good = place.link().await;
    let add = Feeds::Add { draft: Box::new(draft("Feed", server.url()).into()) };
    good.ask(add.into()).await.expect("added");
    let feed = place.host.engine().attach().snapshot.feeds[0].id.to_string();
    until(place.host.engine(), "an event is there", |at| at.feeds[0].unread == 1).await;
    let mut runner = TestRunner::deterministic();
    let mut meant = 0;
    for _ in 0..600 {
        let mut question = odd_questions().new_tree(&mut runner).expect("a value").current();
        // A feed that is there leads deeper.
        if let Some(line) = question.pointer_mut("/charts/chart/lines/0/feed") {
            *line = feed.clone().into();
        }
        let Ok(request) = serde_json::from_value::<Request>(question.clone()) else { continue };
        meant += 1;
        if let Err(failure) = good.ask(request).await {
            assert!(!failure.to_string().contains("fault of its own"), "{question}: {failure}");
        }
    }
    assert!(meant > 400, "most questions are meant: {meant}");
    let tiles = good.ask(Charts::Tiles.into()).await;
    tiles.expect("it still answers");
    place.host.end().await;
}
