//! A secret in every place that takes one, and not a trace of it where it doesn't belong: the whole engine at its socket,
//! with a window and with terminals, logged at the finest level.

mod places;
mod wire;

use std::path::{Path, PathBuf};

use serde_json::json;
use tidings_support::{Answer, House, Log, Script, Server, Then, until};

use crate::program::{Program, at_home, run_loudly, socket};
use places::{Place, places};
use wire::Wire;

/// Below the address of a place, where its secret is said back.
const ECHOES: [&str; 3] = ["/page", "/broken", "/away"];

/// A server with an event for each place, which also says back what it was told: in a header, in what is no answer, in the
/// target of a redirect.
async fn echoing(secrets: &[String]) -> Server {
    let echo = |script: Script, (at, secret): (usize, &String)| {
        let page = Answer::status(200).header("Content-Type", &format!("text/{secret}; charset={secret}"));
        let broken = Answer::raw(format!("HTTP/1.1 200 {secret}\r\n{secret}\r\n\r\n"));
        let away = Answer::status(302).header("Location", &format!("{{self2}}/{secret}?token={secret}"));
        let stream = Answer::stream().event_with_id("1", "one").then(Then::Hold);
        script
            .at(&format!("{at}"), [stream])
            .at(&format!("{at}/page"), [page.then(Then::Eof)])
            .at(&format!("{at}/broken"), [broken])
            .at(&format!("{at}/away"), [away.then(Then::Eof)])
    };
    Server::start(secrets.iter().enumerate().fold(Script::default(), echo)).await
}

/// What a window does with every place: try it, add it, change it, look at it, where a server echoes and where not.
async fn use_as_window(window: &mut Wire, places: &[Place], folder: &Path) {
    for Place { draft, .. } in places {
        let url = &draft.url;
        let of = |url: &str| tidings_engine::engine::FeedDraft { url: url.into(), ..draft.clone() };
        // A stream is looked at for a while: those that end at once say as much.
        for sub in ECHOES {
            window.ask(wire::probe(of(&with_sub(url, sub)))).await;
        }
        let added = window.ask(wire::add(draft.clone())).await;
        let id = added["id"].as_str().unwrap_or_else(|| panic!("it is added: {added}")).to_owned();
        for sub in ECHOES.into_iter().chain([""]) {
            window.ask(wire::edit(&id, of(&with_sub(url, sub)))).await;
            window.ask(json!({ "feeds": { "reconnect": { "feed": id } } })).await;
        }
        window.ask(json!({ "feeds": { "health": { "feed": id } } })).await;
    }
    for format in ["jsonLines", "csv", "markdown"] {
        let file = folder.join(format);
        let asked = json!({ "text": "", "feed": null, "format": format, "file": file });
        window.ask(json!({ "events": { "export": asked } })).await;
    }
    window.ask(json!({ "settings": { "export": { "file": folder.join("feeds.toml") } } })).await;
    window.ask(json!({ "settings": "diagnostics" })).await;
    window.ask(json!({ "settings": "network" })).await;
    window.ask(json!({ "events": { "page": { "feed": null, "before": null, "limit": 500 } } })).await;
}

/// An address of a place below it, its parameters kept.
fn with_sub(url: &str, sub: &str) -> String {
    match url.split_once('?') {
        Some((path, parameters)) => format!("{path}{sub}?{parameters}"),
        None => format!("{url}{sub}"),
    }
}

/// What terminals do, beside the engine; gives all that they said and logged.
async fn use_as_terminal(house: &House, server: &str, secret: &str) -> String {
    let folder = house.folder();
    let file = |name: &str| folder.join(name).display().to_string();
    let address = format!("{}?token={secret}\n", server.replace("http://", &format!("http://me:{secret}@")));
    let twice = format!("{secret}\n{secret}\n");
    let (export, backup) = (file("terminal.jsonl"), file("backup.tar"));
    let in_arguments = format!("x-key: {secret}");
    let table: [(&[&str], &str); 12] = [
        (&["feeds", "add", "-", "--name", "Typed"], &address),
        (&["feeds", "add", server, "--name", "Given", "--bearer", "-H", "x-key", "--token-stdin"], &twice),
        (&["feeds", "edit", "Given", "--basic", "me", "--token-stdin"], &twice),
        (&["feeds", "add", server, "-H", "x-key:", "--token-stdin"], &in_arguments),
        (&["feeds", "list", "--json"], ""),
        (&["reconnect"], ""),
        (&["health"], ""),
        (&["health", "Given"], ""),
        (&["history", "--json"], ""),
        (&["doctor"], ""),
        (&["export", "--output", &export], ""),
        (&["backup", &backup], ""),
    ];
    let mut all = String::new();
    for (arguments, input) in table {
        all += &format!("{:?}\n", run_loudly(house, arguments, input).await);
    }
    assert!(all.contains("Added Typed") && all.contains("Added Given"), "{all}");
    all
}

