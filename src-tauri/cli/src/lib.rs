//! Tidings in a terminal: the same engine without a window.

mod backup;
mod complaint;
mod control;
mod demo;
mod doctor;
mod export;
mod feeds;
mod health;
mod history;
mod home;
mod keep;
mod keeper;
mod line;
mod listen;
mod moment;
mod profile;
mod report;
mod tail;
mod verbose;

use std::ffi::{OsStr, OsString};
use std::future::Future;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args as _, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// Ended because something stopped for good.
const STOPPED: u8 = 1;
/// Ended because of how it was called.
const MISUSED: u8 = 2;

#[derive(Debug, Parser)]
#[command(
    name = "tidings-cli",
    version,
    about = "Server-Sent Events in a terminal, by the engine of Tidings"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Subscribes to one feed and prints what comes, until Ctrl-C.
    Listen(listen::Arguments),
    /// Watches the feeds without a window: notifications, history and tray.
    Run(home::Arguments),
    /// Ends the Tidings that runs.
    Quit(control::Quit),
    /// Pauses all feeds.
    Pause(control::Pause),
    /// Lets all feeds go on.
    Resume(control::Pause),
    /// Mutes the popups of a feed, or of all, for an hour or as said.
    Mute(control::Mute),
    /// Dials a feed, or all, at once.
    Reconnect(control::Reconnect),
    /// Lists, adds, changes and removes feeds.
    Feeds(feeds::Arguments),
    /// Tells what each feed's connection does and went through.
    Health(health::Arguments),
    /// Prints events as the running app stores them, until Ctrl-C.
    Tail(tail::Arguments),
    /// Looks for events in the history, the newest first; ends with 1 where there are none.
    History(history::Arguments),
    /// Writes what a search finds as JSON Lines, CSV or Markdown, oldest first.
    Export(export::Arguments),
    /// Takes events from an export into the history, while the app isn't running.
    Import(export::Import),
    /// Shows or sets how much of the history is kept.
    Keep(keep::Arguments),
    /// Writes history and settings into one file, while the app runs or not.
    Backup(backup::Arguments),
    /// Looks for what keeps Tidings from working, and says what mends it.
    ///
    /// Ends with 1 where something needs a person.
    Doctor(doctor::Arguments),
    /// Serves the demo feeds on this machine, until Ctrl-C.
    Demo(demo::Arguments),
}

/// What the program can be told, for man pages and completions.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Whether the program's first argument is one of our commands, so that the app hands over.
pub fn knows(argument: &OsStr) -> bool {
    Arguments::command().get_subcommands().any(|command| argument == command.get_name())
}

/// Runs a command with the program's arguments, the first being its own name.
///
/// Ends with 0 when done, 1 where something stopped for good, 2 on usage errors.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error),
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("TIDINGS_LOG").unwrap_or_else(|_| EnvFilter::new("error")))
        .with_writer(io::stderr)
        .init();
    match arguments.command {
        Command::Listen(arguments) => in_runtime(listen::run(arguments)),
        Command::Run(arguments) => complaint::end(home::run(arguments)),
        Command::Quit(arguments) => in_runtime(async { complaint::end(control::quit(arguments).await) }),
        Command::Pause(arguments) => {
            in_runtime(async { complaint::end(control::pause(arguments, true).await) })
        }
        Command::Resume(arguments) => {
            in_runtime(async { complaint::end(control::pause(arguments, false).await) })
        }
        Command::Mute(arguments) => in_runtime(async { complaint::end(control::mute(arguments).await) }),
        Command::Reconnect(arguments) => {
            in_runtime(async { complaint::end(control::reconnect(arguments).await) })
        }
        Command::Feeds(arguments) => in_runtime(async { complaint::end(feeds::run(arguments).await) }),
        Command::Health(arguments) => in_runtime(async { complaint::end(health::run(arguments).await) }),
        Command::Tail(arguments) => in_runtime(async { complaint::end(tail::run(arguments).await) }),
        Command::History(arguments) => in_runtime(async { complaint::end(history::run(arguments).await) }),
        Command::Export(arguments) => in_runtime(async { complaint::end(export::run(arguments).await) }),
        Command::Import(arguments) => in_runtime(async { complaint::end(export::import(arguments).await) }),
        Command::Keep(arguments) => complaint::end(keep::run(&arguments)),
        Command::Backup(arguments) => in_runtime(async { complaint::end(backup::run(arguments).await) }),
        Command::Doctor(arguments) => in_runtime(async { complaint::end(doctor::run(arguments).await) }),
        Command::Demo(arguments) => in_runtime(demo::run(arguments)),
    }
}

/// Runs `listen` with the words after it, in the caller's runtime and without heeding signals, and prints to `out`.
///
/// Ends as [`run`] does.
pub async fn listen(words: impl IntoIterator<Item = OsString>, out: impl Write) -> ExitCode {
    let command = listen::Arguments::augment_args(clap::Command::new("listen").no_binary_name(true));
    let matches = command.try_get_matches_from(words);
    match matches.and_then(|matches| listen::Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => listen::listen(arguments, out).await,
        Err(error) => misused(&error),
    }
}

/// Prints what is wrong with the arguments, or the help that they ask for.
fn misused(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(MISUSED))
}

fn in_runtime(command: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(command),
        Err(error) => complain(STOPPED, &format!("This machine has no room for another program: {error}.")),
    }
}

/// Prints text; a reader who has gone away has seen enough.
fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    ExitCode::SUCCESS
}

/// Prints one JSON object, in lines that people can read too.
fn print_json(value: &impl serde::Serialize) -> ExitCode {
    match serde_json::to_string_pretty(value) {
        Ok(text) => print(&(text + "\n")),
        Err(error) => complain(STOPPED, &format!("This can't be said in JSON: {error}.")),
    }
}

/// A number with the word for what it counts.
fn many(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Says on standard error why the command ends.
fn complain(code: u8, sentence: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "{sentence}");
    ExitCode::from(code)
}

/// Waits for Ctrl-C or the polite request to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ended.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
