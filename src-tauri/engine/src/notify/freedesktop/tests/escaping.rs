//! Whatever a server sends is shown as the text that it is.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::super::burst::{Call, Content, Place};
use super::super::super::tests::notice;
use super::super::super::{Notice, Opens, wording};
use super::*;
use crate::format::clean;
use crate::language::Language;

/// What a daemon makes of the escapes.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

proptest! {
    #[test]
    fn markup_of_an_event_is_shown_and_not_obeyed(
        text in "[a-z<>&;/\"' ltgamp\n]{0,60}",
        name in prop::option::of("[a-z<>&;/]{1,20}"),
    ) {
        let popup = Popup { body: text.clone(), feed_name: name.clone(), ..popup("x") };
        let marked = body(&popup, true);
        let ours = if name.is_some() { marked.replacen("<i>", "", 1).replacen("</i>", "", 1) } else { marked };
        prop_assert!(!ours.contains(['<', '>']));
        prop_assert_eq!(unescape(&ours), body(&popup, false));
        prop_assert_eq!(unescape(&escape(&text)), text);
    }

    #[test]
    fn whatever_a_server_sends_is_shown_clean_and_as_text_alone(
        title in hostile(),
        text in hostile(),
        feed in hostile(),
        key in prop::option::of(hostile()),
        urgent in any::<bool>(),
    ) {
        let priority = if urgent { Priority::Urgent } else { Priority::Normal };
        let (opens, name) = (Some(Opens::Page(text.clone())), feed.clone());
        let notice = Notice { title, body: text.clone(), feed_name: name, key, priority, opens, ..notice("a", 1) };
        let call = Call {
            feed: notice.feed.clone(),
            feed_name: feed.clone(),
            place: Place::of(&notice),
            events: vec![notice.event],
            content: Content::Event(notice),
        };
        let popup = wording::popup(&call, None, None, Language::English);
        let marked = body(&popup, true);
        let ours = marked.strip_prefix("<i>").map_or(marked.clone(), |rest| rest.replacen("</i>", "", 1));
        prop_assert!(!ours.contains(['<', '>']), "{marked}");
        let shown = unescape(&ours);
        let named = popup.feed_name.clone().unwrap_or_default();
        let wanted = clean::body(&text);
        let parts: Vec<_> = [named, wanted].into_iter().filter(|part| !part.is_empty()).collect();
        prop_assert_eq!(&shown, &parts.join("\n"));
        let texts = [popup.title.clone(), shown];
        let labels = popup.buttons.iter().map(|button| button.label.clone());
        for text in texts.into_iter().chain(labels) {
            prop_assert!(!text.contains(|letter: char| letter.is_control() && letter != '\n'), "{text:?}");
            prop_assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{200f}', '\u{feff}']), "{text:?}");
        }
        prop_assert!(popup.title.graphemes(true).count() <= 120 && popup.body.graphemes(true).count() <= 1_000);
    }
}

/// Text that tries to be markup, to turn the line, or to be endless.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<b>".to_owned()),
        Just("</i>".to_owned()),
        Just("<img src=\"https://evil.example/\">".to_owned()),
        Just("&lt;".to_owned()),
        Just("&#x3c;".to_owned()),
        Just("&amp;amp;".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{2066}\u{200f}\u{feff}".to_owned()),
        Just("\u{1b}]8;;https://evil.example\u{7}".to_owned()),
        Just("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}".to_owned()),
        Just("\r\n\t\u{2028}".to_owned()),
        Just("long ".repeat(300)),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}
