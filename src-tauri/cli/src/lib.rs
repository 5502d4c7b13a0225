//! Tidings in a terminal.

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

/// Says whether an argument is the name of one of the subcommands.
pub fn names(_argument: &OsStr) -> bool {
    false
}

/// Runs a subcommand; the first argument is the program's own name.
pub fn run(_arguments: impl Iterator<Item = OsString>) -> ExitCode {
    ExitCode::FAILURE
}
