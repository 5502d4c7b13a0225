//! What people do with popups: pressing their buttons, and trying out whether they are shown.

use std::sync::{Arc, Weak};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use tokio::sync::mpsc;

use super::trial::received;
use super::{Engine, Inner, MuteFor, RequestError, draft};
use crate::event::{Action, Reading, StoredEvent};
use crate::format::clean;
use crate::id::EventId;
use crate::notify::{Choice, Clicked, Lack, Presenter, Tested};
use crate::preset;
use crate::settings::Mute;
use crate::update::Scope;

/// Pressed buttons waiting to be carried out.
pub(super) const PRESSES: usize = 16;

/// A step on the way to a popup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopupStep {
    /// Whether it went well.
    pub fine: bool,
    /// What happened and, where it didn't go well, what mends it.
    pub message: String,
}

impl PopupStep {
    fn fine(message: impl Into<String>) -> Self {
        Self { fine: true, message: message.into() }
    }

    fn wrong(message: impl Into<String>) -> Self {
        Self { fine: false, message: message.into() }
    }
}

impl Engine {
    /// Shows a popup, whatever mutes and quiet hours say, and tells what happened at each step.
    pub async fn test_popup(&self) -> Vec<PopupStep> {
        let (title, body) = self.inner.notifier.language().test_popup();
        let tested = self.inner.notifier.test(title.into(), body.into()).await;
        let mute = self.inner.desk.lock().await.settings.mute;
        let quiet_until = self.inner.pipeline.quiet_until();
        steps(tested, mute.holds(crate::clock::now_ms()).then_some(mute), quiet_until)
    }
}

impl Engine {
    /// Gives the address that an event's popup opens: its link, or else the first page that its service offers with it.
    ///
    /// It comes from the stored event alone, and only `http` and `https` are ever given.
    ///
    /// # Errors
    /// If the event is gone or the history can't be read.
    pub async fn link(&self, id: EventId) -> Result<Option<String>, RequestError> {
        let Reading { link, actions, .. } = self.event(id).await?.row.reading;
        Ok(link.or_else(|| actions.into_iter().next().map(|action| action.url)))
    }

    /// Reads what an event offers besides its link out of what its server sent; nothing where its feed is gone.
    pub(super) async fn actions(&self, event: &StoredEvent) -> Vec<Action> {
        let (name, origin) = {
            let desk = self.inner.desk.lock().await;
            let Ok(feed) = desk.feed(&event.row.feed) else { return Vec::new() };
            (feed.name.clone(), draft::origin(feed, self.language()))
        };
        preset::read_again(origin, &received(event), &name).actions
    }
}

