//! What popups say of themselves.

use super::Language;

impl Language {
    /// That feeds are watched without the window: a title and a text.
    pub fn goes_on(self) -> (&'static str, &'static str) {
        match self {
            Self::English => (
                "Tidings goes on without its window",
                "Feeds are watched and notifications come. Start Tidings again to see the window.",
            ),
            Self::German => (
                "Tidings läuft ohne Fenster weiter",
                "Feeds werden beobachtet, und Mitteilungen kommen. Für das Fenster Tidings wieder starten.",
            ),
        }
    }

    /// What a click on a popup does.
    pub fn open(self) -> &'static str {
        match self {
            Self::English => "Open",
            Self::German => "Öffnen",
        }
    }

    /// The button that opens an event's link.
    pub fn open_link(self) -> &'static str {
        match self {
            Self::English => "Open link",
            Self::German => "Link öffnen",
        }
    }

    /// The button that marks an event read.
    pub fn mark_read(self) -> &'static str {
        match self {
            Self::English => "Mark read",
            Self::German => "Gelesen",
        }
    }

    /// The button that mutes a feed.
    pub fn mute_hour(self) -> &'static str {
        match self {
            Self::English => "Mute 1 h",
            Self::German => "1 h stumm",
        }
    }

    /// The button that copies an event's text.
    pub fn copy_text(self) -> &'static str {
        match self {
            Self::English => "Copy text",
            Self::German => "Text kopieren",
        }
    }

    /// What a feed sent besides what was shown.
    pub fn more_from(self, count: u64, feed: &str) -> String {
        match self {
            Self::English => format!("{count} more from {feed}"),
            Self::German => format!("{count} weitere von {feed}"),
        }
    }

    /// What a feed sent while nobody was there.
    pub fn from_while_away(self, count: u64, feed: &str) -> String {
        match self {
            Self::English => format!("{count} from {feed} while you were away"),
            Self::German => format!("{count} von {feed} während der Abwesenheit"),
        }
    }

    /// How many came from a feed, as a part of a sentence.
    pub fn from_feed(self, count: u64, feed: &str) -> String {
        match self {
            Self::English => format!("{count} from {feed}"),
            Self::German => format!("{count} von {feed}"),
        }
    }

    /// How many came from feeds that aren't named; two at least.
    pub fn from_others(self, count: u64, feeds: usize) -> String {
        match self {
            Self::English => format!("{count} from {feeds} other feeds"),
            Self::German => format!("{count} von {feeds} anderen Feeds"),
        }
    }

    /// What quiet hours held.
    pub fn while_quiet(self, parts: &[String]) -> String {
        let parts = parts.join(", ");
        match self {
            Self::English => format!("While it was quiet: {parts}"),
            Self::German => format!("In der Ruhezeit: {parts}"),
        }
    }

    /// That a feed is down.
    pub fn is_down(self, feed: &str) -> String {
        match self {
            Self::English => format!("{feed} is down"),
            Self::German => format!("{feed} ist ausgefallen"),
        }
    }

    /// That several feeds are down.
    pub fn are_down(self, feeds: usize) -> String {
        match self {
            Self::English => format!("{feeds} feeds are down"),
            Self::German => format!("{feeds} Feeds sind ausgefallen"),
        }
    }

    /// That a feed which is down is being dialled.
    pub fn tried_again(self) -> &'static str {
        match self {
            Self::English => "It has sent nothing for ten minutes and is being tried again.",
            Self::German => "Er hat zehn Minuten lang nichts gesendet; ein neuer Versuch läuft.",
        }
    }

    /// The title of a popup that only shows whether popups are shown, and what it says.
    pub fn test_popup(self) -> (&'static str, &'static str) {
        match self {
            Self::English => {
                ("Test notification", "If you can read this, popups are shown. A click opens the window.")
            }
            Self::German => (
                "Testbenachrichtigung",
                "Wer das liest, sieht Benachrichtigungen. Ein Klick öffnet das Fenster.",
            ),
        }
    }

    /// That the history takes nothing, and why.
    pub fn cannot_store(self, why: &str) -> (&'static str, String) {
        let why = self.said(why);
        match self {
            Self::English => (
                "Tidings can't store events",
                format!("{why} What was received waits until they can be stored; feeds are held back."),
            ),
            Self::German => (
                "Tidings kann keine Ereignisse speichern",
                format!(
                    "{why} Was empfangen wurde, wartet, bis das wieder geht; Feeds werden zurückgehalten."
                ),
            ),
        }
    }
}
