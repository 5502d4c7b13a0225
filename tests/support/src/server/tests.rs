//! The server as a bare socket sees it.

use std::io::Write;

use flate2::write::GzDecoder;

use super::*;
use crate::answer::{Framing, Version};
use crate::cases::cases;

/// A deadline for what happens at once, long enough for a busy machine.
const SOON: Duration = Duration::from_secs(10);

fn address(url: &str) -> SocketAddr {
    url.trim_start_matches("http://").trim_end_matches(FEED).parse().expect("the URL names address and port")
}

async fn ask(server: &Server, request: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address(server.url())).await.expect("the port is open");
    socket.write_all(request.as_bytes()).await.expect("the request is taken");
    socket
}

/// Sends a plain request and reads all that comes until the server closes.
async fn get(server: &Server, target: &str) -> String {
    let mut socket = ask(server, &format!("GET {target} HTTP/1.1\r\nHost: here\r\n\r\n")).await;
    let mut answer = String::new();
    timeout(SOON, socket.read_to_string(&mut answer))
        .await
        .expect("the answer ends")
        .expect("it ends cleanly");
    answer
}

/// Reads until the bytes end with `end`.
async fn read_until(socket: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(end) {
        bytes.push(
            timeout(SOON, socket.read_u8()).await.expect("more comes").expect("the connection is open"),
        );
    }
    bytes
}

/// What follows the head of the first answer of a script.
async fn body(answer: Answer) -> String {
    let server = Server::start(Script::new([answer])).await;
    let answer = get(&server, FEED).await;
    answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).expect("the answer has a head")
}

#[tokio::test]
async fn answers_each_request_in_turn_and_repeats_the_last_answer() {
    let script = Script::new([Answer::status(200), Answer::status(503)]).at("target", [Answer::status(201)]);
    let server = Server::start(script).await;
    for (target, status) in
        [("/feed", 200), ("/feed", 503), ("/feed/target", 201), ("/feed?x=1", 503), ("/no", 404)]
    {
        assert!(get(&server, target).await.starts_with(&format!("HTTP/1.1 {status} ")), "{target}");
    }
    let seen: Vec<_> = server.requests().into_iter().map(|it| (it.sub, it.n, it.target)).collect();
    let expected = [
        ("", 1, "/feed"),
        ("", 2, "/feed"),
        ("target", 1, "/feed/target"),
        ("", 3, "/feed?x=1"),
        ("/no", 1, "/no"),
    ];
    assert_eq!(seen, expected.map(|(sub, n, target)| (sub.to_owned(), n, target.to_owned())));
}

#[tokio::test]
async fn records_the_request_as_it_came() {
    let server = Server::start(Script::new([Answer::status(200)])).await;
    let request =
        "POST /feed HTTP/1.1\r\nLast-Event-ID:  … \r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
    let mut socket = ask(&server, request).await;
    read_until(&mut socket, b"0\r\n\r\n").await;
    let seen = server.wait_until(SOON, |requests| requests.iter().any(|it| it.ended.is_some())).await;
    let seen = seen.first().expect("one request came");
    assert_eq!((seen.method.as_str(), seen.body.as_slice()), ("POST", b"{\"a\":1}".as_slice()));
    assert_eq!((seen.header("last-event-id"), seen.header("accept")), (Some("…"), None));
    assert_eq!(seen.header_values("X-A").collect::<Vec<_>>(), ["1", "2"]);
}

#[tokio::test]
async fn frames_a_body_in_each_way() {
    let answer = || Answer::stream().chunk("data: x\n").chunk("\n").then(Then::Eof);
    assert_eq!(body(answer()).await, "8\r\ndata: x\n\r\n1\r\n\n\r\n0\r\n\r\n");
    assert_eq!(
        body(answer().chunk_extensions()).await,
        "0008;a;name=\"quo;ted\"\r\ndata: x\n\r\n0001;a;name=\"quo;ted\"\r\n\n\r\n0\r\n\r\n"
    );
    assert_eq!(body(answer().framing(Framing::Length)).await, "data: x\n\n");
    assert_eq!(body(answer().framing(Framing::Close)).await, "data: x\n\n");
    assert_eq!(body(answer().then(Then::Close)).await, "8\r\ndata: x\n\r\n1\r\n\n\r\n");
}

