//! What stands for a feed, as it crosses both ways.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine;
use tidings_engine::update::IconView;

/// What a person chose to stand for a feed; none leaves it to its service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FeedIcon {
    None,
    Emoji { emoji: String },
    Picture { picture: Picture },
}

/// A picture by its name, and as a data: URL of a small PNG that the engine wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    name: String,
    url: String,
}

/// What is to stand for a feed; a picture by the name it was given when it was chosen.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum IconDraft {
    None,
    Emoji { emoji: String },
    Picture { name: String },
}

impl From<Option<IconView>> for FeedIcon {
    fn from(icon: Option<IconView>) -> Self {
        match icon {
            None => Self::None,
            Some(IconView::Emoji(emoji)) => Self::Emoji { emoji },
            Some(IconView::Picture { name, url }) => {
                Self::Picture { picture: Picture { name, url: url.to_string() } }
            }
        }
    }
}

impl From<engine::Picture> for Picture {
    fn from(picture: engine::Picture) -> Self {
        Self { name: picture.name, url: picture.url.to_string() }
    }
}

impl From<IconDraft> for engine::IconDraft {
    fn from(draft: IconDraft) -> Self {
        match draft {
            IconDraft::None => Self::None,
            IconDraft::Emoji { emoji } => Self::Emoji(emoji),
            IconDraft::Picture { name } => Self::Picture(name),
        }
    }
}

impl Picture {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl From<engine::IconDraft> for IconDraft {
    fn from(draft: engine::IconDraft) -> Self {
        match draft {
            engine::IconDraft::None => Self::None,
            engine::IconDraft::Emoji(emoji) => Self::Emoji { emoji },
            engine::IconDraft::Picture(name) => Self::Picture { name },
        }
    }
}
