//! What people want done with events, as the window edits it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine::{self, RequestError};
use tidings_engine::rules::{self, seen};
use tidings_engine::settings;

use super::event::Priority;
use super::feed_id;
use super::quiet::Day;
use crate::failure::Failure;

/// A rule; the first one that is on and whose conditions all hold decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    name: String,
    off: bool,
    when: RuleWhen,
    then: RuleThen,
}

/// When a rule holds; what is empty or null asks for nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleWhen {
    feeds: Vec<String>,
    types: Vec<String>,
    /// A regular expression that the title or the body matches somewhere.
    text: String,
    json: Vec<JsonTest>,
    at_least: Option<Priority>,
    at_most: Option<Priority>,
    hours: Option<RuleHours>,
}

/// A comparison with one value within JSON data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JsonTest {
    path: String,
    is: Comparison,
    value: String,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    Greater,
    Contains,
    Matches,
}

/// Local times like 22:00; the days are those they begin on, none means every day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleHours {
    from: String,
    to: String,
    days: Vec<Day>,
}

/// What a rule does; null leaves it as it would be without the rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleThen {
    popup: Option<bool>,
    stays: bool,
    priority: Option<Priority>,
    sound: Option<String>,
    read: bool,
    star: bool,
}

/// Why a rule can't be used: which one, counted from 0, and where in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleFault {
    rule: u32,
    part: RulePart,
    /// Which of the comparisons with JSON data, counted from 0.
    test: Option<u32>,
    message: String,
}

/// A part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum RulePart {
    List,
    Text,
    Json,
    Priority,
    Sound,
    Hours,
}

/// What rules would have done with the newest events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Trial {
    /// How many of so many would have popped up, and how often each rule would have decided.
    Tried { of: u64, popups: u64, held: Vec<u64> },
    /// Some of them can't be used.
    Wrong { faults: Vec<RuleFault> },
}

/// What events had, the newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    types: Vec<String>,
    values: Vec<SeenValue>,
}

/// Where a plain value stands in JSON data, and what stood there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct SeenValue {
    path: String,
    sample: String,
}

