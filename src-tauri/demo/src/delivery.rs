//! One client's stream: events as its gate lets them through, comments in the silence, an end as ordered.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, stream};
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::feed::{Feed, Source};
use crate::frame;
use crate::gate::{Ending, Valve};
use crate::log::{Log, Read};

/// Time in which a torn event's first half reaches the socket before the connection breaks.
const TEAR_FLUSH: Duration = Duration::from_millis(20);

/// The connection breaks: without an end of stream, as a lost one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the connection is broken on purpose")]
pub(crate) struct Broken;

/// Where a client is in its feed.
#[derive(Debug)]
pub(crate) enum Position {
    /// A count of its own.
    Count { next: u64, ticks: Interval },
    /// A place in the feed's log.
    Log { next: u64, changed: watch::Receiver<u64> },
}

impl Position {
    /// Goes on counting after the number a client brings, at 1 for one that brings none.
    pub(crate) fn count(last_event_id: Option<&str>, every: Duration) -> Self {
        let last = last_event_id.and_then(|id| id.parse::<u64>().ok()).unwrap_or(0);
        let mut ticks = interval(every.max(Duration::from_millis(1)));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self::Count { next: last.checked_add(1).unwrap_or(1), ticks }
    }

    /// Begins in a log where a client's id says.
    pub(crate) fn log(log: &Log, last_event_id: Option<&str>) -> Self {
        Self::Log { changed: log.watch(), next: log.position(last_event_id) }
    }
}

/// One client's stream.
#[derive(Debug)]
pub(crate) struct Delivery {
    feed: Arc<Feed>,
    position: Position,
    valve: watch::Receiver<Valve>,
    drops: u64,
    stage: Stage,
    keep_alive: Duration,
    speak_by: Instant,
    stop: CancellationToken,
}

/// How far a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Opening,
    Open,
    /// The next event is to be torn.
    Tearing,
    Torn,
}

impl Delivery {
    /// Opens a client's stream; drops ordered from here on concern it.
    pub(crate) fn open(
        feed: Arc<Feed>,
        position: Position,
        keep_alive: Duration,
        stop: CancellationToken,
    ) -> Self {
        let mut valve = feed.gate.watch();
        let drops = valve.borrow_and_update().drops;
        feed.tally.opened();
        let speak_by = Instant::now() + keep_alive;
        Self { feed, position, valve, drops, stage: Stage::Opening, keep_alive, speak_by, stop }
    }

    /// Gives the body of the response.
    pub(crate) fn into_stream(self) -> impl Stream<Item = Result<Bytes, Broken>> {
        stream::unfold(self, async |mut delivery| {
            let chunk = delivery.next().await?;
            delivery.speak_by = Instant::now() + delivery.keep_alive;
            Some((chunk, delivery))
        })
    }

    async fn next(&mut self) -> Option<Result<Bytes, Broken>> {
        if self.stage == Stage::Torn {
            sleep(TEAR_FLUSH).await;
            return Some(Err(Broken));
        }
        if self.stage == Stage::Opening {
            self.stage = Stage::Open;
            return Some(Ok(self.feed.opening.clone()));
        }
        let stop = self.stop.clone();
        loop {
            let valve = *self.valve.borrow_and_update();
            if valve.drops != self.drops {
                self.drops = valve.drops;
                match valve.ending {
                    Ending::End => return None,
                    Ending::Cut => return Some(Err(Broken)),
                    Ending::Tear => self.stage = Stage::Tearing,
                }
            }
            tokio::select! { biased;
                () = stop.cancelled() => return None,
                changed = self.valve.changed() => changed.ok()?,
                frame = next_frame(&self.feed, &mut self.position), if !valve.paused => return Some(self.send(frame)),
                () = sleep_until(self.speak_by), if !valve.paused => return Some(Ok(frame::comment("keep-alive"))),
            }
        }
    }

    fn send(&mut self, frame: Result<Bytes, Broken>) -> Result<Bytes, Broken> {
        let frame = frame?;
        if self.stage == Stage::Tearing {
            self.stage = Stage::Torn;
            return Ok(frame.slice(..frame.len() / 2));
        }
        Ok(frame)
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.feed.tally.closed();
    }
}

/// Waits for the frame at a position and steps over it; giving up the wait steps over nothing.
async fn next_frame(feed: &Feed, position: &mut Position) -> Result<Bytes, Broken> {
    match (&feed.source, position) {
        (_, Position::Count { next, ticks }) => {
            ticks.tick().await;
            let number = *next;
            *next = number.checked_add(1).unwrap_or(1);
            feed.tally.published();
            Ok(frame::event(Some(&number.to_string()), Some("count"), &format!("Count {number}")))
        }
        (Source::Log(log), Position::Log { next, changed }) => loop {
            match log.read(*next) {
                Read::Frame(frame) => {
                    *next += 1;
                    return Ok(frame);
                }
                // A client that reads slower than the feed speaks asks again with its last id.
                Read::Forgotten => return Err(Broken),
                Read::Awaited => changed.changed().await.map_err(|_| Broken)?,
            }
        },
        (Source::Counter, Position::Log { .. }) => Err(Broken),
    }
}
