//! A server on the loopback that plays a script over plain TCP and records what it was asked.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::answer::{Answer, Piece, Then};
use crate::request::{Origin, Request};
use crate::script::Script;
use crate::wire::{self, Encoder, Places};

/// The path of the feed.
const FEED: &str = "/feed";
/// The wait before a reset, because a reset may discard what the client hasn't read.
const BEFORE_RESET: Duration = Duration::from_millis(50);
/// Connections that wait to be accepted: more than a test opens at once.
const BACKLOG: u32 = 1024;

/// A running server with two origins that play one script; dropping it closes every connection.
#[derive(Debug)]
pub struct Server {
    stage: Arc<Stage>,
    /// The owner of both listeners; each owns its connections.
    _listeners: JoinSet<()>,
}

/// What all connections share.
#[derive(Debug)]
struct Stage {
    script: Script,
    places: Places,
    requests: watch::Sender<Vec<Request>>,
    /// Cancelled when held answers end.
    released: CancellationToken,
}

impl Server {
    /// Starts a server on free ports of 127.0.0.1.
    ///
    /// # Panics
    ///
    /// Where the loopback has no free port.
    pub async fn start(script: Script) -> Self {
        let own = bound_socket().expect("the loopback has a free port");
        let other = bound_socket().expect("the loopback has a second free port");
        let url = |socket: &TcpSocket| socket.local_addr().map(|address| format!("http://{address}{FEED}"));
        let places = Places {
            own: url(&own).expect("a bound socket has an address"),
            path: FEED.to_owned(),
            other: url(&other).expect("a bound socket has an address"),
        };
        let late = script.port_opens_after();
        let open = |socket: TcpSocket| socket.listen(BACKLOG).expect("a bound port can be listened on");
        let stage = Arc::new(Stage {
            script,
            places,
            requests: watch::Sender::new(Vec::new()),
            released: CancellationToken::new(),
        });
        let mut listeners = JoinSet::new();
        for (origin, socket) in [(Origin::Own, own), (Origin::Other, other)] {
            let stage = Arc::clone(&stage);
            if late.is_zero() {
                listeners.spawn(listen(open(socket), origin, stage));
            } else {
                listeners.spawn(async move {
                    sleep(late).await;
                    listen(open(socket), origin, stage).await;
                });
            }
        }
        Self { stage, _listeners: listeners }
    }

    /// Returns the URL of the feed.
    pub fn url(&self) -> &str {
        &self.stage.places.own
    }

    /// Returns the URL of the same path on the other origin.
    pub fn other_url(&self) -> &str {
        &self.stage.places.other
    }

    /// Returns all requests so far, in the order they came.
    pub fn requests(&self) -> Vec<Request> {
        self.stage.requests.borrow().clone()
    }

    /// Returns the requests to one sub-path so far.
    pub fn requests_to(&self, sub: &str) -> Vec<Request> {
        self.stage.requests.borrow().iter().filter(|request| request.sub == sub).cloned().collect()
    }

    /// Ends every held answer, and every later one, as its framing asks.
    pub fn release(&self) {
        self.stage.released.cancel();
    }

    /// Waits until the requests so far are as asked, and returns them.
    ///
    /// # Panics
    ///
    /// Where that takes longer than `within`.
    pub async fn wait_until(&self, within: Duration, asked: impl Fn(&[Request]) -> bool) -> Vec<Request> {
        let mut requests = self.stage.requests.subscribe();
        let found = timeout(within, requests.wait_for(|requests| asked(requests))).await;
        match found {
            Ok(found) => found.expect("the server outlives its reader").clone(),
            Err(_) => panic!("after {within:?} the requests are {:#?}", self.requests()),
        }
    }
}

/// Takes a port, which refuses connections until it is listened on.
fn bound_socket() -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    Ok(socket)
}

async fn listen(listener: TcpListener, origin: Origin, stage: Arc<Stage>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((socket, _)) = accepted else { return };
                let stage = Arc::clone(&stage);
                connections.spawn(async move { stage.serve(socket, origin).await });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

impl Stage {
    /// Reads one request, plays its answer, and closes the connection.
    async fn serve(&self, mut socket: TcpStream, origin: Origin) {
        let Ok(request) = Request::read(&mut socket, origin).await else { return };
        let (place, answer) = self.record(request);
        // A client may go away at any byte; that is the end of the answer and nothing more.
        let _ = self.play(&mut socket, &answer, place).await;
        self.note(place, |request| request.ended = Some(Instant::now()));
    }

    /// Records a request and returns its place among all, and its answer.
    fn record(&self, mut request: Request) -> (usize, Answer) {
        let path = request.target.split('?').next().unwrap_or_default();
        let sub = path.strip_prefix(FEED).map(|sub| sub.trim_start_matches('/'));
        request.sub = sub.unwrap_or(path).to_owned();
        let mut place = 0;
        let mut answer = None;
        self.requests.send_modify(|requests| {
            request.n = 1 + requests.iter().filter(|earlier| earlier.sub == request.sub).count();
            answer = self.script.answer(&request.sub, request.n).cloned();
            place = requests.len();
            requests.push(request);
        });
        (place, answer.unwrap_or_else(|| Answer::status(404)))
    }

    fn note(&self, place: usize, change: impl FnOnce(&mut Request)) {
        self.requests.send_modify(|requests| {
            if let Some(request) = requests.get_mut(place) {
                change(request);
            }
        });
    }

    async fn play(&self, socket: &mut TcpStream, answer: &Answer, place: usize) -> io::Result<()> {
        socket.set_nodelay(true)?;
        sleep(answer.delay).await;
        let mut encoder = Encoder::new(answer);
        if answer.then != Then::Nothing {
            match &answer.raw {
                Some(Piece(bytes)) => socket.write_all(bytes).await?,
                None => self.send(socket, answer, &mut encoder, place).await?,
            }
        }
        match answer.then {
            Then::Hold => tokio::select! {
                closed = wait_for_close(socket) => return closed,
                () = self.released.cancelled() => {}
            },
            Then::Eof => sleep(answer.hold_before_eof).await,
            Then::Close | Then::Nothing => return socket.shutdown().await,
            Then::Rst => {
                sleep(BEFORE_RESET).await;
                return socket.set_zero_linger();
            }
        }
        if answer.raw.is_none() {
            socket.write_all(&encoder.finish()).await?;
        }
        socket.shutdown().await
    }

    async fn send(
        &self,
        socket: &mut TcpStream,
        answer: &Answer,
        encoder: &mut Encoder,
        place: usize,
    ) -> io::Result<()> {
        socket.write_all(&wire::head(answer, &self.places)).await?;
        for (n, Piece(bytes)) in answer.chunks.iter().enumerate() {
            if n > 0 {
                sleep(answer.gap).await;
            }
            socket.write_all(&encoder.encode(bytes)).await?;
            self.note(place, |request| request.sent.push(Instant::now()));
        }
        Ok(())
    }
}

/// Waits until the client closes its side, and reads what it sends meanwhile.
async fn wait_for_close(socket: &mut TcpStream) -> io::Result<()> {
    let mut unread = [0; 256];
    while socket.read(&mut unread).await? > 0 {}
    Ok(())
}

#[cfg(test)]
mod tests;
