//! The order in which a frame becomes a stored event, a line in the window and a popup; nothing else.
//!
//! **Architecture Invariant:** an event and the cursor behind it are stored together before anything is told of it, and
//! only what was newly stored is notified.

mod absence;
mod course;
mod gap;
mod held;
mod judging;
mod life;
mod marker;
mod reading;
mod replay;
mod storing;
mod taste;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

pub use held::Held;
pub use life::PACE as LIFE_PACE;
pub use taste::Taste;

use crate::clock;
use crate::connection::{Resume, State, Telling};
use crate::event::{GAP_TYPE, Insistence, Presented, Received};
use crate::gallery::Gallery;
use crate::health::{Book, Happening, Record, What};
use crate::history::{Batch, Cursor, History};
use crate::id::{EventId, FeedId};
use crate::notify::{Named, Notice, Notifier, Offered, Summary};
use crate::preset::{Preset, Reader};
use crate::rules::Rules;
use crate::supervisor::Outlet;
use crate::transport::{Cause, Fault, Frame};
use crate::update::{Board, FeedState, Reason, ReasonCode};
use course::{Course, Past};
use gap::Gap;
use judging::{Due, Judged, News};
use reading::Readers;
use storing::Troubles;

/// Where frames become events.
#[derive(Debug)]
pub struct Pipeline {
    history: History,
    notifier: Notifier,
    board: Arc<Board>,
    tastes: RwLock<HashMap<FeedId, Taste>>,
    rules: RwLock<Arc<Rules>>,
    book: Book,
    courses: Mutex<HashMap<FeedId, Course>>,
    readers: Readers,
    troubles: Troubles,
    held: Held,
    gallery: Gallery,
    stored: Arc<Notify>,
}

impl Pipeline {
    /// Joins the rooms, the records of earlier runs being in `book`. `stored` is notified after every commit that added
    /// something.
    pub fn new(
        history: History,
        notifier: Notifier,
        board: Arc<Board>,
        book: Book,
        gallery: Gallery,
        stored: Arc<Notify>,
    ) -> Self {
        let (tastes, rules, courses) = (RwLock::default(), RwLock::default(), Mutex::default());
        let (readers, troubles, held) = (Readers::default(), Troubles::default(), Held::default());
        Self {
            history,
            notifier,
            board,
            tastes,
            rules,
            book,
            courses,
            readers,
            troubles,
            held,
            gallery,
            stored,
        }
    }

    /// Sets what people want of each feed's events, from the next event on; what is known of other feeds is forgotten.
    pub fn set_tastes(&self, tastes: HashMap<FeedId, Taste>) {
        self.book.keep(tastes.keys(), clock::now_ms());
        let mut courses = self.courses.lock().unwrap_or_else(PoisonError::into_inner);
        courses.retain(|feed, _| tastes.contains_key(feed));
        drop(courses);
        self.readers.keep(&tastes);
        *self.tastes.write().unwrap_or_else(PoisonError::into_inner) = tastes;
    }

    /// Gives a feed's whole record; none if there is no such feed.
    pub fn record(&self, feed: &FeedId) -> Option<Record> {
        self.book.record(feed)
    }

    /// Notes what a feed without a connection is doing.
    pub async fn rest(&self, feed: &FeedId, state: FeedState) {
        self.board.state(feed, state.clone());
        self.book.enter(feed, state, clock::now_ms());
        self.keep_record(feed).await;
    }

    /// Keeps what is new in a feed's record; what can't be kept is tried again with what is told next.
    async fn keep_record(&self, feed: &FeedId) {
        let Some(record) = self.book.due(feed) else { return };
        match self.history.keep_record(feed.clone(), record.clone()).await {
            Ok(()) => self.book.kept(feed, &record),
            Err(error) => tracing::debug!(%error, %feed, "what a connection went through could not be kept"),
        }
    }

    /// Waits until services are recognised that were not known, and gives them.
    pub async fn recognised(&self) -> Vec<(FeedId, Preset)> {
        self.readers.recognised().await
    }

    /// Which service a feed is of, as far as that is known.
    pub fn service(&self, feed: &FeedId) -> Option<Preset> {
        self.readers.of(feed, |reader| reader.preset())
    }

    /// Forgets what is known of a feed's service, because it has another address.
    pub fn moved(&self, feed: &FeedId) {
        self.readers.forget(feed);
    }

    fn taste(&self, feed: &FeedId) -> Taste {
        self.tastes.read().unwrap_or_else(PoisonError::into_inner).get(feed).cloned().unwrap_or_default()
    }

    /// Follows a feed's course.
    fn course<T>(&self, feed: &FeedId, follow: impl FnOnce(&mut Course) -> T) -> T {
        let mut courses = self.courses.lock().unwrap_or_else(PoisonError::into_inner);
        let course = courses.entry(feed.clone()).or_default();
        course.look(clock::now_ms(), clock::steady_ms());
        follow(course)
    }

