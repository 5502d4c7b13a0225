//! What popups say, always with the name of the feed they come from.

use unicode_segmentation::UnicodeSegmentation;

use super::burst::{Call, Content};
use super::desktop::{Popup, PopupId};
use crate::event::Priority;
use crate::format::clean;

/// Graphemes of a feed's name: it must leave room for the rest of its line.
const NAME: usize = 40;

/// Words a popup.
///
/// A feed's name is the last line of its event's body: popups show title and body, few show the sender.
pub(super) fn popup(call: &Call, replaces: Option<PopupId>) -> Popup {
    let name = name(&call.feed_name);
    let (title, body, priority) = match &call.content {
        Content::Event(notice) => {
            (notice.title.clone(), under(&name, &notice.title, &notice.body), notice.priority)
        }
        Content::More { count, newest } => {
            (format!("{count} more from {name}"), newest.title.clone(), newest.priority.min(Priority::High))
        }
        Content::Summary(summary) => {
            let title = match summary.count {
                1 => format!("1 from {name} while you were away"),
                count => format!("{count} from {name} while you were away"),
            };
            (title, summary.title.clone(), Priority::Normal)
        }
    };
    Popup { replaces, title: clean::title(&title), body: clean::body(&body), priority }
}

/// The body with the feed's name in a line of its own, so that no body can push it out.
fn under(name: &str, title: &str, body: &str) -> String {
    if clean::title(title) == name {
        return body.to_owned();
    }
    format!("{name}\n{body}")
}

/// A feed's name in one short line.
fn name(feed_name: &str) -> String {
    let name = clean::title(feed_name);
    match name.grapheme_indices(true).nth(NAME) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}
