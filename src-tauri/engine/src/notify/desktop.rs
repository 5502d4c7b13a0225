//! What notices need of a desktop: showing a popup, and hearing what a person did with it.

use std::path::PathBuf;

use async_trait::async_trait;
use tokio::sync::mpsc;

use crate::event::Priority;

/// A popup as it is to be shown; plain text, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Popup {
    /// The popup whose place it takes, if that is still there.
    pub replaces: Option<PopupId>,
    /// One line.
    pub title: String,
    /// The feed's name, unless the title says it; shown in a line of its own above the body.
    pub feed_name: Option<String>,
    /// The picture of the feed it speaks for, a file that we wrote.
    pub picture: Option<PathBuf>,
    /// Any number of lines.
    pub body: String,
    /// How much it matters.
    pub priority: Priority,
    /// Whether it stays until a person dismisses it, as far as the desktop lets a program ask for that.
    pub stays: bool,
    /// What it sounds like.
    pub sound: Sound,
    /// How far the thing it speaks of has come, in per cent.
    pub progress: Option<u8>,
    /// What a click on it does, in a word.
    pub click: &'static str,
    /// What it offers besides a click on itself, the most wanted first.
    pub buttons: Vec<Button>,
}

/// Something a popup offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What it does.
    pub choice: Choice,
    /// What it says: a few plain words.
    pub label: String,
}

/// What a person can choose on a popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Opening the event's link.
    Follow,
    /// Marking the event read.
    MarkRead,
    /// Muting the feed for an hour.
    MuteHour,
    /// Copying the event's text.
    Copy,
}

/// What a popup sounds like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sound {
    /// As the desktop likes.
    #[default]
    Usual,
    /// Not at all.
    Mute,
    /// By a name of the freedesktop sound naming specification.
    Named(String),
}

impl Sound {
    /// Reads what a person has set: a name, "none", or nothing.
    pub(super) fn of(set: Option<&str>) -> Self {
        match set {
            None => Self::Usual,
            Some("none") => Self::Mute,
            Some(name) => Self::Named(name.to_owned()),
        }
    }
}

/// A shown popup's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PopupId {
    /// Which run of the notification daemon it belongs to; ids of another run mean other popups.
    pub run: u64,
    /// The daemon's own number for it.
    pub number: u32,
}

/// What became of a shown popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which popup.
    pub popup: PopupId,
    /// What happened to it.
    pub deed: Deed,
}

/// What can happen to a popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A person clicked it.
    Clicked,
    /// A person pressed one of its buttons.
    Chosen(Choice),
    /// It is gone: dismissed, expired or closed.
    Closed,
}

/// Why a popup wasn't shown, in words for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShowError {
    /// There is no session bus to reach a daemon by.
    #[error("Popups can't be shown: there is no D-Bus session. Start Tidings from the desktop session.")]
    NoBus,
    /// No notification daemon runs, and none could be started.
    #[error(
        "Popups can't be shown: no notification service is running. Install or start one, such as dunst."
    )]
    NoDaemon,
    /// The daemon gave no answer within the time given to it.
    #[error("Popups can't be shown: the notification service doesn't answer. Restarting it may help.")]
    TimedOut,
    /// The daemon answered with an error.
    #[error("Popups can't be shown: the notification service refused one: {0}")]
    Refused(String),
}

/// Who the popups come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The program's name as people see it.
    pub name: String,
    /// The name of its desktop entry, without `.desktop`; desktops take name and settings from there.
    pub desktop_entry: String,
}

/// A notification daemon, by its own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// Its version.
    pub version: String,
    /// The version of the specification it follows.
    pub specification: String,
    /// What it can do, in the specification's words.
    pub capabilities: Vec<String>,
}

/// Who shows popups, by its own account, and what can't be expected of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presenter {
    /// Its name, version and maker, in one line.
    pub name: String,
    /// What it can't do.
    pub lacks: Vec<Lack>,
    /// Whether it holds popups back at present because a person wants no disturbance; none where it doesn't say.
    pub holds_back: Option<bool>,
}

/// What a desktop can't do with popups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A text below the title.
    Body,
    /// Clicks and buttons.
    Clicks,
    /// Sounds that a program chooses.
    Sounds,
    /// Keeping what nobody looked at.
    Keeping,
}

/// A place where popups are shown.
#[async_trait]
pub trait Desktop: std::fmt::Debug + Send + Sync {
    /// Shows a popup and sends what becomes of it to `answers`.
    ///
    /// # Errors
    /// Says why it wasn't shown; the next one may be.
    async fn show(&self, popup: Popup, answers: &mpsc::Sender<Answer>) -> Result<PopupId, ShowError>;

    /// Says who shows popups, without showing one.
    ///
    /// # Errors
    /// Says why none can be shown.
    async fn presenter(&self) -> Result<Presenter, ShowError>;

    /// Takes a popup away, if it is still there; what became of it is not told.
    async fn close_one(&self, popup: PopupId);

    /// Ends everything that waits for an answer.
    async fn close(&self);
}
