//! What goes wrong below the answers: nobody there, broken connections, and servers that don't speak HTTP.

use std::time::Duration;

use tidings_engine::transport::Cause;
use tidings_support::{Answer, Framing, Script, Server, Then};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::feed::{Feed, SOON};

/// What a TLS server says to a request in plain HTTP: a fatal alert, "unexpected message" (RFC 8446, 6.2).
const TLS_ALERT: &[u8] = &[0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a];

/// Meets each answer on a server of its own, then a good one.
async fn meet(table: Vec<(Answer, &'static str)>) {
    let mut running = JoinSet::new();
    for (answer, words) in table {
        running.spawn(async move {
            let server = Server::start(Script::new([answer, Answer::stream().event("back")])).await;
            let mut feed = Feed::start(server.url());
            feed.ending().await.expect_brief(Cause::Failed, words);
            assert_eq!(feed.event().await, "back", "{words}");
        });
    }
    running.join_all().await;
}

#[tokio::test]
async fn what_is_not_http_is_told_as_such() {
    let not_http = "does not speak HTTP";
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    meet(vec![
        (Answer::raw("SSH-2.0-OpenSSH_9.2p1\r\n"), not_http),
        (Answer::raw("220 mail.example.org ESMTP\r\n"), not_http),
        (Answer::raw(b"\x00\xff\x00\xff\x00\xff\r\n\r\n".to_vec()), not_http),
        (Answer::raw("HTTP/9.9 200 OK\r\n\r\n"), not_http),
        (Answer::raw("HTTP/1.1 abc\r\n\r\n"), not_http),
        (Answer::raw("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), not_http),
        (Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), not_http),
        (Answer::raw(format!("{chunked}zz\r\nnonsense\r\n")), "breaks the rules of HTTP"),
        (Answer::raw(TLS_ALERT), "whether it should be https"),
    ])
    .await;
}

#[tokio::test]
async fn what_ends_too_early_is_told_as_such_and_keeps_the_events_before_it() {
    let half = || Answer::stream().event("first").chunk("data: lo");
    let zipped = Answer::stream().header("Content-Encoding", "gzip").chunk("no gzip at all").then(Then::Eof);
    meet(vec![
        (Answer::nothing(), "without an answer"),
        (Answer::raw("HTTP/1.1 200 OK\r\nContent-"), "without an answer"),
        (Answer::status(200).then(Then::Nothing).delay(Duration::from_millis(50)), "without an answer"),
        (zipped, "compression is damaged"),
    ])
    .await;
    let lengthy = half().framing(Framing::Length).header("Content-Length", "99").then(Then::Close);
    for (answer, words) in [
        (half().then(Then::Close), "middle of the answer"),
        (lengthy, "middle of the answer"),
        (half().then(Then::Rst), "broke the connection off"),
        (half().gzip().then(Then::Close), "middle of the answer"),
    ] {
        let server = Server::start(Script::new([answer, Answer::stream().event("back")])).await;
        let mut feed = Feed::start(server.url());
        assert_eq!(feed.event().await, "first", "{words}");
        feed.ending().await.expect_brief(Cause::Failed, words);
        assert_eq!(feed.event().await, "back", "{words}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_until_somebody_listens() {
    let script = Script::new([Answer::stream().event("back")]).late_port(Duration::from_millis(500));
    let server = Server::start(script).await;
    let mut feed = Feed::start(server.url());
    feed.ending().await.expect_brief(Cause::Failed, "nothing listens at that address and port");
    assert_eq!(feed.event().await, "back");
}

#[tokio::test]
async fn an_unknown_name_is_told_as_such() {
    // A name that never is (RFC 6761, 6.4).
    let mut feed = Feed::start("http://nowhere.invalid/feed");
    feed.ending().await.expect_brief(Cause::Failed, "name of the server could not be found");
    feed.ending().await.expect_brief(Cause::Failed, "name of the server could not be found");
}

#[tokio::test]
async fn tls_to_a_plain_port_is_told_as_such_and_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback has a free port");
    let url = format!("https://{}/feed", listener.local_addr().expect("it is bound"));
    let mut server = JoinSet::new();
    server.spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.expect("a client comes");
            // The greeting of TLS is no request to a plain server.
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await;
        }
    });
    let mut feed = Feed::start(&url);
    for _ in 0..2 {
        feed.ending().await.expect_brief(Cause::Failed, "Is it https at all?");
    }
}

#[tokio::test]
async fn interim_answers_are_passed_over() {
    for status in [100, 102, 103] {
        let server = Server::start(Script::new([Answer::stream().event("x").early(status)])).await;
        assert_eq!(Feed::start(server.url()).event().await, "x", "{status}");
    }
    let many = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(200);
    let stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n";
    let server = Server::start(Script::new([Answer::raw(many + stream).then(Then::Hold)])).await;
    assert_eq!(Feed::start(server.url()).event().await, "x");
}

#[tokio::test]
async fn a_switch_of_protocols_is_no_feed() {
    let switch = "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
    let server = Server::start(Script::new([Answer::raw(switch), Answer::stream().event("back")])).await;
    let mut feed = Feed::start(server.url());
    feed.ending().await.expect_brief(Cause::Useless, "not with a feed");
    assert_eq!(feed.event().await, "back");
}

#[tokio::test]
async fn too_many_headers_are_told_as_such() {
    let crowd = (0..5000).fold(Answer::stream(), |answer, n| answer.header(&format!("X-{n}"), "y"));
    meet(vec![
        (crowd, "headers are too long"),
        (Answer::stream().header("X-Long", &"y".repeat(1 << 20)), "headers are too long"),
    ])
    .await;
}

#[tokio::test]
async fn a_dropped_feed_closes_its_socket() {
    let server = Server::start(Script::new([Answer::stream().event("x")])).await;
    let mut feed = Feed::start(server.url());
    assert_eq!(feed.event().await, "x");
    drop(feed);
    server.wait_until(SOON, |requests| requests.iter().all(|request| request.ended.is_some())).await;
}
