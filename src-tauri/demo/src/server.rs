//! Accepts connections, owns every one of them, and ends them all when told to.

use std::net::SocketAddr;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// How long open streams may take to end politely before they are aborted: a client that reads needs a few milliseconds.
const FAREWELL: Duration = Duration::from_millis(250);

/// How many connections are held; further ones wait in the system's queue. Half of the usual limit on open files.
const CONNECTIONS_LIMIT: usize = 512;

/// The pause after a failed `accept`: without open files left it would fail again at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How long a client may take to send its request's head.
const HEAD_LIMIT: Duration = Duration::from_secs(10);

/// What a connection buffers: a slow client soon stops its stream instead of growing memory.
const BUFFER_LIMIT: usize = 64 << 10;

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Serves until `stop`, then ends every connection.
pub(crate) async fn run(listener: TcpListener, router: Router, stop: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! { biased;
            () = stop.cancelled() => break,
            Some(ended) = connections.join_next() => report(ended),
            accepted = listener.accept(), if connections.len() < CONNECTIONS_LIMIT => match accepted {
                Ok((socket, peer)) => {
                    let router = router.clone().layer(Extension(Peer(peer)));
                    connections.spawn(serve(socket, router, stop.clone()));
                    if connections.len() == CONNECTIONS_LIMIT {
                        tracing::warn!("{CONNECTIONS_LIMIT} connections are open; further ones wait");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    let ended = async { while connections.join_next().await.is_some() {} };
    if timeout(FAREWELL, ended).await.is_err() {
        connections.shutdown().await;
    }
}

async fn serve(socket: TcpStream, router: Router, stop: CancellationToken) {
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "events may be delayed by the system");
    }
    let service = TowerToHyperService::new(router);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .max_buf_size(BUFFER_LIMIT)
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! { biased;
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        ended = connection.as_mut() => ended,
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}

fn report(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection's task panicked");
    }
}
