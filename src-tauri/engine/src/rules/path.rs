//! Where a value stands in JSON, as people write it: `order.items[0].price`, `["a name"].x`, `[2]`.

use serde_json::Value;
use thiserror::Error;

/// Deeper than any feed's data; JSON itself is read to 128 levels.
const STEPS: usize = 64;

/// Why a path can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PathError {
    /// There is nothing.
    #[error("The path is empty. Write the names on the way to the value, as in order.items[0].price.")]
    Empty,
    /// Something stands where a name, an index or a dot should be.
    #[error("The path is wrong from {at:?} on. Write it as in order.items[0].price or [\"a name\"].x.")]
    Wrong {
        /// The rest that can't be read.
        at: String,
    },
    /// It goes too deep.
    #[error("The path has more than {STEPS} steps.")]
    Deep,
}

/// A path; `$` before the first step means the data itself and can be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// If it isn't one.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let text = text.trim();
        let mut rest = text.strip_prefix('$').unwrap_or(text);
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = match rest.strip_prefix('[') {
                Some(inside) => bracket(inside),
                None if steps.is_empty() => name(rest.strip_prefix('.').unwrap_or(rest)),
                None => rest.strip_prefix('.').and_then(name),
            }
            .ok_or_else(|| PathError::Wrong { at: rest.chars().take(20).collect() })?;
            steps.push(step);
            rest = after;
            if steps.len() > STEPS {
                return Err(PathError::Deep);
            }
        }
        if steps.is_empty() { Err(PathError::Empty) } else { Ok(Self(steps)) }
    }

    /// Gives the value there, if there is one.
    pub fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Name(name) => value.get(name),
            Step::Index(index) => value.get(index),
        })
    }
}

/// Reads a name up to the next dot or bracket.
fn name(text: &str) -> Option<(Step, &str)> {
    let (name, rest) = text.split_at(text.find(['.', '[']).unwrap_or(text.len()));
    let is_name = !name.is_empty() && !name.contains([']', '"']);
    is_name.then(|| (Step::Name(name.into()), rest))
}

/// Reads an index or a quoted name, after its opening bracket.
fn bracket(text: &str) -> Option<(Step, &str)> {
    if text.starts_with('"') {
        let mut parsed = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let name = parsed.next()?.ok()?;
        let rest = text.get(parsed.byte_offset()..)?.strip_prefix(']')?;
        return Some((Step::Name(name), rest));
    }
    let (index, rest) = text.split_once(']')?;
    index.bytes().all(|digit| digit.is_ascii_digit()).then_some(())?;
    Some((Step::Index(index.parse().ok()?), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_what_people_point_at() {
        let data =
            json!({"a": {"b": [{"c": 7}, null]}, "a name": {"x": 1}, "q\"q": 2, "": 3, "0": 4, "l": [[5]]});
        let table = [
            ("a.b[0].c", Some(json!(7))),
            ("$.a.b[0].c", Some(json!(7))),
            (" .a.b[0].c ", Some(json!(7))),
            ("a[\"b\"][0][\"c\"]", Some(json!(7))),
            ("a.b[1]", Some(json!(null))),
            ("a name.x", Some(json!(1))),
            ("[\"a name\"].x", Some(json!(1))),
            ("[\"q\\\"q\"]", Some(json!(2))),
            ("[\"\"]", Some(json!(3))),
            ("0", Some(json!(4))),
            ("l[0][0]", Some(json!(5))),
            ("a.b[2]", None),
            ("a.x", None),
            ("a.b.c", None),
            ("[0]", None),
        ];
        for (path, found) in table {
            assert_eq!(Path::parse(path).unwrap().find(&data).cloned(), found, "{path}");
        }
    }

    #[test]
    fn says_from_where_a_path_is_wrong() {
        let wrong = |at: &str| PathError::Wrong { at: at.into() };
        let table = [
            ("", PathError::Empty),
            ("$", PathError::Empty),
            ("a..b", wrong("..b")),
            ("a.", wrong(".")),
            ("a[x]", wrong("[x]")),
            ("a[-1]", wrong("[-1]")),
            ("a[0", wrong("[0")),
            ("a[\"x]", wrong("[\"x]")),
            ("a[0]b", wrong("b")),
            ("a]", wrong("a]")),
            ("a[99999999999999999999999]", wrong("[9999999999999999999")),
        ];
        for (path, error) in table {
            assert_eq!(Path::parse(path), Err(error), "{path}");
        }
        assert_eq!(Path::parse(&"a.".repeat(70)), Err(PathError::Deep));
    }

    proptest! {
        #[test]
        fn any_name_can_be_reached_in_quotes(name in ".*", index in 0_usize..9) {
            let data = json!({name.clone(): [0, 1, 2, 3, 4, 5, 6, 7, 8]});
            let path = format!("[{}][{index}]", serde_json::to_string(&name).unwrap());
            prop_assert_eq!(Path::parse(&path).unwrap().find(&data), Some(&json!(index)));
        }

        #[test]
        fn anything_typed_is_a_path_or_a_sentence(text in ".*") {
            if let Err(error) = Path::parse(&text) {
                prop_assert!(error.to_string().ends_with('.'));
            }
        }
    }
}
