//! Events that are states of one thing: a task's progress, a price, a machine's load.

use super::json::{Json, Object};
use super::words::{LINES, Source, readable};

/// Members whose number is progress in per cent.
const PERCENT: &[&str] = &["percent", "percentage", "pct", "progresspercent", "progress", "completion"];
/// Members that name what progresses, the most telling first.
const TASK: &[&str] =
    &["title", "task", "job", "name", "taskname", "jobname", "file", "filename", "operation", "step", "id"];
/// Members that tell one task from another.
const TASK_ID: &[&str] =
    &["key", "taskid", "jobid", "id", "uuid", "task", "job", "name", "file", "filename", "title"];
/// Members that name what has a price.
const SYMBOL: &[&str] = &["symbol", "ticker", "pair", "instrument", "currency"];
/// Members that are its price.
const PRICE: &[&str] = &["price", "last", "lastprice", "close", "value", "rate", "bid"];
/// Event types whose numbers are readings of one instrument, by a word in them.
const INSTRUMENTS: &[&str] = &[
    "metric",
    "stat",
    "sensor",
    "telemetry",
    "load",
    "usage",
    "health",
    "gauge",
    "temperature",
    "quote",
    "tick",
];

/// A state of something, and what tells that thing from others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// What it is and how it stands, in one line.
    pub(super) title: String,
    /// The same for all states of the thing.
    pub(super) key: String,
    /// Plain names of the members that the title has used.
    pub(super) used: Vec<&'static str>,
}

/// A task's progress or a symbol's price, if that is what an object tells.
pub(super) fn read(object: &Object<'_>) -> Option<Measure> {
    progress(object).or_else(|| price(object))
}

/// The key of an event that mostly carries numbers of an instrument; its title tells one instrument from another.
pub(super) fn of_instrument(object: &Object<'_>, title: &str, source: &Source<'_>) -> Option<String> {
    let kind = source.kind()?.to_lowercase();
    let numbers = object
        .members()
        .filter(|member| matches!(member.value(), Some(Json::Number(_) | Json::Object(_))))
        .count();
    (numbers * 2 >= object.members().count().min(2 * LINES)
        && INSTRUMENTS.iter().any(|word| kind.contains(word)))
    .then(|| format!("type:{kind}:{title}"))
}

/// A task's progress in whole per cent; one that isn't done is never rounded up to done.
pub(super) fn percent(object: &Object<'_>) -> Option<u8> {
    let (member, sent) = object.word(PERCENT)?;
    let percent: f64 = per_cent(&sent, member)?.parse().ok()?;
    (0..=100_u8).rev().find(|whole| f64::from(*whole) <= percent)
}

fn progress(object: &Object<'_>) -> Option<Measure> {
    let (member, sent) = object.word(PERCENT)?;
    let percent = per_cent(&sent, member)?;
    let (named, task) = object.word(TASK)?;
    let (_, id) = object.word(TASK_ID)?;
    let task = if named == "id" { readable(&format!("task {task}")) } else { task };
    Some(Measure {
        title: format!("{task}: {percent} %"),
        key: format!("task:{id}"),
        used: vec![member, named, "taskid", "jobid"],
    })
}

/// A number of per cent without noise; a fraction of one is taken for what it is.
fn per_cent(sent: &str, member: &str) -> Option<String> {
    let digits = sent.trim().trim_end_matches('%').trim_end();
    let number: f64 = digits.parse().ok().filter(|number: &f64| (0.0..=100.0).contains(number))?;
    if matches!(member, "progress" | "completion") && number <= 1.0 && digits.contains('.') {
        return Some(format!("{:.0}", number * 100.0));
    }
    Some(format!("{number:.1}").trim_end_matches(".0").to_owned())
}

fn price(object: &Object<'_>) -> Option<Measure> {
    let (named, symbol) = object.word(SYMBOL)?;
    let (member, price) = object.word(PRICE)?;
    price.parse::<f64>().ok()?;
    Some(Measure {
        title: format!("{symbol} {price}"),
        key: format!("symbol:{symbol}"),
        used: vec![named, member],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Option<(String, String)> {
        let Some(Json::Object(object)) = Json::parse(json) else { panic!("not an object: {json}") };
        read(&object).map(|measure| (measure.title, measure.key))
    }

    #[test]
    fn progress_reads_as_a_task_and_its_per_cent() {
        for (json, title, key) in [
            (r#"{"task":"Backup","progress":40}"#, "Backup: 40 %", "task:Backup"),
            (r#"{"taskId":"b7","name":"Backup","percent":"40%"}"#, "Backup: 40 %", "task:b7"),
            (r#"{"job":"Build","progress":0.4}"#, "Build: 40 %", "task:Build"),
            (r#"{"job":"Build","progress":1.0}"#, "Build: 100 %", "task:Build"),
            (r#"{"job":"Build","progress":1}"#, "Build: 1 %", "task:Build"),
            (r#"{"job":"Build","percent":0.4}"#, "Build: 0.4 %", "task:Build"),
            (r#"{"file":"a.iso","pct":33.333333}"#, "a.iso: 33.3 %", "task:a.iso"),
            (r#"{"id":7,"percentage":99}"#, "Task 7: 99 %", "task:7"),
        ] {
            assert_eq!(of(json), Some((title.into(), key.into())), "{json}");
        }
    }

    #[test]
    fn progress_is_a_whole_number_of_per_cent_and_only_of_what_says_so() {
        for (data, wanted) in [
            (r#"{"task":"a","progress":40}"#, Some(40)),
            (r#" {"key":"task-1","percent":"99.9 %"}"#, Some(99)),
            (r#"{"progress":0.5}"#, Some(50)),
            (r#"{"percent":0}"#, Some(0)),
            (r#"{"percent":100.0}"#, Some(100)),
            (r#"{"percent":100.1}"#, None),
            (r#"{"percent":-1}"#, None),
            (r#"{"percent":"soon"}"#, None),
            (r#"{"price":40}"#, None),
            ("[40]", None),
            ("40 %", None),
        ] {
            assert_eq!(crate::format::progress(data), wanted, "{data}");
        }
    }

    #[test]
    fn prices_stay_as_sent() {
        let json = r#"{"symbol":"ACME","price":101.20,"change":-0.4}"#;
        assert_eq!(of(json), Some(("ACME 101.20".into(), "symbol:ACME".into())));
    }

    #[test]
    fn other_objects_are_no_measure() {
        for json in [
            r#"{"task":"Backup"}"#,
            r#"{"progress":40}"#,
            r#"{"task":"x","progress":140}"#,
            r#"{"task":"x","progress":-1}"#,
            r#"{"task":"x","progress":"NaN"}"#,
            r#"{"task":"x","progress":"soon"}"#,
            r#"{"symbol":"ACME"}"#,
            r#"{"symbol":"x","price":"unknown"}"#,
        ] {
            assert_eq!(of(json), None, "{json}");
        }
    }
}
