//! What a database holds as far as its stream has told, so that its state after a reconnection is news only if it is.

use std::collections::BTreeMap;

use serde_json::Value;

/// What is mirrored, in bytes: the decoder takes no larger event, so no larger state can ever be sent whole.
const MOST_BYTES: usize = 1024 * 1024;
/// Firebase's own limit of depth.
const DEEPEST: usize = 32;
/// Marks what is stored for where to resume as a digest of the state, which means nothing to the server.
const PREFIX: &str = "state:";

/// A database as its stream has told it.
#[derive(Debug, Default)]
pub(in crate::preset) struct Mirror {
    root: Root,
    /// The digest that is stored.
    stored: Option<String>,
    /// The stream has begun and its state hasn't come.
    fresh: bool,
    changed: bool,
}

#[derive(Debug, Default)]
enum Root {
    /// Nothing was told, or more than is mirrored.
    #[default]
    Unknown,
    Known(Node),
}

#[derive(Debug, PartialEq, Eq)]
enum Node {
    Leaf(String),
    Branch(BTreeMap<String, Node>),
}

impl Mirror {
    /// Takes what an earlier run stored.
    pub(in crate::preset) fn resume(&mut self, stored: &str) {
        self.stored = stored.starts_with(PREFIX).then(|| stored.to_owned());
        // What was taken in since it was stored may be lost.
        self.root = Root::Unknown;
    }

    /// The stream begins.
    pub(in crate::preset) fn opened(&mut self) {
        self.fresh = true;
    }

    /// Takes a change in; says whether it is news.
    pub(super) fn take(&mut self, is_patch: bool, path: &str, data: &str) -> bool {
        let is_state = std::mem::take(&mut self.fresh) && !is_patch && path == "/";
        let Ok(data) = serde_json::from_str::<Value>(data) else {
            self.root = Root::Unknown;
            return true;
        };
        let was_known = matches!(self.root, Root::Known(_));
        let before = if is_state && was_known { self.digest() } else { self.stored.clone() };
        self.apply(is_patch, path, data);
        self.changed = true;
        !is_state || before.is_none() || before != self.digest()
    }

    /// Gives what is to be stored, if it has changed since it was asked last.
    pub(in crate::preset) fn cursor(&mut self) -> Option<String> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        let digest = self.digest().unwrap_or_default();
        self.stored = Some(digest.clone()).filter(|digest| !digest.is_empty());
        Some(digest)
    }

    fn apply(&mut self, is_patch: bool, path: &str, data: Value) {
        let place: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let root = match std::mem::take(&mut self.root) {
            // Of an unknown state only the whole can be told.
            Root::Unknown if !place.is_empty() || is_patch => return,
            Root::Unknown => empty(),
            Root::Known(root) => root,
        };
        let mut root = root;
        if is_patch {
            if let Value::Object(members) = data {
                for (name, value) in members {
                    // A name in a patch may be a path of its own.
                    let place: Vec<&str> = place.iter().copied().chain(name.split('/')).collect();
                    root = set(root, &place, node(value, 0));
                }
            }
        } else {
            root = set(root, &place, node(data, 0));
        }
        self.root = if size(&root) <= MOST_BYTES { Root::Known(root) } else { Root::Unknown };
    }

    fn digest(&self) -> Option<String> {
        match &self.root {
            Root::Unknown => None,
            Root::Known(root) => {
                let mut hasher = blake3::Hasher::new();
                hash(root, &mut hasher);
                Some(format!("{PREFIX}{}", &hasher.finalize().to_hex()[..32]))
            }
        }
    }
}

fn empty() -> Node {
    Node::Branch(BTreeMap::new())
}

/// The node of a value: a list is a branch with numbers for names, and what is null or empty isn't there.
fn node(value: Value, depth: usize) -> Node {
    let children: Vec<(String, Value)> = match value {
        Value::Object(members) => members.into_iter().collect(),
        Value::Array(items) => items.into_iter().enumerate().map(|(n, item)| (n.to_string(), item)).collect(),
        Value::Null => Vec::new(),
        leaf @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => return Node::Leaf(leaf.to_string()),
    };
    if depth > DEEPEST {
        return empty();
    }
    let nodes = children.into_iter().map(|(name, child)| (name, node(child, depth + 1)));
    Node::Branch(nodes.filter(|(_, child)| *child != empty()).collect())
}

