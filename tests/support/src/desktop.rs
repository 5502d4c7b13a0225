//! A desktop that notes every popup, and can be without a notification daemon.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use tidings_engine::notify::desktop::{Answer, Choice, Deed, Popup, PopupId};
use tidings_engine::notify::{Desktop, Presenter, ShowError};
use tokio::sync::mpsc;

/// Notes every popup.
#[derive(Debug, Default)]
pub struct Popups {
    shown: Mutex<Vec<(Instant, Popup)>>,
    taken_away: Mutex<Vec<u32>>,
    answers: Mutex<Option<mpsc::Sender<Answer>>>,
    numbers: AtomicU32,
    absent: AtomicBool,
}

impl Popups {
    /// All popups so far, with the instant of each call.
    pub fn shown(&self) -> Vec<(Instant, Popup)> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The titles of the popups that were taken away again.
    pub fn taken_away(&self) -> Vec<String> {
        let shown = self.shown();
        let numbers = self.taken_away.lock().unwrap_or_else(PoisonError::into_inner);
        let popups = numbers.iter().filter_map(|number| shown.get(usize::try_from(*number).ok()?));
        popups.map(|(_, popup)| popup.title.clone()).collect()
    }

    /// Presses a button of the popup that was shown after so many others.
    pub async fn press(&self, popup: u32, choice: Choice) {
        self.answer(popup, Deed::Chosen(choice)).await;
    }

    /// Clicks the popup that was shown after so many others.
    pub async fn click(&self, popup: u32) {
        self.answer(popup, Deed::Clicked).await;
    }

    async fn answer(&self, popup: u32, deed: Deed) {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let answer = Answer { popup: PopupId { run: 1, number: popup }, deed };
        if let Some(answers) = answers {
            answers.send(answer).await.expect("the engine runs");
        }
    }

    /// Takes the daemon away, or brings it back.
    pub fn absent(&self, absent: bool) {
        self.absent.store(absent, Ordering::SeqCst);
    }
}

#[async_trait]
impl Desktop for Popups {
    async fn show(&self, popup: Popup, answers: &mpsc::Sender<Answer>) -> Result<PopupId, ShowError> {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner) = Some(answers.clone());
        if self.absent.load(Ordering::SeqCst) {
            return Err(ShowError::NoDaemon);
        }
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).push((Instant::now(), popup));
        Ok(PopupId { run: 1, number: self.numbers.fetch_add(1, Ordering::SeqCst) })
    }

    async fn presenter(&self) -> Result<Presenter, ShowError> {
        if self.absent.load(Ordering::SeqCst) {
            return Err(ShowError::NoDaemon);
        }
        Ok(Presenter { name: "a desktop of a test".into(), ..Presenter::default() })
    }

    async fn close_one(&self, popup: PopupId) {
        self.taken_away.lock().unwrap_or_else(PoisonError::into_inner).push(popup.number);
    }

    async fn close(&self) {}
}
