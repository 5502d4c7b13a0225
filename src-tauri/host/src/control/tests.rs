//! Whoever speaks well at the socket is answered; whoever doesn't harms nobody.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tidings_engine::id::EventId;
use tidings_support::{Answer, House, Script, draft, until};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::runtime::Handle;
use tokio::task::JoinSet;

use super::*;
use crate::browser::Browser;
use crate::dto::{self, Update};
use crate::face::{Departure, Face};
use crate::host::{Goodbye, Host};
use crate::request::{Events, Feeds, Popups, Request, Settings};

mod following;
mod hostile;

const OWN: &str = "1.2.3";

/// An engine at a socket.
struct Place {
    house: House,
    host: Arc<Host>,
    socket: PathBuf,
}

impl Place {
    async fn new() -> Self {
        let house = House::new();
        let browser = Browser::new(|_| Ok(()));
        let host = Arc::new(Host::new(house.start().await, browser, Handle::current()));
        let socket = house.folder().join("session").join("control.sock");
        let server = Server::bind(&socket, OWN).expect("a socket");
        let served = Arc::clone(&host);
        host.run(async move { server.serve(served).await });
        Self { house, host, socket }
    }

    async fn link(&self) -> Link {
        Link::open(&self.socket, OWN).await.expect("it listens")
    }

    /// Sends bytes as a program would, and gives all that comes back until the end.
    async fn send(&self, bytes: &[u8]) -> String {
        let mut stream = UnixStream::connect(&self.socket).await.expect("it listens");
        // It may have heard enough before all is written.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let mut said = String::new();
        let _ = stream.read_to_string(&mut said).await;
        said
    }
}

fn hello(version: &str) -> String {
    format!("{{\"hello\":{{\"version\":\"{version}\"}}}}\n")
}

async fn windows(link: &Link) -> dto::Window {
    let answer = link.ask(Settings::Window.into()).await.expect("answered");
    serde_json::from_value(answer).expect("a window's settings")
}

#[tokio::test]
async fn only_this_person_can_reach_the_socket_and_it_goes_with_its_engine() {
    let place = Place::new().await;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.socket), 0o600);
    assert_eq!(mode(place.socket.parent().unwrap()), 0o700);
    let link = place.link().await;
    place.host.finish(Goodbye::Quit);
    assert_eq!(link.ended().await, End::Said(Goodbye::Quit));
    assert!(matches!(Link::open(&place.socket, OWN).await, Err(LinkError::Nobody)));
    place.host.end().await;
}

#[tokio::test]
async fn a_socket_that_a_crash_left_behind_is_in_nobodys_way() {
    let house = House::new();
    let socket = house.folder().join("control.sock");
    drop(std::os::unix::net::UnixListener::bind(&socket).expect("left behind"));
    assert!(matches!(Link::open(&socket, OWN).await, Err(LinkError::Nobody)));
    Server::bind(&socket, OWN).expect("taken over");
}

#[tokio::test]
async fn an_engine_that_dies_while_it_is_dialled_is_nobody() {
    let house = House::new();
    // One waits to be accepted, the other is just about to be greeted.
    for accepted in [false, true] {
        let socket = house.folder().join(format!("{accepted}.sock"));
        let dying = UnixListener::bind(&socket).expect("a socket");
        let dies = async {
            if accepted {
                drop(dying.accept().await.expect("dialled"));
            }
            drop(dying);
        };
        let (opened, ()) = tokio::join!(Link::open(&socket, OWN), dies);
        assert!(matches!(opened, Err(LinkError::Nobody)), "accepted: {accepted}");
    }
}

#[tokio::test]
async fn answers_come_to_who_asked_whatever_else_is_asked() {
    let place = Place::new().await;
    let (one, other) = (place.link().await, place.link().await);
    let gone = Request::from(Events::One { id: "7".into() });
    let (window, refused, again) = tokio::join!(windows(&one), one.ask(gone), windows(&other));
    assert_eq!(window, again);
    assert!(refused.expect_err("no such event").to_string().contains("no longer in the history"));
    place.host.end().await;
}

