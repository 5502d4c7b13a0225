//! What a person wants done with each event: rules in order, mutes and quiet hours, and why it came out so.
//!
//! Pure: the moment is an argument.
//!
//! **Architecture Invariant:** nothing here drops an event; the most that is decided is that no popup is raised.

mod condition;
pub mod hours;
mod path;
pub mod seen;

use serde_json::Value;
use thiserror::Error;

pub use hours::Moment;
pub use path::{Path, PathError};

use crate::event::{Insistence, Presented, Priority, Reading, Received, Stop, Trace};
use crate::id::FeedId;
use crate::settings::{Mute, Quiet, Rule, Then};
use condition::Condition;

/// More than anybody keeps an eye on; each costs a look at every event.
pub const MOST_RULES: usize = 200;

/// Why a rule can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("Rule {}, {name:?}: {problem}", index + 1)]
pub struct RuleError {
    /// Its place in the list, from 0.
    pub index: usize,
    /// Its name.
    pub name: String,
    /// Which part of it is wrong.
    pub part: RulePart,
    /// What is wrong and what mends it.
    pub problem: String,
}

/// A part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulePart {
    /// The list of rules is too long.
    List,
    /// The text's regular expression.
    Text,
    /// One of the comparisons with JSON data, counted from 0.
    Json(usize),
    /// The priorities contradict each other.
    Priority,
    /// The sound's name.
    Sound,
}

/// All that decides, ready to be asked.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<(String, Condition, Then)>,
    quiet: Option<Quiet>,
    mute: Mute,
}

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The feed.
    pub feed: &'a FeedId,
    /// Whether the feed raises popups.
    pub popups: bool,
    /// The feed's mute.
    pub mute: Mute,
    /// How much its events may matter by their server's word; rules see that word, and may say more.
    pub at_most: Priority,
    /// The event as it came.
    pub received: &'a Received,
    /// How it reads.
    pub reading: &'a Reading,
}

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How much the event matters.
    pub priority: Priority,
    /// How the popup behaves.
    pub insistence: Insistence,
    /// The event counts as read.
    pub read: bool,
    /// The event is starred.
    pub star: bool,
    /// What decided.
    pub trace: Trace,
}

impl Verdict {
    /// What becomes of the popup: to be shown, held until quiet hours end, or never shown.
    pub fn presented(&self) -> Presented {
        match self.trace.stop {
            None | Some(Stop::Quiet { .. }) => Presented::New,
            Some(Stop::FeedOff | Stop::Rule | Stop::FeedMuted | Stop::AllMuted) => Presented::Suppressed,
        }
    }
}

impl Rules {
    /// Makes rules ready; one that can't be used is left out and told.
    pub fn new(rules: &[Rule], quiet: Option<Quiet>, mute: Mute) -> (Self, Vec<RuleError>) {
        let mut errors = Vec::new();
        let mut ready = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let made = if index < MOST_RULES { Condition::new(rule) } else { Err(too_many()) };
            match made {
                Ok(_) if rule.off => {}
                Ok(condition) => ready.push((rule.name.clone(), condition, rule.then.clone())),
                Err((part, problem)) => {
                    errors.push(RuleError { index, name: rule.name.clone(), part, problem });
                }
            }
        }
        (Self { rules: ready, quiet, mute }, errors)
    }

    /// Decides about an event at a moment.
    pub fn judge(&self, subject: &Subject<'_>, moment: &Moment) -> Verdict {
        // Only rules that look into JSON need it parsed, and then once.
        let mut json = Json::Unread(&subject.received.data);
        let rule = self.rules.iter().find(|(_, condition, _)| condition.holds(subject, &mut json, moment));
        let mut verdict =
            Verdict { priority: subject.reading.priority.min(subject.at_most), ..Verdict::default() };
        let mut popup = (subject.popups, Stop::FeedOff);
        if let Some((name, _, then)) = rule {
            verdict.priority = then.priority.unwrap_or(verdict.priority);
            verdict.insistence = Insistence { stays: then.stays, sound: then.sound.clone() };
            verdict.read = then.read;
            verdict.star = then.star;
            verdict.trace.rule = Some(name.clone());
            popup = then.popup.map_or(popup, |popup| (popup, Stop::Rule));
        }
        verdict.trace.stop = match popup {
            (false, stop) => Some(stop),
            (true, _) => self.stop(subject, verdict.priority, moment),
        };
        verdict
    }

    /// Gives when the quiet hours that hold at a moment end, in milliseconds since the Unix epoch.
    pub fn quiet_until(&self, moment: &Moment) -> Option<i64> {
        let quiet = self.quiet.as_ref()?;
        hours::end(&quiet.hours, moment).map(|end| end.as_millisecond())
    }

    /// Whether everything is silent at a moment: muted, or in quiet hours.
    pub fn is_silent(&self, moment: &Moment) -> bool {
        self.mute.holds(moment.at.as_millisecond()) || self.quiet_until(moment).is_some()
    }

    /// What stands in the way of a wanted popup.
    fn stop(&self, subject: &Subject<'_>, priority: Priority, moment: &Moment) -> Option<Stop> {
        let now_ms = moment.at.as_millisecond();
        if self.mute.holds(now_ms) {
            return Some(Stop::AllMuted);
        }
        if subject.mute.holds(now_ms) {
            return Some(Stop::FeedMuted);
        }
        let through = |quiet: &Quiet| quiet.lets_urgent_through && priority == Priority::Urgent;
        if self.quiet.as_ref().is_some_and(through) {
            return None;
        }
        self.quiet_until(moment).map(|until_ms| Stop::Quiet { until_ms })
    }
}

fn too_many() -> (RulePart, String) {
    (RulePart::List, format!("There are more than {MOST_RULES} rules; the rest is not asked. Remove some."))
}

/// An event's data, parsed when a rule first needs it.
enum Json<'a> {
    Unread(&'a str),
    Read(Option<Value>),
}

impl Json<'_> {
    /// The value; none where the data isn't JSON.
    fn value(&mut self) -> Option<&Value> {
        if let Self::Unread(data) = self {
            *self = Self::Read(serde_json::from_str(data).ok());
        }
        match self {
            Self::Read(value) => value.as_ref(),
            Self::Unread(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
