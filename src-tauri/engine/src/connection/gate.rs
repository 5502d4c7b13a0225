//! Whose turn it is to dial: a thousand feeds that wake together must not storm their servers, nor this machine.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::transport::{Fault, OpenFiles};

/// Handshakes at the same time on this machine: enough to bring a thousand feeds up within seconds.
const AT_ONCE: usize = 16;
/// Handshakes at the same time with one origin: browsers allow six connections in all.
const AT_ONCE_PER_ORIGIN: usize = 4;

/// Lets a bounded number of dials be under way and of links be open; clones share the counts.
#[derive(Clone, Debug)]
pub struct Gate {
    all: Arc<Semaphore>,
    origins: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
    seats: Arc<Semaphore>,
    open_files: OpenFiles,
}

/// Leave to dial; given back when dropped.
#[derive(Debug)]
pub struct Pass {
    _origin: Option<OwnedSemaphorePermit>,
    _all: Option<OwnedSemaphorePermit>,
}

/// Leave to have a link open; given back when dropped.
#[derive(Debug)]
pub struct Seat(#[expect(dead_code, reason = "held until dropped")] OwnedSemaphorePermit);

impl Default for Gate {
    /// Links are bounded by the system alone.
    fn default() -> Self {
        Self::new(OpenFiles::UNKNOWN)
    }
}

impl Gate {
    /// Leaves enough of the files that the system lets the program open for everything else than links.
    pub fn new(open_files: OpenFiles) -> Self {
        let links = open_files.links().min(Semaphore::MAX_PERMITS);
        Self {
            all: Arc::new(Semaphore::new(AT_ONCE)),
            origins: Arc::default(),
            seats: Arc::new(Semaphore::new(links)),
            open_files,
        }
    }

    /// Gives a seat, if one is free.
    ///
    /// # Errors
    /// If the system allows no more links.
    pub fn seat(&self) -> Result<Seat, Fault> {
        let full = |_| Fault::no_more_files(self.open_files);
        Arc::clone(&self.seats).try_acquire_owned().map(Seat).map_err(full)
    }

    /// Waits for a turn, first among the feeds of the origin, then among all.
    pub async fn pass(&self, origin: &str) -> Pass {
        let semaphore = {
            let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
            origins.retain(|name, semaphore| name == origin || Arc::strong_count(semaphore) > 1);
            Arc::clone(
                origins.entry(origin.into()).or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE_PER_ORIGIN))),
            )
        };
        // Never closed, so both permits come.
        let origin = semaphore.acquire_owned().await.ok();
        let all = Arc::clone(&self.all).acquire_owned().await.ok();
        Pass { _origin: origin, _all: all }
    }
}