#[tokio::test]
async fn a_window_gets_everything_there_is_and_then_every_change() {
    let place = Place::new().await;
    let stream = Answer::stream().event_with_id("1", "One").hold_before_eof(Duration::from_secs(60));
    let server = tidings_support::Server::start(Script::new([stream])).await;
    let link = place.link().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let snapshot = link.attach(move |update| {
        sink.lock().unwrap().push(update);
        true
    });
    assert!(format!("{:?}", snapshot.await.expect("attached")).contains("feeds: []"));
    assert!(place.host.has_window());
    let add = Feeds::Add { draft: Box::new(draft("Feed", server.url()).into()) };
    link.ask(add.into()).await.expect("added");
    let arrived = || told.lock().unwrap().iter().any(|update| matches!(update, Update::Arrived { .. }));
    until(place.host.engine(), "the window has the event", |_| arrived()).await;
    place.host.open(Some(EventId(1)));
    let opened = || told.lock().unwrap().iter().any(|update| matches!(update, Update::Open { .. }));
    until(place.host.engine(), "a click reaches the window", |_| opened()).await;
    drop(link);
    until(place.host.engine(), "its end is noticed", |_| !place.host.has_window()).await;
    place.host.end().await;
}

/// A home that tells a window everything and a change in one breath, and dies.
async fn be_short_lived(listener: &UnixListener, snapshot: &dto::Snapshot) {
    let line = |word| serde_json::to_string(&word).expect("plain data") + "\n";
    let (mut stream, _) = listener.accept().await.expect("a window");
    let hello = words::Word::Hello(words::Hello { version: OWN.to_owned() });
    stream.write_all(line(hello).as_bytes()).await.expect("greeted");
    let mut heard = Vec::new();
    while !heard.ends_with(b"\"attach\"\n") {
        stream.read_buf(&mut heard).await.expect("the window speaks");
    }
    let told = [Update::Snapshot { snapshot: snapshot.clone() }, Update::Open { event: None }];
    let told = told.map(|update| line(words::Word::Update(Box::new(update)))).concat();
    stream.write_all(told.as_bytes()).await.expect("told");
}

#[tokio::test]
async fn a_home_that_is_started_again_tells_everything_before_what_changes() {
    let place = Place::new().await;
    let snapshot = place.link().await.attach(|_| true).await.expect("attached");
    let socket = place.house.folder().join("short-lived.sock");
    let listener = UnixListener::bind(&socket).expect("a socket");
    let mut homes = JoinSet::new();
    homes.spawn(async move {
        for _ in 0..2 {
            be_short_lived(&listener, &snapshot).await;
        }
    });
    let link = Link::open(&socket, OWN).await.expect("it listens");
    let none_third = start::Starter::new("/bin/false".into(), [], socket, OWN);
    let face = Face::there(link, none_third);
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let attached = face.attach(move |update| {
        sink.lock().unwrap().push(update);
        true
    });
    let whole = attached.await.expect("attached");
    assert!(matches!(face.departed().await, Departure::Unreachable(_)));
    homes.join_next().await.expect("started").expect("both lived");
    let changed = Update::Open { event: None };
    let expected = [changed.clone(), Update::Snapshot { snapshot: whole }, changed];
    assert_eq!(*told.lock().unwrap(), expected);
    place.host.end().await;
}

#[tokio::test]
async fn a_second_window_takes_the_place_of_the_first_which_is_told_so() {
    let place = Place::new().await;
    let (first, second) = (place.link().await, place.link().await);
    first.attach(|_| true).await.expect("attached");
    second.attach(|_| true).await.expect("attached");
    assert_eq!(first.ended().await, End::Said(Goodbye::Replaced));
    assert!(place.host.has_window());
    windows(&second).await;
    place.host.end().await;
}

