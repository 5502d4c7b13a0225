//! The `tidings-cli` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    tidings_cli::run(std::env::args_os())
}
