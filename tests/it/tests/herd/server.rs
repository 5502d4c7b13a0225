//! Many origins that take a moment to answer and then keep every stream open, and count.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time;

/// How long an answer takes: long enough for dials to overlap, short enough for a thousand of them.
const ANSWER: Duration = Duration::from_millis(20);
const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nid: 1\ndata: welcome\n\n";

/// The most handshakes that were in flight.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Most {
    pub(super) in_all: usize,
    pub(super) of_one: usize,
}

/// Servers that end when dropped.
pub(super) struct Servers {
    origins: Vec<SocketAddr>,
    desk: Arc<Desk>,
    _tasks: JoinSet<()>,
}

#[derive(Default)]
struct Desk {
    accepted: AtomicUsize,
    flight: Mutex<Flight>,
}

#[derive(Default)]
struct Flight {
    of_each: Vec<usize>,
    most: Most,
}

impl Servers {
    pub(super) async fn start(count: usize) -> Self {
        let desk = Arc::new(Desk::default());
        desk.flight.lock().expect("nobody panics while counting").of_each = vec![0; count];
        let mut tasks = JoinSet::new();
        let mut origins = Vec::new();
        for origin in 0..count {
            let listener =
                TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("the loopback has a free port");
            origins.push(listener.local_addr().expect("a listener has an address"));
            tasks.spawn(listen(listener, origin, Arc::clone(&desk)));
        }
        Self { origins, desk, _tasks: tasks }
    }

    /// The address of the `n`th feed; feeds are dealt out to the origins in turn.
    pub(super) fn url(&self, n: usize) -> String {
        format!("http://{}/{n}", self.origins[n % self.origins.len()])
    }

    pub(super) fn most(&self) -> Most {
        self.desk.flight.lock().expect("nobody panics while counting").most
    }

    pub(super) fn accepted(&self) -> usize {
        self.desk.accepted.load(Ordering::SeqCst)
    }

    pub(super) async fn wait_for(&self, accepted: usize, patience: Duration) {
        let enough = async {
            while self.accepted() < accepted {
                time::sleep(Duration::from_millis(50)).await;
            }
        };
        time::timeout(patience, enough).await.unwrap_or_else(|_| panic!("{} came", self.accepted()));
    }
}

async fn listen(listener: TcpListener, origin: usize, desk: Arc<Desk>) {
    let mut streams = JoinSet::new();
    loop {
        let (socket, _) = listener.accept().await.expect("a file is left for every stream");
        desk.arrived(origin);
        streams.spawn(serve(socket, origin, Arc::clone(&desk)));
        while streams.try_join_next().is_some() {}
    }
}

/// A client that goes away ends its stream and nothing more.
async fn serve(mut socket: TcpStream, origin: usize, desk: Arc<Desk>) {
    let mut request = [0; 4096];
    let _ = socket.read(&mut request).await;
    time::sleep(ANSWER).await;
    // Counted before the client can know: what it dials next comes after.
    desk.answered(origin);
    let _ = socket.write_all(HEAD.as_bytes()).await;
    while socket.read(&mut request).await.is_ok_and(|n| n > 0) {}
}

impl Desk {
    fn arrived(&self, origin: usize) {
        self.accepted.fetch_add(1, Ordering::SeqCst);
        let mut flight = self.flight.lock().expect("nobody panics while counting");
        flight.of_each[origin] += 1;
        flight.most.in_all = flight.most.in_all.max(flight.of_each.iter().sum());
        flight.most.of_one = flight.most.of_one.max(flight.of_each[origin]);
    }

    fn answered(&self, origin: usize) {
        self.flight.lock().expect("nobody panics while counting").of_each[origin] -= 1;
    }
}
