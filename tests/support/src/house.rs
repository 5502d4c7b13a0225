//! A whole engine in a temporary folder, with a keyring and a desktop of its own; everything else is real.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tidings_engine::engine::{Attached, Engine, FeedDraft, Options, Parts, SecretsHome, SignInDraft};
use tidings_engine::event::StoredEvent;
use tidings_engine::id::FeedId;
use tidings_engine::transport::SseTransport;
use tidings_engine::update::Snapshot;

use crate::desktop::Popups;
use crate::keyring::Drawer;

/// Longer than anything these tests wait for takes on a busy machine; only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A profile that outlives the engines that are started in it.
#[derive(Debug)]
pub struct House {
    folder: TempDir,
    /// The keyring of this profile.
    pub drawer: Drawer,
    /// The popups all engines of this profile showed.
    pub popups: Arc<Popups>,
}

impl Default for House {
    fn default() -> Self {
        Self::new()
    }
}

impl House {
    /// Makes an empty profile.
    ///
    /// # Panics
    ///
    /// Where the system has no room for a folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        Self { folder, drawer: Drawer::default(), popups: Arc::default() }
    }

    /// Where the profile lies.
    pub fn options(&self) -> Options {
        Options {
            settings_file: self.folder.path().join("settings.toml"),
            data_folder: self.folder.path().join("data"),
            keyring_service: "tidings-test".into(),
            icon: None,
        }
    }

    /// The profile's folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().into()
    }

    /// Lets minutes pass for all that is stored; no engine may be running.
    ///
    /// # Panics
    ///
    /// Where there is no history.
    pub fn age(&self, minutes: i64) {
        let history = rusqlite::Connection::open(self.options().data_folder.join("history.db"));
        let history = history.expect("there is a history");
        let older = "UPDATE event SET received_at_ms = received_at_ms - ?1 * 60000";
        history.execute(older, [minutes]).expect("the history can be written");
        let older = "UPDATE health SET standing = json_set(standing,
            '$.atMs', json_extract(standing, '$.atMs') - ?1 * 60000,
            '$.openUntilMs', json_extract(standing, '$.openUntilMs') - ?1 * 60000)
            WHERE json_extract(standing, '$.openUntilMs') IS NOT NULL";
        history.execute(older, [minutes]).expect("the history can be written");
    }

    /// Starts an engine in the profile.
    ///
    /// # Panics
    ///
    /// Where it can't be started.
    pub async fn start(&self) -> Engine {
        let parts = Parts {
            transport: Arc::new(SseTransport::new().expect("the network part can be set up")),
            keyring: self.drawer.clone(),
            desktop: Arc::clone(&self.popups) as _,
        };
        Engine::start_with(self.options(), parts).await.expect("the engine starts")
    }
}

/// A draft with nothing but an address.
pub fn draft(name: &str, url: &str) -> FeedDraft {
    FeedDraft {
        name: name.into(),
        url: url.into(),
        icon: None,
        notify: true,
        allowed: None,
        preset: None,
        sign_in: SignInDraft::None,
        headers: Vec::new(),
        secrets: SecretsHome::Keyring,
        plain_http: false,
        connection: None,
    }
}

/// Waits until the engine's snapshot is as wanted, and gives it.
///
/// # Panics
///
/// Where that doesn't come to be within 30 s; the message holds the last snapshot.
pub async fn until(engine: &Engine, what: &str, wanted: impl Fn(&Snapshot) -> bool) -> Snapshot {
    let end = Instant::now() + PATIENCE;
    loop {
        let Attached { snapshot, mut updates } = engine.attach();
        if wanted(&snapshot) {
            return snapshot;
        }
        let left = end.saturating_duration_since(Instant::now());
        assert!(!left.is_zero(), "in vain waited for: {what}; it is {snapshot:#?}");
        let _ = tokio::time::timeout(left.min(Duration::from_millis(200)), updates.recv()).await;
    }
}

/// Waits until the history holds at least `count` events of a feed, and gives all, oldest first.
///
/// # Panics
///
/// Where they don't come within 30 s, or the history can't be read.
pub async fn stored(engine: &Engine, feed: &FeedId, count: usize) -> Vec<StoredEvent> {
    let end = Instant::now() + PATIENCE;
    loop {
        let events = all(engine, feed).await;
        if events.len() >= count {
            return events;
        }
        assert!(Instant::now() < end, "in vain waited for {count} events; there are {}", events.len());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Gives all stored events of a feed, oldest first.
///
/// # Panics
///
/// Where the history can't be read.
pub async fn all(engine: &Engine, feed: &FeedId) -> Vec<StoredEvent> {
    let mut events = Vec::new();
    let mut before = None;
    loop {
        let page = engine.page(Some(feed), before, 500).await.expect("the history can be read");
        for row in &page.rows {
            events.push(engine.event(row.id).await.expect("a listed event is there"));
        }
        before = page.rows.last().map(|row| row.id);
        if !page.more {
            events.reverse();
            return events;
        }
    }
}