/// Gives what the engine takes; names the rules whose times are none.
pub fn read_rules(rules: Vec<Rule>) -> Result<Vec<settings::Rule>, Vec<RuleFault>> {
    let mut faults = Vec::new();
    let mut read = Vec::new();
    for (index, rule) in rules.into_iter().enumerate() {
        match rule.read() {
            Some(rule) => read.push(rule),
            None => faults.push(RuleFault {
                rule: place(index),
                part: RulePart::Hours,
                test: None,
                message: "Hours begin and end at a time like 22:00.".to_owned(),
            }),
        }
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

impl Rule {
    fn read(self) -> Option<settings::Rule> {
        let Self { name, off, when, then } = self;
        let hours = match when.hours {
            Some(hours) => Some(settings::Hours {
                from: hours.from.parse().ok()?,
                to: hours.to.parse().ok()?,
                days: hours.days.into_iter().map(Into::into).collect(),
            }),
            None => None,
        };
        let when = settings::When {
            feeds: when.feeds.into_iter().map(feed_id).collect(),
            types: when.types,
            text: when.text,
            json: when.json.into_iter().map(Into::into).collect(),
            at_least: when.at_least.map(Into::into),
            at_most: when.at_most.map(Into::into),
            hours,
        };
        let RuleThen { popup, stays, priority, sound, read, star } = then;
        let then = settings::Then { popup, stays, priority: priority.map(Into::into), sound, read, star };
        Some(settings::Rule { name, off, when, then })
    }
}

impl From<settings::Rule> for Rule {
    fn from(rule: settings::Rule) -> Self {
        let settings::Rule { name, off, when, then } = rule;
        let settings::Then { popup, stays, priority, sound, read, star } = then;
        Self {
            name,
            off,
            when: when.into(),
            then: RuleThen { popup, stays, priority: priority.map(Into::into), sound, read, star },
        }
    }
}

impl From<settings::When> for RuleWhen {
    fn from(when: settings::When) -> Self {
        let settings::When { feeds, types, text, json, at_least, at_most, hours } = when;
        Self {
            feeds: feeds.iter().map(ToString::to_string).collect(),
            types,
            text,
            json: json.into_iter().map(Into::into).collect(),
            at_least: at_least.map(Into::into),
            at_most: at_most.map(Into::into),
            hours: hours.map(Into::into),
        }
    }
}

impl From<settings::Hours> for RuleHours {
    fn from(hours: settings::Hours) -> Self {
        let settings::Hours { from, to, days } = hours;
        Self {
            from: short(&from.to_string()),
            to: short(&to.to_string()),
            days: days.into_iter().map(Into::into).collect(),
        }
    }
}

/// A time without the seconds that nobody set.
fn short(time: &str) -> String {
    time.strip_suffix(":00").unwrap_or(time).to_owned()
}

impl From<settings::JsonTest> for JsonTest {
    fn from(test: settings::JsonTest) -> Self {
        let settings::JsonTest { path, is, value } = test;
        Self { path, is: is.into(), value }
    }
}

impl From<JsonTest> for settings::JsonTest {
    fn from(test: JsonTest) -> Self {
        let JsonTest { path, is, value } = test;
        Self { path, is: is.into(), value }
    }
}

impl From<settings::Comparison> for Comparison {
    fn from(comparison: settings::Comparison) -> Self {
        match comparison {
            settings::Comparison::Equal => Self::Equal,
            settings::Comparison::NotEqual => Self::NotEqual,
            settings::Comparison::Less => Self::Less,
            settings::Comparison::Greater => Self::Greater,
            settings::Comparison::Contains => Self::Contains,
            settings::Comparison::Matches => Self::Matches,
        }
    }
}

impl From<Comparison> for settings::Comparison {
    fn from(comparison: Comparison) -> Self {
        match comparison {
            Comparison::Equal => Self::Equal,
            Comparison::NotEqual => Self::NotEqual,
            Comparison::Less => Self::Less,
            Comparison::Greater => Self::Greater,
            Comparison::Contains => Self::Contains,
            Comparison::Matches => Self::Matches,
        }
    }
}

impl From<rules::RuleError> for RuleFault {
    fn from(error: rules::RuleError) -> Self {
        let rules::RuleError { index, name: _, part, problem } = error;
        let (part, test) = match part {
            rules::RulePart::List => (RulePart::List, None),
            rules::RulePart::Text => (RulePart::Text, None),
            rules::RulePart::Json(test) => (RulePart::Json, Some(place(test))),
            rules::RulePart::Priority => (RulePart::Priority, None),
            rules::RulePart::Sound => (RulePart::Sound, None),
        };
        Self { rule: place(index), part, test, message: problem }
    }
}

/// A place in a list that a person made.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Gives what the engine found wrong as an answer, and any other refusal as a refusal.
pub fn faults_of(error: RequestError) -> Result<Vec<RuleFault>, Failure> {
    match error {
        RequestError::Rules(errors) => Ok(errors.into_iter().map(Into::into).collect()),
        error @ (RequestError::Invalid { .. }
        | RequestError::Templates(_)
        | RequestError::Search(_)
        | RequestError::List(_)
        | RequestError::Gone(_)
        | RequestError::Keyring(_)
        | RequestError::Storage(_)
        | RequestError::Stopped(_)) => Err(error.into()),
    }
}

impl From<engine::Trial> for Trial {
    fn from(trial: engine::Trial) -> Self {
        let engine::Trial { of, popups, held } = trial;
        Self::Tried { of, popups, held }
    }
}

impl From<seen::Seen> for Seen {
    fn from(seen: seen::Seen) -> Self {
        let seen::Seen { types, values } = seen;
        let value = |seen::SeenValue { path, sample }| SeenValue { path, sample };
        Self { types, values: values.into_iter().map(value).collect() }
    }
}