/// The arguments of every program on this machine.
fn arguments() -> Vec<u8> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok()).flatten().collect()
}

/// Every file below a folder, with its name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let paths = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let read = |path: PathBuf| match std::fs::read(&path) {
        _ if path.is_dir() => files(&path),
        Ok(bytes) => vec![(path.display().to_string(), bytes)],
        // Sockets.
        Err(_) => Vec::new(),
    };
    paths.flat_map(read).collect()
}

/// What was said, logged or written somewhere, by a name for the place.
type Sinks = Vec<(String, Vec<u8>)>;

/// Has an engine used by a window and by terminals, with a secret in every place, and gives everything it left.
async fn traces(server: &Server, places: &[Place], secrets: &[String], house: &House) -> Sinks {
    let host = at_home(house).await;
    let mut window = Wire::open(&socket(house)).await;
    let folder = house.folder().join("exports");
    std::fs::create_dir(&folder).expect("a folder");
    for list in places::lists(server.url(), &secrets[places::LIST]) {
        window.ask(json!({ "feeds": { "readList": { "text": list } } })).await;
        let asked = json!({ "text": list, "chosen": [0], "secrets": "keyring" });
        window.ask(json!({ "feeds": { "addList": asked } })).await;
    }
    use_as_window(&mut window, places, &folder).await;
    let tail = Program::start(house, &["tail", "--json"]);
    let terminal = use_as_terminal(house, &format!("{}/0", server.url()), &secrets[places::TERMINAL]).await;
    let arguments = arguments();
    drop(tail);
    until(host.engine(), "events are there", |at| at.recent.len() > 3).await;
    // Every feed without one of its own goes that way from here on, to nobody.
    window.ask(wire::set_proxy(&secrets[places::PROXY])).await;
    window.ask(json!({ "settings": "diagnostics" })).await;
    let whole = format!("{:?}", host.engine().attach().snapshot);
    let meanwhile = files(&house.folder());
    host.end().await;
    let texts = [
        ("the words at the socket", window.said.into_bytes()),
        ("the engine's snapshot", whole.into_bytes()),
        ("the terminals", terminal.into_bytes()),
        ("arguments", arguments),
    ];
    let texts = texts.into_iter().map(|(name, bytes)| (name.to_owned(), bytes));
    texts.chain(meanwhile).chain(files(&house.folder())).collect()
}

/// What requests signed in with, as it was sent.
fn sent(server: &Server) -> Vec<String> {
    let names = ["authorization", "proxy-authorization"];
    let requests = server.requests();
    let values = requests.iter().flat_map(|request| names.map(|name| request.header(name))).flatten();
    values.map(|value| value.rsplit(' ').next().unwrap_or(value).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_of_any_place_is_in_any_file_log_word_at_the_socket_terminal_or_argument() {
    let log = Log::listen();
    let secrets: Vec<String> = (0..places::COUNT).map(|at| format!("hush{at}-5e0a77{at}")).collect();
    let server = echoing(&secrets).await;
    let (places, house) = (places(&server, &secrets), House::new());
    let mut sinks = traces(&server, &places, &secrets, &house).await;
    let log = log.read();
    assert!(String::from_utf8_lossy(&log).contains("TRACE"), "the log was listened to at its finest level");
    sinks.push(("the log".to_owned(), log));
    for must in ["history.db", "settings.toml", "feeds.toml", "markdown", "backup.tar", "terminal.jsonl"] {
        assert!(sinks.iter().any(|(name, bytes)| name.ends_with(must) && !bytes.is_empty()), "{must}");
    }

    let mut all: Vec<_> = places.iter().map(|place| (place.name, place.secret.clone())).collect();
    let others =
        [("the proxy of all", places::PROXY), ("a list", places::LIST), ("a terminal", places::TERMINAL)];
    all.extend(others.map(|(place, at)| (place, secrets[at].clone())));
    let kept = format!("{:?}", house.drawer.entries());
    for (place, secret) in &all {
        assert!(kept.contains(secret), "{place} is kept where it belongs");
    }
    let sent = sent(&server);
    assert!(sent.len() > 3, "secrets were sent to where they belong: {sent:?}");
    all.extend(sent.into_iter().map(|sign| ("a request's sign-in", sign)));
    for (sink, bytes) in &sinks {
        let text = String::from_utf8_lossy(bytes);
        for (place, secret) in &all {
            let found = text.find(secret).map(|at| text.floor_char_boundary(at.saturating_sub(200))..at);
            assert_eq!(found.map(|around| &text[around]), None, "{place} is in {sink}");
        }
    }
}
