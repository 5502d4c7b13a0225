//! A whole engine with one feed, and what was published for it.

use std::time::{Duration, Instant};

use serde_json::Value;
use tidings_engine::engine::{ConnectionDraft, Engine, FeedDraft};
use tidings_engine::event::{GAP_TYPE, StoredEvent};
use tidings_engine::id::FeedId;
use tidings_engine::notify::desktop::Popup;
use tidings_engine::update::FeedState;
use tidings_support::{House, all, draft};

use crate::subject::Control;

/// Only a failure waits so long: after a minute without a network the next dial may be that far away.
const PATIENCE: Duration = Duration::from_secs(100);
/// How often something is published until it is heard: no server is asked more than a few times.
const AGAIN: Duration = Duration::from_millis(400);
/// The type of every event that is published.
pub(crate) const KIND: &str = "build";

/// A whole engine with one feed.
#[derive(Debug)]
pub struct Stage {
    house: House,
    engine: Option<Engine>,
    feed: FeedId,
    published: Vec<String>,
}

impl Stage {
    /// Starts an engine with a feed of this draft.
    ///
    /// # Panics
    ///
    /// Where the draft is wrong.
    pub async fn open(draft: FeedDraft) -> Self {
        let house = House::new();
        let engine = house.start().await;
        let feed = engine.add_feed(draft).await.expect("the draft is right").id;
        Self { house, engine: Some(engine), feed, published: Vec::new() }
    }

    /// A draft for a server that may be silent so long.
    pub fn draft(name: &str, url: &str, silence_seconds: u32) -> FeedDraft {
        let connection =
            ConnectionDraft { silence_seconds: Some(silence_seconds), ..ConnectionDraft::default() };
        FeedDraft { connection: Some(connection), ..draft(name, url) }
    }

    fn engine(&self) -> &Engine {
        self.engine.as_ref().expect("it is only away between leave and come_back")
    }

    /// Ends the engine, as a person who ends the app.
    pub async fn leave(&mut self) {
        if let Some(engine) = self.engine.take() {
            engine.shutdown().await;
        }
    }

    /// Starts an engine in the same profile.
    pub async fn come_back(&mut self) {
        self.engine = Some(self.house.start().await);
    }

    /// Takes the feed to another address of the same server.
    pub async fn move_to(&self, draft: FeedDraft) {
        self.engine().edit_feed(&self.feed, draft).await.expect("the draft is right");
    }

    /// Publishes the next event: JSON in several lines.
    pub async fn publish(&mut self, control: &Control) {
        let number = self.published.len() + 1;
        let data = format!(
            "{{\"title\": \"Build {number} passed\",\n\"message\": \"main is green\\nafter {number} s\"}}"
        );
        control.publish(KIND, &data).await;
        self.published.push(data);
    }

    /// Publishes this.
    pub async fn say(&mut self, control: &Control, kind: &str, data: &str) {
        control.publish(kind, data).await;
        self.published.push(data.to_owned());
    }

    /// Waits until all that was published is stored, and sees that nothing else is, in the same order.
    ///
    /// # Panics
    ///
    /// Where it isn't.
    pub async fn all_of_it(&self) {
        let events = self
            .until("all of it arrives", async || {
                Some(self.stored().await).filter(|events| events.len() >= self.published.len())
            })
            .await;
        let stored: Vec<_> = events.iter().map(|event| &event.data).collect();
        let is_all = stored.len() == self.published.len()
            && stored.iter().zip(&self.published).all(|(one, other)| same(one, other));
        assert!(is_all, "published {:#?}, stored {stored:#?}", self.published);
    }

    /// How many events are stored.
    pub async fn count(&self) -> usize {
        self.stored().await.len()
    }

    /// Publishes until something more is stored than was, and gives how much that is.
    pub async fn publish_until_heard(&mut self, control: &Control) -> usize {
        let before = self.stored().await.len();
        let end = Instant::now() + PATIENCE;
        loop {
            self.publish(control).await;
            tokio::time::sleep(AGAIN).await;
            let count = self.stored().await.len();
            if count > before {
                return count;
            }
            assert!(Instant::now() < end, "nothing arrives; {:?}, {}", self.state(), self.told());
        }
    }

    /// All published data, oldest first.
    pub fn published(&self) -> &[String] {
        &self.published
    }

    /// The stored events, without what the history says of gaps.
    pub async fn stored(&self) -> Vec<StoredEvent> {
        let events = all(self.engine(), &self.feed).await;
        events.into_iter().filter(|event| event.row.event_type != GAP_TYPE).collect()
    }