/// Sets what is at a place; what was a leaf on the way becomes a branch, and an empty branch goes.
fn set(root: Node, place: &[&str], to: Node) -> Node {
    let Some((first, rest)) = place.split_first() else { return to };
    if place.len() > DEEPEST {
        return root;
    }
    let mut children = match root {
        Node::Branch(children) => children,
        Node::Leaf(_) => BTreeMap::new(),
    };
    let child = set(children.remove(*first).unwrap_or_else(empty), rest, to);
    if child != empty() {
        children.insert((*first).to_owned(), child);
    }
    Node::Branch(children)
}

fn size(node: &Node) -> usize {
    match node {
        Node::Leaf(text) => text.len(),
        Node::Branch(children) => children.iter().map(|(name, child)| name.len() + size(child)).sum(),
    }
}

fn hash(node: &Node, hasher: &mut blake3::Hasher) {
    let mut text = |mark: u8, text: &str| {
        hasher.update(&[mark]).update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    };
    match node {
        Node::Leaf(leaf) => text(b'l', leaf),
        Node::Branch(children) => {
            text(b'b', "");
            for (name, child) in children {
                hasher.update(b"n").update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
                hash(child, hasher);
            }
            hasher.update(b"e");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// A mirror of a stream that began with a state.
    fn of(state: &Value) -> Mirror {
        let mut mirror = Mirror::default();
        mirror.opened();
        assert!(mirror.take(false, "/", &state.to_string()));
        mirror
    }

    #[test]
    fn the_state_after_a_reconnection_is_news_only_if_it_changed() {
        let mut mirror = of(&json!({ "a": 1, "b": [1, null, 2] }));
        assert!(mirror.take(false, "/b/1", "7") && mirror.take(true, "/", r#"{"a": null, "c/d": true}"#));
        mirror.opened();
        assert!(!mirror.take(
            false,
            "/",
            &json!({ "b": { "0": 1, "2": 2, "1": 7 }, "c": { "d": true } }).to_string()
        ));
        mirror.opened();
        assert!(mirror.take(false, "/", &json!({ "b": [1, 7, 2] }).to_string()));
    }

    #[test]
    fn a_state_told_while_the_stream_is_open_is_news_even_if_it_is_the_same() {
        let mut mirror = of(&json!(1));
        assert!(mirror.take(false, "/", "1"));
    }

    #[test]
    fn what_was_stored_tells_the_next_run_whether_the_state_is_news() {
        let mut mirror = of(&json!({ "a": 1 }));
        assert!(mirror.take(false, "/a", "2"));
        let stored = mirror.cursor().unwrap();
        assert_eq!(mirror.cursor(), None);
        for (state, news) in [(json!({ "a": 2 }), false), (json!({ "a": 1 }), true)] {
            let mut next = Mirror::default();
            next.resume(&stored);
            next.opened();
            assert_eq!(next.take(false, "/", &state.to_string()), news);
        }
    }

    #[test]
    fn a_state_that_is_too_large_is_news_each_time_and_remembered_as_unknown() {
        let large = json!("x".repeat(MOST_BYTES)).to_string();
        let mut mirror = of(&json!(1));
        for _ in 0..2 {
            mirror.opened();
            assert!(mirror.take(false, "/", &large));
            assert_eq!(mirror.cursor().as_deref(), Some(""));
        }
    }

    proptest! {
        #[test]
        fn changes_one_by_one_and_the_whole_state_agree(
            changes in prop::collection::vec(("(/[ab01]){1,3}", prop::option::of(0_u8..3)), 0..20)
        ) {
            let mut told = of(&json!({}));
            let mut plain = BTreeMap::<String, Option<u8>>::new();
            for (path, value) in changes {
                told.take(false, &path, &json!(value).to_string());
                // What lies below a place that is set goes, and so does a leaf on the way to it.
                plain.retain(|known, _| !known.starts_with(&format!("{path}/")) && !path.starts_with(&format!("{known}/")));
                plain.insert(path, value);
            }
            let mut whole = of(&json!({}));
            for (path, value) in plain {
                whole.take(false, &path, &json!(value).to_string());
            }
            prop_assert_eq!(told.digest(), whole.digest());
        }
    }
}
