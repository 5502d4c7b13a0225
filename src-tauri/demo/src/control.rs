//! The hand on the feeds: publish, drop, pause, answer, restart, count.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::feed::Feed;
use crate::frame;
use crate::gate::{Answer, Ending};
use crate::site::{NoFeed, Site};
use crate::tally::Counts;

/// The statuses that can be answered; those below aren't final and those above aren't HTTP.
const STATUSES: std::ops::RangeInclusive<u16> = 200..=599;

/// The hand on the feeds of one server; all clones mean the same one.
#[derive(Clone, Debug)]
pub struct Control {
    site: Arc<Site>,
}

/// What to do with one feed, as `POST /control` takes it.
///
/// In JSON: `{"path":"/replay","action":"pause"}`, `{"path":"/replay","action":{"drop":"tear"}}`,
/// `{"path":"/replay","action":{"answer":{"status":503,"times":2,"retry_after_s":1}}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Which feed.
    pub path: String,
    /// What to do.
    pub action: Action,
}

/// What to do with a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Ends every stream that is open at this moment.
    Drop(Ending),
    /// Holds back everything, keep-alives too, while connections stay open.
    Pause,
    /// Ends a pause; what was held back follows.
    Resume,
    /// Answers the next requests with something that is no stream.
    Answer(Answer),
    /// Loses the history and cuts every connection, as a restarted server does.
    Restart,
}

/// A published event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its id, where the feed has ids.
    pub id: Option<String>,
    /// How many streams were open.
    pub subscribers: usize,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// No feed has that path.
    #[error("There is no feed at {0}.")]
    NoFeed(String),
    /// There can be no more channels.
    #[error("There are as many channels as there can be; use one of them.")]
    TooManyChannels,
    /// The counter counts for each client; nothing can be published on it.
    #[error("Nothing can be published on {0}.")]
    NothingToPublish(String),
    /// The event type is empty, too long or more than one line.
    #[error("The event type has to be one line of at most 200 bytes.")]
    EventType,
    /// The status isn't one a server answers with.
    #[error("A status is a number from 200 to 599, not {0}.")]
    Status(u16),
}

impl Control {
    pub(crate) fn new(site: Arc<Site>) -> Self {
        Self { site }
    }

    /// Publishes an event; without a type it is a "message".
    ///
    /// # Errors
    /// Fails for a path without a feed, for the counter, and for a type that isn't one line.
    pub fn publish(
        &self,
        path: &str,
        event_type: Option<&str>,
        data: &str,
    ) -> Result<Published, ControlError> {
        if !event_type.is_none_or(frame::is_event_type) {
            return Err(ControlError::EventType);
        }
        let feed = self.feed(path)?;
        let sent = feed.publish(event_type, data);
        let sent = sent.ok_or_else(|| ControlError::NothingToPublish(path.to_owned()))?;
        Ok(Published { id: sent.id, subscribers: feed.tally.counts().open })
    }

    /// Ends every stream of a feed that is open at this moment.
    ///
    /// # Errors
    /// Fails for a path without a feed.
    pub fn drop_all(&self, path: &str, ending: Ending) -> Result<(), ControlError> {
        self.feed(path)?.gate.drop_all(ending);
        Ok(())
    }

    /// Holds back everything a feed sends, keep-alives too, while connections stay open.
    ///
    /// # Errors
    /// Fails for a path without a feed.
    pub fn pause(&self, path: &str) -> Result<(), ControlError> {
        self.feed(path)?.gate.pause(true);
        Ok(())
    }

    /// Ends a pause; what was held back follows.
    ///
    /// # Errors
    /// Fails for a path without a feed.
    pub fn resume(&self, path: &str) -> Result<(), ControlError> {
        self.feed(path)?.gate.pause(false);
        Ok(())
    }

    /// Answers the next requests for a feed with something that is no stream.
    ///
    /// # Errors
    /// Fails for a path without a feed and for a status no server answers with.
    pub fn answer(&self, path: &str, answer: Answer) -> Result<(), ControlError> {
        if !STATUSES.contains(&answer.status) {
            return Err(ControlError::Status(answer.status));
        }
        self.feed(path)?.gate.set_answer(answer);
        Ok(())
    }

    /// Loses a feed's history and cuts its connections, as a restarted server does.
    ///
    /// # Errors
    /// Fails for a path without a feed.
    pub fn restart(&self, path: &str) -> Result<(), ControlError> {
        self.feed(path)?.restart();
        Ok(())
    }

    /// Does what a command says.
    ///
    /// # Errors
    /// Fails as the action's own function does.
    pub fn apply(&self, command: &Command) -> Result<(), ControlError> {
        let path = &command.path;
        match command.action {
            Action::Drop(ending) => self.drop_all(path, ending),
            Action::Pause => self.pause(path),
            Action::Resume => self.resume(path),
            Action::Answer(answer) => self.answer(path, answer),
            Action::Restart => self.restart(path),
        }
    }

    /// Counts what a feed has done.
    ///
    /// # Errors
    /// Fails for a path without a feed.
    pub fn counts(&self, path: &str) -> Result<Counts, ControlError> {
        Ok(self.feed(path)?.tally.counts())
    }

    /// Counts what every feed has done, by path.
    pub fn all_counts(&self) -> BTreeMap<String, Counts> {
        self.site.counts()
    }

    fn feed(&self, path: &str) -> Result<Arc<Feed>, ControlError> {
        self.site.feed(path).map_err(|missing| match missing {
            NoFeed::Unknown => ControlError::NoFeed(path.to_owned()),
            NoFeed::TooManyChannels => ControlError::TooManyChannels,
        })
    }
}
