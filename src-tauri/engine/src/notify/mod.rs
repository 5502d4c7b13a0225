//! Popups: few enough to be looked at, never in the way of what they speak of, and clickable.
//!
//! Offering a notice never waits. Its owner task shows one popup after the other and reports what became of
//! each event, so that the history can tell what a person was shown.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::event::{EventRow, Insistence, Priority, Reading};
use crate::id::{EventId, FeedId};
use crate::language::Language;

mod bucket;
mod burst;
mod click;
pub mod desktop;
mod excess;
#[cfg(all(unix, not(target_os = "macos")))]
mod freedesktop;
mod lane;
mod more;
mod owner;
mod states;
mod summary;
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod toasts;
mod wording;

use burst::Bursts;
pub use click::Clicked;
pub use desktop::{Choice, Desktop, Lack, Presenter, ShowError};
#[cfg(all(unix, not(target_os = "macos")))]
pub use freedesktop::{Freedesktop as SystemDesktop, service};
use owner::Owner;
pub use summary::Summary;
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub use toasts::{Toasts as SystemDesktop, service};

/// Reports waiting to be read; beyond, the owner task waits and what is offered meanwhile is folded.
const REPORTS: usize = 256;
/// Time the owner task has to end in: half of what the whole program has.
const END: Duration = Duration::from_millis(500);

/// An event to tell a person of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The event's number in the history.
    pub event: EventId,
    /// The feed it came from.
    pub feed: FeedId,
    /// That feed's name.
    pub feed_name: String,
    /// How the event reads.
    pub title: String,
    /// How the event reads.
    pub body: String,
    /// How much it matters.
    pub priority: Priority,
    /// Notices of one feed with the same key share one popup.
    pub key: Option<String>,
    /// What the event belongs to.
    pub group: Option<String>,
    /// How its popup behaves.
    pub insistence: Insistence,
    /// How far the thing it is a state of has come, in per cent.
    pub progress: Option<u8>,
    /// The picture that the event names.
    pub picture: Named,
    /// What its button to open a page leads to; none where it has no link.
    pub opens: Option<Opens>,
}

/// What a button to open a page leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// The event's link.
    Link,
    /// A page that the server has named.
    Page(String),
}

impl Notice {
    /// Makes one of a stored event.
    pub fn of(row: EventRow, feed_name: String) -> Self {
        let EventRow { id, feed, reading, .. } = row;
        let Reading { title, body, link, priority, key, group, actions, .. } = reading;
        let named = actions.into_iter().next().map(|action| Opens::Page(action.label));
        let opens = if link.is_some() { Some(Opens::Link) } else { named };
        let (insistence, progress, picture) = (Insistence::default(), None, Named::Nothing);
        Self {
            event: id,
            feed,
            feed_name,
            title,
            body,
            priority,
            key,
            group,
            insistence,
            progress,
            picture,
            opens,
        }
    }
}

/// A picture that an event names, where its feed allows that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// None, or none that can be shown.
    #[default]
    Nothing,
    /// It is being brought; the popup waits for it, but not for long.
    Coming,
    /// It is in this file.
    Here(PathBuf),
}

/// A word of the program itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// One line.
    title: String,
    /// What it means and what mends it.
    body: String,
}

/// A popup that is only to show whether popups are shown.
#[derive(Debug)]
struct Test {
    word: Word,
    done: oneshot::Sender<Result<(), ShowError>>,
}

/// What became of an offered notice at once.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// A [`Report::Settled`] follows.
    Taken,
    /// It is part of the number in "N more" and no report follows: too many wait for one.
    Counted,
}

/// What the engine is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// These events were shown, alone or as part of a count; or they weren't, and why.
    Settled {
        /// The feed.
        feed: FeedId,
        /// Its events.
        events: Vec<EventId>,
        /// Whether a person could see them.
        shown: Result<(), ShowError>,
    },
    /// A summary was shown, or it wasn't, and why.
    Summarised {
        /// The feed.
        feed: FeedId,
        /// The newest event it stands for.
        newest: EventId,
        /// Whether a person could see it.
        shown: Result<(), ShowError>,
    },
    /// A person clicked a popup.
    Clicked(Clicked),
    /// A person pressed a popup's button.
    Chosen(Choice, Clicked),
    /// Whether popups can be shown; told when it changes, starting from "yes".
    Health(Result<(), ShowError>),
}

/// What became of a popup that was only to show whether popups are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// Who shows popups, or why nobody does.
    pub presenter: Result<Presenter, ShowError>,
    /// Whether the popup was shown; none where another test was still on its way.
    pub shown: Option<Result<(), ShowError>>,
}

/// What stands for a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Icon {
    /// An emoji, before its name.
    Emoji(String),
    /// A picture, by its file.
    Picture(PathBuf),
}

/// Shows popups; a cheap handle, all clones mean the same one.
#[derive(Clone, Debug)]
pub struct Notifier {
    bursts: Arc<Mutex<Bursts>>,
    desktop: Arc<dyn Desktop>,
    tests: mpsc::Sender<Test>,
    wake: Arc<Notify>,
    forgotten: Arc<Mutex<Vec<FeedId>>>,
    icons: Arc<Mutex<HashMap<FeedId, Icon>>>,
    language: Arc<Mutex<Language>>,
    stop: CancellationToken,
    tasks: Arc<Mutex<JoinSet<()>>>,
}

