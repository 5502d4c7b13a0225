//! How an event reads where a person says so: minijinja templates over what the feed sent.
//!
//! What a template can take is bounded: its length, its steps, each text it is given and each text it makes. Filters are
//! only those in `filters`; `set`, `with` and the like, by which a text could be doubled at will, are refused, and so is `*`.

mod filters;
mod source;

use std::panic::{AssertUnwindSafe, catch_unwind};

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, UndefinedBehavior};
use thiserror::Error;

use super::clean::{self, TEXT_BYTES};
use super::{link, priority};
use crate::event::{Reading, Received};
use crate::settings::Templates;
use source::{Limited, cut, parts, texts_cut};

/// Longer than any title or body a person writes.
const LENGTH: usize = 2_000;
/// Steps of the virtual machine: a few hundred lines of a list.
const FUEL: u64 = 20_000;

/// A part of a reading that a template can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are named as in the reading")]
pub enum Part {
    Title,
    Body,
    Link,
    Priority,
    Key,
    Group,
}

/// Why a template can't be used, or could not be for an event.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem} (line {line}, column {column})")]
pub struct TemplateError {
    /// Which template.
    pub part: Part,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: String,
}

/// Templates of one feed, checked and compiled.
#[derive(Debug)]
pub struct Compiled {
    environment: Environment<'static>,
    parts: Vec<(Part, &'static str)>,
}

impl Compiled {
    /// Compiles a feed's templates, none where it has none that can be used; those that can't are told.
    pub fn new(templates: &Templates) -> (Option<Self>, Vec<TemplateError>) {
        let mut compiled = Self { environment: environment(), parts: Vec::new() };
        let mut errors = Vec::new();
        for (part, name, text) in parts(templates).into_iter().filter(|(.., text)| !text.trim().is_empty()) {
            match compiled.add(part, name, text) {
                Ok(()) => compiled.parts.push((part, name)),
                Err(error) => errors.push(error),
            }
        }
        ((!compiled.parts.is_empty()).then_some(compiled), errors)
    }

    /// Reads an event; a template that fails leaves what stands in `default`, and is told.
    pub fn read(&self, received: &Received, feed: &str, default: Reading) -> (Reading, Vec<TemplateError>) {
        let context = context(received, feed);
        let mut reading = default;
        let mut errors = Vec::new();
        for (part, name) in &self.parts {
            match self.render(*part, name, &context) {
                Ok(text) => set(&mut reading, *part, text.trim()),
                Err(error) => errors.push(error),
            }
        }
        (reading, errors)
    }

    fn add(&mut self, part: Part, name: &'static str, text: &str) -> Result<(), TemplateError> {
        check(part, text)?;
        let added = self.environment.add_template_owned(name, text.to_owned());
        added.map_err(|error| explain(part, text, &error))
    }

    fn render(&self, part: Part, name: &str, context: &Value) -> Result<String, TemplateError> {
        let failed = |problem: &str| TemplateError { part, line: 1, column: 1, problem: problem.into() };
        let template = self.environment.get_template(name).map_err(|error| failed(&error.to_string()))?;
        let mut text = Limited::default();
        // What minijinja does with numbers at the ends of their range isn't ours to vouch for.
        let rendered = catch_unwind(AssertUnwindSafe(|| {
            template.render_captured_to(context.clone(), &mut text).map(|_| ())
        }));
        match rendered {
            Ok(Ok(())) => Ok(text.into_string()),
            Ok(Err(_)) if text.is_full() => Ok(text.into_string()),
            Ok(Err(error)) => Err(explain(part, template.source(), &error)),
            Err(_) => Err(failed("this asks for more than a computer can count")),
        }
    }
}

/// A template's result in the place of what was read; an empty one for what can't be empty changes nothing.
fn set(reading: &mut Reading, part: Part, text: &str) {
    match part {
        Part::Title => {
            let title = clean::title(text);
            if !title.is_empty() {
                reading.title = title;
            }
        }
        Part::Body => reading.body = clean::text(text),
        Part::Link => reading.link = link::accept(text),
        Part::Priority => reading.priority = priority::of_text(text).unwrap_or(reading.priority),
        Part::Key => reading.key = Some(clean::title(text)).filter(|key| !key.is_empty()),
        Part::Group => reading.group = clean::group(text),
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_fuel(Some(FUEL));
    environment.set_debug(true);
    environment.set_formatter(|out, state, value| match value.kind() {
        ValueKind::Bool => write!(out, "{}", value.is_true()).map_err(minijinja::Error::from),
        ValueKind::None => Ok(()),
        ValueKind::Undefined | _ => minijinja::escape_formatter(out, state, value),
    });
    filters::add(&mut environment);
    environment
}

fn context(received: &Received, feed: &str) -> Value {
    let json = serde_json::from_str(&received.data).map_or(Value::UNDEFINED, texts_cut);
    minijinja::context! {
        data => cut(&received.data, TEXT_BYTES),
        json,
        type => received.event_type,
        id => received.last_event_id,
        feed,
        received_at => received.received_at_ms,
    }
}

fn check(part: Part, text: &str) -> Result<(), TemplateError> {
    let at = |offset: usize, problem: String| {
        let (line, column) = place(text, offset);
        TemplateError { part, line, column, problem }
    };
    if let Some((end, _)) = text.char_indices().nth(LENGTH) {
        return Err(at(end, format!("a template has at most {LENGTH} characters")));
    }
    match source::forbidden(text) {
        Some((offset, problem)) => Err(at(offset, problem)),
        None => Ok(()),
    }
}

/// Says where and why a template is wrong, in words without the insides of the machine.
fn explain(part: Part, text: &str, error: &minijinja::Error) -> TemplateError {
    let offset = error.range().map_or(0, |range| range.start);
    let (line, column) = match error.range() {
        Some(_) => place(text, offset),
        None => (error.line().unwrap_or(1), 1),
    };
    let problem = match error.kind() {
        minijinja::ErrorKind::OutOfFuel => "this takes too many steps".into(),
        kind @ (minijinja::ErrorKind::SyntaxError | _) => {
            error.detail().map_or_else(|| kind.to_string(), str::to_owned)
        }
    };
    TemplateError { part, line, column, problem }
}

/// Gives the line and column of a byte.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}

#[cfg(test)]
mod tests;
