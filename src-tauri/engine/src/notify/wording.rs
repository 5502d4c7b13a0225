//! What popups say, always with the name of the feed they come from.

use unicode_segmentation::UnicodeSegmentation;

use super::burst::{Call, Content};
use super::desktop::{Popup, PopupId};
use crate::event::Priority;
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
            Popup { replaces, title, feed_name, body: clean::body(&notice.body), priority: notice.priority }
        }
        Content::More { count, newest } => {
            let title = format!("{count} more from {name}");
            // Critical popups stay until they are dismissed: too much for a number.
            let priority = newest.priority.min(Priority::High);
            Popup { replaces, title, feed_name: None, body: clean::title(&newest.title), priority }
        }
        Content::Summary(summary) => {
            let title = format!("{} from {name} while you were away", summary.count);
            let priority = summary.most_urgent.priority.clamp(Priority::Normal, Priority::High);
            Popup {
                replaces,
                title,
                feed_name: None,
                body: clean::title(&summary.most_urgent.title),
                priority,
            }
        }
        Content::Word(word) => {
            let (title, body) = (word.title.clone(), word.body.clone());
            Popup { replaces, title, feed_name: None, body, priority: Priority::High }
        }
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
