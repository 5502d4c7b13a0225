//! The sections: what is measured, of whom, how often.

mod clients;
mod decoder;
mod engine;
mod history;
mod home;
mod rivals;
mod window;

use clap::ValueEnum;

use crate::child::{Program, Trouble};
use crate::facts::{Facts, median};
use crate::figures::Table;

/// What a person asked for.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// How often each contender is measured.
    pub(crate) rounds: usize,
    /// Whether what takes many minutes is wanted too.
    pub(crate) full: bool,
}

/// A section of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Section {
    /// Decoders on bytes in memory.
    Decoder,
    /// Clients on a socket.
    Clients,
    /// An engine with open, silent feeds.
    Idle,
    /// An engine under all that its feeds can send.
    Ingest,
    /// An engine at a steady pace.
    Latency,
    /// Storing with the index of words behind the events and inline.
    Index,
    /// Searches in a large history.
    Search,
    /// The built program: its engine alone, and its windows.
    Home,
    /// The app's window on a private screen.
    Window,
    /// Tidings beside what a person would use instead.
    Rivals,
}

impl Section {
    /// All, in the order in which they are measured.
    pub(crate) const ALL: &[Self] = &[
        Self::Decoder,
        Self::Clients,
        Self::Idle,
        Self::Ingest,
        Self::Latency,
        Self::Index,
        Self::Search,
        Self::Home,
        Self::Window,
        Self::Rivals,
    ];

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Decoder => "decoder",
            Self::Clients => "clients",
            Self::Idle => "idle",
            Self::Ingest => "ingest",
            Self::Latency => "latency",
            Self::Index => "index",
            Self::Search => "search",
            Self::Home => "home",
            Self::Window => "window",
            Self::Rivals => "rivals",
        }
    }

    /// Measures it.
    ///
    /// # Errors
    ///
    /// If a worker couldn't be started or failed.
    pub(crate) fn measure(self, run: &Run) -> Result<Vec<Table>, Trouble> {
        match self {
            Self::Decoder => decoder::measure(run),
            Self::Clients => clients::measure(run),
            Self::Idle => engine::idle(run),
            Self::Ingest => engine::ingest(run),
            Self::Latency => engine::latency(run),
            Self::Index => history::index(run),
            Self::Search => history::search(run),
            Self::Home => home::measure(run),
            Self::Window => window::measure(run),
            Self::Rivals => rivals::measure(run),
        }
    }
}

/// Measures contenders side by side: in each round one after another, each round beginning with another one.
///
/// Gives each contender's facts, one a round.
///
/// # Errors
///
/// If one couldn't be started or failed.
fn side_by_side(programs: &[Program], rounds: usize) -> Result<Vec<Vec<Facts>>, Trouble> {
    let mut found = vec![Vec::new(); programs.len()];
    for round in 0..rounds {
        for turn in 0..programs.len() {
            let at = (round + turn) % programs.len();
            found[at].push(programs[at].measure()?);
        }
    }
    Ok(found)
}

/// The median over the rounds of something in a contender's facts.
fn middle(facts: &[Facts], of: impl Fn(&Facts) -> f64) -> f64 {
    median(facts.iter().map(of).collect())
}

/// The median over the rounds of one number.
fn fact(facts: &[Facts], name: &str) -> f64 {
    middle(facts, |facts| facts.get(name))
}