#[tokio::test]
async fn a_program_of_another_version_may_only_ask_the_engine_to_finish() {
    let place = Place::new().await;
    assert!(
        matches!(Link::open(&place.socket, "9.9.9").await, Err(LinkError::Foreign { version }) if version == OWN)
    );
    let said = place.send((hello("9.9.9") + "\"attach\"\n").as_bytes()).await;
    assert!(said.contains("another version"), "{said}");
    let own = place.link().await;
    let finishing = Link::finish(&place.socket, "9.9.9", true);
    let (finished, end) = tokio::join!(finishing, own.ended());
    finished.expect("it finishes");
    assert_eq!(end, End::Said(Goodbye::Upgrade));
    assert!(own.ask(Settings::Window.into()).await.is_err(), "who asks is told so");
    place.host.end().await;
}

#[tokio::test]
async fn what_is_no_greeting_no_call_or_too_long_ends_that_program_alone() {
    let place = Place::new().await;
    let good = place.link().await;
    let long = hello(OWN) + &"x".repeat(words::LONGEST_CALL + 1) + "\n";
    for (bytes, why) in [
        ("\"attach\"\n".to_owned(), "greet first"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "no call"),
        (hello(OWN) + &hello(OWN), "greets once"),
        (hello(OWN) + "{\"ask\":{\"number\":1,\"request\":{\"feeds\":\"dance\"}}}\n", "no call"),
        (long, "longer than"),
    ] {
        let said = place.send(bytes.as_bytes()).await;
        assert!(said.contains("misunderstood") && said.contains(why), "{why}: {said}");
    }
    let secret = r#"{"ask":{"number":1,"request":{"feeds":{"add":{"draft":{"token":"hunter2"}}}}}}"#;
    let said = place.send((hello(OWN) + secret + "\n").as_bytes()).await;
    assert!(said.contains("misunderstood") && !said.contains("hunter2"), "{said}");
    windows(&good).await;
    place.host.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_malformed_messages_harm_nobody() {
    let place = Place::new().await;
    let good = place.link().await;
    let asks = [
        Request::from(Settings::Window),
        Events::Page { feed: None, before: Some("1".into()), limit: 3 }.into(),
        Events::Search {
            text: "a b".into(),
            feed: None,
            place: dto::Place::Newest,
            order: dto::Order::Best,
            limit: 9,
        }
        .into(),
        Events::After { after: "1".into(), limit: 3 }.into(),
        Feeds::Health { feed: "f".into() }.into(),
        Popups::TryRules { rules: Vec::new(), feed: None }.into(),
    ];
    let mut valid: Vec<String> = asks
        .into_iter()
        .map(|request| words::Call::Ask { number: 7, request: Box::new(request) })
        .chain([words::Call::Attach, words::Call::Follow])
        .map(|call| serde_json::to_string(&call).expect("plain data"))
        .collect();
    valid.push(hello(OWN).trim().to_owned());
    let mutation = (0..valid.len(), any::<prop::sample::Index>(), any::<u8>(), any::<bool>());
    let noise = prop::collection::vec(any::<u8>(), 0..200);
    let mut runner = TestRunner::deterministic();
    for _ in 0..100 {
        let mut bytes = hello(OWN).into_bytes();
        for _ in 0..100 {
            let (line, at, byte, cut) = mutation.new_tree(&mut runner).expect("a value").current();
            let mut line = valid[line].clone().into_bytes();
            let at = at.index(line.len());
            if cut {
                line.truncate(at)
            } else {
                line[at] = byte
            }
            bytes.extend(line);
            bytes.push(b'\n');
            // Most end the program that says them: what stands behind is for another.
            place.send(&bytes).await;
            bytes.truncate(hello(OWN).len());
        }
        place.send(&noise.new_tree(&mut runner).expect("a value").current()).await;
    }
    windows(&good).await;
    place.host.end().await;
    assert!(place.house.folder().exists());
}