    /// Makes a batch of what was told; signs of life that look like events are left out.
    fn batch(&self, feed: &FeedId, taste: &Taste, tellings: Vec<Telling>) -> Judged {
        let mut batch =
            Judged::new(Batch { feed: feed.clone(), events: Vec::new(), cursor: Cursor::default() });
        for telling in tellings {
            match telling {
                Telling::Frame(frame) => self.put_frame(&mut batch, taste, frame),
                Telling::Happened(happening) => {
                    let gap = self.course(feed, |course| course.happened(&happening));
                    let away_since_ms = happening.what.away_since_ms();
                    self.book.add(feed, happening);
                    if let Some(since_ms) = away_since_ms {
                        self.book.was_open(feed, since_ms);
                    }
                    self.put_gap(&mut batch, gap);
                }
                Telling::State(state) => self.book.enter(feed, shown(state), clock::now_ms()),
            }
        }
        if let Some(cursor) = self.readers.of(feed, Reader::cursor) {
            batch.batch.cursor.last_event_id = Some(cursor);
        }
        batch
    }

    fn put_frame(&self, judged: &mut Judged, taste: &Taste, frame: Frame) {
        match frame {
            Frame::Message(received) => self.put_message(judged, taste, received),
            Frame::Cursor(id) => {
                let gap = self.course(&judged.batch.feed, |course| course.cursor(&id));
                self.put_gap(judged, gap);
                judged.batch.cursor.last_event_id = Some(id);
            }
            Frame::Lost => {
                let gap = self.course(&judged.batch.feed, |course| course.lost(clock::now_ms()));
                self.put_gap(judged, gap);
            }
            Frame::Retry(time) => {
                self.course(&judged.batch.feed, |course| course.reconnection(time));
                // SQLite's integers end at i64; a longer time is as good as for ever.
                judged.batch.cursor.retry_ms =
                    Some(u64::try_from(time.as_millis()).unwrap_or(u64::MAX).min(i64::MAX as u64));
            }
            Frame::Oversized { bytes } => {
                tracing::warn!(feed = %judged.batch.feed, bytes, "an event over the limit was skipped");
            }
            Frame::Opened => self.readers.of(&judged.batch.feed, Reader::opened),
            Frame::Alive | Frame::Chunk { .. } => {}
        }
    }

    fn put_message(&self, judged: &mut Judged, taste: &Taste, mut received: Received) {
        let gap = self.course(&judged.batch.feed, |course| course.message(&received));
        self.put_gap(judged, gap);
        if received.own_id {
            judged.batch.cursor.last_event_id = Some(received.last_event_id.clone());
        }
        let feed = judged.batch.feed.clone();
        let Some(reading) = self.readers.read(&feed, &mut received, &taste.name) else { return };
        let may_come_again = self.readers.of(&feed, |reader| reader.may_come_again());
        if may_come_again && self.course(&feed, |course| course.is_replay(&received)) {
            return;
        }
        self.book.count(&feed, received.data.len(), received.received_at_ms);
        let (event, insistence) = self.judge(&feed, taste, received, reading);
        judged.push(event, insistence);
    }

    /// Where events may be missing, the record and the history say so.
    fn put_gap(&self, judged: &mut Judged, gap: Option<Gap>) {
        let Some(gap) = gap else { return };
        let Gap { from_ms, to_ms, why } = gap;
        let what = What::GapSuspected { from_ms, to_ms, missing: why.missing() };
        self.book.add(&judged.batch.feed, Happening { at_ms: clock::now_ms(), what });
        judged.push(marker::of(&gap, &jiff::tz::TimeZone::system()), Insistence::default());
    }

    /// Gives what earlier runs stored of a feed.
    async fn past(&self, feed: &FeedId, resumes: bool) -> Past {
        // A history that can't be read says so at the next store; without the past no gap and no replay is suspected.
        let rows = self.history.page(Some(feed.clone()), None, gap::PAST).await.unwrap_or_default();
        let mut events = Vec::with_capacity(rows.len());
        for row in rows.into_iter().rev().filter(|row| row.event_type != GAP_TYPE) {
            if let Ok(Some(event)) = self.history.event(row.id).await {
                events.push((event.last_event_id, event.row.received_at_ms));
            }
        }
        // A server that is given an id to resume from is taken at its word.
        let known = if resumes { 0 } else { replay::KNOWN };
        let digests = self.history.digests(feed.clone(), known).await.unwrap_or_default();
        Past { events, digests, last_open_ms: self.book.last_open_ms(feed) }
    }

    /// Has the picture brought that an offered event names.
    fn bring(&self, feed: &FeedId, event: EventId, address: &str) {
        let (notifier, of) = (self.notifier.clone(), feed.clone());
        self.gallery.bring(feed, address, move |picture| notifier.picture(&of, event, picture));
    }

