//! Every way to write an arrow is found, and the table keeps its promises.

use std::collections::BTreeSet;

use super::*;

const TABLE: &[(&str, &[&str])] = &[("id", &[]), ("event", &["id"]), ("rules", &["event"])];

fn whats(path: &str, text: &str) -> Vec<String> {
    let file = File::new(&format!("{ENGINE}{path}"), text);
    check(&[file], TABLE).into_iter().map(|fault| format!("{} {}", fault.line, fault.what)).collect()
}

#[test]
fn lets_arrows_of_the_table_and_of_the_top_room_pass() {
    assert_eq!(whats("event.rs", "use crate::id::FeedId;\nuse crate::event::Other;"), [""; 0]);
    assert_eq!(whats("engine/start.rs", "use crate::{event, id, rules};"), [""; 0]);
    assert_eq!(whats("lib.rs", "pub use crate::rules::Rule;"), [""; 0]);
}

#[test]
fn finds_an_arrow_however_it_is_written() {
    for text in [
        "use crate::rules::Rule;",
        "use crate::{id, rules::{Rule, Other}};",
        "use crate::{\n    id::{FeedId, EventId}, rules};",
        "fn rule() -> crate::rules::Rule { todo() }",
        "use super::rules::Rule;",
        "use super::{id, rules};",
        "mod tests { use super::super::rules; }",
    ] {
        let found = whats("event.rs", text);
        assert!(found.iter().any(|what| what.ends_with("`event` uses `rules`")), "{text}: {found:?}");
    }
    assert_eq!(whats("event/kind/mod.rs", "\nuse super::super::rules;"), ["2 `event` uses `rules`"]);
}

#[test]
fn takes_a_rooms_own_modules_comments_and_strings_for_no_arrow() {
    for text in [
        "//! See [`crate::rules`].",
        "const A: &str = \"crate::rules\";",
        "use crate::id::rules;",
        "use crate::{id::{self, rules}};",
        "mod inside { use super::rules; }",
        "pub(crate) fn rules() {}",
    ] {
        assert_eq!(whats("event.rs", text), [""; 0], "{text}");
    }
    assert_eq!(whats("event/kind.rs", "use super::rules;"), [""; 0]);
}

#[test]
fn names_a_room_that_the_table_lacks() {
    assert_eq!(whats("attic/mod.rs", ""), ["1 the room `attic` is not in the table of arrows"]);
    assert_eq!(whats("event.rs", "use crate::attic::Box;"), ["1 `event` uses `attic`"]);
}

/// Gives every room that `room` knows, directly or through others.
fn reach(room: &str) -> BTreeSet<&'static str> {
    let mut reached = BTreeSet::new();
    let mut open = allowed(room, ARROWS).expect("the room is in the table");
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(allowed(next, ARROWS).expect("the room is in the table"));
        }
    }
    reached
}

#[test]
fn rooms_use_only_rooms_above_them() {
    for (index, (room, may_use)) in ARROWS.iter().enumerate() {
        for used in *may_use {
            assert!(ARROWS[..index].iter().any(|(above, _)| above == used), "`{used}` is not above `{room}`");
        }
    }
}

#[test]
fn connections_and_what_is_below_know_nothing_of_meaning() {
    for room in ["transport", "connection", "supervisor"] {
        for meaning in ["settings", "secrets", "preset", "rules", "format", "history", "notify", "pipeline"] {
            assert!(!reach(room).contains(meaning), "`{room}` reaches `{meaning}`");
        }
    }
}

#[test]
fn rules_know_no_socket_and_history_and_notices_not_each_other() {
    for (room, other) in [
        ("rules", "transport"),
        ("rules", "connection"),
        ("rules", "supervisor"),
        ("history", "notify"),
        ("notify", "history"),
        ("history", "supervisor"),
    ] {
        assert!(!reach(room).contains(other), "`{room}` reaches `{other}`");
    }
}
