//! What can be asked about the program as a whole.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tidings_engine::engine::Engine;

use super::{Answer, say};
use crate::dto::{self, feed_id};
use crate::host::Host;

/// Something asked about the program as a whole.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the engine's calls of the same names")]
pub enum Settings {
    /// Pauses or resumes everything.
    Pause { paused: bool },
    /// Gives how much of the history, or of a feed's, is kept, and how much there is.
    Keep { feed: Option<String> },
    /// Sets how much is kept.
    SetKeep { feed: Option<String>, keep: dto::Keep },
    /// Gives how the window looks and behaves.
    Window,
    /// Sets that.
    SetWindow { window: dto::Window },
    /// Gives the proxy of all feeds without one of their own.
    Network,
    /// Sets that.
    SetNetwork { proxy: dto::ProxyDraft, secrets: dto::SecretsHome },
    /// Writes feeds and settings, without secrets, into a file.
    Export { file: PathBuf },
    /// Gives a report in plain text that can be shown to anybody.
    Diagnostics,
    /// Stops long work.
    StopWork { number: u32 },
    /// Says in a popup that feeds are watched without the window: once, and only where no tray shows it.
    GoesOn,
}

impl Settings {
    pub(super) async fn answer(self, host: &Host) -> Answer {
        let engine = host.engine();
        match self {
            Self::Pause { paused } => say(engine.pause(paused).await?),
            Self::Keep { feed } => keep(engine, feed).await,
            Self::SetKeep { feed: None, keep } => say(engine.set_keep(keep.into()).await?),
            Self::SetKeep { feed: Some(feed), keep } => {
                let feed = feed_id(feed);
                let known = engine.feed_keep(&feed).await?;
                say(engine.set_feed_keep(&feed, keep.of_feed(known)).await?)
            }
            Self::Window => say(dto::Window::from(engine.window())),
            Self::SetWindow { window } => say(engine.set_window(window.into()).await?),
            Self::Network => say(dto::Network::from(engine.proxy().await)),
            Self::SetNetwork { proxy, secrets } => {
                say(engine.set_proxy(proxy.into(), secrets.into()).await?)
            }
            Self::Export { file } => say(engine.export_settings(&file).await?),
            Self::Diagnostics => say(engine.diagnostics().await),
            Self::StopWork { number } => say(engine.stop_work(number.into())?),
            Self::GoesOn if host.in_tray() => say(()),
            Self::GoesOn => say(engine.say_once_that_it_goes_on().await?),
        }
    }
}

async fn keep(engine: &Engine, feed: Option<String>) -> Answer {
    let mut holdings = engine.holdings().await?;
    let Some(feed) = feed.map(feed_id) else {
        return say(dto::Kept::new(engine.keep().await.into(), holdings.values()));
    };
    let keep = engine.feed_keep(&feed).await?;
    say(dto::Kept::new(keep.into(), holdings.remove(&feed).iter()))
}