    /// The pictures that events name.
    pub fn gallery(&self) -> &Gallery {
        &self.gallery
    }

    /// Offers popups, and takes back what was taken back. What gets no report of its own is settled here.
    async fn notify(&self, feed: &FeedId, taste: &Taste, due: Vec<Due>) {
        let (mut counted, mut withdrawn) = (Vec::new(), Vec::new());
        for due in due {
            match due {
                Due::Popup(news) => {
                    let News { row, insistence, progress, picture } = *news;
                    let (event, received_at_ms) = (row.id, row.received_at_ms);
                    let notice = Notice { insistence, progress, ..Notice::of(row, taste.name.clone()) };
                    // What was kept for us while we were away is news of then: one popup for all of it.
                    if self.course(feed, |course| course.is_late(received_at_ms)) {
                        self.notifier.catch_up(notice);
                        continue;
                    }
                    let coming = if picture.is_some() { Named::Coming } else { Named::Nothing };
                    if self.notifier.offer(Notice { picture: coming, ..notice }) == Offered::Counted {
                        counted.push(event);
                    }
                    if let Some(address) = picture {
                        self.bring(feed, event, &address);
                    }
                }
                Due::Withdrawal(key) => {
                    withdrawn.extend(self.held.withdraw(feed, &key));
                    withdrawn.extend(self.notifier.withdraw(feed, &key));
                }
            }
        }
        for (events, presented) in [(counted, Presented::Shown), (withdrawn, Presented::Suppressed)] {
            if !events.is_empty()
                && let Err(error) = self.history.present(events, presented).await
            {
                tracing::warn!(%error, "what became of popups could not be noted");
            }
        }
    }
}

#[async_trait]
impl Outlet for Pipeline {
    async fn resume(&self, feed: &FeedId) -> Resume {
        let Some(cursors) = self.cursors().await else { return Resume::default() };
        let cursor = cursors.get(feed).cloned().unwrap_or_default();
        let stored = cursor.last_event_id.unwrap_or_default();
        let resume = Resume {
            last_event_id: self.readers.of(feed, |reader| reader.resume(stored)),
            reconnection: cursor.retry_ms.map(Duration::from_millis),
        };
        if self.course(feed, |course| course.resume(&resume)) {
            let past = self.past(feed, !resume.last_event_id.is_empty()).await;
            self.course(feed, |course| course.recall(past));
        }
        resume
    }

    async fn take(&self, feed: &FeedId, tellings: Vec<Telling>, cancel: &CancellationToken) {
        let taste = self.taste(feed);
        let judged = self.batch(feed, &taste, tellings);
        let batch = &judged.batch;
        if batch.events.is_empty() && batch.cursor == Cursor::default() {
            return self.keep_record(feed).await;
        }
        let Some(ids) = self.store(batch, cancel).await else { return };
        let (rows, due, held) = judged.stored(ids, taste.allowed.pictures);
        if rows.is_empty() {
            return;
        }
        let mut shown = rows;
        if !taste.keep_bodies {
            // Lists show what the history holds; a popup may say more.
            shown.iter_mut().for_each(|row| row.reading.body.clear());
        }
        self.board.arrived(shown);
        self.stored.notify_one();
        for row in held {
            self.held.add(Summary::of(Notice::of(row, taste.name.clone())));
        }
        if !due.is_empty() {
            self.notify(feed, &taste, due).await;
        }
    }

    async fn ended(&self, feed: &FeedId) {
        self.note_end(feed);
        self.book.add(feed, Happening { at_ms: clock::now_ms(), what: What::Left });
        self.keep_record(feed).await;
    }

    fn state(&self, feed: &FeedId, state: State) {
        self.board.state(feed, shown(state));
    }

    fn panicked(&self, feed: &FeedId, again_in: Duration) {
        let until_ms =
            clock::now_ms().saturating_add(i64::try_from(again_in.as_millis()).unwrap_or(i64::MAX));
        self.note_end(feed);
        self.book.add(feed, Happening { at_ms: clock::now_ms(), what: What::Panicked { until_ms } });
        let message = "Tidings met a fault of its own while reading this feed, and starts it again.".into();
        let why = Reason { code: ReasonCode::Other, message };
        let state = FeedState::Waiting { until_ms, why };
        self.book.enter(feed, state.clone(), clock::now_ms());
        self.board.state(feed, state);
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
    let code = match fault.cause {
        Cause::SignIn => ReasonCode::SignIn,
        Cause::Untrusted { .. } => ReasonCode::Key,
        Cause::Ended
        | Cause::Failed
        | Cause::Useless
        | Cause::NotAStream
        | Cause::Busy { .. }
        | Cause::Absent
        | Cause::Gone
        | Cause::Stopped
        | Cause::Person => ReasonCode::Other,
    };
    Reason { code, message: fault.sentence }
}
