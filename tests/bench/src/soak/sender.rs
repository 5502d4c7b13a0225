//! A server that sends each event when it is due, from where its client says that it stopped, and can be struck.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{self, Instant};

/// A hundred a second.
const PACE: Duration = Duration::from_millis(10);
const HEAD: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\r\nretry: 1000\n\n";

/// What happens to the link that is open.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// It is reset.
    Reset,
    /// It ends politely.
    End,
    /// It stays open, and nothing comes any more.
    Silence,
    /// It is reset, and so are all that come for a while.
    Refuse(Duration),
}

/// The server.
pub(super) struct Sender {
    port: u16,
    strikes: watch::Sender<Option<Fault>>,
    /// The last event that will ever be due; the largest number until the end.
    last: Arc<AtomicU64>,
    began: Instant,
    _tasks: JoinSet<()>,
}

impl Sender {
    /// Starts it; the first event is due at once.
    ///
    /// # Errors
    ///
    /// If no port is free.
    pub(super) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (strikes, struck) = watch::channel(None);
        let (last, began) = (Arc::new(AtomicU64::new(u64::MAX)), Instant::now());
        let mut tasks = JoinSet::new();
        tasks.spawn(serve(listener, struck, Arc::clone(&last), began));
        Ok(Self { port, strikes, last, began, _tasks: tasks })
    }

    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Strikes the link that is open.
    pub(super) fn strike(&self, fault: Fault) {
        self.strikes.send_replace(Some(fault));
    }

    /// Sends no further events than those that are due, and gives how many these are.
    pub(super) fn finish(&self) -> u64 {
        let due = due(self.began);
        self.last.store(due, Ordering::SeqCst);
        due
    }
}

fn due(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_millis() / PACE.as_millis()).unwrap_or(u64::MAX)
}

async fn serve(
    listener: TcpListener,
    struck: watch::Receiver<Option<Fault>>,
    last: Arc<AtomicU64>,
    began: Instant,
) {
    let mut links = JoinSet::new();
    let mut refused = struck.clone();
    loop {
        let Ok((link, _)) = listener.accept().await else { continue };
        let fault = if refused.has_changed().unwrap_or(false) { *refused.borrow_and_update() } else { None };
        if let Some(Fault::Refuse(how_long)) = fault {
            reset(link);
            let end = Instant::now() + how_long;
            while let Ok(Ok((link, _))) = time::timeout_at(end, listener.accept()).await {
                reset(link);
            }
            continue;
        }
        let mut struck = struck.clone();
        struck.mark_unchanged();
        links.spawn(send(link, struck, Arc::clone(&last), began));
        while links.try_join_next().is_some() {}
    }
}

fn reset(link: TcpStream) {
    // Where the system doesn't take it, the end is a polite one.
    let _ = link.set_zero_linger();
}

async fn send(
    link: TcpStream,
    mut struck: watch::Receiver<Option<Fault>>,
    last: Arc<AtomicU64>,
    began: Instant,
) {
    let mut link = BufReader::new(link);
    let Some(mut sent) = asked_from(&mut link).await else { return };
    if link.write_all(HEAD.as_bytes()).await.is_err() {
        return;
    }
    loop {
        let until = due(began).min(last.load(Ordering::SeqCst));
        let mut text = String::new();
        while sent < until {
            sent += 1;
            text.push_str(&format!(
                "id: {sent}\ndata: {{\"title\": \"Event {sent}\", \"message\": \"of a long run\"}}\n\n"
            ));
        }
        let fault = tokio::select! {
            biased;
            Ok(()) = struck.changed() => *struck.borrow_and_update(),
            written = link.write_all(text.as_bytes()) => match written {
                Ok(()) => None,
                Err(_) => return,
            },
        };
        match fault {
            None => time::sleep(PACE).await,
            Some(Fault::End) => return,
            Some(Fault::Silence) => return std::future::pending().await,
            Some(Fault::Reset | Fault::Refuse(_)) => return reset(link.into_inner()),
        }
    }
}

/// Reads a request, and after which event it wants to go on.
async fn asked_from(link: &mut BufReader<TcpStream>) -> Option<u64> {
    let (mut line, mut from) = (String::new(), 0);
    loop {
        line.clear();
        link.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let text = line.trim().to_ascii_lowercase();
        if text.is_empty() {
            return Some(from);
        }
        if let Some(id) = text.strip_prefix("last-event-id:") {
            from = id.trim().parse().ok()?;
        }
    }
}
