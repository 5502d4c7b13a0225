//! The workers: each measures one thing of ours once, in a process of its own.

mod client;
mod fill;
mod home;
pub(crate) mod host;
mod idle;
mod ingest;
mod latency;
mod processes;
mod rival;
mod rows;
mod search;
mod window;

use std::path::PathBuf;

use clap::Subcommand;
use tokio::runtime::Builder;

use crate::child::Trouble;
use crate::facts::Facts;
use fill::Indexing;
use rival::Who;
use window::Scene;

/// One thing to measure.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Work {
    /// The transport: an address in, frames out.
    Client {
        /// The server's address.
        url: String,
        /// How many events it reads.
        events: u64,
    },
    /// An engine whose feeds are open and silent.
    Idle {
        /// The server's address.
        url: String,
        /// How many feeds.
        feeds: usize,
    },
    /// An engine that takes all that its feeds send.
    Ingest {
        /// The server's address, without a path.
        server: String,
        /// How many feeds.
        feeds: usize,
        /// How many events each sends.
        events: u64,
    },
    /// An engine that is sent events at a steady pace.
    Latency {
        /// The server's address, without a path.
        server: String,
        /// How many feeds.
        feeds: usize,
        /// Events a second of all feeds together.
        rate: u64,
        /// For how long.
        seconds: u64,
    },
    /// A history of its own, stored and indexed in one of two ways.
    Index {
        /// How many events.
        events: u64,
        /// When their words are indexed.
        how: Indexing,
    },
    /// A history in a folder, filled with events that are searched afterwards.
    Fill {
        /// The folder.
        folder: PathBuf,
        /// How many events.
        events: u64,
    },
    /// An engine with such a history that is searched while its feeds send.
    Search {
        /// The server's address, without a path.
        server: String,
        /// The folder.
        folder: PathBuf,
    },
    /// The engine's own program with feeds that are open and silent.
    Alone {
        /// The server's address, without a path.
        server: String,
        /// The profile's folder.
        folder: PathBuf,
        /// How many feeds.
        feeds: usize,
    },
    /// The start of the engine's own program, and a burst.
    Start {
        /// The server's address, without a path.
        server: String,
        /// The folder of its profiles.
        folder: PathBuf,
    },
    /// The app's windows, opened and closed.
    Windows {
        /// The profile's folder.
        folder: PathBuf,
    },
    /// The app's window on a private screen.
    Window {
        /// The server's address, without a path.
        server: String,
        /// The profile's folder.
        folder: PathBuf,
        /// What goes on in it.
        scene: Scene,
    },
    /// A program of ours or of others, from event to popup.
    Rival {
        /// Which.
        who: Who,
        /// The profile's folder.
        folder: PathBuf,
    },
}

impl Work {
    /// Does it.
    ///
    /// # Errors
    ///
    /// If it couldn't be done to its end.
    pub(crate) fn run(self) -> Result<Facts, Trouble> {
        // A client is measured as its peers are; an engine has the threads that it has in the program.
        let mut runtime = match self {
            // A desktop's programs end with the thread that started them.
            Self::Client { .. }
            | Self::Alone { .. }
            | Self::Start { .. }
            | Self::Windows { .. }
            | Self::Window { .. }
            | Self::Rival { .. } => Builder::new_current_thread(),
            Self::Idle { .. }
            | Self::Ingest { .. }
            | Self::Latency { .. }
            | Self::Index { .. }
            | Self::Fill { .. }
            | Self::Search { .. } => Builder::new_multi_thread(),
        };
        runtime.enable_all().build()?.block_on(async {
            match self {
                Self::Client { url, events } => client::read(&url, events).await,
                Self::Idle { url, feeds } => idle::measure(&url, feeds).await,
                Self::Ingest { server, feeds, events } => ingest::measure(&server, feeds, events).await,
                Self::Latency { server, feeds, rate, seconds } => {
                    latency::measure(&server, feeds, rate, seconds).await
                }
                Self::Index { events, how } => fill::index_apart(events, how).await,
                Self::Fill { folder, events } => fill::fill(&folder, events).await,
                Self::Search { server, folder } => search::measure(&server, &folder).await,
                Self::Alone { server, folder, feeds } => home::alone(&server, &folder, feeds).await,
                Self::Start { server, folder } => home::start(&server, &folder).await,
                Self::Windows { folder } => home::windows(&folder).await,
                Self::Window { server, folder, scene } => window::measure(&server, &folder, scene).await,
                Self::Rival { who, folder } => rival::measure(who, &folder).await,
            }
        })
    }
}
