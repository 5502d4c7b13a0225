//! JSON as it was sent: members in their order, numbers untouched, parsed one level at a time.

use std::fmt;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Members looked at in one object: more than any notice has, so that a huge one costs little.
const MEMBERS: usize = 256;
/// Items looked at in one list, for the same reason.
const ITEMS: usize = 64;

/// A JSON value, its insides still text.
#[derive(Debug)]
pub(super) enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, digit for digit as sent.
    Number(&'a str),
    /// A string.
    Text(String),
    /// An array.
    List(List<'a>),
    /// An object.
    Object(Object<'a>),
}

/// The first items of an array.
#[derive(Debug)]
pub(super) struct List<'a> {
    /// The items.
    pub(super) items: Vec<&'a RawValue>,
    /// How many it has in all.
    pub(super) total: usize,
}

/// The first members of an object, in their order.
#[derive(Debug, Default)]
pub(super) struct Object<'a> {
    members: Vec<Member<'a>>,
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member<'a> {
    /// Its name as sent.
    pub(super) name: String,
    /// Its name in small letters, without `_`, `-` and the like: the one it is found by.
    pub(super) plain: String,
    value: &'a RawValue,
}

impl<'a> Json<'a> {
    /// Parses a whole text; `None` when it is not JSON.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        Self::open(serde_json::from_str(text.trim()).ok()?)
    }

    /// Parses one level of a value.
    pub(super) fn open(raw: &'a RawValue) -> Option<Self> {
        let text = raw.get();
        Some(match text.as_bytes().first()? {
            b'n' => Self::Null,
            b't' => Self::Bool(true),
            b'f' => Self::Bool(false),
            b'"' => Self::Text(serde_json::from_str(text).ok()?),
            b'[' => Self::List(serde_json::Deserializer::from_str(text).deserialize_seq(Items).ok()?),
            b'{' => Self::Object(serde_json::Deserializer::from_str(text).deserialize_map(Members).ok()?),
            _ => Self::Number(text),
        })
    }

    /// A string or a number as text, unless it is blank.
    pub(super) fn word(self) -> Option<String> {
        match self {
            Self::Text(text) => (!text.trim().is_empty()).then_some(text),
            Self::Number(digits) => Some(digits.to_owned()),
            Self::Null | Self::Bool(_) | Self::List(_) | Self::Object(_) => None,
        }
    }
}

impl<'a> Object<'a> {
    /// The members, in their order.
    pub(super) fn members(&self) -> impl Iterator<Item = &Member<'a>> {
        self.members.iter()
    }

    /// The value of the first of `names` that is a non-blank string or a number, with its plain name.
    pub(super) fn word(&self, names: &[&'static str]) -> Option<(&'static str, String)> {
        names.iter().find_map(|name| Some((*name, self.get(name)?.word()?)))
    }

    /// The object under a plain name.
    pub(super) fn object(&self, name: &str) -> Option<Object<'a>> {
        self.members.iter().find(|member| member.plain == name)?.object()
    }

    /// The value under a plain name.
    pub(super) fn get(&self, name: &str) -> Option<Json<'a>> {
        self.members.iter().find(|member| member.plain == name)?.value()
    }
}

impl<'a> Member<'a> {
    /// One level of its value.
    pub(super) fn value(&self) -> Option<Json<'a>> {
        Json::open(self.value)
    }

    /// Its value, if that is an object.
    pub(super) fn object(&self) -> Option<Object<'a>> {
        if !self.value.get().starts_with('{') {
            return None;
        }
        match self.value()? {
            Json::Object(object) => Some(object),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => None,
        }
    }
}

/// Reads an array's first items and counts the rest.
struct Items;

impl<'de> Visitor<'de> for Items {
    type Value = List<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = List { items: Vec::new(), total: 0 };
        while list.items.len() < ITEMS {
            let Some(item) = seq.next_element()? else { return Ok(list) };
            list.items.push(item);
            list.total += 1;
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {
            list.total += 1;
        }
        Ok(list)
    }
}

/// Reads an object's first members and skips the rest.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = Object::default();
        while object.members.len() < MEMBERS {
            let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? else { return Ok(object) };
            let plain =
                name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            object.members.push(Member { name, plain, value });
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Object<'_> {
        let Some(Json::Object(object)) = Json::parse(text) else { panic!("not an object: {text}") };
        object
    }

    #[test]
    fn numbers_stay_as_sent() {
        let sent = object(r#"{"a": 0.10, "b": 12345678901234567890123, "c": 1e3}"#);
        for (name, digits) in [("a", "0.10"), ("b", "12345678901234567890123"), ("c", "1e3")] {
            assert_eq!(sent.word(&[name]).map(|(_, word)| word), Some(digits.to_owned()));
        }
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for name in ["taskId", "task_id", "TASK-ID", "Task Id"] {
            assert!(object(&format!(r#"{{"{name}": "7"}}"#)).get("taskid").is_some(), "{name}");
        }
    }

    #[test]
    fn what_is_not_whole_json_is_none() {
        for text in ["", "{", "{\"a\":}", "[1,]", "plain", "12 apples", "{} {}", "nul", "\"a"] {
            assert!(Json::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn huge_and_deep_values_cost_little() {
        let text = format!("[{}1]", "1,".repeat(100_000));
        let Some(Json::List(list)) = Json::parse(&text) else { panic!("a list") };
        assert_eq!(list.items.len(), ITEMS);
        assert_eq!(list.total, 100_001);
        let members: Vec<String> = (0..1_000).map(|n| format!("\"k{n}\":{n}")).collect();
        assert_eq!(object(&format!("{{{}}}", members.join(","))).members().count(), MEMBERS);
        assert!(Json::parse(&"[".repeat(1 << 20)).is_none());
        let deep = format!("{}{}", "[".repeat(1 << 16), "]".repeat(1 << 16));
        assert!(matches!(Json::parse(&deep), Some(Json::List(List { total: 1, .. })) | None));
    }
}
