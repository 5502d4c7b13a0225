//! The shell: a window, a tray and typed IPC around the engine. The only place that names tauri.

mod app;
mod arguments;
mod choosing;
mod display;
mod home;
mod ipc;
mod links;
mod login;
mod parting;
mod saving;
mod tray;
mod window;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use arguments::Arguments;
use tracing_subscriber::EnvFilter;

/// Runs the app, or the terminal's subcommand that the command line names; its first word is the program's name.
pub fn run(line: impl Iterator<Item = OsString>) -> ExitCode {
    let line: Vec<OsString> = line.collect();
    if line.get(1).is_some_and(|word| tidings_cli::knows(word)) {
        return tidings_cli::run(line);
    }
    let arguments = match Arguments::read(line, std::env::var_os("TIDINGS_PROFILE")) {
        Ok(arguments) => arguments,
        Err(said) => said.exit(),
    };
    log();
    app::run(&arguments).unwrap_or_else(|sentence| {
        say(&sentence);
        ExitCode::FAILURE
    })
}

/// Logs to standard error: what `TIDINGS_LOG` asks for, else what a person would notice.
fn log() {
    let filter = EnvFilter::try_from_env("TIDINGS_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}

#[expect(clippy::print_stderr, reason = "the one sentence for people when there is no window to show it in")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}
