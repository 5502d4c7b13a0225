//! When a rule holds, checked and ready.

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::hours::{Moment, end};
use super::{Json, Path, RulePart, Subject};
use crate::event::Priority;
use crate::settings::{Comparison, JsonTest, Rule, When};

/// A compiled expression may take this many bytes: thousands of letters, and a second of nobody's time.
const EXPRESSION: usize = 256 * 1024;
/// So much of a body is looked at: what the window shows without being asked for more.
const LOOKED_AT: usize = 64 * 1024;
/// A sound's name is a word or a few.
const SOUND: usize = 64;

/// When a rule holds.
#[derive(Debug)]
pub(super) struct Condition {
    when: When,
    text: Option<Regex>,
    json: Vec<Test>,
}

/// A comparison, ready.
#[derive(Debug)]
struct Test {
    path: Path,
    with: With,
}

#[derive(Debug)]
enum With {
    Equal(String),
    NotEqual(String),
    Less(f64),
    Greater(f64),
    /// In small letters.
    Contains(String),
    Matches(Regex),
}

impl Condition {
    /// Checks a rule.
    pub(super) fn new(rule: &Rule) -> Result<Self, (RulePart, String)> {
        let when = rule.when.clone();
        if when.at_least.zip(when.at_most).is_some_and(|(least, most)| least > most) {
            let problem = "No event matters both so much and so little. Swap the two priorities.";
            return Err((RulePart::Priority, problem.into()));
        }
        if rule.then.sound.as_deref().is_some_and(|sound| !is_sound(sound)) {
            let problem = "A sound is a name such as message-new-instant, or none; not a file.";
            return Err((RulePart::Sound, problem.into()));
        }
        let text = (!when.text.is_empty()).then(|| expression(&when.text)).transpose();
        let text = text.map_err(|problem| (RulePart::Text, problem))?;
        let json = when
            .json
            .iter()
            .enumerate()
            .map(|(index, wanted)| Test::new(wanted).map_err(|problem| (RulePart::Json(index), problem)));
        let json = json.collect::<Result<_, _>>()?;
        Ok(Self { when, text, json })
    }

    /// Whether it holds; the cheap questions come first.
    pub(super) fn holds(&self, subject: &Subject<'_>, json: &mut Json<'_>, moment: &Moment) -> bool {
        let When { feeds, types, at_least, at_most, hours, .. } = &self.when;
        (feeds.is_empty() || feeds.contains(subject.feed))
            && (types.is_empty() || types.contains(&subject.received.event_type))
            && at_least.is_none_or(|least: Priority| subject.reading.priority >= least)
            && at_most.is_none_or(|most: Priority| subject.reading.priority <= most)
            && hours.as_ref().is_none_or(|hours| end(hours, moment).is_some())
            && self.text.as_ref().is_none_or(|text| is_in(text, subject))
            && (self.json.is_empty()
                || json.value().is_some_and(|value| self.json.iter().all(|test| test.holds(value))))
    }
}

fn is_in(text: &Regex, subject: &Subject<'_>) -> bool {
    let body = &subject.reading.body;
    let body = &body[..body.floor_char_boundary(LOOKED_AT)];
    text.is_match(&subject.reading.title) || text.is_match(body)
}

/// Whether it is a name; a path would let settings that were handed on play any file.
fn is_sound(name: &str) -> bool {
    let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"-_.".contains(&letter);
    (1..=SOUND).contains(&name.len()) && name.bytes().all(is_letter) && !name.starts_with('.')
}

/// Compiles an expression; matching takes time in proportion to the text, whatever the expression.
fn expression(text: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(text).case_insensitive(true).size_limit(EXPRESSION).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "The expression is too large. Make it simpler.".into(),
        regex::Error::Syntax(_) | _ => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            format!("The expression can't be read: {reason}. A sign that means itself needs a \\ before it.")
        }
    })
}

impl Test {
    fn new(wanted: &JsonTest) -> Result<Self, String> {
        let path = Path::parse(&wanted.path).map_err(|error| error.to_string())?;
        let number = || {
            let number = wanted.value.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            number.ok_or_else(|| format!("{:?} is no number. Write one such as 12.5.", wanted.value))
        };
        let with = match wanted.is {
            Comparison::Equal => With::Equal(wanted.value.clone()),
            Comparison::NotEqual => With::NotEqual(wanted.value.clone()),
            Comparison::Less => With::Less(number()?),
            Comparison::Greater => With::Greater(number()?),
            Comparison::Contains => With::Contains(wanted.value.to_lowercase()),
            Comparison::Matches => With::Matches(expression(&wanted.value)?),
        };
        Ok(Self { path, with })
    }

    fn holds(&self, data: &Value) -> bool {
        let Some(value) = self.path.find(data) else { return false };
        match &self.with {
            With::Equal(wanted) => is_equal(value, wanted),
            With::NotEqual(wanted) => !is_equal(value, wanted),
            With::Less(bound) => number(value).is_some_and(|number| number < *bound),
            With::Greater(bound) => number(value).is_some_and(|number| number > *bound),
            With::Contains(part) => contains(value, part),
            With::Matches(expression) => word(value).is_some_and(|word| expression.is_match(&word)),
        }
    }
}

/// A value as a person would write it; lists and objects have no such word.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) | Value::Null => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A number, also one that was sent as text, as many feeds do with prices.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn is_equal(value: &Value, wanted: &str) -> bool {
    let as_number = value.as_f64().zip(wanted.trim().parse::<f64>().ok());
    word(value).is_some_and(|word| word == wanted)
        || as_number.is_some_and(|(number, wanted)| number == wanted)
}

fn contains(value: &Value, part: &str) -> bool {
    match value {
        Value::Array(items) => {
            items.iter().any(|item| word(item).is_some_and(|word| word.to_lowercase() == part))
        }
        Value::Object(members) => members.keys().any(|name| name.to_lowercase() == part),
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {
            word(value).is_some_and(|word| word.to_lowercase().contains(part))
        }
    }
}
