//! One feed: where its events come from, its gate and its counts.

use std::time::Duration;

use bytes::Bytes;

use crate::frame;
use crate::gate::{Ending, Gate};
use crate::log::{Log, Resume};
use crate::tally::Tally;

/// Where a feed's events come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// Every client has a count of its own.
    Counter,
    /// All clients read one log.
    Log(Log),
}

/// One feed.
#[derive(Debug)]
pub(crate) struct Feed {
    pub(crate) source: Source,
    /// What every stream begins with.
    pub(crate) opening: Bytes,
    pub(crate) gate: Gate,
    pub(crate) tally: Tally,
}

impl Feed {
    /// A feed that counts, as in a tutorial.
    pub(crate) fn counter() -> Self {
        Self::new(Source::Counter, frame::comment("counting"))
    }

    /// A feed that reaches whoever listens, and remembers `slack` events for the slow ones.
    pub(crate) fn fan_out(slack: usize) -> Self {
        Self::new(Source::Log(Log::new(Resume::Never, slack)), frame::comment("listening"))
    }

    /// A feed with ids and a history.
    pub(crate) fn with_history(events: usize, reconnection_time: Duration) -> Self {
        Self::new(Source::Log(Log::new(Resume::AfterLastEventId, events)), frame::retry(reconnection_time))
    }

    /// Publishes an event; a counter has nothing to publish and gives `None`.
    pub(crate) fn publish(&self, event_type: Option<&str>, data: &str) -> Option<Sent> {
        match &self.source {
            Source::Counter => None,
            Source::Log(log) => {
                let id = log.publish(event_type, data);
                self.tally.published();
                Some(Sent { id })
            }
        }
    }

    /// Loses the history and cuts every connection.
    pub(crate) fn restart(&self) {
        match &self.source {
            Source::Counter => {}
            Source::Log(log) => log.restart(),
        }
        self.gate.drop_all(Ending::Cut);
    }

    fn new(source: Source, opening: Bytes) -> Self {
        Self { source, opening, gate: Gate::default(), tally: Tally::default() }
    }
}

/// An event that was published.
#[derive(Debug)]
pub(crate) struct Sent {
    /// Its id, where the feed has ids.
    pub(crate) id: Option<String>,
}
