//! A feed's own proxy, its sign-in, and requests with a body.

use std::sync::{Arc, Mutex};

use tidings_engine::engine::{ConnectionDraft, FeedDraft, Field, ProxyDraft, RequestError, SecretsHome};
use tidings_engine::update::{FeedState, ProxyView, SecretsView};
use tidings_support::{Answer, House, Script, Server, Then, draft, stored, until};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const SENTINEL: &str = "hush-11c0";

fn through(url: &str, proxy: ProxyDraft) -> FeedDraft {
    let connection = ConnectionDraft { proxy, ..ConnectionDraft::default() };
    FeedDraft { connection: Some(connection), ..draft("Feed", url) }
}

fn proxy(url: &str) -> ProxyDraft {
    ProxyDraft::Url { url: url.into(), username: "me".into(), password: Some(SENTINEL.into()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http_proxy_is_asked_in_the_servers_place_with_its_sign_in() {
    let target = "http://feed.test/events?a=1";
    let answers = [Answer::stream().event("by proxy")];
    let server = Server::start(Script::default().at("http://feed.test/events", answers)).await;
    let house = House::new();
    let engine = house.start().await;
    let address = server.url().trim_end_matches("/feed");
    let feed = engine.add_feed(through(target, proxy(address))).await.unwrap();
    assert_eq!(stored(&engine, &feed.id, 1).await[0].data, "by proxy");
    engine.shutdown().await;
    let request = &server.requests()[0];
    assert_eq!(request.target, target);
    assert_eq!(request.header("proxy-authorization"), Some("Basic bWU6aHVzaC0xMWMw"));
    let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
    assert!(settings.contains(address) && !settings.contains(SENTINEL));
    assert!(house.drawer.entries()[&feed.id].contains(SENTINEL));
}

/// A SOCKS5 proxy that asks for a user and leads everybody to one server (RFC 1928, RFC 1929); notes who asked for what.
async fn socks(server: String) -> (String, Arc<Mutex<Vec<String>>>, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback has a free port");
    let address = format!("socks5h://{}", listener.local_addr().expect("it is bound"));
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let noted = Arc::clone(&asked);
    let mut task = JoinSet::new();
    task.spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((socket, _)) = listener.accept().await {
            let (noted, server) = (Arc::clone(&noted), server.clone());
            connections.spawn(async move {
                let _ = lead(socket, &server, &noted).await;
            });
        }
    });
    (address, asked, task)
}

async fn lead(mut socket: TcpStream, server: &str, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let [_version, methods] = [socket.read_u8().await?, socket.read_u8().await?];
    socket.read_exact(&mut vec![0; methods.into()]).await?;
    socket.write_all(&[5, 2]).await?;
    socket.read_u8().await?;
    let (user, password) = (text(&mut socket).await?, text(&mut socket).await?);
    socket.write_all(&[1, 0]).await?;
    let mut request = [0; 4];
    socket.read_exact(&mut request).await?;
    assert_eq!(request, [5, 1, 0, 3], "connect, by name");
    let host = text(&mut socket).await?;
    let port = socket.read_u16().await?;
    asked.lock().expect("no holder panics").push(format!("{user}:{password}@{host}:{port}"));
    socket.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    copy_bidirectional(&mut socket, &mut TcpStream::connect(server).await?).await.map(|_| ())
}

async fn text(socket: &mut TcpStream) -> std::io::Result<String> {
    let mut bytes = vec![0; socket.read_u8().await?.into()];
    socket.read_exact(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socks_proxy_is_given_the_name_and_its_sign_in_and_a_body_is_posted_through_it() {
    let server = Server::start(Script::new([Answer::stream().event("by SOCKS")])).await;
    let place = server.url().trim_start_matches("http://").trim_end_matches("/feed").to_owned();
    let (address, asked, _task) = socks(place).await;
    let house = House::new();
    let engine = house.start().await;
    let connection = ConnectionDraft {
        proxy: proxy(&address),
        body: Some("{\"topics\":[1]}".into()),
        ..ConnectionDraft::default()
    };
    let wanted = FeedDraft { connection: Some(connection), ..draft("Feed", "http://feed.test:81/feed") };
    let feed = engine.add_feed(wanted).await.unwrap();
    assert_eq!(stored(&engine, &feed.id, 1).await[0].data, "by SOCKS");
    engine.shutdown().await;
    assert_eq!(*asked.lock().unwrap(), [format!("me:{SENTINEL}@feed.test:81")]);
    let request = &server.requests()[0];
    assert_eq!((request.method.as_str(), request.body.as_slice()), ("POST", b"{\"topics\":[1]}".as_slice()));
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_proxy_the_server_itself_is_asked() {
    let server = Server::start(Script::new([Answer::stream().event("direct")])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(through(server.url(), ProxyDraft::None)).await.unwrap();
    stored(&engine, &feed.id, 1).await;
    engine.shutdown().await;
    assert_eq!(server.requests()[0].target, "/feed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_of_all_feeds_leads_those_without_their_own_and_a_change_dials_only_them() {
    let own = Server::start(Script::new([Answer::stream().event("straight").then(Then::Hold)])).await;
    let target = "http://feed.test/events";
    let answers = [Answer::stream().event_with_id("1", "by proxy").then(Then::Hold)];
    let led = Server::start(Script::default().at(target, answers)).await;
    let house = House::new();
    let engine = house.start().await;
    let straight = engine.add_feed(through(own.url(), ProxyDraft::None)).await.unwrap();
    stored(&engine, &straight.id, 1).await;
    let address = led.url().trim_end_matches("/feed");
    engine.set_proxy(proxy(address), SecretsHome::Keyring).await.unwrap();
    let feed = engine.add_feed(draft("Feed", target)).await.unwrap();
    assert_eq!(stored(&engine, &feed.id, 1).await[0].data, "by proxy");
    engine.shutdown().await;
    drop(engine);
    assert_eq!(led.requests()[0].header("proxy-authorization"), Some("Basic bWU6aHVzaC0xMWMw"));
    assert_eq!(own.requests().len(), 1, "a feed with its own setting was dialled again");
    let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
    assert!(settings.contains(address) && !settings.contains(SENTINEL));

    let engine = house.start().await;
    until(&engine, "it is led there after a restart too", |now| {
        now.feeds.iter().any(|view| view.id == feed.id && matches!(view.state, FeedState::Live { .. }))
    })
    .await;
    assert_eq!(engine.proxy().await.1, SecretsView::Kept);
    engine.set_proxy(ProxyDraft::System, SecretsHome::Keyring).await.unwrap();
    assert_eq!(engine.proxy().await, (ProxyView::System, SecretsView::NotNeeded));
    let forgotten = || house.drawer.entries().values().all(|entry| !entry.contains(SENTINEL));
    until(&engine, "its password is forgotten", |_| forgotten()).await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_none_is_refused_by_its_field_and_one_without_its_password_is_told() {
    let house = House::new();
    let engine = house.start().await;
    let refused = |address: &str, password: Option<&str>| ProxyDraft::Url {
        url: address.into(),
        username: "me".into(),
        password: password.map(Into::into),
    };
    for (draft, named) in [
        (refused("proxy:3128", Some("x")), Field::Proxy),
        (refused("http://proxy:3128", None), Field::ProxySignIn),
    ] {
        let error = engine.set_proxy(draft, SecretsHome::Keyring).await.unwrap_err();
        let RequestError::Invalid { field, message } = error else { panic!("not a field's: {error}") };
        assert!(field == named && message.ends_with('.'), "{field:?} {message}");
    }
    assert_eq!(engine.proxy().await.0, ProxyView::System, "nothing was changed");
    engine.set_proxy(refused("http://127.0.0.1:1", Some(SENTINEL)), SecretsHome::ThisSession).await.unwrap();
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    let feed = engine.add_feed(draft("Feed", "http://feed.test/")).await.unwrap();
    until(&engine, "it asks for the password", |now| {
        let asks = |state: &_| matches!(state, FeedState::NeedsPerson { why } if why.message.contains("under Network"));
        now.feeds.iter().any(|view| view.id == feed.id && asks(&view.state))
    })
    .await;
    engine.shutdown().await;
}
