//! A proxy between a feed and its server that does one bad thing at one moment, and is honest before and after.
//!
//! It speaks HTTP/1.0 to the server and chunked HTTP/1.1 to the client, so that a stream that ends and one that is cut
//! off differ.

mod body;
mod link;
mod strike;
mod wire;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use link::Link;
use wire::Identity;

/// Connections that wait to be accepted: more than one feed opens.
const BACKLOG: u32 = 64;
/// How often a port that was just closed is asked for again: the system lets go of it within moments.
const TRIES: u32 = 200;

/// What the proxy does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody listens any more; a link that is open is reset.
    Refused,
    /// The link is reset.
    Reset,
    /// The link ends as politely as it can at that moment.
    End,
    /// Nothing is forwarded any more, and nothing said.
    HalfOpen,
    /// One byte each time.
    Trickle(Duration),
    /// Every write comes so much later.
    Latency(Duration),
    /// The connection is closed in the middle of what is being said.
    Cut,
    /// The connection is closed so many bytes of the answer after the phase begins.
    CutAt(usize),
    /// What comes is no TLS, or none that can be read. For proxies that speak TLS.
    WrongTls,
    /// Bytes that mean nothing.
    Garbage,
    /// The rest of the head comes one byte each time.
    SlowHeaders(Duration),
    /// Interim answers: 100, 102 and 103.
    Interim,
    /// A line of [`FLOOD`](Proxy::FLOOD) bytes.
    EndlessLine,
    /// A comment of as many.
    EndlessComment,
    /// A header of as many.
    EndlessHeader,
    /// A body of a few bytes that become as many.
    GzipBomb,
    /// Redirects in a circle.
    RedirectLoop,
}

/// When the proxy does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before a byte of the answer.
    Connecting,
    /// In the answer's head, after its first lines.
    Headers,
    /// In the middle of a line of the second event of the answer.
    MidLine,
    /// After the first event of the answer.
    Between,
}

/// A running proxy; dropping it closes every connection.
#[derive(Debug)]
pub struct Proxy {
    stage: Arc<Stage>,
    url: String,
    authority: Option<String>,
    _listener: JoinSet<()>,
}

/// What all connections share.
struct Stage {
    server: SocketAddr,
    tls: Option<TlsAcceptor>,
    plan: watch::Sender<Plan>,
}

/// What is done to each connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Plan {
    fault: Option<(Fault, Phase)>,
    /// Nobody listens.
    closed: bool,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage")
            .field("server", &self.server)
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}

impl Proxy {
    /// What an endless thing comes to, in bytes, where nobody hangs up before: more than the largest event even where
    /// large ones are allowed, which holds for a whole process and so for the tests beside.
    pub const FLOOD: usize = 17 << 20;

    /// Starts an honest proxy before a server; over TLS, with a certificate that signs itself, where asked.
    ///
    /// # Panics
    ///
    /// Where the loopback has no free port.
    pub async fn start(server: SocketAddr, tls: bool) -> Self {
        let socket = bound(0).expect("the loopback has a free port");
        let address = socket.local_addr().expect("a bound socket has an address");
        let identity = tls.then(Identity::new);
        let scheme = if tls { "https" } else { "http" };
        let stage = Arc::new(Stage {
            server,
            tls: identity.as_ref().map(Identity::acceptor),
            plan: watch::Sender::new(Plan::default()),
        });
        let mut task = JoinSet::new();
        let listener = socket.listen(BACKLOG).expect("a bound port can be listened on");
        task.spawn(listen(listener, address.port(), Arc::clone(&stage)));
        Self {
            stage,
            url: format!("{scheme}://{address}"),
            authority: identity.map(|identity| identity.pem()),
            _listener: task,
        }
    }

    /// Where it listens, without a path.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate that vouches for it, in PEM; none without TLS.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// Does this to every connection from here on.
    pub fn arm(&self, fault: Fault, phase: Phase) {
        let closed = (fault, phase) == (Fault::Refused, Phase::Connecting);
        self.stage.plan.send_replace(Plan { fault: Some((fault, phase)), closed });
    }

    /// Is honest again: new connections are, and those that are slow are slow no longer. What is broken stays broken.
    pub fn heal(&self) {
        self.stage.plan.send_replace(Plan::default());
    }
}

impl Stage {
    /// From here on nobody listens.
    fn close(&self) {
        self.plan.send_if_modified(|plan| plan.fault.is_some() && !std::mem::replace(&mut plan.closed, true));
    }

    /// From here on every connection is met by this at once.
    fn turn_to(&self, fault: Fault) {
        self.plan.send_if_modified(|plan| {
            let armed = plan.fault.is_some();
            plan.fault = plan.fault.map(|_| (fault, Phase::Connecting));
            armed
        });
    }
}

fn bound(port: u16) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    Ok(socket)
}

/// Takes the port back without listening on it: it refuses connections, and nobody else gets it.
async fn held(port: u16) -> TcpSocket {
    for _ in 0..TRIES {
        if let Ok(socket) = bound(port) {
            return socket;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("port {port} does not come back");
}

async fn listen(mut listener: TcpListener, port: u16, stage: Arc<Stage>) {
    let mut links = JoinSet::new();
    let mut plan = stage.plan.subscribe();
    loop {
        tokio::select! {
            biased;
            () = turned(&mut plan, true) => {
                drop(listener);
                let socket = held(port).await;
                turned(&mut plan, false).await;
                listener = socket.listen(BACKLOG).expect("a bound port can be listened on");
            }
            accepted = listener.accept() => {
                let Ok((socket, _)) = accepted else { return };
                links.spawn(Link::new(Arc::clone(&stage)).serve(socket));
            }
            Some(_) = links.join_next() => {}
        }
    }
}

/// Waits until the plan says that somebody listens, or nobody.
async fn turned(plan: &mut watch::Receiver<Plan>, closed: bool) {
    // The plan outlives every listener.
    let _ = plan.wait_for(|plan| plan.closed == closed).await;
}
