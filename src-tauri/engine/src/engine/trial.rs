//! How rules and templates would come out on stored events, and what those events have to offer them.

use std::collections::HashMap;

use jiff::Timestamp;

use super::wishes::ready;
use super::{Engine, RequestError, draft};
use crate::event::{EventRow, GAP_TYPE, Reading, Received, StoredEvent};
use crate::format::template::{Compiled, TemplateError};
use crate::id::{EventId, FeedId};
use crate::pipeline::Taste;
use crate::preset;
use crate::rules::seen::{Seen, Sight};
use crate::rules::{Moment, Rules, Subject};
use crate::settings::{Mute, Rule, Templates};

/// Events that rules are tried on: a look back that answers at once.
const TRIED_ON: usize = 200;
/// Events that a template is shown on while it is typed.
const SHOWN: usize = 5;
/// Events whose types are offered; a type that is rarer than that is typed.
const GLANCED_AT: usize = 500;
/// Events whose data is looked into, …
const LOOKED_INTO: usize = 60;
/// … of each type so many, so that the most frequent one doesn't hide the others.
const OF_A_TYPE: usize = 6;

/// What rules would have done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// How many of the newest events were looked at.
    pub of: u64,
    /// How many would have raised a popup.
    pub popups: u64,
    /// How often each rule would have decided, in their order.
    pub held: Vec<u64>,
}

/// How stored events would read by templates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rehearsal {
    /// The newest events, newest first.
    pub previews: Vec<Preview>,
    /// The templates that can't be used for any event.
    pub errors: Vec<TemplateError>,
}

/// How a stored event would read by templates.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// How it would read; the parts whose template fails as they read by themselves.
    pub reading: Reading,
    /// What is wrong with the templates, for this event.
    pub errors: Vec<TemplateError>,
}

impl Engine {
    /// Tries rules on the newest events of a feed, or of all, as if they arrived again when they did; mutes don't count.
    ///
    /// # Errors
    /// If a rule can't be used or the history can't be read.
    pub async fn try_rules(&self, rules: &[Rule], feed: Option<&FeedId>) -> Result<Trial, RequestError> {
        let (quiet, tastes) = {
            let desk = self.inner.desk.lock().await;
            (desk.settings.quiet.clone(), desk.tastes())
        };
        let all = ready(rules, quiet)?;
        let each: Vec<Rules> =
            rules.iter().map(|rule| ready(std::slice::from_ref(rule), None)).collect::<Result<_, _>>()?;
        let mut trial = Trial { held: vec![0; rules.len()], ..Trial::default() };
        for row in self.newest(feed, TRIED_ON).await? {
            // One that was deleted meanwhile is no loss here.
            let Some(event) = self.inner.history.event(row.id).await? else { continue };
            let taste = tastes.get(&event.row.feed).cloned().unwrap_or_default();
            trial.count(&event, &taste, &all, &each);
        }
        Ok(trial)
    }

    /// Shows how a feed's newest events would read by templates; one that can't be used leaves its part as it is.
    ///
    /// # Errors
    /// If the feed is gone or the history can't be read.
    pub async fn try_templates(&self, id: &FeedId, templates: &Templates) -> Result<Rehearsal, RequestError> {
        let (compiled, errors) = Compiled::new(templates);
        let (name, origin) = {
            let desk = self.inner.desk.lock().await;
            let feed = desk.feed(id)?;
            (feed.name.clone(), draft::origin(feed, self.language()))
        };
        let mut previews = Vec::with_capacity(SHOWN);
        for row in self.newest(Some(id), SHOWN).await? {
            let Some(event) = self.inner.history.event(row.id).await? else { continue };
            let received = received(&event);
            let reading = preset::read_again(origin, &received, &name);
            let (reading, errors) = match &compiled {
                Some(compiled) => compiled.read(&received, &name, reading),
                None => (reading, Vec::new()),
            };
            previews.push(Preview { reading, errors });
        }
        Ok(Rehearsal { previews, errors })
    }

    /// Gives the event types and the values in JSON data that a feed sent lately, or all feeds.
    ///
    /// # Errors
    /// If the history can't be read.
    pub async fn seen(&self, feed: Option<&FeedId>) -> Result<Seen, RequestError> {
        let rows = self.newest(feed, GLANCED_AT).await?;
        let mut sight = Sight::default();
        for row in &rows {
            sight.of_type(&row.event_type);
        }
        for id in samples(&rows) {
            if let Some(event) = self.inner.history.event(id).await? {
                sight.of_data(&event.data);
            }
        }
        Ok(sight.into_seen())
    }

    /// Gives the newest events that a server sent.
    async fn newest(&self, feed: Option<&FeedId>, count: usize) -> Result<Vec<EventRow>, RequestError> {
        let mut rows = self.inner.history.page(feed.cloned(), None, count).await?;
        rows.retain(|row| row.event_type != GAP_TYPE);
        Ok(rows)
    }
}

impl Trial {
    fn count(&mut self, event: &StoredEvent, taste: &Taste, all: &Rules, each: &[Rules]) {
        self.of += 1;
        let (received, at) = (received(event), moment(event.row.received_at_ms));
        let reading = again(event, &received, taste);
        // What a server takes back is no rule's to decide.
        if reading.withdraws {
            return;
        }
        let subject = Subject {
            feed: &event.row.feed,
            popups: taste.notify,
            mute: Mute::Off,
            at_most: taste.allowed.urgency.most(),
            received: &received,
            reading: &reading,
        };
        self.popups += u64::from(all.judge(&subject, &at).trace.stop.is_none());
        let first = each.iter().position(|rule| rule.judge(&subject, &at).trace.rule.is_some());
        if let Some(held) = first.and_then(|first| self.held.get_mut(first)) {
            *held += 1;
        }
    }
}

/// Reads an event as it would read today, before any rule has changed how much it matters.
fn again(event: &StoredEvent, received: &Received, taste: &Taste) -> Reading {
    // Of some feeds nothing but the title is kept.
    if received.data.is_empty() {
        return event.row.reading.clone();
    }
    let reading = preset::read_again(taste.origin, received, &taste.name);
    match &taste.templates {
        Some(templates) if !reading.withdraws => templates.read(received, &taste.name, reading).0,
        Some(_) | None => reading,
    }
}

/// Chooses events of every type, the newest of each.
fn samples(rows: &[EventRow]) -> Vec<EventId> {
    let mut taken: HashMap<(&FeedId, &str), usize> = HashMap::new();
    let wanted = rows.iter().filter(|row| {
        let count = taken.entry((&row.feed, row.event_type.as_str())).or_default();
        *count += 1;
        *count <= OF_A_TYPE
    });
    wanted.take(LOOKED_INTO).map(|row| row.id).collect()
}

/// A stored event as its server sent it.
pub(super) fn received(event: &StoredEvent) -> Received {
    Received {
        event_type: event.row.event_type.clone(),
        data: event.data.clone(),
        last_event_id: event.last_event_id.clone(),
        own_id: !event.last_event_id.is_empty(),
        received_at_ms: event.row.received_at_ms,
    }
}

fn moment(at_ms: i64) -> Moment {
    let present = Moment::present();
    Moment { at: Timestamp::from_millisecond(at_ms).unwrap_or(present.at), ..present }
}
