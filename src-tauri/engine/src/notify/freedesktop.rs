//! Popups by the freedesktop notification specification, through whatever daemon owns its bus name.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use notify_rust::{Hint, Notification, NotificationHandle, NotificationResponse, Timeout, Urgency};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;
use url::Url;

use super::desktop::{
    Answer, Choice, Deed, Desktop, Identity, Lack, Popup, PopupId, Presenter, ShowError, Sound,
};
use crate::event::Priority;

mod daemon;
mod quirks;

pub use daemon::service;
use daemon::{Bus, Daemon};

/// Time a daemon has to show a popup: a busy desktop takes one second, a hung one for ever.
const ANSWER_TIME: Duration = Duration::from_secs(5);
/// Popups whose answers are waited for; each holds a bus connection, and nobody clicks an older one.
const LIVE: usize = 32;

/// The person's desktop, reached by the session bus.
#[derive(Debug)]
pub struct Freedesktop {
    identity: Identity,
    icon: String,
    answer_time: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    bus: Bus,
    /// Counts the daemons met.
    run: u64,
    live: VecDeque<Live>,
    /// The popup shown last by this daemon.
    latest: Option<PopupId>,
    /// The connection that showed the oldest of the live popups, kept even when that one is gone: GNOME Shell
    /// takes away all popups of a program when the connection that opened its group closes.
    anchor: Option<Arc<NotificationHandle>>,
    waits: JoinSet<()>,
}

/// A shown popup whose answer is waited for.
#[derive(Debug)]
struct Live {
    popup: PopupId,
    wait: AbortHandle,
}

impl Freedesktop {
    /// Makes one; the bus is first asked when there is something to show.
    ///
    /// The icon is the one the theme has under the desktop entry's name.
    pub fn new(identity: Identity) -> Self {
        let icon = identity.desktop_entry.clone();
        Self { identity, icon, answer_time: ANSWER_TIME, state: Mutex::default() }
    }

    /// Takes another icon: a name of the theme, or an absolute path for a program that isn't installed.
    #[must_use]
    pub fn with_icon(self, icon: impl Into<String>) -> Self {
        Self { icon: icon.into(), ..self }
    }

    fn word(&self, popup: &Popup, daemon: &Daemon, run: u64) -> Notification {
        let mut notification = Notification::new();
        notification
            .appname(&self.identity.name)
            .icon(&self.icon)
            .summary(&popup.title)
            .body(&body(popup, daemon.reads_markup))
            .hint(Hint::DesktopEntry(self.identity.desktop_entry.clone()))
            .urgency(urgency(popup.priority));
        // A file that isn't plain text in a URL is none that we wrote.
        if let Some(picture) = popup.picture.as_ref().and_then(|file| Url::from_file_path(file).ok()) {
            if daemon.knows_image_path {
                notification.hint(Hint::ImagePath(picture.into()));
            } else {
                notification.icon(picture.as_str());
            }
        }
        if daemon.takes_actions {
            notification.action("default", popup.click);
            for button in popup.buttons.iter().take(daemon.quirks.buttons) {
                notification.action(word_of(button.choice), &button.label);
            }
        }
        if popup.stays && daemon.quirks.knows_never {
            notification.timeout(Timeout::Never);
        }
        if let Some(percent) = popup.progress.filter(|_| daemon.quirks.draws_progress) {
            notification.hint(Hint::CustomInt("value".into(), percent.into()));
        }
        match &popup.sound {
            Sound::Named(name) if daemon.plays_sounds => {
                notification.hint(Hint::SoundName(name.clone()));
            }
            Sound::Mute if daemon.plays_sounds => {
                notification.hint(Hint::SuppressSound(true));
            }
            Sound::Usual | Sound::Mute | Sound::Named(_) => {}
        }
        if let Some(replaced) = popup.replaces.filter(|replaced| replaced.run == run) {
            notification.id(replaced.number);
        }
        notification
    }
}

#[async_trait]
impl Desktop for Freedesktop {
    async fn show(&self, popup: Popup, answers: &mpsc::Sender<Answer>) -> Result<PopupId, ShowError> {
        let mut state = self.state.lock().await;
        let shown = timeout(self.answer_time, async {
            let (daemon, met) = state.bus.daemon().await?;
            if met {
                state.meet();
            }
            let notification = self.word(&popup, &daemon, state.run);
            state.make_room(daemon.quirks.popups).await;
            notification.show_async().await.map_err(daemon::refused)
        });
        let shown = shown.await.unwrap_or(Err(ShowError::TimedOut));
        match (shown, state.latest) {
            (Ok(handle), _) => Ok(state.keep(handle, answers)),
            (Err(ShowError::Refused(words)), Some(latest)) if quirks::is_twin(&words) => Ok(latest),
            (Err(error), _) => {
                state.bus.doubt();
                Err(error)
            }
        }
    }

