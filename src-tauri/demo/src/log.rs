//! A bounded log of frames that any number of clients read at their own pace: no client has a buffer to fill.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use tokio::sync::watch;

use crate::frame;

/// The bytes a log keeps at most: sixty of the largest posts, and with every channel open about 130 MB.
const BYTES_LIMIT: usize = 4 << 20;

/// What a log does with `Last-Event-ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resume {
    /// Writes ids and begins after the one a client brings.
    AfterLastEventId,
    /// Writes no ids; every client begins with the next event.
    Never,
}

/// What lies at a position of a log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// A frame.
    Frame(Bytes),
    /// Nothing yet.
    Awaited,
    /// Something that is forgotten already: the reader was too slow.
    Forgotten,
}

/// The frames of one feed, oldest first.
///
/// An id is `EPOCH-NUMBER`. The epoch is the wall clock at the start, in microseconds because a restart
/// takes less than a millisecond: a restarted server never gives an id twice.
#[derive(Debug)]
pub(crate) struct Log {
    resume: Resume,
    limit: usize,
    state: Mutex<State>,
    next: watch::Sender<u64>,
}

#[derive(Debug)]
struct State {
    epoch: u64,
    first: u64,
    frames: VecDeque<Bytes>,
    bytes: usize,
}

impl Log {
    /// Makes an empty log that keeps at most `limit` frames.
    pub(crate) fn new(resume: Resume, limit: usize) -> Self {
        let state = State { epoch: clock_us(), first: 1, frames: VecDeque::new(), bytes: 0 };
        Self { resume, limit: limit.max(1), state: Mutex::new(state), next: watch::Sender::new(1) }
    }

    /// Adds an event and gives the id it got, if this log has ids.
    pub(crate) fn publish(&self, event_type: Option<&str>, data: &str) -> Option<String> {
        let mut state = self.lock();
        let number = state.next();
        let id = match self.resume {
            Resume::AfterLastEventId => Some(format!("{}-{number}", state.epoch)),
            Resume::Never => None,
        };
        state.push(frame::event(id.as_deref(), event_type, data), self.limit);
        self.next.send_replace(number + 1);
        id
    }

    /// Gives the position from which a client with this `Last-Event-ID` reads on.
    ///
    /// An id of an earlier epoch, or one never given, means the whole history: better twice than lost.
    pub(crate) fn position(&self, last_event_id: Option<&str>) -> u64 {
        let state = self.lock();
        match (self.resume, last_event_id) {
            (Resume::Never, _) | (Resume::AfterLastEventId, None) => state.next(),
            (Resume::AfterLastEventId, Some(id)) => {
                state.number(id).map_or(state.first, |number| (number + 1).max(state.first))
            }
        }
    }

    /// Gives what lies at `position`.
    pub(crate) fn read(&self, position: u64) -> Read {
        let state = self.lock();
        let Some(index) = position.checked_sub(state.first) else { return Read::Forgotten };
        let frame = usize::try_from(index).ok().and_then(|index| state.frames.get(index));
        frame.map_or(Read::Awaited, |frame| Read::Frame(frame.clone()))
    }

    /// Gives a watch that changes with every event.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.next.subscribe()
    }

    /// Loses the history and begins a new epoch, as a restarted server does.
    ///
    /// Numbers go on, so that no reader of before takes what follows for what it has read.
    pub(crate) fn restart(&self) {
        let mut state = self.lock();
        state.epoch = clock_us().max(state.epoch + 1);
        state.first = state.next();
        state.frames.clear();
        state.bytes = 0;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next(&self) -> u64 {
        self.first + self.frames.len() as u64
    }

    fn push(&mut self, frame: Bytes, limit: usize) {
        self.bytes += frame.len();
        self.frames.push_back(frame);
        while self.frames.len() > limit || (self.bytes > BYTES_LIMIT && self.frames.len() > 1) {
            let oldest = self.frames.pop_front().expect("the loop's condition needs at least one frame");
            self.bytes -= oldest.len();
            self.first += 1;
        }
    }

    /// Reads the number of an id that this epoch gave.
    fn number(&self, id: &str) -> Option<u64> {
        let (epoch, number) = id.split_once('-')?;
        let (epoch, number) = (epoch.parse::<u64>().ok()?, number.parse::<u64>().ok()?);
        (epoch == self.epoch && number < self.next()).then_some(number)
    }
}

fn clock_us() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(0)
}

#[cfg(test)]
mod tests;
