//! Trying an address before it becomes a feed: what answers, in words, and its first events as they would read.

use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::{self, Instant};

use super::draft;
use super::{Engine, FeedDraft, Field, RequestError};
use crate::event::Priority;
use crate::id::FeedId;
use crate::preset::{Preset, Reader};
use crate::secrets::Secrets;
use crate::settings::Feed;
use crate::transport::{Cause, Fault, Frame, Frames};

/// A person waits and watches; a feed that is silent for longer is told as such.
const PATIENCE: Duration = Duration::from_secs(6);
/// Once something came, what follows at once is shown too.
const AFTER_FIRST: Duration = Duration::from_millis(1200);
/// Enough to see what a feed is like.
const MOST_EVENTS: usize = 5;
/// A preview, not the event.
const LONGEST_DATA: usize = 4096;

/// What an address answered when tried.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it is, in kind.
    pub verdict: Verdict,
    /// What it is, in a sentence for people.
    pub message: String,
    /// The key of a server that is not trusted, to compare with what its operator says.
    pub key: Option<UnknownKey>,
    /// The service it was recognised as, or what kind of events it sent.
    pub recognised: Option<Preset>,
    /// The first events, as they would read.
    pub events: Vec<ProbeEvent>,
}

/// A key that nobody vouches for, taken from a handshake that ended there: nothing was sent over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The fingerprint the server showed, as a pin is entered.
    pub shown: String,
    /// The one that is pinned, where that is another one; empty for none.
    pub pinned: String,
}

/// What an address turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A stream, with events.
    Open,
    /// A stream that has sent no event yet, or a server that accepted and hasn't answered yet.
    Waiting,
    /// It answered, but not with a stream.
    NotAStream,
    /// It wants a sign-in or refused the one given.
    SignIn,
    /// Nobody vouches for its key, or it isn't the pinned one.
    Untrusted,
    /// It can't be reached or answered with an error.
    Failed,
}

/// An event a probe saw.
#[derive(Clone, Debug)]
pub struct ProbeEvent {
    /// The event type.
    pub event_type: String,
    /// How it would read.
    pub title: String,
    /// How it would read.
    pub body: String,
    /// How much it matters.
    pub priority: Priority,
    /// The raw data, cut to a preview.
    pub data: String,
}

impl Engine {
    /// Tries an address without adding it; `feed` lends its stored secrets where the draft keeps them.
    ///
    /// # Errors
    /// If a field of the draft is wrong. What the server answers is never an error.
    pub async fn probe(&self, draft: FeedDraft, feed: Option<&FeedId>) -> Result<Probe, RequestError> {
        let draft = draft::read_files(draft).await?;
        let (known, present) = match feed {
            Some(feed) => {
                let desk = self.inner.desk.lock().await;
                (desk.feed(feed).ok().cloned(), desk.secrets(feed))
            }
            None => (None, Secrets::default()),
        };
        let checked = draft::check(draft, FeedId::random(), known.as_ref(), &present)?;
        let dialled = self.inner.desk.lock().await.dialled(&checked.feed, checked.secrets);
        let (dialled, secrets) = dialled.map_err(|why| draft::invalid(Field::Proxy, why.message))?;
        let call = draft::call(&dialled, &secrets)?;
        let mut reader = Reader::default();
        reader.know(draft::origin(&checked.feed, self.language()));
        Ok(watch(self.inner.transport.dial(&call, ""), reader, &checked.feed).await)
    }
}

async fn watch(mut frames: Frames, mut reader: Reader, feed: &Feed) -> Probe {
    let mut events: Vec<ProbeEvent> = Vec::new();
    let mut opened = false;
    let mut end = Instant::now() + PATIENCE;
    let fault = loop {
        match time::timeout_at(end, frames.next()).await {
            Err(_) | Ok(None) => break None,
            Ok(Some(Err(fault))) => break Some(fault),
            Ok(Some(Ok(Frame::Opened))) => {
                opened = true;
                reader.opened();
            }
            Ok(Some(Ok(Frame::Message(mut received)))) => {
                let Some(reading) = reader.read(&mut received, &feed.name) else { continue };
                events.push(ProbeEvent {
                    event_type: received.event_type,
                    title: reading.title,
                    body: reading.body,
                    priority: reading.priority,
                    data: received.data.chars().take(LONGEST_DATA).collect(),
                });
                end = end.min(Instant::now() + AFTER_FIRST);
            }
            Ok(Some(Ok(
                Frame::Lost
                | Frame::Cursor(_)
                | Frame::Retry(_)
                | Frame::Alive
                | Frame::Chunk { .. }
                | Frame::Oversized { .. },
            ))) => {}
        }
        if events.len() == MOST_EVENTS {
            break None;
        }
    };
    let key = fault.as_ref().and_then(|fault| unknown_key(fault, &feed.connection.pin));
    let (verdict, message) = judge(opened, events.len(), fault);
    let recognised = reader.preset().or_else(|| kind(&events));
    Probe { verdict, message, recognised, key, events }
}

/// What kind of events these are, where no service is known to send them.
fn kind(events: &[ProbeEvent]) -> Option<Preset> {
    let is_json = |event: &ProbeEvent| event.data.trim_start().starts_with('{');
    match (events.is_empty(), events.iter().all(is_json), events.iter().any(is_json)) {
        (true, ..) => None,
        (false, true, _) => Some(Preset::Json),
        (false, false, true) => Some(Preset::Generic),
        (false, false, false) => Some(Preset::Text),
    }
}

fn judge(opened: bool, events: usize, fault: Option<Fault>) -> (Verdict, String) {
    match (events, opened, fault) {
        (0, false, None) => (
            Verdict::Waiting,
            "The server took the request and hasn't answered yet. Some do so with their first event.".into(),
        ),
        (0, true, None) => (Verdict::Waiting, "It is open, and waiting for its first event.".into()),
        (0, true, Some(fault)) if fault.cause == Cause::Ended => {
            (Verdict::Waiting, "It is a stream of events, and ended without any.".into())
        }
        (0, _, Some(fault)) => (verdict(&fault), fault.sentence),
        (1, ..) => (Verdict::Open, "It works: one event came.".into()),
        (n, ..) => (Verdict::Open, format!("It works: {n} events came.")),
    }
}

fn unknown_key(fault: &Fault, pinned: &str) -> Option<UnknownKey> {
    match fault.cause {
        Cause::Untrusted { key } => Some(UnknownKey { shown: key.to_string(), pinned: pinned.to_owned() }),
        Cause::SignIn
        | Cause::NotAStream
        | Cause::Ended
        | Cause::Failed
        | Cause::Useless
        | Cause::Busy { .. }
        | Cause::Absent
        | Cause::Gone
        | Cause::Stopped
        | Cause::Person => None,
    }
}

fn verdict(fault: &Fault) -> Verdict {
    match fault.cause {
        Cause::SignIn => Verdict::SignIn,
        Cause::NotAStream => Verdict::NotAStream,
        Cause::Untrusted { .. } => Verdict::Untrusted,
        Cause::Ended
        | Cause::Failed
        | Cause::Useless
        | Cause::Busy { .. }
        | Cause::Absent
        | Cause::Gone
        | Cause::Stopped
        | Cause::Person => Verdict::Failed,
    }
}
