//! Where a number stands in an event's data, and what counts as one.

use serde_json::Value;

use crate::rules::{Path, PathError};

/// Longer text is no number.
const NUMBER_CHARS: usize = 32;

/// Where something stands in data: at a path, or the data itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(Option<Path>);

impl Place {
    /// Reads a path; an empty one, or `$` alone, is the data itself.
    ///
    /// # Errors
    /// If it isn't one.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        match Path::parse(text) {
            Ok(path) => Ok(Self(Some(path))),
            Err(PathError::Empty) => Ok(Self(None)),
            Err(error @ (PathError::Wrong { .. } | PathError::Deep)) => Err(error),
        }
    }

    /// Gives the number there.
    pub(super) fn number(&self, data: &Value) -> Option<f64> {
        number(self.find(data)?)
    }

    /// Gives what is there as text; lists and objects have none.
    pub(super) fn text(&self, data: &Value) -> Option<String> {
        text(self.find(data)?)
    }

    fn find<'a>(&self, data: &'a Value) -> Option<&'a Value> {
        match &self.0 {
            Some(path) => path.find(data),
            None => Some(data),
        }
    }
}

/// Reads data as JSON, which a plain number is too.
pub(super) fn read(data: &str) -> Option<Value> {
    serde_json::from_str(data).ok()
}

/// A number, or text that is nothing else, as "21.4" is; never one without end.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => written(text.trim()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    number.filter(|number| number.is_finite())
}

/// Numbers as people write them; Rust would take "inf" and "nan" too.
fn written(text: &str) -> Option<f64> {
    let plain = text.len() <= NUMBER_CHARS && text.ends_with(|last: char| last.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