#[tokio::test]
async fn writes_the_head_that_the_framing_needs_and_no_other() {
    let table = [
        (Answer::stream().then(Then::Eof), "Transfer-Encoding: chunked"),
        (Answer::stream().event("x").then(Then::Eof).framing(Framing::Length), "Content-Length: 9"),
        (
            Answer::stream().then(Then::Eof).framing(Framing::Length).header("Content-Length", "99"),
            "Content-Length: 99",
        ),
        (Answer::stream().then(Then::Close).framing(Framing::Close).version(Version::Http10), ""),
        (Answer::status(204), ""),
    ];
    for (answer, framing) in table {
        let version = if answer.version == Version::Http10 { "HTTP/1.0" } else { "HTTP/1.1" };
        let head = String::from_utf8(wire::head(&answer, &Places::none())).expect("the head is text");
        assert!(head.starts_with(&format!("{version} {} ", answer.status)), "{head}");
        let named: Vec<_> =
            head.lines().filter(|line| line.starts_with("Transfer") || line.contains("-Length")).collect();
        assert_eq!(named.join("\n"), framing);
    }
}

#[tokio::test]
async fn fills_in_its_own_urls_and_serves_both_origins() {
    let answer =
        Answer::status(307).header("A", "{self}/t").header("B", "{selfpath}/t").header("C", "{self2}/t");
    let server = Server::start(Script::new([answer])).await;
    let head = get(&server, FEED).await;
    let (own, other) = (server.url(), server.other_url());
    assert!(head.contains(&format!("A: {own}/t\r\nB: /feed/t\r\nC: {other}/t\r\n")), "{head}");
    let mut socket = TcpStream::connect(address(other)).await.expect("the other origin is open");
    socket.write_all(b"GET /feed/t HTTP/1.1\r\n\r\n").await.expect("the request is taken");
    read_until(&mut socket, b"0\r\n\r\n").await;
    let origins: Vec<_> =
        server.requests().into_iter().map(|request| (request.origin, request.sub)).collect();
    assert_eq!(origins, [(Origin::Own, String::new()), (Origin::Other, "t".to_owned())]);
}

