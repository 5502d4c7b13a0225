//! What is asked of a person about a link that proposes a feed.

use super::Language;

impl Language {
    /// Asks whether a feed is to be added, with its address in full; an empty name is none.
    pub fn link_proposes(self, name: &str, url: &str) -> String {
        let ask = match (self, name.is_empty()) {
            (Self::English, true) => {
                "A link proposes this feed. Nothing is connected to until you agree.".to_owned()
            }
            (Self::English, false) => {
                format!(
                    "A link proposes a feed under the name “{name}”. Nothing is connected to until you agree."
                )
            }
            (Self::German, true) => {
                "Ein Link schlägt diesen Feed vor. Vor der Zustimmung wird nichts verbunden.".to_owned()
            }
            (Self::German, false) => format!(
                "Ein Link schlägt einen Feed unter dem Namen „{name}“ vor. Vor der Zustimmung wird nichts verbunden."
            ),
        };
        format!("{ask}\n\n{url}")
    }

    /// What stands above that question.
    pub fn link_title(self) -> &'static str {
        match self {
            Self::English => "Try a feed?",
            Self::German => "Feed ausprobieren?",
        }
    }

    /// The buttons of that question.
    pub fn add_or_cancel(self) -> (&'static str, &'static str) {
        match self {
            Self::English => ("Try this feed", "Cancel"),
            Self::German => ("Feed ausprobieren", "Abbrechen"),
        }
    }

    /// Why a link is not followed: it carries a secret, or it is no feed's address.
    pub fn link_refused(self, has_secret: bool) -> &'static str {
        match (self, has_secret) {
            (Self::English, true) => {
                "This link carries a password or a token, and Tidings takes none from links. Paste the address into the \
                 window if you trust it."
            }
            (Self::English, false) => {
                "This link is no feed's address. It looks like tidings://add?url=https://…"
            }
            (Self::German, true) => {
                "Dieser Link enthält ein Passwort oder ein Token, und aus Links nimmt Tidings keines an. Die Adresse ins \
                 Fenster einfügen, wenn ihr zu trauen ist."
            }
            (Self::German, false) => {
                "Dieser Link ist keine Adresse eines Feeds. Er sieht aus wie tidings://add?url=https://…"
            }
        }
    }
}