    async fn presenter(&self) -> Result<Presenter, ShowError> {
        let asked = async { self.state.lock().await.bus.presenter().await };
        timeout(self.answer_time, asked).await.unwrap_or(Err(ShowError::TimedOut))
    }

    async fn close_one(&self, popup: PopupId) {
        let mut state = self.state.lock().await;
        if popup.run != state.run {
            return;
        }
        state.live.retain(|live| {
            if live.popup == popup {
                live.wait.abort();
            }
            live.popup != popup
        });
        if timeout(self.answer_time, state.bus.take_away(popup.number)).await.is_err() {
            tracing::debug!("the notification service doesn't say whether it closed a popup");
        }
    }

    async fn close(&self) {
        let mut state = self.state.lock().await;
        state.live.clear();
        state.waits.shutdown().await;
        state.anchor = None;
    }
}

impl State {
    /// Starts afresh with a daemon that knows nothing of earlier popups.
    fn meet(&mut self) {
        self.run += 1;
        self.latest = None;
        for live in self.live.drain(..) {
            live.wait.abort();
        }
        self.anchor = None;
    }

    /// Takes the oldest popups away where a daemon has few places for those of all programs: half of them are ours.
    async fn make_room(&mut self, places: Option<usize>) {
        let Some(places) = places else { return };
        self.live.retain(|live| !live.wait.is_finished());
        while self.live.len() >= places / 2
            && let Some(oldest) = self.live.pop_front()
        {
            oldest.wait.abort();
            self.bus.take_away(oldest.popup.number).await;
        }
    }

    /// Waits for a popup's answer, and no longer for the one it replaces nor for the oldest of too many.
    fn keep(&mut self, handle: NotificationHandle, answers: &mpsc::Sender<Answer>) -> PopupId {
        while let Some(ended) = self.waits.try_join_next() {
            if ended.is_err_and(|error| error.is_panic()) {
                tracing::warn!("waiting for a popup's answer failed");
            }
        }
        let popup = PopupId { run: self.run, number: handle.id() };
        self.latest = Some(popup);
        self.live.retain(|live| {
            if live.popup == popup {
                live.wait.abort();
            }
            live.popup != popup && !live.wait.is_finished()
        });
        if self.live.len() >= LIVE
            && let Some(oldest) = self.live.pop_front()
        {
            oldest.wait.abort();
        }
        let handle = Arc::new(handle);
        if self.live.is_empty() {
            self.anchor = Some(handle.clone());
        }
        let wait = self.waits.spawn(wait(handle, popup, answers.clone()));
        self.live.push_back(Live { popup, wait });
        popup
    }
}

/// Waits until a popup is clicked or gone.
async fn wait(handle: Arc<NotificationHandle>, popup: PopupId, answers: mpsc::Sender<Answer>) {
    let mut deed = None;
    let hear = |response: &NotificationResponse| {
        deed = Some(match response {
            NotificationResponse::Default => Deed::Clicked,
            NotificationResponse::Action(word) => choice_of(word).map_or(Deed::Clicked, Deed::Chosen),
            NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => Deed::Closed,
        });
    };
    handle.wait_for_action_async(hear).await;
    if let Some(deed) = deed
        && answers.send(Answer { popup, deed }).await.is_err()
    {
        tracing::debug!("nobody hears what became of a popup");
    }
}

/// What a button is called on the bus.
fn word_of(choice: Choice) -> &'static str {
    match choice {
        Choice::Follow => "follow",
        Choice::MarkRead => "mark-read",
        Choice::MuteHour => "mute-hour",
        Choice::Copy => "copy",
    }
}

fn choice_of(word: &str) -> Option<Choice> {
    let choices = [Choice::Follow, Choice::MarkRead, Choice::MuteHour, Choice::Copy];
    choices.into_iter().find(|choice| word_of(*choice) == word)
}

/// Levels of the specification: low ones may be held back, critical ones stay until they are dismissed.
fn urgency(priority: Priority) -> Urgency {
    match priority {
        Priority::Min | Priority::Low => Urgency::Low,
        Priority::Normal | Priority::High => Urgency::Normal,
        Priority::Urgent => Urgency::Critical,
    }
}

/// The feed's name and the body; the only markup is ours, and only for daemons that read it.
fn body(popup: &Popup, markup: bool) -> String {
    let text = if markup { escape(&popup.body) } else { popup.body.clone() };
    let Some(name) = &popup.feed_name else { return text };
    let name = if markup { format!("<i>{}</i>", escape(name)) } else { name.clone() };
    if text.is_empty() { name } else { format!("{name}\n{text}") }
}

/// Text as the specification's markup; it knows these three.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