impl Notifier {
    /// Starts showing popups on a desktop.
    pub fn start(desktop: Arc<dyn Desktop>) -> (Self, mpsc::Receiver<Report>) {
        let (reports, receiver) = mpsc::channel(REPORTS);
        let (tests, wanted) = mpsc::channel(1);
        let notifier = Self {
            desktop: Arc::clone(&desktop),
            tests,
            bursts: Arc::new(Mutex::new(Bursts::new(Instant::now()))),
            wake: Arc::default(),
            forgotten: Arc::default(),
            icons: Arc::default(),
            language: Arc::default(),
            stop: CancellationToken::new(),
            tasks: Arc::default(),
        };
        let owner = Owner::new(desktop, &notifier, reports, wanted);
        lock(&notifier.tasks).spawn(owner.run());
        (notifier, receiver)
    }

    /// Sets what stands for each feed, from the next popup on.
    pub fn set_icons(&self, icons: HashMap<FeedId, Icon>) {
        *lock(&self.icons) = icons;
    }

    /// Sets the language of popups, from the next one on.
    pub fn speak(&self, language: Language) {
        *lock(&self.language) = language;
    }

    /// Gives the language of popups.
    pub fn language(&self) -> Language {
        *lock(&self.language)
    }

    /// Takes an event in; never waits, however slow the daemon is.
    pub fn offer(&self, notice: Notice) -> Offered {
        let offered = lock(&self.bursts).offer(notice, Instant::now());
        self.wake.notify_one();
        offered
    }

    /// Takes in the picture that an offered event names, or that there is none.
    pub fn picture(&self, feed: &FeedId, event: EventId, picture: Option<PathBuf>) {
        lock(&self.bursts).picture(feed, event, picture.map_or(Named::Nothing, Named::Here));
        self.wake.notify_one();
    }

    /// Takes a catch-up in; a later one of the same feed takes its place.
    pub fn summarise(&self, summary: Summary) {
        lock(&self.bursts).summarise(summary, Instant::now());
        self.wake.notify_one();
    }

    /// Takes in what quiet hours held, at their end: one popup for all feeds.
    pub fn digest(&self, held: Vec<Summary>) {
        lock(&self.bursts).digest(held, Instant::now());
        self.wake.notify_one();
    }

    /// Takes an event in that was sent while nobody was there: it becomes a part of its feed's catch-up.
    pub fn catch_up(&self, notice: Notice) {
        lock(&self.bursts).catch_up(notice, Instant::now());
        self.wake.notify_one();
    }

    /// Shows a word of the program itself, such as that the disk is full; a click opens the window.
    pub fn say(&self, title: String, body: String) {
        lock(&self.bursts).say(Word { title, body }, Instant::now());
        self.wake.notify_one();
    }

    /// Closes a feed's popup with this key, and drops what waits to be shown under it; gives the events that nobody
    /// is shown, for which no report follows.
    #[must_use]
    pub fn withdraw(&self, feed: &FeedId, key: &str) -> Vec<EventId> {
        let events = lock(&self.bursts).withdraw(feed, key, Instant::now());
        self.wake.notify_one();
        events
    }

    /// Says softly what is wrong with a feed itself, in place of what was said before; without a feed, with several.
    pub fn alert(&self, feed: Option<&FeedId>, title: String, body: String) {
        lock(&self.bursts).alert(feed, Word { title, body }, Instant::now());
        self.wake.notify_one();
    }

    /// Takes back what was said to be wrong, and its popup.
    pub fn end_alert(&self, feed: Option<&FeedId>) {
        lock(&self.bursts).end_alert(feed, Instant::now());
        self.wake.notify_one();
    }

    /// Shows a popup at once, past all limits and quiet hours, and says how that went step by step.
    pub async fn test(&self, title: String, body: String) -> Tested {
        let presenter = self.desktop.presenter().await;
        if let Err(error) = &presenter {
            let shown = Some(Err(error.clone()));
            return Tested { presenter, shown };
        }
        let (done, shown) = oneshot::channel();
        let test = Test { word: Word { title, body }, done };
        let shown = if self.tests.try_send(test).is_ok() { shown.await.ok() } else { None };
        Tested { presenter, shown }
    }

    /// Gives the feeds that have been sending more than popups can show in most of the last minutes.
    pub fn bursting(&self) -> Vec<FeedId> {
        lock(&self.bursts).bursting(Instant::now())
    }

    /// Drops what a feed has offered, without a report; for a feed that is removed or muted.
    pub fn forget(&self, feed: &FeedId) {
        lock(&self.bursts).forget(feed);
        lock(&self.forgotten).push(feed.clone());
        self.wake.notify_one();
    }

    /// Ends within half a second; what was offered and not reported by then stays unsettled.
    pub async fn shutdown(&self) {
        self.stop.cancel();
        let mut tasks = std::mem::take(&mut *lock(&self.tasks));
        if timeout(END, async { while tasks.join_next().await.is_some() {} }).await.is_err() {
            tracing::warn!("the notifier didn't end in time");
            tasks.shutdown().await;
        }
    }
}

/// Locks what is only ever left whole, so that a panic elsewhere doesn't spread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
