//! The filters and tests that a template has; each gives at most a bounded text, and takes what is missing as nothing.

use jiff::fmt::strtime;
use jiff::{Timestamp, tz::TimeZone};
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

use super::source::cut;
use crate::format::clean::TEXT_BYTES;
use crate::format::html;

/// Numbers below are seconds since the epoch, up to the year 5138; larger ones are milliseconds.
const SECONDS_END: f64 = 100_000_000_000.0;
/// More digits after the point than a double has mean nothing.
const DIGITS: usize = 15;
/// Items of a list that are joined.
const ITEMS: usize = 1_000;
const UNITS: [&str; 6] = ["B", "kB", "MB", "GB", "TB", "PB"];
/// Day, month, hours and minutes, in any language's digits.
const DATE: &str = "%Y-%m-%d %H:%M";

/// The filters' names.
pub(super) const NAMES: [&str; 15] = [
    "date", "default", "first", "join", "last", "length", "lower", "number", "plain", "replace", "size",
    "times", "trim", "truncate", "upper",
];

type Filtered = Result<String, Error>;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("upper", |value: Value| text(&value).to_uppercase());
    environment.add_filter("lower", |value: Value| text(&value).to_lowercase());
    environment.add_filter("trim", |value: Value| text(&value).trim().to_owned());
    environment.add_filter("plain", |value: Value| html::text(&text(&value)));
    environment.add_filter("truncate", truncate);
    environment.add_filter("replace", replace);
    environment.add_filter("join", join);
    environment.add_filter("first", |value: Value| items(&value).next().unwrap_or_default());
    environment.add_filter("last", |value: Value| items(&value).last().unwrap_or_default());
    environment.add_filter("length", |value: Value| value.len().unwrap_or(0));
    environment.add_filter("default", default);
    environment.add_filter("number", number);
    environment.add_filter("size", size);
    environment.add_filter("date", date);
    environment.add_filter("times", times);
    environment.add_test("defined", |value: Value| !value.is_undefined());
    environment.add_test("none", |value: Value| value.is_none());
    environment.add_test("string", |value: Value| value.kind() == ValueKind::String);
    environment.add_test("number", |value: Value| value.is_number());
}

/// A value as text; nothing for what is missing.
fn text(value: &Value) -> String {
    match value.as_str() {
        Some(text) => cut(text, TEXT_BYTES).to_owned(),
        None if value.is_undefined() || value.is_none() => String::new(),
        None if value.len().is_some_and(|length| length > ITEMS) => {
            format!("{} items", value.len().unwrap_or(0))
        }
        None => cut(&value.to_string(), TEXT_BYTES).to_owned(),
    }
}

/// The first items of a list, or the letters of a text; none for anything else.
fn items(value: &Value) -> impl Iterator<Item = Value> {
    value.try_iter().into_iter().flatten().take(ITEMS)
}

fn wrong(problem: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, problem.into())
}

/// Cuts after so many characters, with an ellipsis in the place of the rest.
fn truncate(value: Value, length: Option<usize>) -> String {
    let text = text(&value);
    match text.char_indices().nth(length.unwrap_or(80)) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

fn replace(value: Value, from: &str, to: &str) -> Filtered {
    if from.is_empty() {
        return Err(wrong("replace needs a text to look for"));
    }
    let text = text(&value);
    let grown = text.matches(from).count().saturating_mul(to.len().saturating_sub(from.len()));
    if grown > TEXT_BYTES {
        return Err(wrong("replace would make more text than can be shown"));
    }
    Ok(text.replace(from, to))
}

fn join(value: Value, between: Option<&str>) -> String {
    let mut joined = String::new();
    for (at, item) in items(&value).enumerate() {
        if at > 0 {
            joined.push_str(between.unwrap_or(", "));
        }
        joined.push_str(&text(&item));
        if joined.len() > TEXT_BYTES {
            break;
        }
    }
    cut(&joined, TEXT_BYTES).to_owned()
}

/// What is missing, null or blank becomes something else.
fn default(value: Value, other: Option<Value>) -> Value {
    if text(&value).trim().is_empty() { other.unwrap_or_else(|| Value::from("")) } else { value }
}

/// Reads a number, also one that was sent as text.
fn amount(value: &Value, filter: &str) -> Result<Option<f64>, Error> {
    let text = text(value);
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    number
        .map(Some)
        .ok_or_else(|| wrong(format!("{filter} needs a number, and {:?} is none", cut(&text, 40))))
}

/// Writes a number with its thousands apart, and so many digits after the point.
fn number(value: Value, digits: Option<usize>) -> Filtered {
    let Some(amount) = amount(&value, "number")? else { return Ok(String::new()) };
    let written = match digits {
        Some(digits) => format!("{:.*}", digits.min(DIGITS), amount.abs()),
        None => amount.abs().to_string(),
    };
    let (whole, rest) = written.split_at(written.find('.').unwrap_or(written.len()));
    let mut apart = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            apart.push(',');
        }
        apart.push(digit);
    }
    let is_zero = written.bytes().all(|digit| digit == b'0' || digit == b'.');
    let sign = if amount < 0.0 && !is_zero { "-" } else { "" };
    Ok(format!("{sign}{apart}{rest}"))
}

/// Multiplies a number.
fn times(value: Value, factor: f64) -> Result<Value, Error> {
    let product = amount(&value, "times")?.map(|amount| amount * factor);
    Ok(product.filter(|product| product.is_finite()).map_or(Value::UNDEFINED, whole))
}

/// Writes 12 as 12, not as 12.0.
fn whole(number: f64) -> Value {
    // Up to here a double holds every whole number.
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and in range")]
        return Value::from(number as i64);
    }
    Value::from(number)
}

/// Writes a number of bytes in the unit that suits it; a kB has a thousand.
fn size(value: Value) -> Filtered {
    let Some(mut amount) = amount(&value, "size")? else { return Ok(String::new()) };
    let mut unit = 0;
    // From 999.95 on it would be written as 1000.0.
    while amount.abs() >= 999.95 && unit + 1 < UNITS.len() {
        amount /= 1_000.0;
        unit += 1;
    }
    Ok(if unit == 0 { format!("{amount:.0} B") } else { format!("{amount:.1} {}", UNITS[unit]) })
}

/// Writes a time (ISO 8601 with an offset, or seconds or milliseconds since the epoch) in local time.
fn date(value: Value, form: Option<&str>) -> Filtered {
    let text = text(&value);
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let form = form.unwrap_or(DATE);
    let unknown = || wrong(format!("date needs a time, and {:?} is none", cut(text, 40)));
    if let Ok(day) = text.parse::<jiff::civil::DateTime>()
        && text.parse::<Timestamp>().is_err()
    {
        return strtime::format(form, day).map_err(|_| bad_form(form));
    }
    let at = match text.parse::<f64>() {
        Ok(number) if number.abs() < SECONDS_END => of_millis(number * 1_000.0),
        Ok(number) => of_millis(number),
        Err(_) => text.parse().ok(),
    };
    let local = at.ok_or_else(unknown)?.to_zoned(TimeZone::system());
    strtime::format(form, &local).map_err(|_| bad_form(form))
}

fn of_millis(millis: f64) -> Option<Timestamp> {
    // Beyond the calendar's range the conversion gives an end of i64, which is none.
    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a millisecond is never shown")]
    Timestamp::from_millisecond(millis as i64).ok()
}

fn bad_form(form: &str) -> Error {
    wrong(format!("date can't write {:?}; use signs such as %d, %b, %H and %M", cut(form, 40)))
}
