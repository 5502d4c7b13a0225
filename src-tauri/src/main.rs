//! The program people start: the app, or one of the terminal's subcommands.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    tidings_shell::run(std::env::args_os())
}
