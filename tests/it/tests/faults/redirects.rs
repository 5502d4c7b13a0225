//! Redirects stay within the origin, and nothing secret ever reaches another one.

use std::time::Duration;

use tidings_engine::connection::SILENCE;
use tidings_engine::transport::{Call, CallParts, Cause, Frame, SseTransport, Transport};
use tidings_support::{Answer, Request, Script, Server};
use tokio::time::timeout;

use super::feed::{Feed, SOON};

const SECRET: &str = "hush-8c1f";
/// The same in Base64, behind `user:`.
const SECRET_IN_BASIC: &str = "dXNlcjpodXNoLThjMWY=";

/// Every place of a request that can hold a secret.
fn places(url: &str) -> Vec<(&'static str, CallParts)> {
    let plain = || CallParts { url: url.to_owned(), ..CallParts::default() };
    let header = |name: &str, value: String| CallParts { headers: vec![(name.to_owned(), value)], ..plain() };
    vec![
        ("basic", CallParts { url: url.replace("http://", &format!("http://user:{SECRET}@")), ..plain() }),
        ("bearer", header("Authorization", format!("Bearer {SECRET}"))),
        ("header", header("X-Api-Key", SECRET.to_owned())),
        ("cookie", header("Cookie", format!("session={SECRET}"))),
        ("header's name", header(&format!("X-{SECRET}"), "1".to_owned())),
        ("query", CallParts { url: format!("{url}?token={SECRET}"), ..plain() }),
        ("fragment", CallParts { url: format!("{url}#{SECRET}"), ..plain() }),
        ("body", CallParts { method: "POST".to_owned(), body: Some(SECRET.to_owned()), ..plain() }),
    ]
}

/// The other server's address in each form a redirect can give it.
fn targets(other: &Server) -> [String; 4] {
    let url = other.url();
    [
        url.to_owned(),
        url.replace("127.0.0.1", "localhost"),
        url.trim_start_matches("http:").to_owned(),
        url.replace("http://", "http://user:password@"),
    ]
}

fn to(location: &str, status: u16) -> Answer {
    Answer::status(status).header("Location", location)
}

fn holds_secret(request: &Request) -> bool {
    let text = format!("{request:?} {}", String::from_utf8_lossy(&request.body)).to_lowercase();
    text.contains(SECRET) || text.contains(&SECRET_IN_BASIC.to_lowercase())
}

#[tokio::test]
async fn another_origin_is_named_and_never_asked() {
    let other = Server::start(Script::new([Answer::stream().event("x")])).await;
    for location in targets(&other) {
        let script = Script::new([to(&location, 307)]);
        let server = Server::start(script).await;
        for (place, parts) in places(server.url()) {
            let mut feed = Feed::with(parts, SILENCE);
            let ending = feed.ending().await;
            assert!(ending.why.cause == Cause::Person && ending.for_person, "{place}: {ending:?}");
            let origin =
                if location.contains("localhost") { "http://localhost:" } else { "http://127.0.0.1:" };
            let sentence = &ending.why.sentence;
            assert!(sentence.contains(origin) && !sentence.contains(SECRET), "{place}: {sentence}");
        }
        let carried = server.requests().iter().filter(|request| holds_secret(request)).count();
        assert_eq!(carried, places("").len() - 1, "each was sent to its own server, but the fragment");
    }
    assert!(other.requests().is_empty(), "{:#?}", other.requests());
}

#[tokio::test]
async fn no_secret_goes_along_where_the_standard_is_followed_anywhere() {
    let other = Server::start(Script::new([Answer::stream().event("x")])).await;
    let transport = SseTransport::new().expect("the network part can be set up");
    for (location, status) in targets(&other).iter().zip([301, 302, 307, 308]) {
        // Over a hop within the origin, to which everything goes along.
        let script = Script::new([to("{self}/hop", status)]).at("hop", [to(location, status)]);
        let server = Server::start(script).await;
        for (place, parts) in places(server.url()) {
            let call = Call::new(CallParts { follow_anywhere: true, ..parts }).expect("the parts are right");
            let mut frames = transport.dial(&call, "");
            let first = timeout(SOON, std::future::poll_fn(|context| frames.as_mut().poll_next(context)));
            match first.await.expect("it answers").expect("something comes") {
                Ok(frame) => assert_eq!(frame, Frame::Opened, "{place}, {status}"),
                Err(fault) => {
                    assert_eq!((fault.cause, place), (Cause::Person, "body"), "{status}: {}", fault.sentence);
                }
            }
        }
        let hops = server.requests_to("hop");
        assert!(hops.iter().any(holds_secret), "secrets go along within the origin");
    }
    let requests = other.requests();
    assert!(requests.len() >= 4 * 7, "only bodies stay behind");
    assert!(!requests.iter().any(holds_secret), "{requests:#?}");
}

#[tokio::test]
async fn a_circle_ends() {
    let server = Server::start(Script::new([to("{self}/a", 302)]).at("a", [to("{self}/b", 302)]).at(
        "b",
        [
            to("{self}/a", 302),
            to("{self}/a", 302),
            to("{self}/a", 302),
            to("{self}/a", 302),
            to("{self}/a", 302),
        ],
    ))
    .await;
    let mut feed = Feed::start(server.url());
    feed.ending().await.expect_brief(Cause::Useless, "in circles");
    assert_eq!(server.requests().len(), 11, "one request and ten hops");
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_is_told_and_tried_again() {
    for (answer, words) in [
        (Answer::status(302), "without saying where"),
        (to("", 302), "without saying where"),
        (to("mailto:x@example.org", 302), "not a web address"),
        (to("http://[", 302), "not a web address"),
    ] {
        let server = Server::start(Script::new([answer, Answer::stream().event("back")])).await;
        let mut feed = Feed::start(server.url());
        feed.ending().await.expect_brief(Cause::Useless, words);
        assert_eq!(feed.event().await, "back", "{words}");
    }
}

#[tokio::test]
async fn a_slow_body_behind_a_redirect_does_not_hold_it_up() {
    let slow = to("{self}/target", 307).chunk("x").chunk("y").gap(Duration::from_secs(3600));
    let server = Server::start(Script::new([slow]).at("target", [Answer::stream().event("x")])).await;
    assert_eq!(Feed::start(server.url()).event().await, "x");
}
