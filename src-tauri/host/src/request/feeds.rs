//! What can be asked about feeds.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tidings_engine::engine::Engine;

use super::{Answer, all, say};
use crate::dto::{self, feed_id};

/// Something asked about feeds.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the engine's calls of the same names")]
pub enum Feeds {
    /// Adds one and subscribes to it; gives it.
    Add { draft: Box<dto::FeedDraft> },
    /// Changes one; gives it.
    Edit { feed: String, draft: Box<dto::FeedDraft> },
    /// Takes a picture for one from a file; gives it.
    TakePicture { file: PathBuf },
    /// Removes one, its events and its secrets.
    Remove { feed: String },
    /// Subscribes to those that the app itself serves; gives them.
    AddDemo,
    /// Removes those.
    RemoveDemo,
    /// Switches one on or off.
    Enable { feed: String, enabled: bool },
    /// Tries an address without adding it; gives what it is.
    Probe { draft: Box<dto::FeedDraft>, feed: Option<String> },
    /// Dials one, or all, at once.
    Reconnect { feed: Option<String> },
    /// Asks the keyring again for what is missing.
    RetryKeyring,
    /// Gives what one's connection went through.
    Health { feed: String },
    /// Gives one's record, whole: what it does as well. None where there is no such feed.
    Record { feed: String },
    /// Gives the numbers that one's newest events hold.
    Numbers { feed: String },
    /// Gives the feeds in a list.
    ReadList { text: String },
    /// Adds those that stand at these places of a list; gives what became of them.
    AddList { text: String, chosen: Vec<u16>, secrets: dto::SecretsHome },
}

impl Feeds {
    pub(super) async fn answer(self, engine: &Engine) -> Answer {
        match self {
            Self::Add { draft } => say(dto::Feed::from(engine.add_feed((*draft).into()).await?)),
            Self::Edit { feed, draft } => {
                say(dto::Feed::from(engine.edit_feed(&feed_id(feed), (*draft).into()).await?))
            }
            Self::TakePicture { file } => say(dto::Picture::from(engine.take_picture(&file).await?)),
            Self::Remove { feed } => say(engine.remove_feed(&feed_id(feed)).await?),
            Self::AddDemo => all::<dto::Feed>(engine.add_demo().await?),
            Self::RemoveDemo => say(engine.remove_demo().await?),
            Self::Enable { feed, enabled } => say(engine.enable_feed(&feed_id(feed), enabled).await?),
            Self::Probe { draft, feed } => {
                say(dto::Probe::from(engine.probe((*draft).into(), feed.map(feed_id).as_ref()).await?))
            }
            Self::Reconnect { feed } => {
                engine.reconnect(feed.map(feed_id).as_ref()).await;
                say(())
            }
            Self::RetryKeyring => {
                engine.retry_keyring().await;
                say(())
            }
            Self::Health { feed } => say(dto::Health::from(engine.health(&feed_id(feed))?)),
            Self::Record { feed } => say(engine.record(&feed_id(feed))),
            Self::Numbers { feed } => say(dto::FeedNumbers::from(engine.numbers(&feed_id(feed)).await?)),
            Self::ReadList { text } => say(dto::Listing::from(engine.read_list(text).await?)),
            Self::AddList { text, chosen, secrets } => {
                let chosen: Vec<usize> = chosen.into_iter().map(usize::from).collect();
                say(dto::AddedFeeds::from(engine.add_list(text, &chosen, secrets.into()).await?))
            }
        }
    }
}
