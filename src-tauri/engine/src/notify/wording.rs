//! What popups say, always with the name of the feed they come from.

use unicode_segmentation::UnicodeSegmentation;

use super::Summary;
use super::burst::{Call, Content};
use super::desktop::{Popup, PopupId, Sound};
use crate::event::{Insistence, Priority};
use crate::format::clean;

/// Graphemes of a feed's name: it must leave room for the rest of its line.
const NAME: usize = 40;

/// Words a popup; its title or its line for the feed's name says where it comes from.
pub(super) fn popup(call: &Call, replaces: Option<PopupId>) -> Popup {
    let name = name(&call.feed_name);
    match &call.content {
        Content::Event(notice) => {
            let title = clean::title(&notice.title);
            let feed_name = (title != name && !name.is_empty()).then_some(name);
            Popup { feed_name, priority: notice.priority, ..plain(title, clean::body(&notice.body)) }
                .like(&notice.insistence)
        }
        Content::More { count, newest } => {
            let title = format!("{count} more from {name}");
            let mut popup = plain(title, clean::title(&newest.title)).like(&newest.insistence);
            // Critical popups stay until they are dismissed: too much for a number.
            popup.priority = newest.priority.min(Priority::High);
            if replaces.is_some() {
                // It has been heard already, and counts up to once a second.
                popup.sound = Sound::Mute;
            }
            popup
        }
        Content::Summary(Summary { count, most_urgent, .. }) => {
            let title = format!("{count} from {name} while you were away");
            let priority = most_urgent.priority.clamp(Priority::Normal, Priority::High);
            Popup { priority, ..plain(title, clean::title(&most_urgent.title)) }.like(&most_urgent.insistence)
        }
        Content::Word(word) => {
            Popup { priority: Priority::High, ..plain(word.title.clone(), word.body.clone()) }
        }
    }
    .in_place_of(replaces)
}

fn plain(title: String, body: String) -> Popup {
    Popup {
        replaces: None,
        title,
        feed_name: None,
        body,
        priority: Priority::Normal,
        stays: false,
        sound: Sound::Usual,
    }
}

impl Popup {
    fn like(self, insistence: &Insistence) -> Self {
        Self { stays: insistence.stays, sound: Sound::of(insistence.sound.as_deref()), ..self }
    }

    fn in_place_of(self, replaces: Option<PopupId>) -> Self {
        Self { replaces, ..self }
    }
}

/// A feed's name in one short line.
fn name(feed_name: &str) -> String {
    let name = clean::title(feed_name);
    match name.grapheme_indices(true).nth(NAME) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}
