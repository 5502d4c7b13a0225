//! What popups say, always with the name of the feed they come from.

use std::cmp::Reverse;
use std::path::PathBuf;

use unicode_segmentation::UnicodeSegmentation;

use super::burst::{Call, Content};
use super::desktop::{Button, Choice, Popup, PopupId, Sound};
use super::{Icon, Named, Notice, Opens, Summary};
use crate::event::{Insistence, Priority};
use crate::format::clean;
use crate::language::Language;

/// Graphemes of a feed's name: it must leave room for the rest of its line.
const NAME: usize = 40;
/// Graphemes of a group's name, which stands beside the feed's.
const GROUP: usize = 40;
/// Graphemes of a button that a server has named: three of them fit side by side.
const LABEL: usize = 24;
/// Feeds that a digest names; more don't fit in a line.
const NAMED: usize = 3;
/// Graphemes of each of their names: three of them with their counts are a title of 120.
const SHORT_NAME: usize = 18;

/// Words a popup; its title or its line for the feed's name says where it comes from.
pub(super) fn popup(
    call: &Call,
    icon: Option<&Icon>,
    replaces: Option<PopupId>,
    language: Language,
) -> Popup {
    let plain = |title, body| plain(title, body, language);
    let bare = name(&call.feed_name);
    let (name, picture) = match icon {
        Some(Icon::Emoji(emoji)) => (format!("{emoji} {bare}"), None),
        Some(Icon::Picture(file)) => (bare.clone(), Some(file.clone())),
        None => (bare.clone(), None),
    };
    match &call.content {
        Content::Event(notice) => {
            let title = clean::title(&notice.title);
            let is_name = title == bare;
            // A group that the title names already isn't named again.
            let group = notice.group.as_deref().filter(|group| clean::title(group) != title);
            let name = with_group(name, group);
            let feed_name = (!is_name && !name.is_empty()).then(|| name.clone());
            let title = if is_name { name } else { title };
            let (priority, progress) = (notice.priority, notice.progress);
            let buttons = offers(notice, language);
            Popup { feed_name, priority, progress, buttons, ..plain(title, clean::body(&notice.body)) }
                .like(&notice.insistence)
        }
        Content::More { count, newest } => {
            let title = language.more_from(*count, &with_group(name, newest.group.as_deref()));
            let mut popup = plain(title, clean::title(&newest.title)).like(&newest.insistence);
            // Critical popups stay until they are dismissed: too much for a number.
            popup.priority = newest.priority.min(Priority::High);
            popup.buttons = vec![mute(language)];
            if replaces.is_some() {
                // It has been heard already, and counts up to once a second.
                popup.sound = Sound::Mute;
            }
            popup
        }
        Content::Summary(Summary { count, most_urgent, .. }) => {
            let title = language.from_while_away(*count, &name);
            let priority = most_urgent.priority.clamp(Priority::Normal, Priority::High);
            Popup { priority, ..plain(title, clean::title(&most_urgent.title)) }.like(&most_urgent.insistence)
        }
        Content::Digest(sums) => digest(sums, language),
        Content::Alert(word) => {
            // Nothing that came from the feed is lost by not looking at once.
            Popup { sound: Sound::Mute, ..plain(clean::title(&word.title), clean::body(&word.body)) }
        }
        Content::Word(word) => {
            Popup { priority: Priority::High, ..plain(word.title.clone(), word.body.clone()) }
        }
    }
    .with(named(&call.content).or(picture))
    .in_place_of(replaces)
}

/// The picture that an event names; it stands for more than its feed's.
fn named(content: &Content) -> Option<PathBuf> {
    match content {
        Content::Event(Notice { picture: Named::Here(file), .. }) => Some(file.clone()),
        Content::Event(_)
        | Content::More { .. }
        | Content::Summary(_)
        | Content::Digest(_)
        | Content::Alert(_)
        | Content::Word(_) => None,
    }
}

/// Words what quiet hours held: which feeds sent how much, and the most urgent event.
fn digest(sums: &[Summary], language: Language) -> Popup {
    let mut sums: Vec<_> = sums.iter().collect();
    sums.sort_by_key(|sum| Reverse((sum.most_urgent.priority, sum.count)));
    let (named, others) = sums.split_at(sums.len().min(if sums.len() > NAMED { NAMED - 1 } else { NAMED }));
    let mut parts: Vec<_> = named
        .iter()
        .map(|sum| language.from_feed(sum.count, &cut(&clean::title(&sum.most_urgent.feed_name), SHORT_NAME)))
        .collect();
    if !others.is_empty() {
        let count = others.iter().fold(0_u64, |count, sum| count.saturating_add(sum.count));
        parts.push(language.from_others(count, others.len()));
    }
    let title = language.while_quiet(&parts);
    let Some(Summary { most_urgent, .. }) = sums.iter().copied().max_by_key(|sum| sum.rank()) else {
        return plain(title, String::new(), language);
    };
    let priority = most_urgent.priority.clamp(Priority::Normal, Priority::High);
    let feed_name = (sums.len() > 1).then(|| name(&most_urgent.feed_name));
    Popup { feed_name, priority, ..plain(title, clean::title(&most_urgent.title), language) }
        .like(&most_urgent.insistence)
}

/// What a person can do about an event at once, the most wanted first: GNOME Shell shows three of the four.
fn offers(notice: &Notice, language: Language) -> Vec<Button> {
    let label = notice.opens.as_ref().map(|opens| match opens {
        Opens::Link => language.open_link().to_owned(),
        Opens::Page(label) => cut(&clean::title(label), LABEL),
    });
    let follow =
        label.filter(|label| !label.is_empty()).map(|label| Button { choice: Choice::Follow, label });
    let read = Button { choice: Choice::MarkRead, label: language.mark_read().into() };
    let copy = Button { choice: Choice::Copy, label: language.copy_text().into() };
    follow.into_iter().chain([read, mute(language), copy]).collect()
}

fn mute(language: Language) -> Button {
    Button { choice: Choice::MuteHour, label: language.mute_hour().into() }
}

fn plain(title: String, body: String, language: Language) -> Popup {
    Popup {
        replaces: None,
        title,
        feed_name: None,
        picture: None,
        body,
        priority: Priority::Normal,
        stays: false,
        sound: Sound::Usual,
        progress: None,
        click: language.open(),
        buttons: Vec::new(),
    }
}

impl Popup {
    fn like(self, insistence: &Insistence) -> Self {
        Self { stays: insistence.stays, sound: Sound::of(insistence.sound.as_deref()), ..self }
    }

    fn with(self, picture: Option<PathBuf>) -> Self {
        Self { picture, ..self }
    }

    fn in_place_of(self, replaces: Option<PopupId>) -> Self {
        Self { replaces, ..self }
    }
}

/// A feed's name in one short line.
fn name(feed_name: &str) -> String {
    cut(&clean::title(feed_name), NAME)
}

/// A feed's name and, beside it, what an event of it belongs to.
fn with_group(name: String, group: Option<&str>) -> String {
    let group = group.map(|group| cut(&clean::title(group), GROUP)).filter(|group| !group.is_empty());
    match group {
        Some(group) if name.is_empty() => group,
        Some(group) => format!("{name} · {group}"),
        None => name,
    }
}

fn cut(text: &str, graphemes: usize) -> String {
    match text.grapheme_indices(true).nth(graphemes) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
