//! What stands between a feed and its clients: open, paused, dropped, or an answer that is no stream.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// How connections are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// A clean end of stream.
    End,
    /// The connection breaks between two events.
    #[default]
    Cut,
    /// The next event is sent half, then the connection breaks.
    Tear,
}

/// An answer given instead of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The status, 200 to 599; 200 is an HTML page, as a captive portal sends.
    pub status: u16,
    /// How many requests get it.
    pub times: u32,
    /// The `Retry-After` to send, in seconds.
    #[serde(default)]
    pub retry_after_s: Option<u32>,
}

/// The state open connections watch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Valve {
    /// Whether everything is held back, keep-alives too.
    pub(crate) paused: bool,
    /// How many times connections were dropped; a connection ends when this passes what it began with.
    pub(crate) drops: u64,
    /// How the last drop ends them.
    pub(crate) ending: Ending,
}

/// The gate of one feed.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    valve: watch::Sender<Valve>,
    answer: Mutex<Option<Answer>>,
}

impl Gate {
    pub(crate) fn watch(&self) -> watch::Receiver<Valve> {
        self.valve.subscribe()
    }

    pub(crate) fn drop_all(&self, ending: Ending) {
        self.valve.send_modify(|valve| {
            valve.drops += 1;
            valve.ending = ending;
        });
    }

    pub(crate) fn pause(&self, paused: bool) {
        self.valve.send_modify(|valve| valve.paused = paused);
    }

    /// Sets the answer to the next requests; none for `times` 0.
    pub(crate) fn set_answer(&self, answer: Answer) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = (answer.times > 0).then_some(answer);
    }

    /// Takes one of the answers that are due.
    pub(crate) fn take_answer(&self) -> Option<Answer> {
        let mut due = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = (*due)?;
        *due = (answer.times > 1).then_some(Answer { times: answer.times - 1, ..answer });
        Some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_an_answer_exactly_as_often_as_asked() {
        let gate = Gate::default();
        let answer = Answer { status: 503, times: 2, retry_after_s: Some(1) };
        gate.set_answer(answer);
        let given: Vec<_> = (0..4).map(|_| gate.take_answer().map(|answer| answer.status)).collect();
        assert_eq!(given, [Some(503), Some(503), None, None]);
    }

    #[test]
    fn forgets_an_answer_that_is_set_to_no_times() {
        let gate = Gate::default();
        gate.set_answer(Answer { status: 503, times: 9, retry_after_s: None });
        gate.set_answer(Answer { status: 503, times: 0, retry_after_s: None });
        assert_eq!(gate.take_answer(), None);
    }
}
