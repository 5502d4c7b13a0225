//! A feed's icon as a person chooses it.

use std::path::Path;

use super::invalid;
use crate::engine::{Field, RequestError};
use crate::picture::{self, PictureError};
use crate::settings::{Feed, Icon};

/// What is to stand for a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IconDraft {
    /// What its service has.
    None,
    /// An emoji.
    Emoji(String),
    /// A picture that was taken before, by its name.
    Picture(String),
}

/// Checks a choice; whether there is such a picture is not asked.
pub(super) fn checked(draft: Option<IconDraft>, known: Option<&Feed>) -> Result<Option<Icon>, RequestError> {
    Ok(match draft {
        None => known.and_then(|feed| feed.icon.clone()),
        Some(IconDraft::None) => None,
        Some(IconDraft::Emoji(text)) => Some(Icon::Emoji(emoji(&text)?)),
        Some(IconDraft::Picture(name)) => Some(Icon::Picture(name)),
    })
}

/// Reads a picture from a file, on a thread of its own.
pub(in crate::engine) async fn read(file: &Path) -> Result<Vec<u8>, RequestError> {
    let file = file.to_owned();
    let read = tokio::task::spawn_blocking(move || picture::read_small(&file)).await;
    // Only a fault of the decoder ends the thread.
    read.unwrap_or(Err(PictureError::NotAPicture)).map_err(|error| refused(&error))
}

/// Says why there is no picture.
pub(in crate::engine) fn refused(error: &PictureError) -> RequestError {
    match error {
        PictureError::NotKept(_) => RequestError::Storage(error.to_string()),
        PictureError::Unreadable(_) | PictureError::TooLarge | PictureError::NotAPicture => {
            invalid(Field::Icon, error.to_string())
        }
    }
}

fn emoji(text: &str) -> Result<String, RequestError> {
    let known = emojis::get(text.trim());
    known
        .map(|emoji| emoji.as_str().to_owned())
        .ok_or_else(|| invalid(Field::Icon, "Enter a single emoji, such as 🔔, or choose a picture."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::FeedId;

    fn chosen(text: &str) -> Result<Option<Icon>, RequestError> {
        checked(Some(IconDraft::Emoji(text.into())), None)
    }

    #[test]
    fn a_single_emoji_is_an_icon_and_nothing_else_is() {
        for text in ["🔔", " 🐙 ", "❤", "👩‍💻", "🇪🇺", "👍🏽", "1️⃣"] {
            assert!(matches!(chosen(text), Ok(Some(Icon::Emoji(_)))), "{text}");
        }
        for text in
            ["", " ", "a", "🔔🔔", "1", "https://x.example/i.png", "\u{202e}", "<b>", "🔔\u{301}\u{301}"]
        {
            assert!(
                matches!(chosen(text), Err(RequestError::Invalid { field: Field::Icon, .. })),
                "{text:?}"
            );
        }
    }

    #[test]
    fn nothing_said_keeps_what_is_set() {
        let icon = Some(Icon::Emoji("🔔".into()));
        let feed = Feed { icon: icon.clone(), ..Feed::new(FeedId::random(), "A", "https://a.example/") };
        assert_eq!(checked(None, Some(&feed)), Ok(icon));
        assert_eq!(checked(Some(IconDraft::None), Some(&feed)), Ok(None));
    }
}
