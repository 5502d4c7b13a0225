//! Reading an event as people want it, and deciding about its popup.

use std::sync::{Arc, PoisonError};

use super::{Held, Pipeline, Taste};
use crate::event::{EventRow, Insistence, Presented, Reading, Received, Stop, Trace};
use crate::format;
use crate::history::{Batch, NewEvent};
use crate::id::{EventId, FeedId};
use crate::rules::{Moment, Rules, Subject};

/// What is about to be stored, and how each event's popup is to behave.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) batch: Batch,
    /// One entry an event.
    insistences: Vec<Insistence>,
}

/// What a stored event asks of popups.
pub(super) enum Due {
    /// To be shown.
    Popup(Box<News>),
    /// What was told under this key was taken back.
    Withdrawal(String),
}

/// An event to be shown, and how.
pub(super) struct News {
    pub(super) row: EventRow,
    pub(super) insistence: Insistence,
    /// How far the thing it is a state of has come, in per cent.
    pub(super) progress: Option<u8>,
    /// The address of the picture that it names, where that is wanted.
    pub(super) picture: Option<String>,
}

impl Judged {
    pub(super) fn new(batch: Batch) -> Self {
        Self { batch, insistences: Vec::new() }
    }

    pub(super) fn push(&mut self, event: NewEvent, insistence: Insistence) {
        self.batch.events.push(event);
        self.insistences.push(insistence);
    }

    /// Gives the rows of what was newly stored; of those to be shown, what is due, with the pictures that events name if
    /// these are wanted, and what quiet hours hold.
    pub(super) fn stored(
        self,
        ids: Vec<Option<EventId>>,
        pictures: bool,
    ) -> (Vec<EventRow>, Vec<Due>, Vec<EventRow>) {
        let (mut rows, mut due, mut held) = (Vec::new(), Vec::new(), Vec::new());
        for ((id, event), insistence) in ids.into_iter().zip(&self.batch.events).zip(self.insistences) {
            let Some(id) = id else { continue };
            let row = event.to_row(self.batch.feed.clone(), id);
            match event.trace.stop {
                Some(Stop::Quiet { .. }) => held.push(row.clone()),
                None if row.presented == Presented::New => {
                    let state = row.reading.key.as_ref().map(|_| event.received.data.as_str());
                    let progress = state.and_then(format::progress);
                    let data = pictures.then_some(event.received.data.as_str());
                    let picture = data.and_then(format::picture);
                    due.push(Due::Popup(Box::new(News { row: row.clone(), insistence, progress, picture })));
                }
                None if row.reading.withdraws => due.extend(row.reading.key.clone().map(Due::Withdrawal)),
                None | Some(Stop::FeedOff | Stop::Rule | Stop::FeedMuted | Stop::AllMuted) => {}
            }
            rows.push(row);
        }
        (rows, due, held)
    }
}

impl Pipeline {
    /// Sets what decides about popups, from the next event on.
    pub fn set_rules(&self, rules: Arc<Rules>) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = rules;
        self.held.look_again();
    }

    /// Gives when quiet hours end, in milliseconds since the Unix epoch; none where there are none at present.
    pub fn quiet_until(&self) -> Option<i64> {
        self.rules().quiet_until(&Moment::present())
    }

    /// Whether people may be told of a feed at present: its popups are on, not muted, and no quiet hours hold.
    pub fn may_tell(&self, feed: &FeedId) -> bool {
        let (taste, moment) = (self.taste(feed), Moment::present());
        taste.notify && !taste.mute.holds(moment.at.as_millisecond()) && !self.rules().is_silent(&moment)
    }

    /// What quiet hours hold.
    pub fn held(&self) -> &Held {
        &self.held
    }

    fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads an event as its feed's templates say, and decides about its popup.
    pub(super) fn judge(
        &self,
        feed: &FeedId,
        taste: &Taste,
        received: Received,
        mut reading: Reading,
    ) -> (NewEvent, Insistence) {
        if reading.withdraws {
            return (withdrawal(received, reading), Insistence::default());
        }
        let mut template = None;
        if let Some(templates) = &taste.templates {
            let (wanted, errors) = templates.read(&received, &taste.name, reading);
            reading = wanted;
            template = errors.first().map(ToString::to_string);
        }
        let subject = Subject {
            feed,
            popups: taste.notify,
            mute: taste.mute,
            at_most: taste.allowed.urgency.most(),
            received: &received,
            reading: &reading,
        };
        let verdict = self.rules().judge(&subject, &Moment::present());
        let presented = verdict.presented();
        reading.priority = verdict.priority;
        let trace = Trace { template, ..verdict.trace };
        let event =
            NewEvent { received, reading, read: verdict.read, starred: verdict.star, presented, trace };
        (event, verdict.insistence)
    }
}

/// What takes an event back is kept, and nothing to look at.
fn withdrawal(received: Received, reading: Reading) -> NewEvent {
    let (presented, trace) = (Presented::Suppressed, Trace::default());
    NewEvent { received, reading, read: true, starred: false, presented, trace }
}
