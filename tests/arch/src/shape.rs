//! How long a file is, how it begins, and what it is called.

use crate::Fault;
use crate::tree::File;

/// The most lines a file may have: what a person can hold in mind, three screens.
const LINES_LIMIT: usize = 400;

/// Written by a program, so nobody has to hold them in mind.
const GENERATED: &[&str] = &["ui/src/ipc/bindings.ts"];

/// Names that say nothing about what is in a file.
const EMPTY_NAMES: &[&str] =
    &["common", "core", "helper", "helpers", "manager", "misc", "service", "services", "util", "utils"];

const SOURCES: &[&str] = &["rs", "ts", "svelte", "css", "mjs"];

/// Finds source files that are too long.
pub fn check_length(files: &[File]) -> Vec<Fault> {
    let sources =
        files.iter().filter(|file| file.is_any(SOURCES) && !GENERATED.contains(&file.path.as_str()));
    let long = sources.filter(|file| file.text.lines().count() > LINES_LIMIT);
    let fault = |file: &File| Fault {
        path: file.path.clone(),
        line: LINES_LIMIT + 1,
        what: format!("{} lines, {LINES_LIMIT} are allowed", file.text.lines().count()),
        mend: "Split it by what it does, or move its tests into a `tests` file beside it",
    };
    long.map(fault).collect()
}

/// Finds Rust files that don't say in their first line what they are.
pub fn check_opening(files: &[File]) -> Vec<Fault> {
    let says = |text: &str| text.starts_with("//! ") || text.starts_with("#![doc = include_str!(");
    let silent = files.iter().filter(|file| file.is_any(&["rs"]) && !says(&file.text));
    let fault = |file: &File| Fault {
        path: file.path.clone(),
        line: 1,
        what: "the first line does not say what the file is".to_owned(),
        mend: "Begin with one `//!` sentence",
    };
    silent.map(fault).collect()
}

/// Finds source files and folders of source files with a name that says nothing.
pub fn check_names(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_any(SOURCES)) {
        let mut parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        let is_empty = |part: &&str| EMPTY_NAMES.contains(&part.to_ascii_lowercase().as_str());
        if let Some(name) = parts.find(is_empty) {
            faults.push(Fault {
                path: file.path.clone(),
                line: 1,
                what: format!("`{name}` says nothing about what is in it"),
                mend: "Name it after the thing it holds",
            });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(faults: Vec<Fault>) -> Vec<String> {
        faults.into_iter().map(|fault| fault.path).collect()
    }

    #[test]
    fn finds_a_file_one_line_too_long_and_lets_the_generated_one_be() {
        let long = "\n".repeat(LINES_LIMIT + 1);
        let files = [
            File::new("a.rs", &long),
            File::new("b.svelte", &long),
            File::new("c.ts", &long[1..]),
            File::new(GENERATED[0], &long),
            File::new("d.md", &long),
        ];
        assert_eq!(paths(check_length(&files)), ["a.rs", "b.svelte"]);
    }

    #[test]
    fn finds_a_file_that_does_not_say_what_it_is() {
        let files = [
            File::new("a.rs", "//! Says it."),
            File::new("b.rs", "#![doc = include_str!(\"../README.md\")]"),
            File::new("c.rs", "use std::fmt;\n//! Too late."),
            File::new("d.rs", ""),
            File::new("e.ts", ""),
        ];
        assert_eq!(paths(check_opening(&files)), ["c.rs", "d.rs"]);
    }

    #[test]
    fn finds_names_that_say_nothing_in_folders_too() {
        let bad = ["a/utils.rs", "b/helpers/mod.rs", "ui/src/core/x.svelte", "c/Manager.svelte.ts"];
        let good = ["a/utilities_bill.rs", "b/hardcore.rs", "docs/common/x.md"];
        let files: Vec<_> = bad.iter().chain(&good).map(|path| File::new(path, "")).collect();
        assert_eq!(paths(check_names(&files)), bad);
    }
}
