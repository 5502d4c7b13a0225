//! The order in which a frame becomes a stored event, a line in the window and a popup; nothing else.
//!
//! **Architecture Invariant:** an event and the cursor behind it are stored together before anything is told of it, and
//! only what was newly stored is notified.

mod taste;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;
use tokio::time;
use tokio_util::sync::CancellationToken;

pub use taste::Taste;

use crate::connection::{Resume, State};
use crate::event::{EventRow, Presented};
use crate::history::{Batch, Cursor, History, NewEvent, StoreError};
use crate::id::{EventId, FeedId};
use crate::notify::{Notice, Notifier, Offered};
use crate::supervisor::Outlet;
use crate::transport::{Cause, Fault, Frame};
use crate::update::{Board, FeedState, Part, Reason, ReasonCode};
use crate::{clock, format, preset};

/// A disk that is full stays so for a while; a person needs time to make room.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The first try after a failed write: most are a moment's.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);

/// Where frames become events.
#[derive(Debug)]
pub struct Pipeline {
    history: History,
    notifier: Notifier,
    board: Arc<Board>,
    tastes: RwLock<HashMap<FeedId, Taste>>,
    stored: Arc<Notify>,
}

impl Pipeline {
    /// Joins the rooms. `stored` is notified after every commit that added something.
    pub fn new(history: History, notifier: Notifier, board: Arc<Board>, stored: Arc<Notify>) -> Self {
        Self { history, notifier, board, tastes: RwLock::default(), stored }
    }

    /// Sets what people want of each feed's events, from the next event on.
    pub fn set_tastes(&self, tastes: HashMap<FeedId, Taste>) {
        *self.tastes.write().unwrap_or_else(PoisonError::into_inner) = tastes;
    }

    fn taste(&self, feed: &FeedId) -> Taste {
        self.tastes.read().unwrap_or_else(PoisonError::into_inner).get(feed).cloned().unwrap_or_default()
    }

    /// Makes a batch of what frames say; signs of life that look like events are left out.
    fn batch(feed: &FeedId, taste: &Taste, frames: Vec<Frame>) -> Batch {
        let mut batch = Batch { feed: feed.clone(), events: Vec::new(), cursor: Cursor::default() };
        for frame in frames {
            match frame {
                Frame::Message(received) => {
                    if received.own_id {
                        batch.cursor.last_event_id = Some(received.last_event_id.clone());
                    }
                    if preset::is_event(&received) {
                        let reading = format::read(&received, &taste.name);
                        let presented = if taste.notify { Presented::New } else { Presented::Suppressed };
                        batch.events.push(NewEvent { received, reading, read: false, presented });
                    }
                }
                Frame::Cursor(id) => batch.cursor.last_event_id = Some(id),
                Frame::Retry(time) => {
                    // SQLite's integers end at i64; a longer time is as good as for ever.
                    batch.cursor.retry_ms =
                        Some(u64::try_from(time.as_millis()).unwrap_or(u64::MAX).min(i64::MAX as u64));
                }
                Frame::Oversized { bytes } => {
                    tracing::warn!(feed = %feed, bytes, "an event over the limit was skipped");
                }
                Frame::Opened | Frame::Alive => {}
            }
        }
        batch
    }

    /// Offers popups. What is only counted in an "N more" gets no report of its own, so it is settled here.
    async fn notify(&self, taste: &Taste, rows: Vec<EventRow>) {
        let mut counted = Vec::new();
        for row in rows {
            let event = row.id;
            let notice = Notice {
                event,
                feed: row.feed,
                feed_name: taste.name.clone(),
                title: row.reading.title,
                body: row.reading.body,
                priority: row.reading.priority,
                key: row.reading.key,
            };
            match self.notifier.offer(notice) {
                Offered::Taken => {}
                Offered::Counted => counted.push(event),
            }
        }
        if !counted.is_empty()
            && let Err(error) = self.history.present(counted, Presented::Shown).await
        {
            tracing::warn!(%error, "what became of popups could not be noted");
        }
    }

    /// Stores a batch, however long the disk refuses; gives up only when there is no more time.
    async fn store(&self, batch: &Batch, cancel: &CancellationToken) -> Option<Vec<Option<EventId>>> {
        let mut pause = SHORTEST_PAUSE;
        let mut failed = false;
        loop {
            match self.history.store(batch.clone()).await {
                Ok(ids) => {
                    if failed {
                        self.board.problem(Part::History, None);
                    }
                    return Some(ids);
                }
                Err(StoreError::Failed { message }) => {
                    failed = true;
                    self.board.problem(Part::History, Some(message));
                }
                Err(StoreError::Closed) => return None,
            }
            cancel.run_until_cancelled(time::sleep(pause)).await?;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

#[async_trait]
impl Outlet for Pipeline {
    async fn resume(&self, feed: &FeedId) -> Resume {
        let mut pause = SHORTEST_PAUSE;
        // Dialling without the cursor would lose what the server retains, so there is no way on but to read it.
        let cursors = loop {
            match self.history.cursors().await {
                Ok(cursors) => break cursors,
                Err(StoreError::Closed) => return Resume::default(),
                Err(StoreError::Failed { message }) => self.board.problem(Part::History, Some(message)),
            }
            time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        };
        let cursor = cursors.get(feed).cloned().unwrap_or_default();
        Resume {
            last_event_id: cursor.last_event_id.unwrap_or_default(),
            reconnection: cursor.retry_ms.map(Duration::from_millis),
        }
    }

    async fn take(&self, feed: &FeedId, frames: Vec<Frame>, cancel: &CancellationToken) {
        let taste = self.taste(feed);
        let batch = Self::batch(feed, &taste, frames);
        if batch.events.is_empty() && batch.cursor == Cursor::default() {
            return;
        }
        let Some(ids) = self.store(&batch, cancel).await else { return };
        let rows: Vec<_> = ids
            .into_iter()
            .zip(&batch.events)
            .filter_map(|(id, event)| Some((id?, event)))
            .map(|(id, event)| event.to_row(feed.clone(), id))
            .collect();
        if rows.is_empty() {
            return;
        }
        self.board.arrived(rows.clone());
        self.stored.notify_one();
        if taste.notify {
            self.notify(&taste, rows).await;
        }
    }

    fn state(&self, feed: &FeedId, state: State) {
        self.board.state(feed, shown(state));
    }

    fn panicked(&self, feed: &FeedId, again_in: Duration) {
        let until_ms =
            clock::now_ms().saturating_add(i64::try_from(again_in.as_millis()).unwrap_or(i64::MAX));
        let why = Reason {
            code: ReasonCode::Other,
            message: "Tidings met a fault of its own while reading this feed, and starts it again.".into(),
        };
        self.board.state(feed, FeedState::Waiting { until_ms, why });
    }
}

fn shown(state: State) -> FeedState {
    match state {
        State::Connecting => FeedState::Connecting,
        State::Live { since_ms } => FeedState::Live { since_ms },
        State::Offline => FeedState::Offline,
        State::Waiting { why, for_person: true, .. } | State::Stopped { why, for_person: true } => {
            FeedState::NeedsPerson { why: reason(why) }
        }
        State::Waiting { until_ms, why, for_person: false, .. } => {
            FeedState::Waiting { until_ms, why: reason(why) }
        }
        State::Stopped { why, for_person: false } => FeedState::StoppedByServer { why: reason(why) },
    }
}

/// The words for a fault, and whether the window has something to offer for it.
pub fn reason(fault: Fault) -> Reason {
    let code = if fault.cause == Cause::SignIn { ReasonCode::SignIn } else { ReasonCode::Other };
    Reason { code, message: fault.sentence }
}
