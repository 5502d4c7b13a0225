//! Reading back what was exported as JSON Lines.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use thiserror::Error;
use tokio::sync::mpsc;
use tokio::task;

use super::Record;
use crate::history::{History, Kept, StoreError, Unnamed};
use crate::id::FeedId;
use crate::update::Course;

/// A line holds one event, and data of 16 MiB is twice as long where every byte is escaped.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;
/// Events taken in at one go: a few milliseconds of the writer's time.
const STEP_EVENTS: usize = 256;
/// Bytes after which a step ends early.
const STEP_BYTES: usize = 4 * 1024 * 1024;
/// Steps read ahead.
const AHEAD: usize = 1;

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many events came in.
    pub stored: u64,
    /// How many the history held already.
    pub held: u64,
    /// How many belong to feeds that aren't here, by the feed's name; they were left out.
    pub homeless: BTreeMap<String, u64>,
    /// Whether somebody stopped it before its end; what came before is in, and the same file goes on from there.
    pub stopped: bool,
}

/// Why an import ended before its time. What came before is in the history, and trying again doubles nothing.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file can't be read.
    #[error("The file can't be read: {0}.")]
    File(#[from] io::Error),
    /// A line is no event.
    #[error("Line {line} is no event of a Tidings export: {why}. Nothing from there on was imported.")]
    Line {
        /// Which, the first being 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
    /// The history doesn't take them.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Events of one feed.
struct Step {
    feed: FeedId,
    events: Vec<Kept>,
}

/// Reads events and takes those in that the history doesn't hold; none raises a popup, and no cursor moves.
///
/// A feed is known by its id, else by its name where only one has it. `bytes` says how long the file is, for the course.
///
/// # Errors
/// The file can't be read, isn't one of ours, or the history refuses.
pub async fn import(
    history: &History,
    feeds: Vec<(FeedId, String)>,
    file: impl BufRead + Send + 'static,
    bytes: Option<u64>,
    course: &Course,
) -> Result<Imported, ImportError> {
    let (steps, mut read) = mpsc::channel(AHEAD);
    let place = Arc::new(AtomicU64::new(0));
    let reading = Reading::new(feeds, steps, Arc::clone(&place));
    let reading = task::spawn_blocking(move || reading.run(file));
    let mut done = Imported::default();
    let mut unnamed: HashMap<FeedId, Unnamed> = HashMap::new();
    loop {
        let step = tokio::select! { biased;
            () = course.stopped() => {
                done.stopped = true;
                break;
            }
            step = read.recv() => step,
        };
        let Some(Step { feed, mut events }) = step else { break };
        let all = events.len() as u64;
        let held = match unnamed.entry(feed.clone()) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(history.unnamed(feed.clone()).await?)
            }
        };
        events.retain(|kept| kept.is_named() || !took(held, kept));
        let stored = if events.is_empty() { 0 } else { history.take_in(feed, events).await? };
        done.stored += stored;
        done.held += all - stored;
        course.at(place.load(Ordering::Relaxed), bytes);
    }
    // A reading that is stopped ends at its next line.
    drop(read);
    done.homeless = reading.await.map_err(|_| io::Error::other("reading broke off"))??;
    Ok(done)
}

/// Takes one of the same off what is held, so that a file with two of them finds both.
fn took(held: &mut Unnamed, kept: &Kept) -> bool {
    match held.get_mut(&(kept.digest, kept.event.row.received_at_ms)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        Some(_) | None => false,
    }
}

/// The reading of a file, on a thread of its own.
struct Reading {
    feeds: Vec<(FeedId, String)>,
    steps: mpsc::Sender<Step>,
    step: Option<Step>,
    bytes: usize,
    homeless: BTreeMap<String, u64>,
    /// How many bytes were read, for who waits for the steps.
    place: Arc<AtomicU64>,
}

impl Reading {
    fn new(feeds: Vec<(FeedId, String)>, steps: mpsc::Sender<Step>, place: Arc<AtomicU64>) -> Self {
        Self { feeds, steps, step: None, bytes: 0, homeless: BTreeMap::new(), place }
    }

    fn run(mut self, mut file: impl BufRead) -> Result<BTreeMap<String, u64>, ImportError> {
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let read = (&mut file).take(LONGEST_LINE).read_until(b'\n', &mut line)?;
            // Who doesn't listen any more has failed and says so.
            self.place.fetch_add(read as u64, Ordering::Relaxed);
            if read == 0 || self.steps.is_closed() {
                break;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            let wrong = |why: String| ImportError::Line { line: number, why };
            if read as u64 == LONGEST_LINE {
                self.send();
                return Err(wrong("it is too long".to_owned()));
            }
            match serde_json::from_slice::<Record<'_>>(&line) {
                Ok(record) => self.add(record, read),
                Err(error) => {
                    self.send();
                    return Err(wrong(error.to_string()));
                }
            }
        }
        self.send();
        Ok(self.homeless)
    }

    fn add(&mut self, record: Record<'_>, bytes: usize) {
        let Some(feed) = self.home(&record) else {
            let name = if record.feed_name.is_empty() { &record.feed } else { &record.feed_name };
            *self.homeless.entry(name.clone().into_owned()).or_default() += 1;
            return;
        };
        if self.step.as_ref().is_some_and(|step| step.feed != feed) {
            self.send();
        }
        let kept = record.into_kept(feed.clone());
        let step = self.step.get_or_insert_with(|| Step { feed, events: Vec::new() });
        step.events.push(kept);
        self.bytes += bytes;
        if step.events.len() >= STEP_EVENTS || self.bytes >= STEP_BYTES {
            self.send();
        }
    }

    fn home(&self, record: &Record<'_>) -> Option<FeedId> {
        if let Some((id, _)) = self.feeds.iter().find(|(id, _)| id.as_str() == record.feed) {
            return Some(id.clone());
        }
        let name = record.feed_name.to_lowercase();
        let mut named = self.feeds.iter().filter(|(_, known)| known.to_lowercase() == name);
        match (named.next(), named.next()) {
            (Some((id, _)), None) => Some(id.clone()),
            (Some(_), Some(_)) | (None, _) => None,
        }
    }

    fn send(&mut self) {
        self.bytes = 0;
        if let Some(step) = self.step.take() {
            let _ = self.steps.blocking_send(step);
        }
    }
}
