//! A line to a server that can be cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Leads connections to a port of the loopback; dropping it cuts them.
#[derive(Debug)]
pub struct Line {
    port: u16,
    to: watch::Sender<u16>,
    connections: Arc<AtomicUsize>,
    _listener: JoinSet<()>,
}

impl Line {
    /// Leads to a port.
    ///
    /// # Panics
    ///
    /// Where the loopback has no free port.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback has a free port");
        let own = listener.local_addr().expect("it is bound").port();
        let (to, cuts) = watch::channel(port);
        let connections = Arc::<AtomicUsize>::default();
        let mut task = JoinSet::new();
        task.spawn(listen(listener, cuts, Arc::clone(&connections)));
        Self { port: own, to, connections, _listener: task }
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Resets every connection; the next ones are led as before.
    pub fn cut(&self) {
        self.to.send_modify(|_| ());
    }

    /// Resets every connection; the next ones are led to another port.
    pub fn switch(&self, port: u16) {
        self.to.send_replace(port);
    }
}

async fn listen(listener: TcpListener, cuts: watch::Receiver<u16>, connections: Arc<AtomicUsize>) {
    let mut tasks = JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::SeqCst);
        tasks.spawn(lead(socket, cuts.clone()));
    }
}

async fn lead(mut socket: TcpStream, mut cuts: watch::Receiver<u16>) {
    let port = *cuts.borrow_and_update();
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    tokio::select! {
        biased;
        _ = cuts.changed() => {
            // Without lingering a close is a reset, as from a router that forgot the connection.
            let _ = socket.set_zero_linger();
            let _ = server.set_zero_linger();
        }
        _ = copy_bidirectional(&mut socket, &mut server) => {}
    }
}
