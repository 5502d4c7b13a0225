//! Servers that send without end: the program's memory stays bounded, and the feed is back afterwards.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::program::Program;

/// What is sent in a flood: many times what a feed may hold.
const FLOOD: usize = 64 << 20;
/// What is sent of what never has to end: a minute's worth for a fast line.
const ENDLESS: usize = 1 << 30;
/// One write of a flood.
const PIECE: usize = 64 << 10;
/// What a flood may add to the program's memory, in KiB: twice the largest event, and the allocator's slack.
const MOST_KIB: u64 = 4 << 10;

const STREAM: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
const ZIPPED: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n";

/// A server that greets on its first connection, floods on its second, and is well from the third on.
struct Flooder {
    url: String,
    /// Lets the first connection end.
    go: oneshot::Sender<()>,
    _task: JoinSet<()>,
}

/// A flood, ready to be sent.
struct Flood {
    head: Vec<u8>,
    piece: Vec<u8>,
    times: usize,
    tail: Vec<u8>,
}

impl Flooder {
    async fn start(flood: Flood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback has a free port");
        let url = format!("http://{}/", listener.local_addr().expect("it is bound"));
        let (go, gone) = oneshot::channel();
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut first = accept(&listener).await;
            first.write_all(&[STREAM, b"data: hello\n\n"].concat()).await.expect("the client reads");
            let _ = gone.await;
            drop(first);
            let mut second = accept(&listener).await;
            // The client may have had enough before the flood is over.
            let _ = flood.send(&mut second).await;
            let mut third = accept(&listener).await;
            third.write_all(&[STREAM, b"data: back\n\n"].concat()).await.expect("the client reads");
            std::future::pending().await
        });
        Self { url, go, _task: task }
    }
}

impl Flood {
    /// The same piece again and again.
    fn of(bytes: usize, head: &[u8], piece: Vec<u8>, tail: &[u8]) -> Self {
        Self { head: head.to_vec(), piece, times: bytes / PIECE, tail: tail.to_vec() }
    }

    /// A body whose few bytes become many.
    fn zipped(body: &Self) -> Self {
        let mut zip = GzEncoder::new(Vec::new(), Compression::best());
        let pieces = std::iter::repeat_n(&body.piece, body.times);
        let all = [&body.head].into_iter().chain(pieces).chain([&body.tail]);
        all.for_each(|bytes| zip.write_all(bytes).expect("memory takes all"));
        let piece = zip.finish().expect("memory takes all");
        Self { head: ZIPPED.to_vec(), piece, times: 1, tail: Vec::new() }
    }

    async fn send(self, socket: &mut TcpStream) -> std::io::Result<()> {
        socket.write_all(&self.head).await?;
        for _ in 0..self.times {
            socket.write_all(&self.piece).await?;
        }
        socket.write_all(&self.tail).await?;
        socket.shutdown().await
    }
}

async fn accept(listener: &TcpListener) -> TcpStream {
    let (mut socket, _) = listener.accept().await.expect("a client comes");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.expect("the request is whole"));
    }
    socket
}

/// Returns what was printed between the flood's beginning and the feed's being back.
async fn survive(flood: Flood) -> Vec<serde_json::Value> {
    let flooder = Flooder::start(flood).await;
    let mut program = Program::start(&[&flooder.url, "--json", "--reconnection-time", "0"]);
    for kind in ["open", "event"] {
        assert_eq!(program.json().await["kind"], kind);
    }
    let before = program.peak_kib();
    flooder.go.send(()).expect("it still greets");
    assert_eq!(program.json().await["kind"], "waiting");
    let mut lines = Vec::new();
    loop {
        let line = program.json().await;
        if line["data"] == "back" {
            break;
        }
        lines.push(line);
    }
    let added = program.peak_kib() - before;
    assert!(added < MOST_KIB, "the flood added {added} KiB");
    lines
}

fn kinds(lines: &[serde_json::Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["kind"].as_str()).collect()
}

#[tokio::test]
async fn skips_an_endless_line_and_reads_on() {
    let head = [STREAM, b"data: "].concat();
    let lines = survive(Flood::of(ENDLESS, &head, vec![b'x'; PIECE], b"\n\ndata: after\n\n")).await;
    assert_eq!(kinds(&lines), ["open", "oversized", "event", "waiting", "open"]);
    assert_eq!(lines[1]["bytes"], json!(ENDLESS));
    assert_eq!(lines[2]["data"], "after");
}

#[tokio::test]
async fn skips_an_endless_event_and_reads_on() {
    let piece = b"data: 0123456789\n".iter().copied().cycle().take(PIECE).collect();
    let lines = survive(Flood::of(FLOOD, STREAM, piece, b"\n\ndata: after\n\n")).await;
    assert_eq!(kinds(&lines), ["open", "oversized", "event", "waiting", "open"]);
    assert_eq!(lines[2]["data"], "after");
}

#[tokio::test]
async fn lets_an_endless_comment_pass() {
    let head = [STREAM, b": "].concat();
    let lines = survive(Flood::of(ENDLESS, &head, vec![b'x'; PIECE], b"\ndata: after\n\n")).await;
    assert_eq!(kinds(&lines), ["open", "event", "waiting", "open"]);
}

#[tokio::test]
async fn gives_up_on_an_endless_header() {
    let lines = survive(Flood::of(FLOOD, b"HTTP/1.1 200 OK\r\nX-Endless: ", vec![b'x'; PIECE], b"")).await;
    assert_eq!(kinds(&lines), ["waiting", "open"]);
    assert_eq!(lines[0]["why"], "The server's headers are too long.");
}

#[tokio::test]
async fn unpacks_no_more_of_a_gzip_bomb_than_it_reads() {
    let body = Flood::of(FLOOD, b"data: ", vec![b'x'; PIECE], b"\n\ndata: after\n\n");
    let lines = survive(Flood::zipped(&body)).await;
    assert_eq!(kinds(&lines), ["open", "oversized", "event", "waiting", "open"]);
}
