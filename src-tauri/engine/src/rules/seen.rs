//! What events have to offer to those who write rules and templates: their types, and where values stand in their JSON.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};

use serde_json::Value;

/// More than anybody reads through.
const TYPES: usize = 100;
const VALUES: usize = 300;
/// A type or a path longer than a line of the window is nothing to choose from a list.
const LONGEST: usize = 120;
/// Values of a value that are shown, to recognise it by.
const SAMPLE: usize = 60;
/// Steps of a path; deeper values are pointed at by hand.
const DEPTH: usize = 8;
/// Items of a list that are offered one by one.
const ITEMS: usize = 3;
/// Larger data isn't parsed for a list of suggestions.
const DATA_BYTES: usize = 64 * 1024;

/// What events had, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Their types.
    pub types: Vec<String>,
    /// The plain values in their JSON data.
    pub values: Vec<SeenValue>,
}

/// A plain value within JSON data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenValue {
    /// Where it stands, as `Path` reads it and as a template does behind `json`.
    pub path: String,
    /// What stood there, shortened.
    pub sample: String,
}

/// Looks at events one by one.
#[derive(Debug, Default)]
pub struct Sight {
    seen: Seen,
    types: HashSet<String>,
    paths: HashMap<String, usize>,
}

impl Sight {
    /// Takes in an event's type.
    pub fn of_type(&mut self, event_type: &str) {
        let room = self.seen.types.len() < TYPES && event_type.len() <= LONGEST;
        if room && self.types.insert(event_type.to_owned()) {
            self.seen.types.push(event_type.to_owned());
        }
    }

    /// Takes in an event's data; what isn't JSON has nothing to offer.
    pub fn of_data(&mut self, data: &str) {
        if data.len() <= DATA_BYTES
            && let Ok(value) = serde_json::from_str(data)
        {
            self.walk(&value, String::new(), DEPTH);
        }
    }

    /// Gives what was seen.
    pub fn into_seen(self) -> Seen {
        self.seen
    }

    fn walk(&mut self, value: &Value, path: String, depth: usize) {
        match value {
            _ if path.len() > LONGEST || self.seen.values.len() >= VALUES => {}
            Value::Object(_) | Value::Array(_) if depth == 0 => {}
            Value::Object(members) => {
                for (name, member) in members {
                    self.walk(member, format!("{path}{}", step(name, path.is_empty())), depth - 1);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().take(ITEMS).enumerate() {
                    self.walk(item, format!("{path}[{index}]"), depth - 1);
                }
            }
            // A bare value has no path.
            _ if path.is_empty() => {}
            Value::String(text) => self.note(path, sample(text)),
            Value::Null => self.note(path, String::new()),
            Value::Bool(_) | Value::Number(_) => self.note(path, sample(&value.to_string())),
        }
    }

    /// Notes a value; what was empty where it was seen first is shown as it was later.
    fn note(&mut self, path: String, sample: String) {
        match self.paths.entry(path) {
            Entry::Occupied(known) => {
                if let Some(known) = self.seen.values.get_mut(*known.get())
                    && known.sample.is_empty()
                {
                    known.sample = sample;
                }
            }
            Entry::Vacant(free) => {
                let path = free.key().clone();
                free.insert(self.seen.values.len());
                self.seen.values.push(SeenValue { path, sample });
            }
        }
    }
}

/// A step to a member; only a plain name goes without quotes, so that rules and templates read it alike.
fn step(name: &str, first: bool) -> String {
    let mut letters = name.chars();
    let starts = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_');
    if starts && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
        return if first { name.to_owned() } else { format!(".{name}") };
    }
    format!("[{}]", Value::from(name))
}

fn sample(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(SAMPLE).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::rules::Path;

    fn seen(data: &[Value]) -> Seen {
        let mut sight = Sight::default();
        data.iter().for_each(|data| sight.of_data(&data.to_string()));
        sight.into_seen()
    }

    fn paths(data: &[Value]) -> Vec<String> {
        seen(data).values.into_iter().map(|value| value.path).collect()
    }

    #[test]
    fn offers_each_plain_value_once_with_what_stood_there() {
        let data = [
            json!({"order": {"items": [{"price": 3}, {"price": 4}]}, "note": null}),
            json!({"note": "late", "a name": true, "order": {"total": 1.5}}),
        ];
        let values: Vec<_> = seen(&data).values.into_iter().map(|value| (value.path, value.sample)).collect();
        let expected = [
            ("order.items[0].price", "3"),
            ("order.items[1].price", "4"),
            ("note", "late"),
            ("[\"a name\"]", "true"),
            ("order.total", "1.5"),
        ];
        assert_eq!(values, expected.map(|(path, sample)| (path.to_owned(), sample.to_owned())));
    }

    #[test]
    fn offers_types_in_the_order_in_which_they_were_last_sent() {
        let mut sight = Sight::default();
        for each in ["deploy", "message", "deploy", &"x".repeat(LONGEST + 1)] {
            sight.of_type(each);
        }
        assert_eq!(sight.into_seen().types, ["deploy", "message"]);
    }

    #[test]
    fn what_a_server_sends_stays_a_list_that_can_be_read() {
        let wide = json!((0..2_000).map(|n| (format!("n{n}"), n)).collect::<HashMap<_, _>>());
        let deep = (0..100).fold(json!(1), |inner, _| json!({ "a": inner }));
        let long = json!({"x".repeat(LONGEST + 1): 1, "text": "é".repeat(10_000)});
        assert_eq!(paths(&[wide]).len(), VALUES);
        assert_eq!(paths(&[deep, json!("bare"), json!([[1, 2, 3, 4]])]), ["[0][0]", "[0][1]", "[0][2]"]);
        let seen = seen(&[long]);
        assert_eq!(seen.values.len(), 1);
        assert_eq!(seen.values[0].sample.chars().count(), SAMPLE + 1);
        let mut sight = Sight::default();
        sight.of_data(&json!({"a": "x".repeat(DATA_BYTES)}).to_string());
        sight.of_data("{not json");
        (0..1_000).for_each(|n| sight.of_type(&n.to_string()));
        let seen = sight.into_seen();
        assert_eq!((seen.values, seen.types.len()), (vec![], TYPES));
    }

    proptest! {
        #[test]
        fn every_offered_path_leads_to_its_value(name in ".{0,20}", other in ".{0,20}", n in 0_i64..9) {
            let data = json!({ name: [{ other: n }] });
            for path in paths(std::slice::from_ref(&data)) {
                prop_assert_eq!(Path::parse(&path).unwrap().find(&data), Some(&json!(n)), "{}", path);
            }
        }
    }
}
