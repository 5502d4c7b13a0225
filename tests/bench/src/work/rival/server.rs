//! One server of numbered events for all contenders: the same as an event stream and as Gotify's WebSocket and REST.

use std::convert::Infallible;
use std::io;
use std::time::{Duration, Instant};

use futures_util::SinkExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time;
use tokio_tungstenite::tungstenite::Message;

const STREAM_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n";
/// Gotify answers no more unless asked to.
const PAGE: u64 = 100;
/// The longest request head of the contenders is a third of it.
const HEAD: usize = 4096;
/// More often than any silence limit.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What all links share.
#[derive(Clone)]
struct Shared {
    /// How many events there are.
    events: watch::Receiver<u64>,
    /// How many links listen for events.
    listening: watch::Sender<usize>,
}

/// The server; ended when dropped.
pub(super) struct Server {
    port: u16,
    events: watch::Sender<u64>,
    listening: watch::Sender<usize>,
    /// Empty while it is down.
    links: JoinSet<()>,
    /// When each event came to be, the first first.
    pub(super) published: Vec<Instant>,
}

impl Server {
    /// Starts it, without events.
    ///
    /// # Errors
    ///
    /// If no port is free.
    pub(super) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (events, listening) = (watch::Sender::new(0), watch::Sender::new(0));
        let mut server = Self { port, events, listening, links: JoinSet::new(), published: Vec::new() };
        server.serve(listener);
        Ok(server)
    }

    /// Where it listens, without a path.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes so many events at once and sends them to all that listen.
    pub(super) fn publish(&mut self, many: usize) {
        let now = Instant::now();
        self.published.extend(std::iter::repeat_n(now, many));
        self.events.send_replace(self.published.len() as u64);
    }

    /// Goes down: every link is cut, and nobody answers.
    pub(super) async fn down(&mut self) {
        self.links.shutdown().await;
    }

    /// Comes back on the same port, with all events.
    ///
    /// # Errors
    ///
    /// If the port is another's by now.
    pub(super) async fn up(&mut self) -> io::Result<()> {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await?;
        self.serve(listener);
        Ok(())
    }

    /// Waits until somebody listens.
    ///
    /// # Errors
    ///
    /// If nobody does in time.
    pub(super) async fn heard(&self, limit: Duration) -> Result<(), time::error::Elapsed> {
        let mut listening = self.listening.subscribe();
        time::timeout(limit, listening.wait_for(|many| *many > 0)).await.map(drop)
    }

    fn serve(&mut self, listener: TcpListener) {
        let shared = Shared { events: self.events.subscribe(), listening: self.listening.clone() };
        self.links.spawn(async move {
            let mut links = JoinSet::new();
            loop {
                if let Ok((link, _)) = listener.accept().await {
                    let shared = shared.clone();
                    // A client that goes away ends its link.
                    links.spawn(async move { drop(answer(link, shared).await) });
                }
                while links.try_join_next().is_some() {}
            }
        });
    }
}

/// Counts a link as one that listens for as long as it lives.
struct Listening(watch::Sender<usize>);

impl Listening {
    fn begin(shared: &Shared) -> Self {
        shared.listening.send_modify(|many| *many += 1);
        Self(shared.listening.clone())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.send_modify(|many| *many -= 1);
    }
}

async fn answer(link: TcpStream, shared: Shared) -> io::Result<()> {
    link.set_nodelay(true)?;
    // A WebSocket's handshake has to be read by who speaks it.
    let mut head = [0; HEAD];
    let seen = link.peek(&mut head).await?;
    let target = String::from_utf8_lossy(&head[..seen]);
    let target = target.split(' ').nth(1).unwrap_or_default().to_owned();
    match target.split_once('?').map_or(target.as_str(), |(path, _)| path) {
        "/events" => stream(link, shared).await.map(|never| match never {}),
        "/stream" => socket(link, shared).await.map(|never| match never {}),
        "/application" => {
            let one = json!([{ "id": 1, "token": "A", "name": "Feed", "description": "", "internal": false, "image": "static/defaultapp.png" }]);
            whole(link, "200 OK", &one).await
        }
        "/message" => {
            let last = *shared.events.borrow();
            let page: Vec<_> = (last.saturating_sub(PAGE) + 1..=last).rev().map(message).collect();
            let paging = json!({ "size": page.len(), "since": 0, "limit": PAGE });
            whole(link, "200 OK", &json!({ "messages": page, "paging": paging })).await
        }
        _ => whole(link, "404 Not Found", &json!({ "error": "Not Found", "errorCode": 404 })).await,
    }
}

fn text(number: u64) -> String {
    format!("Event {number} of a server")
}

/// Reads an event's number out of a popup's words.
pub(super) fn number(words: &str) -> Option<usize> {
    let (_, rest) = words.split_once("Event ")?;
    rest.split(' ').next()?.parse().ok()
}

/// An event as Gotify says it; 5 is the least that its programs show unless told otherwise.
fn message(number: u64) -> Value {
    json!({ "id": number, "appid": 1, "title": "Feed", "message": text(number), "priority": 5, "date": "2026-01-01T00:00:00Z" })
}

async fn whole(link: TcpStream, status: &str, body: &Value) -> io::Result<()> {
    let mut link = BufReader::new(link);
    head(&mut link).await?;
    let body = body.to_string();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    link.write_all((head + &body).as_bytes()).await
}

/// Reads a request's head, and after which event it wants to go on.
async fn head(link: &mut BufReader<TcpStream>) -> io::Result<Option<u64>> {
    let mut from = None;
    for line in 0.. {
        let mut text = String::new();
        let read = link.read_line(&mut text).await?;
        let text = text.trim().to_ascii_lowercase();
        if read == 0 || (line > 0 && text.is_empty()) {
            break;
        }
        if let Some(id) = text.strip_prefix("last-event-id:") {
            from = id.trim().parse().ok();
        }
    }
    Ok(from)
}

async fn stream(link: TcpStream, mut shared: Shared) -> io::Result<Infallible> {
    let mut link = BufReader::new(link);
    let from = head(&mut link).await?;
    link.write_all(STREAM_HEAD.as_bytes()).await?;
    let mut sent = from.unwrap_or_else(|| *shared.events.borrow_and_update());
    let _listening = Listening::begin(&shared);
    loop {
        let last = *shared.events.borrow_and_update();
        let events = (sent + 1..=last).map(|number| format!("id: {number}\ndata: {}\n\n", text(number)));
        link.write_all(events.collect::<String>().as_bytes()).await?;
        sent = last;
        let mut byte = [0];
        tokio::select! {
            biased;
            _ = shared.events.changed() => {}
            _ = link.read(&mut byte) => return Err(io::ErrorKind::ConnectionAborted.into()),
            () = time::sleep(KEEP_ALIVE) => link.write_all(b":\n").await?,
        }
    }
}

async fn socket(link: TcpStream, mut shared: Shared) -> io::Result<Infallible> {
    let mut link = tokio_tungstenite::accept_async(link).await.map_err(io::Error::other)?;
    let mut sent = *shared.events.borrow_and_update();
    let _listening = Listening::begin(&shared);
    loop {
        let last = *shared.events.borrow_and_update();
        for number in sent + 1..=last {
            let event = Message::text(message(number).to_string());
            link.feed(event).await.map_err(io::Error::other)?;
        }
        link.flush().await.map_err(io::Error::other)?;
        sent = last;
        tokio::select! {
            biased;
            _ = shared.events.changed() => {}
            () = time::sleep(KEEP_ALIVE) => {
                link.feed(Message::Ping(Vec::new().into())).await.map_err(io::Error::other)?;
            }
        }
    }
}
