//! Events that tell who did what to what, as activity feeds do.

use super::json::Object;

/// Members that name who did it.
const WHO: &[&str] = &["actor", "user", "username", "author", "by"];
/// Members that say what was done.
const DID: &[&str] = &["action", "verb", "activity"];
/// Members that name what it was done to.
const WHAT: &[&str] = &["target", "object", "item"];

/// Something that somebody did.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Deed {
    /// All of it in one line.
    pub(super) title: String,
    /// Plain names of the members that the title has used.
    pub(super) used: Vec<&'static str>,
}

/// Who did what to what, if that is what an object tells.
///
/// Without a thing it was done to, what was done must be more than a word: a single one is as often the kind of event.
pub(super) fn read(object: &Object<'_>) -> Option<Deed> {
    let (who, somebody) = object.word(WHO)?;
    let (did, done) = object.word(DID)?;
    match object.word(WHAT) {
        Some((what, thing)) => {
            let title = format!("{} {} {}", somebody.trim(), done.trim(), thing.trim());
            Some(Deed { title, used: vec![who, did, what] })
        }
        None if done.trim().contains(' ') => {
            Some(Deed { title: format!("{} {}", somebody.trim(), done.trim()), used: vec![who, did] })
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::Json;
    use super::*;

    #[test]
    fn reads_who_did_what_to_what_and_leaves_all_else() {
        let table = [
            (r#"{"user": "Mira", "action": "closed", "target": "issue 12"}"#, Some("Mira closed issue 12")),
            (
                r#"{"actor": "Ada", "verb": "pushed to", "object": "main", "id": 3}"#,
                Some("Ada pushed to main"),
            ),
            (r#"{"username": "jo", "action": "liked your post"}"#, Some("jo liked your post")),
            (r#"{"user": "Mira", "action": "update", "value": 5}"#, None),
            (r#"{"action": "closed", "target": "issue 12"}"#, None),
            (r#"{"user": "Mira", "target": "issue 12"}"#, None),
            (r#"{"user": {"name": "Mira"}, "action": "closed", "target": "issue 12"}"#, None),
        ];
        for (data, title) in table {
            let Some(Json::Object(object)) = Json::parse(data) else { panic!("{data} is an object") };
            assert_eq!(read(&object).map(|deed| deed.title).as_deref(), title, "{data}");
        }
    }
}
