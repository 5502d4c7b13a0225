//! Pictures that events name: fetched where a feed allows it, from its own server, and from nowhere else.

use tidings_engine::notify::desktop::Popup;
use tidings_engine::settings::{Allowed, Urgency};

use super::server::Page;
use super::*;

/// Two by two pixels.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x02\x08\0\0\0\0W\xddR\xf8\0\0\0\x0eIDATx\xdac\x10h`p\xf8\x0f\0\x03\xd5\x01\xd0\xa6`\x89\xba\0\0\0\0IEND\xaeB`\x82";
/// Sixty thousand by sixty thousand pixels in a few bytes.
const BOMB: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea`\0\0\xea`\x08\0\0\0\0\xa5\xb9*\x9e\0\0\0\x0bIDATx\xdac`\x80\x01\0\0\x0a\0\x01\xec$\x03\xb9\0\0\0\0IEND\xaeB`\x82";
/// The feed's sign-in.
const TOKEN: &str = "hush-hush";

/// An engine, and the authority that vouches for its servers.
struct Stage {
    house: House,
    engine: Engine,
    ours: Authority,
}

impl Stage {
    async fn new() -> Self {
        let house = House::new();
        let engine = house.start().await;
        Self { house, engine, ours: Authority::new("Ours") }
    }

    async fn server(&self) -> Server {
        Server::start(&self.ours.sign(Leaf::of(HOST)), None).await
    }

    /// Subscribes to a server whose one event names a picture, and gives the event's popup.
    async fn popup(&self, server: &Server, named: &str, allowed: Allowed) -> Popup {
        self.popup_by(server, named, allowed, trusting(&self.ours)).await
    }

    async fn popup_by(
        &self,
        server: &Server,
        named: &str,
        allowed: Allowed,
        connection: ConnectionDraft,
    ) -> Popup {
        server.say(&format!(r#"{{"title": "{named}", "message": "B", "icon": "{named}"}}"#));
        let before = self.house.popups.shown().len();
        let sign_in = SignInDraft::Bearer { token: Some(TOKEN.into()) };
        let draft = FeedDraft { sign_in, allowed: Some(allowed), ..feed(server.url(), connection) };
        let added = self.engine.add_feed(draft).await.expect("the draft is right");
        until(&self.engine, "it pops up", |_| self.house.popups.shown().len() > before).await;
        self.engine.enable_feed(&added.id, false).await.expect("there is room");
        self.house.popups.shown().remove(before).1
    }
}

fn with_pictures() -> Allowed {
    Allowed { urgency: Urgency::Urgent, pictures: true }
}

fn answer(content: &[u8]) -> Page {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", content.len());
    Page::Whole([head.as_bytes(), content].concat())
}

fn moved(to: &str) -> Page {
    Page::Whole(format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_the_feeds_own_server_is_shown_drawn_anew_and_asked_for_by_a_stranger() {
    let stage = Stage::new().await;
    let server = stage.server().await;
    server.put("/picture.png", answer(PICTURE));
    let popup = stage.popup(&server, &server.at("/picture.png"), with_pictures()).await;
    let file = popup.picture.expect("it has a picture");
    assert!(file.starts_with(stage.house.options().data_folder), "{}", file.display());
    let drawn = std::fs::read(file).expect("it is there");
    assert!(drawn.starts_with(b"\x89PNG") && drawn != PICTURE, "it was written by us");
    let heads = server.heads();
    let [feed, picture] = &heads[..] else { panic!("two requests: {heads:?}") };
    assert!(feed.starts_with("GET /feed ") && feed.contains(TOKEN), "{feed}");
    assert!(picture.starts_with("GET /picture.png ") && !picture.contains(TOKEN), "{picture}");
    let said = picture.to_lowercase();
    assert!(
        !said.contains("authorization") && !said.contains("cookie") && !said.contains("referer"),
        "{said}"
    );
    stage.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_fetched_unless_the_feed_allows_it() {
    let stage = Stage::new().await;
    let server = stage.server().await;
    server.put("/picture.png", answer(PICTURE));
    let popup = stage.popup(&server, &server.at("/picture.png"), Allowed::default()).await;
    assert_eq!((popup.picture, server.requests()), (None, 1));
    stage.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_fetched_from_anywhere_else() {
    let stage = Stage::new().await;
    let (server, other) = (stage.server().await, stage.server().await);
    other.put("/picture.png", answer(PICTURE));
    let plain = tidings_support::Server::start(tidings_support::Script::new([])).await;
    server.put("/away.png", moved(&other.at("/picture.png")));
    server.put("/near.png", moved("/picture.png"));
    server.put("/picture.png", answer(PICTURE));
    let own = server.at("/picture.png");
    for named in [
        other.at("/picture.png"),
        format!("{}/picture.png", plain.url()),
        own.replace("https://", "http://"),
        own.replace("https://", "https://me:pass@"),
        own.replace(HOST, "localhost"),
        "file:///etc/passwd".to_owned(),
        "/picture.png".to_owned(),
    ] {
        let before = server.requests();
        let popup = stage.popup(&server, &named, with_pictures()).await;
        assert_eq!((popup.picture, server.requests()), (None, before + 1), "{named}: the feed alone");
    }
    for path in ["/away.png", "/near.png"] {
        let popup = stage.popup(&server, &server.at(path), with_pictures()).await;
        assert_eq!(popup.picture, None, "{path}");
    }
    assert!(
        server.heads().iter().all(|head| !head.starts_with("GET /picture.png")),
        "no redirect is followed"
    );
    assert_eq!((other.requests(), plain.requests().len()), (0, 0));
    stage.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_comes_without_what_is_no_small_picture_or_takes_long() {
    let stage = Stage::new().await;
    let server = stage.server().await;
    let large = [PICTURE, &vec![0; 300 * 1024]].concat();
    for (path, page) in [
        ("/large.png", answer(&large)),
        ("/bomb.png", answer(BOMB)),
        ("/page.png", answer(b"<!doctype html>")),
        ("/cut.png", answer(&PICTURE[..40])),
        ("/none.png", Page::Whole(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".into())),
        ("/slow.png", Page::Never),
    ] {
        server.put(path, page);
        let popup = stage.popup(&server, &server.at(path), with_pictures()).await;
        assert_eq!(popup.picture, None, "{path}");
        assert!(
            server.heads().iter().any(|head| head.starts_with(&format!("GET {path} "))),
            "{path}: it was asked"
        );
    }
    stage.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_certificate_is_not_shown_for_a_picture() {
    let stage = Stage::new().await;
    let (certificate, key) = stage.ours.sign(Leaf::of("me")).pem();
    let server = Server::start(&stage.ours.sign(Leaf::of(HOST)), Some(&stage.ours)).await;
    server.put("/picture.png", answer(PICTURE));
    let connection = ConnectionDraft {
        client_certificate: Some(certificate),
        client_key: Some(key),
        ..trusting(&stage.ours)
    };
    let popup = stage.popup_by(&server, &server.at("/picture.png"), with_pictures(), connection).await;
    assert_eq!((popup.picture, server.requests()), (None, 1), "the server refuses strangers");
    stage.engine.shutdown().await;
}
