//! The house itself, held against its rules: who may know whom, where tauri is named, how long a file is.
//!
//! Each check takes files and gives faults; `tests/house.rs` runs all of them on this repository.

pub mod arrows;
pub mod manifests;
pub mod promises;
pub mod sentences;
pub mod shape;
pub mod shell;
pub mod tokens;
pub mod tree;
pub mod words;

use std::fmt;

/// A rule that is broken at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, from the root of the repository.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
    /// What mends it.
    pub mend: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}. {}", self.path, self.line, self.what, self.mend)
    }
}

/// Passes when nothing is wrong.
///
/// # Panics
/// Names every fault, one a line.
pub fn expect_none(faults: &[Fault]) {
    let lines: Vec<_> = faults.iter().map(Fault::to_string).collect();
    assert!(faults.is_empty(), "{} broken:\n{}\n", faults.len(), lines.join("\n"));
}
