//! This repository, held against the rules of its house.

use std::fs;
use std::sync::LazyLock;

use tidings_arch::tree::{self, File};
use tidings_arch::{arrows, expect_none, manifests, promises, sentences, shape, shell, words};

static FILES: LazyLock<Vec<File>> =
    LazyLock::new(|| tree::read(&tree::root()).expect("the repository can be read"));

#[test]
fn rooms_of_the_engine_use_only_what_the_table_allows() {
    expect_none(&arrows::check(&FILES, arrows::ARROWS));
}

#[test]
fn only_the_shell_needs_a_display() {
    let lock = fs::read_to_string(tree::root().join("Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"tidings-engine\""), "Cargo.lock lists the engine");
    expect_none(&manifests::check_display(&lock));
}

#[test]
fn members_take_versions_and_lints_from_the_workspace() {
    expect_none(&manifests::check_members(&FILES));
}

#[test]
fn what_the_engine_says_is_said_in_german_too() {
    expect_none(&sentences::check(&FILES));
}

#[test]
fn the_window_reaches_the_shell_through_one_file() {
    expect_none(&shell::check_door(&FILES));
}

#[test]
fn the_window_shows_text_as_text() {
    expect_none(&shell::check_sinks(&FILES));
}

#[test]
fn no_file_is_too_long_to_read() {
    expect_none(&shape::check_length(&FILES));
}

#[test]
fn every_rust_file_says_what_it_is() {
    expect_none(&shape::check_opening(&FILES));
}

#[test]
fn every_name_says_something() {
    expect_none(&shape::check_names(&FILES));
}

#[test]
fn nothing_is_left_unfinished_or_bound_to_one_machine() {
    expect_none(&words::check(&FILES));
}

#[test]
fn what_is_promised_of_security_is_shown_by_tests_that_are_there() {
    expect_none(&promises::check(&FILES));
}
