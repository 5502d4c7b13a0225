//! The way to an engine, wherever it runs: in this process, or in another one.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use tokio::sync::Mutex as AsyncMutex;

use crate::control::start::{self, StartFailure, Starter};
use crate::control::{End, Link};
use crate::dto::{Snapshot, Update};
use crate::failure::Failure;
use crate::host::{Goodbye, Host};
use crate::request::Request;

/// What a window is told by.
type Sink = Arc<dyn Fn(Update) -> bool + Send + Sync>;

/// The way to an engine; whoever asks never knows where that is.
#[derive(Debug)]
pub struct Face(Way);

#[derive(Debug)]
enum Way {
    Here(Arc<Host>),
    There(There),
}

/// An engine in another process, started anew where that dies.
struct There {
    starter: Starter,
    link: Mutex<Arc<Link>>,
    sink: Mutex<Option<Sink>>,
    /// One window attaches at a time.
    attaching: AsyncMutex<()>,
}

impl std::fmt::Debug for There {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("There").field("starter", &self.starter).finish_non_exhaustive()
    }
}

/// Why a window has nothing more to show.
#[derive(Debug, PartialEq, Eq)]
pub enum Departure {
    /// A person ended Tidings, or another window took the place of this one.
    Ended,
    /// The engine's home is of another version, or can't be started again; a sentence for people.
    Unreachable(String),
}

impl Face {
    /// An engine in this process.
    pub fn here(host: Arc<Host>) -> Self {
        Self(Way::Here(host))
    }

    /// An engine at the end of a link; `starter` starts it anew where it dies.
    pub fn there(link: Link, starter: Starter) -> Self {
        let link = Mutex::new(Arc::new(link));
        Self(Way::There(There { starter, link, sink: Mutex::default(), attaching: AsyncMutex::default() }))
    }

    /// Has something answered; the answer's type is that of what is asked.
    ///
    /// # Errors
    /// Why it wasn't done.
    pub async fn ask<T: DeserializeOwned>(&self, request: impl Into<Request>) -> Result<T, Failure> {
        let request = request.into();
        let answer = match &self.0 {
            Way::Here(host) => request.answer(host).await?,
            Way::There(there) => {
                let link = there.link();
                link.ask(request).await?
            }
        };
        serde_json::from_value(answer).map_err(|error| {
            tracing::error!(%error, "an answer of another shape than was asked for");
            Failure::away("Tidings gave an answer that can't be meant. Please report this.")
        })
    }

    /// Attaches the window, in place of any before: gives everything there is, and sends what follows to `sink`.
    ///
    /// # Errors
    /// If the engine's home is just being started anew.
    pub async fn attach(
        &self,
        sink: impl Fn(Update) -> bool + Send + Sync + 'static,
    ) -> Result<Snapshot, Failure> {
        match &self.0 {
            Way::Here(host) => Ok(attach_here(host, sink)),
            Way::There(there) => there.attach(Arc::new(sink)).await,
        }
    }

    /// Asks the engine's home to end; that it has, [`Face::departed`] tells.
    pub async fn quit(&self) {
        match &self.0 {
            Way::Here(host) => host.finish(Goodbye::Quit),
            Way::There(there) => {
                let (socket, version) = (there.starter.socket(), there.starter.version());
                if let Err(error) = Link::finish(socket, version, false).await {
                    tracing::warn!(%error, "the background can't be asked to end");
                }
            }
        }
    }

    /// Waits until there is nothing more to show, and tells why. An engine's home that dies is started again meanwhile,
    /// and its window told everything anew.
    pub async fn departed(&self) -> Departure {
        match &self.0 {
            Way::Here(host) => {
                host.ending().cancelled().await;
                Departure::Ended
            }
            Way::There(there) => loop {
                let link = there.link();
                match link.ended().await {
                    End::Said(Goodbye::Quit | Goodbye::Replaced) => return Departure::Ended,
                    End::Said(Goodbye::Upgrade | Goodbye::Misunderstood { .. }) | End::Lost => {}
                }
                if let Err(failure) = there.again().await {
                    return Departure::Unreachable(failure.to_string());
                }
            },
        }
    }
}

fn attach_here(host: &Arc<Host>, sink: impl Fn(Update) -> bool + Send + 'static) -> Snapshot {
    let mut attachment = host.attach();
    let snapshot = attachment.snapshot();
    host.run(async move { attachment.forward(sink).await });
    snapshot
}

impl There {
    fn link(&self) -> Arc<Link> {
        Arc::clone(&lock(&self.link))
    }

    async fn attach(&self, sink: Sink) -> Result<Snapshot, Failure> {
        let _attaching = self.attaching.lock().await;
        *lock(&self.sink) = Some(Arc::clone(&sink));
        self.link().attach(move |update| sink(update)).await
    }

    /// Starts the engine's home again and tells the window everything anew.
    async fn again(&self) -> Result<(), StartFailure> {
        let _attaching = self.attaching.lock().await;
        let link = Arc::new(start::open_or_start(&self.starter).await?);
        *lock(&self.link) = Arc::clone(&link);
        let sink = lock(&self.sink).clone();
        if let Some(sink) = sink {
            // All of it by one way: a change that came before its snapshot would be undone by it. Where the link is
            // lost again at once, the next round does this.
            let _ = link.follow(move |update| sink(update)).await;
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Finds the program that hosts an engine without a window: beside this one, as packages and builds lay them.
pub fn program() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok()?.with_file_name(format!("{PROGRAM}{EXE_SUFFIX}"));
    beside.is_file().then_some(beside)
}

/// What it is called.
const PROGRAM: &str = "tidings-cli";
