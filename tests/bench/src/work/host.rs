//! A whole engine in a temporary folder, its feeds written before it starts.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tidings_engine::engine::{Engine, Options, Parts};
use tidings_engine::id::FeedId;
use tidings_engine::notify::Desktop;
use tidings_engine::settings::{Feed, Keep, Settings, SettingsFile};
use tidings_engine::transport::SseTransport;
use tidings_engine::update::FeedState;
use tidings_support::Drawer;

use crate::child::Trouble;

/// Feeds open within seconds; longer than this is a fault.
const PATIENCE: Duration = Duration::from_secs(120);
/// No measurement is to be one of removing old events.
const EVERYTHING: Keep = Keep { days: 36_500, events: 1_000_000_000, megabytes: 1_000_000 };
/// How often a wait looks; nothing is measured meanwhile.
const LOOK: Duration = Duration::from_millis(50);

/// An engine and the folder it lives in.
#[derive(Debug)]
pub(crate) struct Host {
    /// The engine.
    pub(crate) engine: Engine,
    folder: PathBuf,
    /// Removed with the host.
    _own: Option<TempDir>,
}

impl Host {
    /// Starts an engine with these feeds and waits until all are open.
    ///
    /// # Errors
    ///
    /// If there is no room for the folder, or the feeds don't open.
    pub(crate) async fn start(feeds: Vec<Feed>, desktop: Arc<dyn Desktop>) -> Result<Self, Trouble> {
        let own = tempfile::tempdir()?;
        let host = Self::start_in(own.path(), feeds, desktop).await?;
        Ok(Self { _own: Some(own), ..host })
    }

    /// Starts one in a folder with a history.
    ///
    /// # Errors
    ///
    /// As [`Host::start`].
    pub(crate) async fn start_in(
        folder: &Path,
        feeds: Vec<Feed>,
        desktop: Arc<dyn Desktop>,
    ) -> Result<Self, Trouble> {
        let options = options(folder);
        let settings = Settings { feeds, keep: EVERYTHING, ..Settings::default() };
        let (mut file, _) = SettingsFile::open(&options.settings_file).map_err(trouble)?;
        file.save(&settings).map_err(trouble)?;
        let transport = Arc::new(SseTransport::new().map_err(trouble)?);
        let parts = Parts { transport, keyring: Drawer::default(), desktop };
        let engine = Engine::start_with(options, parts).await.map_err(trouble)?;
        let host = Self { engine, folder: folder.to_owned(), _own: None };
        host.wait_until_open().await?;
        Ok(host)
    }

    /// Ends the engine and gives the bytes of its database, all in one file by then.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub(crate) async fn end(self) -> Result<u64, Trouble> {
        self.engine.shutdown().await;
        Ok(std::fs::metadata(data_folder(&self.folder).join("history.db"))?.len())
    }

    async fn wait_until_open(&self) -> Result<(), Trouble> {
        let end = Instant::now() + PATIENCE;
        loop {
            let feeds = self.engine.attach().snapshot.feeds;
            let open = feeds.iter().filter(|feed| matches!(feed.state, FeedState::Live { .. })).count();
            if open == feeds.len() {
                return Ok(());
            }
            if Instant::now() >= end {
                return Err(Trouble::Worker(format!("only {open} of {} feeds opened", feeds.len())));
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Feeds at addresses, numbered from 0 on.
pub(crate) fn feeds(urls: impl IntoIterator<Item = String>) -> Vec<Feed> {
    let feed = |(number, url)| Feed::new(feed_id(number), format!("Feed {number}"), url);
    urls.into_iter().enumerate().map(feed).collect()
}

/// The id of a feed by its number.
pub(crate) fn feed_id(number: usize) -> FeedId {
    FeedId::from_text(format!("{number:016x}"))
}

/// Where the history lies in a folder.
pub(crate) fn data_folder(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// Lets the server send what it holds back.
///
/// # Errors
///
/// If it can't be reached.
pub(crate) fn go(server: &str) -> Result<(), Trouble> {
    let mut link = TcpStream::connect(server.trim_start_matches("http://"))?;
    link.write_all(b"POST /go HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    link.read_to_end(&mut Vec::new())?;
    Ok(())
}

/// A worker's trouble in words.
pub(crate) fn trouble(error: impl std::fmt::Display) -> Trouble {
    Trouble::Worker(error.to_string())
}

fn options(folder: &Path) -> Options {
    Options {
        settings_file: folder.join("settings.toml"),
        data_folder: data_folder(folder),
        keyring_service: "tidings-bench".into(),
        icon: None,
    }
}
