//! What is said of messages whose services leave the words to their clients.

use super::Language;

/// What an account did, by Mastodon's "Notification entity".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It wrote to the reader.
    Mention,
    /// It wrote something.
    Post,
    /// It passed a post of the reader on.
    Boost,
    /// It follows the reader.
    Follow,
    /// It asks to follow the reader.
    FollowRequest,
    /// It likes a post of the reader.
    Favourite,
    /// It changed a post.
    Edit,
    /// It quoted a post of the reader.
    Quote,
    /// It is new on the server.
    SignUp,
    /// It reported another.
    Report,
}

impl Language {
    /// What an account did.
    pub fn did(self, who: &str, deed: Deed) -> String {
        match (self, deed) {
            (Self::English, Deed::Mention) => format!("{who} mentioned you"),
            (Self::English, Deed::Post) => format!("{who} posted"),
            (Self::English, Deed::Boost) => format!("{who} boosted your post"),
            (Self::English, Deed::Follow) => format!("{who} followed you"),
            (Self::English, Deed::FollowRequest) => format!("{who} asks to follow you"),
            (Self::English, Deed::Favourite) => format!("{who} likes your post"),
            (Self::English, Deed::Edit) => format!("{who} edited a post"),
            (Self::English, Deed::Quote) => format!("{who} quoted you"),
            (Self::English, Deed::SignUp) => format!("{who} signed up"),
            (Self::English, Deed::Report) => format!("{who} sent a report"),
            (Self::German, Deed::Mention) => format!("{who} hat dich erwähnt"),
            (Self::German, Deed::Post) => format!("{who} hat etwas geschrieben"),
            (Self::German, Deed::Boost) => format!("{who} hat deinen Beitrag geteilt"),
            (Self::German, Deed::Follow) => format!("{who} folgt dir"),
            (Self::German, Deed::FollowRequest) => format!("{who} möchte dir folgen"),
            (Self::German, Deed::Favourite) => format!("{who} mag deinen Beitrag"),
            (Self::German, Deed::Edit) => format!("{who} hat einen Beitrag geändert"),
            (Self::German, Deed::Quote) => format!("{who} hat dich zitiert"),
            (Self::German, Deed::SignUp) => format!("{who} hat sich angemeldet"),
            (Self::German, Deed::Report) => format!("{who} hat etwas gemeldet"),
        }
    }

    /// That an account passed on what another wrote.
    pub fn boosted(self, who: &str, whom: &str) -> String {
        match self {
            Self::English => format!("{who} boosted {whom}"),
            Self::German => format!("{who} hat {whom} geteilt"),
        }
    }

    /// An account without a name.
    pub fn somebody(self) -> &'static str {
        match self {
            Self::English => "Somebody",
            Self::German => "Jemand",
        }
    }

    /// That a poll has its result.
    pub fn poll_ended(self) -> &'static str {
        match self {
            Self::English => "A poll has ended",
            Self::German => "Eine Umfrage ist beendet",
        }
    }

    /// A server's word to all its accounts.
    pub fn announcement(self) -> &'static str {
        match self {
            Self::English => "Announcement",
            Self::German => "Ankündigung",
        }
    }

    /// That a post is gone.
    pub fn post_deleted(self) -> &'static str {
        match self {
            Self::English => "A post was deleted.",
            Self::German => "Ein Beitrag wurde gelöscht.",
        }
    }

    /// That an announcement is gone.
    pub fn announcement_deleted(self) -> &'static str {
        match self {
            Self::English => "An announcement was deleted.",
            Self::German => "Eine Ankündigung wurde gelöscht.",
        }
    }

    /// What an author put before a text that stays behind it.
    pub fn content_warning(self, warning: &str) -> String {
        match self {
            Self::English => format!("Content warning: {warning}"),
            Self::German => format!("Inhaltswarnung: {warning}"),
        }
    }

    /// How much stands in a post without words.
    pub fn attachments(self, many: usize) -> String {
        match (self, many) {
            (Self::English, 1) => "1 attachment".to_owned(),
            (Self::English, _) => format!("{many} attachments"),
            (Self::German, 1) => "1 Anhang".to_owned(),
            (Self::German, _) => format!("{many} Anhänge"),
        }
    }

    /// That a message is gone.
    pub fn message_deleted(self) -> &'static str {
        match self {
            Self::English => "A message was deleted.",
            Self::German => "Eine Nachricht wurde gelöscht.",
        }
    }

    /// That a message was dealt with elsewhere.
    pub fn message_dismissed(self) -> &'static str {
        match self {
            Self::English => "A message was dismissed.",
            Self::German => "Eine Nachricht wurde weggelegt.",
        }
    }

    /// A message whose content isn't text.
    pub fn no_text(self) -> &'static str {
        match self {
            Self::English => "A message that is not text.",
            Self::German => "Eine Nachricht, die kein Text ist.",
        }
    }

    /// The file that comes with a message.
    pub fn file(self, name: &str) -> String {
        match self {
            Self::English => format!("File: {name}"),
            Self::German => format!("Datei: {name}"),
        }
    }

    /// The words that a message is filed under.
    pub fn tags(self, words: &str) -> String {
        match self {
            Self::English => format!("Tags: {words}"),
            Self::German => format!("Schlagwörter: {words}"),
        }
    }

    /// What a thing is and what it was before.
    pub fn state_was(self, state: &str, before: &str) -> String {
        match self {
            Self::English => format!("{state} (was {before})"),
            Self::German => format!("{state} (war {before})"),
        }
    }

    /// That a thing is no more.
    pub fn thing_removed(self) -> &'static str {
        match self {
            Self::English => "removed",
            Self::German => "entfernt",
        }
    }

    /// That a page was made, and what its author said to that.
    pub fn new_page(self, said: &str) -> String {
        match self {
            Self::English => format!("new page. {said}"),
            Self::German => format!("neue Seite. {said}"),
        }
    }

    /// All of a database.
    pub fn everything(self) -> &'static str {
        match self {
            Self::English => "Everything",
            Self::German => "Alles",
        }
    }

    /// That a value of a database is gone.
    pub fn value_deleted(self) -> &'static str {
        match self {
            Self::English => "Deleted.",
            Self::German => "Gelöscht.",
        }
    }
}
