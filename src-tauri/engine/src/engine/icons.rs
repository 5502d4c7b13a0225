//! What stands for each feed: the pictures that people choose, and what popups and lists are given of them.

use std::collections::HashMap;
use std::path::Path;

use super::desk::Desk;
use super::draft::{self, IconDraft, invalid};
use super::{Engine, Field, Picture, Register, RequestError};
use crate::id::FeedId;
use crate::notify;
use crate::picture::Album;
use crate::settings::{Feed, Icon, Settings};
use crate::update::IconView;

/// Opens the pictures that the settings name. Others are removed, but not where the settings stand in for broken ones.
/// Blocks for a few small files.
pub(super) fn album(data_folder: &Path, settings: &Settings, sound: bool) -> Album {
    let named = settings.feeds.iter().filter_map(|feed| match &feed.icon {
        Some(Icon::Picture(name)) => Some(name.as_str()),
        Some(Icon::Emoji(_)) | None => None,
    });
    let album = Album::open(data_folder, named);
    if sound {
        album.tidy();
    }
    album
}

impl Engine {
    /// Takes a picture from a file that a person chose, and keeps it until the next start, or for as long as a feed has it.
    ///
    /// # Errors
    /// If the file holds none that is taken, or the disk refuses.
    pub async fn take_picture(&self, file: &Path) -> Result<Picture, RequestError> {
        let content = draft::read_icon(file).await?;
        let mut desk = self.inner.desk.lock().await;
        desk.album.keep(&content).map_err(|error| draft::refused(&error))
    }
}

impl Register {
    /// Makes an icon of what a person says: an emoji, the path of a picture, or `none`.
    ///
    /// # Errors
    /// If it is neither, or the disk refuses.
    pub async fn icon(&mut self, said: &str) -> Result<IconDraft, RequestError> {
        if let Some(icon) = IconDraft::spoken(said) {
            return Ok(icon);
        }
        let content = draft::read_icon(Path::new(said)).await?;
        let kept = self.desk.album.keep(&content).map_err(|error| draft::refused(&error))?;
        Ok(IconDraft::Picture(kept.name))
    }
}

impl IconDraft {
    /// What is said in a word: an emoji, or `none`; everything else is a picture's file.
    pub fn spoken(said: &str) -> Option<Self> {
        match said {
            "none" => Some(Self::None),
            said if emojis::get(said.trim()).is_some() => Some(Self::Emoji(said.to_owned())),
            _ => None,
        }
    }
}

impl Desk {
    /// Refuses a picture that isn't kept, so that no feed names one.
    pub(super) fn knows_icon(&self, icon: Option<&IconDraft>) -> Result<(), RequestError> {
        match icon {
            Some(IconDraft::Picture(name)) if self.album.url(name).is_none() => {
                Err(invalid(Field::Icon, "This picture is gone. Choose it again."))
            }
            Some(IconDraft::None | IconDraft::Emoji(_) | IconDraft::Picture(_)) | None => Ok(()),
        }
    }

    /// What stands for a feed in lists; a picture that is lost leaves it to its service.
    pub(super) fn icon_view(&self, feed: &Feed) -> Option<IconView> {
        match feed.icon.as_ref()? {
            Icon::Emoji(emoji) => Some(IconView::Emoji(emoji.clone())),
            Icon::Picture(name) => Some(IconView::Picture { name: name.clone(), url: self.album.url(name)? }),
        }
    }

    /// What stands for each feed in popups.
    pub(super) fn icons(&self) -> HashMap<FeedId, notify::Icon> {
        let icon = |feed: &Feed| {
            Some(match feed.icon.as_ref()? {
                Icon::Emoji(emoji) => notify::Icon::Emoji(emoji.clone()),
                Icon::Picture(name) => notify::Icon::Picture(self.album.path(name)?),
            })
        };
        self.settings.feeds.iter().filter_map(|feed| Some((feed.id.clone(), icon(feed)?))).collect()
    }
}