#[tokio::test]
async fn sends_raw_and_interim_answers_byte_for_byte() {
    let server =
        Server::start(Script::new([Answer::raw("HTTQ/9 what"), Answer::status(200).early(103)])).await;
    assert_eq!(get(&server, FEED).await, "HTTQ/9 what");
    let answer = get(&server, FEED).await;
    assert!(answer.starts_with("HTTP/1.1 103 ") && answer.contains("\r\n\r\nHTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn holds_an_answer_until_the_client_closes() {
    let server = Server::start(Script::new([Answer::stream().event("x")])).await;
    let mut socket = ask(&server, "GET /feed HTTP/1.1\r\n\r\n").await;
    read_until(&mut socket, b"data: x\n\n\r\n").await;
    assert_eq!(server.requests().first().and_then(|request| request.ended), None);
    drop(socket);
    server.wait_until(SOON, |requests| requests.iter().all(|request| request.ended.is_some())).await;
}

#[tokio::test]
async fn ends_held_answers_cleanly_when_they_are_released() {
    let server = Server::start(Script::new([Answer::stream().event("x")])).await;
    let mut socket = ask(&server, "GET /feed HTTP/1.1\r\n\r\n").await;
    read_until(&mut socket, b"data: x\n\n\r\n").await;
    server.release();
    let mut rest = String::new();
    timeout(SOON, socket.read_to_string(&mut rest)).await.expect("the answer ends").expect("it ends cleanly");
    assert_eq!(rest, "0\r\n\r\n");
}

#[tokio::test]
async fn closes_held_answers_when_it_is_dropped() {
    let server = Server::start(Script::new([Answer::stream().event("x")])).await;
    let mut socket = ask(&server, "GET /feed HTTP/1.1\r\n\r\n").await;
    read_until(&mut socket, b"data: x\n\n\r\n").await;
    drop(server);
    let end = timeout(SOON, socket.read(&mut [0; 8])).await.expect("the connection ends");
    assert_eq!(end.unwrap_or(0), 0);
}

#[tokio::test]
async fn resets_the_connection_after_what_was_sent() {
    let server = Server::start(Script::new([Answer::stream().event("x").then(Then::Rst)])).await;
    let mut socket = ask(&server, "GET /feed HTTP/1.1\r\n\r\n").await;
    read_until(&mut socket, b"data: x\n\n\r\n").await;
    let end = timeout(SOON, socket.read(&mut [0; 8])).await.expect("the connection ends");
    assert_eq!(end.map_err(|error| error.kind()), Err(io::ErrorKind::ConnectionReset));
}

#[tokio::test]
async fn closes_without_a_byte() {
    let server = Server::start(Script::new([Answer::nothing()])).await;
    assert_eq!(get(&server, FEED).await, "");
    assert!(server.requests().iter().all(|request| request.sent.is_empty()));
}

#[tokio::test]
async fn refuses_connections_until_its_late_port_opens() {
    let late = Duration::from_millis(300);
    let begun = Instant::now();
    let server = Server::start(Script::new([Answer::status(200)]).late_port(late)).await;
    while let Err(error) = TcpStream::connect(address(server.url())).await {
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        assert!(begun.elapsed() < SOON, "the port opens");
        sleep(Duration::from_millis(20)).await;
    }
    assert!(begun.elapsed() >= late);
}

#[tokio::test]
async fn waits_where_the_script_says_so() {
    let [delay, gap, hold] = [40, 60, 80].map(Duration::from_millis);
    let answer = Answer::stream().event("x").event("y").then(Then::Eof);
    let server = Server::start(Script::new([answer.delay(delay).gap(gap).hold_before_eof(hold)])).await;
    get(&server, FEED).await;
    let seen =
        server.wait_until(SOON, |requests| requests.iter().all(|request| request.ended.is_some())).await;
    let [request] = seen.as_slice() else { panic!("one request came, not {seen:?}") };
    let [x, y] = request.sent[..] else { panic!("two pieces were sent") };
    assert!(x - request.received >= delay);
    assert!(y - x >= gap);
    assert!(request.ended.expect("it ended") - y >= hold);
}

#[tokio::test]
async fn lets_each_compressed_piece_be_read_at_once() {
    let answer = Answer::stream().event("x").event("y").gzip();
    let mut encoder = Encoder::new(&Answer { framing: Framing::Close, ..answer.clone() });
    let mut decoder = GzDecoder::new(Vec::new());
    for (Piece(bytes), so_far) in answer.chunks.iter().zip(["data: x\n\n", "data: x\n\ndata: y\n\n"]) {
        decoder.write_all(&encoder.encode(bytes)).and_then(|()| decoder.flush()).expect("it is valid gzip");
        assert_eq!(String::from_utf8_lossy(decoder.get_ref()), so_far);
    }
    decoder.write_all(&encoder.finish()).expect("its end is valid gzip");
    decoder.finish().expect("it is complete");
}

#[tokio::test]
async fn plays_every_connection_case() {
    for case in cases().conn {
        let server = Server::start(case.script().late_port(Duration::ZERO)).await;
        let mut socket = ask(&server, "GET /feed HTTP/1.1\r\n\r\n").await;
        let status = read_until(&mut socket, b" ").await;
        assert!(status.starts_with(b"HTTP/1."), "{}", case.id);
    }
}

#[tokio::test]
async fn serves_the_body_of_a_parse_case() {
    let cases = cases().parse;
    assert_eq!(cases.len(), 115);
    let case = cases.iter().find(|case| case.id == "bom-split-2-1").expect("there is such a case");
    let server = Server::start(Script::body(case)).await;
    let mut socket = ask(&server, "GET /feed HTTP/1.1\r\n\r\n").await;
    read_until(&mut socket, b"2\r\n\xef\xbb\r\ne\r\n\xbfdata: Hello\n\n\r\n").await;
}
