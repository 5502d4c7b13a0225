//! A redirect to another site gets no byte of ours, wherever the secret is and whatever the target.

use std::sync::{Arc, Mutex};

use tidings_engine::engine::{ConnectionDraft, FeedDraft, HeaderDraft, ParameterDraft, SignInDraft};
use tidings_engine::update::{FeedState, Snapshot};
use tidings_support::{Answer, House, Script, Server, Then, draft, until};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const SENTINEL: &str = "hush-4b7d20";
/// `me:` and the sentinel in Base64.
const BASIC: &str = "bWU6aHVzaC00YjdkMjA=";

/// A server that says nothing and notes every byte it gets.
struct Stranger {
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
    _listener: JoinSet<()>,
}

impl Stranger {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let heard = Arc::<Mutex<Vec<u8>>>::default();
        let noted = Arc::clone(&heard);
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut socket, _)) = listener.accept().await {
                let noted = Arc::clone(&noted);
                connections.spawn(async move {
                    let mut bytes = [0; 4096];
                    while let Ok(read @ 1..) = socket.read(&mut bytes).await {
                        noted.lock().expect("no holder panics").extend_from_slice(&bytes[..read]);
                    }
                });
            }
        });
        Self { port, heard, _listener: task }
    }

    fn targets(&self) -> [String; 4] {
        let port = self.port;
        [
            format!("http://127.0.0.1:{port}/feed"),
            format!("http://localhost:{port}/feed"),
            format!("https://localhost:{port}/feed"),
            format!("http://127.0.0.1.localhost:{port}/feed"),
        ]
    }
}

/// Every place of a feed that can hold a secret.
fn places(url: &str) -> [(&'static str, FeedDraft); 9] {
    let plain = || draft("x", url);
    let header = |name: &str, value: &str| FeedDraft {
        headers: vec![HeaderDraft { name: name.into(), value: Some(value.into()) }],
        ..plain()
    };
    let parameter = ParameterDraft { name: "room".into(), value: Some(SENTINEL.into()) };
    let basic = SignInDraft::Basic { username: "me".into(), password: Some(SENTINEL.into()) };
    let bearer = SignInDraft::Bearer { token: Some(SENTINEL.into()) };
    let connection = |connection| FeedDraft { connection: Some(connection), ..plain() };
    [
        ("basic", FeedDraft { sign_in: basic, ..plain() }),
        ("bearer", FeedDraft { sign_in: bearer, ..plain() }),
        ("header", header("x-api-key", SENTINEL)),
        ("cookie", header("cookie", &format!("session={SENTINEL}"))),
        ("authorization", header("authorization", &format!("Token {SENTINEL}"))),
        ("pasted parameter", draft("x", &format!("{url}?a=1&access_token={SENTINEL}"))),
        (
            "parameter",
            connection(ConnectionDraft { parameters: vec![parameter], ..ConnectionDraft::default() }),
        ),
        ("user", draft("x", &url.replace("http://", &format!("http://me:{SENTINEL}@")))),
        ("body", connection(ConnectionDraft { body: Some(SENTINEL.into()), ..ConnectionDraft::default() })),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_reaches_the_target_of_a_redirect_to_another_site() {
    let stranger = Stranger::start().await;
    let targets = stranger.targets();
    let to = |target: &String| [Answer::status(307).header("Location", target).then(Then::Eof)];
    let script = targets.iter().enumerate().fold(Script::default(), |script, (n, target)| {
        // Over a hop within the origin, to which every secret goes along.
        let hop = Answer::status(307).header("Location", &format!("{{self}}/hop{n}")).then(Then::Eof);
        script.at(&n.to_string(), [hop]).at(&format!("hop{n}"), to(target))
    });
    let server = Server::start(script).await;
    let house = House::new();
    let engine = house.start().await;
    for n in 0..targets.len() {
        for (place, draft) in places(&format!("{}/{n}", server.url())) {
            let name = format!("{place} {n}");
            engine.add_feed(FeedDraft { name, ..draft }).await.expect("the draft is right");
        }
    }
    let refused = |state: &FeedState| matches!(state, FeedState::NeedsPerson { .. });
    let at = until(&engine, "all are refused", |at| at.feeds.iter().all(|feed| refused(&feed.state))).await;
    for feed in &at.feeds {
        let FeedState::NeedsPerson { why } = &feed.state else { unreachable!("all are refused") };
        let n: usize = feed.name.rsplit(' ').next().and_then(|n| n.parse().ok()).expect("it was given");
        let origin = targets[n].trim_end_matches("/feed");
        assert!(why.message.contains(&format!("another site, {origin}.")), "{}: {}", feed.name, why.message);
    }
    let told = format!("{at:?}");
    assert!(!told.contains(SENTINEL) && !told.contains(BASIC), "{told}");
    engine.shutdown().await;

    for n in 0..targets.len() {
        let hops = server.requests_to(&format!("hop{n}"));
        let text = |request: &tidings_support::Request| {
            format!("{} {:?} {}", request.target, request.headers, String::from_utf8_lossy(&request.body))
        };
        let carried = hops.iter().map(text).filter(|text| text.contains(SENTINEL) || text.contains(BASIC));
        assert_eq!(carried.count(), places("http://x").len(), "each secret was sent to its own server");
    }
    assert!(stranger.heard.lock().unwrap().is_empty(), "not a byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_of_the_address_is_on_the_wire_and_in_the_keyring_and_nowhere_else() {
    let server = Server::start(Script::new([Answer::stream().event("in")])).await;
    let house = House::new();
    let engine = house.start().await;
    let mut updates = engine.attach().updates;
    let pasted = format!("{}?topic=a%20b&token={SENTINEL}&x", server.url());
    let feed = engine.add_feed(draft("Pasted", &pasted)).await.unwrap();
    assert_eq!(feed.url, pasted.replace(SENTINEL, "***"));
    tidings_support::stored(&engine, &feed.id, 1).await;
    // As a window would: everything as it is shown, but the name.
    let edited = engine.edit_feed(&feed.id, draft("Renamed", &feed.url)).await.unwrap();
    let mut told = format!("{feed:?} {edited:?} {:?}", engine.attach().snapshot);
    while let Ok(update) = updates.try_recv() {
        told += &format!("{update:?}");
    }
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    let live = |at: &Snapshot| matches!(at.feeds[0].state, FeedState::Live { .. });
    tidings_support::until(&engine, "it is live again", live).await;
    engine.shutdown().await;

    assert!(!told.contains(SENTINEL), "{told}");
    let target = format!("/feed?topic=a%20b&token={SENTINEL}&x");
    assert!(server.requests().iter().all(|request| request.target == target));
    assert!(house.drawer.entries()[&feed.id].contains(SENTINEL));
    let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
    assert!(settings.contains("token=***") && !settings.contains(SENTINEL));
}