    /// Waits until the newest published event is stored, and gives all that are.
    pub async fn caught_up(&self) -> Vec<StoredEvent> {
        let newest = self.published.last().expect("something was published");
        self.until("the newest event arrives", async || {
            let events = self.stored().await;
            let is_there = events.last().is_some_and(|event| same(&event.data, newest));
            is_there.then_some(events)
        })
        .await
    }

    /// Waits until the newest published event is stored, and sees that everything since the first one is, once each and in
    /// order.
    pub async fn whole(&self) -> Vec<StoredEvent> {
        let events = self.caught_up().await;
        let first = self.published.iter().position(|data| same(data, &events[0].data));
        let expected = &self.published[first.expect("what arrived was published")..];
        assert_eq!(titles(&events), expected.iter().map(title).collect::<Vec<_>>(), "{}", self.told());
        events
    }

    /// Waits until something is there.
    pub async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await {
                return found;
            }
            let stored: Vec<_> = self.stored().await.into_iter().map(|event| event.data).collect();
            assert!(
                Instant::now() < end,
                "in vain waited until {what}: {:?}; {}; stored {stored:?}",
                self.state(),
                self.told()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What the feed does.
    pub fn state(&self) -> FeedState {
        let snapshot = self.engine().attach().snapshot;
        let feed = snapshot.feeds.into_iter().find(|feed| feed.id == self.feed);
        feed.expect("the feed is there").state
    }

    /// Waits until the feed is live.
    pub async fn live(&self) {
        self.until("it is live", async || matches!(self.state(), FeedState::Live { .. }).then_some(())).await;
    }

    /// How often its stream was opened.
    pub fn opens(&self) -> u64 {
        self.engine().health(&self.feed).expect("the feed is there").counts.opens
    }

    /// What its connection went through, in the words of its health.
    pub fn told(&self) -> String {
        let health = self.engine().health(&self.feed).expect("the feed is there");
        let told = health.happenings.iter().map(|one| tidings_engine::health::words::happening(&one.what));
        told.collect::<Vec<_>>().join("; ")
    }

    /// What its health says is the matter although it is open.
    pub fn remark(&self) -> Option<&'static str> {
        let health = self.engine().health(&self.feed).expect("the feed is there");
        tidings_engine::health::words::remark(&health)
    }

    /// Waits until its health says something, and gives all it says.
    pub async fn told_of(&self, words: &str) -> String {
        self.until(&format!("its health says {words:?}"), async || {
            Some(self.told()).filter(|told| told.contains(words))
        })
        .await
    }

    /// The titles of all popups so far.
    pub fn popups(&self) -> Vec<String> {
        self.house.popups.shown().into_iter().map(|(_, popup)| popup.title).collect()
    }

    /// All popups so far, with the moments they were shown.
    pub fn shown(&self) -> Vec<(Instant, Popup)> {
        self.house.popups.shown()
    }

    /// The newest popup of a kind, once one was shown.
    pub async fn popup_of(&self, what: &str, is_wanted: impl Fn(&Popup) -> bool) -> Popup {
        self.until(what, async || {
            let shown = self.house.popups.shown().into_iter().rev();
            shown.map(|(_, popup)| popup).find(|popup| is_wanted(popup))
        })
        .await
    }

    /// The newest popup.
    pub fn newest_popup(&self) -> Option<Popup> {
        self.house.popups.shown().pop().map(|(_, popup)| popup)
    }

    /// Has the feed dialled at once, as a person who doesn't want to wait.
    pub async fn dial(&self) {
        self.engine().reconnect(Some(&self.feed)).await;
    }

    /// The popup with a title, once it was shown.
    pub async fn popup(&self, title: &str) -> Popup {
        self.until(&format!("{title:?} pops up"), async || {
            let shown = self.house.popups.shown().into_iter();
            shown.map(|(_, popup)| popup).find(|popup| popup.title == title)
        })
        .await
    }
}

/// Whether data says the same: as text, or as JSON that a server wrote its own way.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<Value>(text).ok();
    one == other || json(one).is_some_and(|value| Some(value) == json(other))
}

/// The titles of events: they name them.
pub(crate) fn titles(events: &[StoredEvent]) -> Vec<String> {
    events.iter().map(|event| title(&event.data)).collect()
}

fn title(data: impl AsRef<str>) -> String {
    let value = serde_json::from_str::<Value>(data.as_ref()).unwrap_or_default();
    value["title"].as_str().unwrap_or(data.as_ref()).to_owned()
}