impl Engine {
    /// Gives an event's text as the clipboard takes it: its title and its body, cleaned as what is shown is, so that
    /// nothing invisible gets into what it is pasted to.
    ///
    /// # Errors
    /// If the event is gone or the history can't be read.
    pub async fn text(&self, id: EventId) -> Result<String, RequestError> {
        let Reading { title, body, .. } = self.event(id).await?.row.reading;
        let parts = [clean::text(&title), clean::text(&body)];
        Ok(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
    }
}

/// Carries out the buttons that are pressed on popups, as if the window had asked.
pub(super) async fn carry_out(mut presses: mpsc::Receiver<(Choice, Clicked)>, engine: Weak<Inner>) {
    while let Some((choice, clicked)) = presses.recv().await {
        let Some(inner) = engine.upgrade() else { return };
        let engine = Engine { inner: Arc::clone(&inner) };
        let carried = match (choice, clicked.event) {
            (Choice::Follow, Some(event)) => {
                inner.board.follow(event);
                Ok(())
            }
            (Choice::Copy, Some(event)) => {
                inner.board.copy(event);
                Ok(())
            }
            (Choice::MarkRead, Some(id)) => engine.mark_read(Scope::Event { id }, true).await,
            (Choice::MuteHour, _) => engine.mute(Some(&clicked.feed), MuteFor::Hour).await.map(drop),
            // Only events offer these.
            (Choice::Follow | Choice::MarkRead | Choice::Copy, None) => Ok(()),
        };
        if let Err(error) = carried {
            tracing::warn!(%error, "a popup's button could not be carried out");
        }
    }
}

/// What happened at each step; `mute` is what mutes everything at present.
fn steps(tested: Tested, mute: Option<Mute>, quiet_until: Option<i64>) -> Vec<PopupStep> {
    let Tested { presenter, shown } = tested;
    let presenter = match presenter {
        Ok(presenter) => presenter,
        Err(error) => return vec![PopupStep::wrong(error.to_string())],
    };
    let mut steps = vec![PopupStep::fine(format!("The notification service answers: {}.", presenter.name))];
    steps.extend(presenter.lacks.iter().map(|lack| PopupStep::fine(limit(*lack))));
    steps.push(match shown {
        Some(Ok(())) => PopupStep::fine("It took the test notification."),
        Some(Err(error)) => PopupStep::wrong(error.to_string()),
        None => PopupStep::wrong("Another test is still on its way. Try again in a few seconds."),
    });
    steps.extend(silences(&presenter, mute, quiet_until));
    steps
}

/// What keeps popups out of sight although they are taken.
fn silences(presenter: &Presenter, mute: Option<Mute>, quiet_until: Option<i64>) -> Vec<PopupStep> {
    let mut silences = Vec::new();
    match presenter.holds_back {
        Some(true) => silences.push(PopupStep::wrong(
            "The desktop holds popups back: “do not disturb” is on. Turn it off in the desktop's notification settings.",
        )),
        Some(false) => {}
        None => silences.push(PopupStep::fine(
            "If you saw no popup, look whether “do not disturb” is on in the desktop's notification settings.",
        )),
    }
    match mute {
        Some(Mute::Until { at_ms }) => silences.push(PopupStep::wrong(format!(
            "Events raise no popups at present: everything is muted until {}. Unmute it to be told.",
            local(at_ms)
        ))),
        Some(Mute::On) => silences.push(PopupStep::wrong(
            "Events raise no popups at present: everything is muted. Unmute it to be told.",
        )),
        Some(Mute::Off) | None => {}
    }
    silences.extend(quiet_until.map(|at_ms| {
        PopupStep::fine(format!(
            "Quiet hours hold popups back until {}; then one popup sums them up.",
            local(at_ms)
        ))
    }));
    silences
}

fn limit(lack: Lack) -> &'static str {
    match lack {
        Lack::Body => "It shows titles only; open an event in the window to read it.",
        Lack::Clicks => "It has no clicks and buttons; open events in the window instead.",
        Lack::Sounds => "It plays no sounds that a program chooses; a rule's sound has no effect.",
        Lack::Keeping => "It keeps no list of past popups; the history does.",
    }
}

/// A moment to the minute, in a form that no language writes differently.
fn local(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::MAX);
    Zoned::new(at, TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notify::ShowError;

    fn told(tested: Tested, mute: Option<Mute>, quiet_until: Option<i64>) -> Vec<(bool, String)> {
        steps(tested, mute, quiet_until).into_iter().map(|step| (step.fine, step.message)).collect()
    }

    fn by(presenter: Presenter) -> Tested {
        Tested {
            presenter: Ok(Presenter { name: "dunst 1.9.0 by knopwob".into(), ..presenter }),
            shown: Some(Ok(())),
        }
    }

    #[test]
    fn a_popup_that_was_shown_is_told_step_by_step() {
        let said = told(by(Presenter { holds_back: Some(false), ..Presenter::default() }), None, None);
        assert_eq!(
            said,
            [
                (true, "The notification service answers: dunst 1.9.0 by knopwob.".to_owned()),
                (true, "It took the test notification.".to_owned()),
            ]
        );
    }

    #[test]
    fn each_trouble_is_told_with_its_mend() {
        let nobody = Tested { presenter: Err(ShowError::NoDaemon), shown: Some(Err(ShowError::NoDaemon)) };
        let said = told(nobody, None, None);
        assert!(matches!(&said[..], [(false, words)] if words.contains("Install or start one")), "{said:?}");

        let refused = ShowError::Refused("too many".into());
        let said = told(Tested { shown: Some(Err(refused)), ..by(Presenter::default()) }, None, None);
        assert!(
            said.iter().any(|(fine, words)| !fine && words.contains("refused one: too many")),
            "{said:?}"
        );

        let quiet = Presenter { holds_back: Some(true), ..Presenter::default() };
        let said = told(by(quiet), Some(Mute::On), Some(0));
        for words in ["do not disturb", "everything is muted"] {
            assert!(said.iter().any(|(fine, told)| !fine && told.contains(words)), "{words}: {said:?}");
        }
        assert!(said.iter().any(|(_, told)| told.contains("Quiet hours hold")), "{said:?}");
    }

    #[test]
    fn what_a_desktop_lacks_is_told_and_is_no_trouble() {
        let lacks = vec![Lack::Body, Lack::Clicks, Lack::Sounds, Lack::Keeping];
        let said = told(by(Presenter { lacks, holds_back: Some(false), ..Presenter::default() }), None, None);
        assert_eq!((said.len(), said.iter().all(|(fine, _)| *fine)), (6, true), "{said:?}");
    }
}
