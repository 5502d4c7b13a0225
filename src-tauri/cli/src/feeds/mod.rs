//! `feeds`: what is subscribed to, and changing it, while the app runs or not.

mod change;
mod form;
mod list;
mod secret;

use std::process::ExitCode;

use clap::Subcommand;

use crate::complaint::Complaint;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists the feeds.
    List(list::Arguments),
    /// Adds a feed.
    Add(change::Add),
    /// Changes a feed; what isn't given stays as it is.
    Edit(Box<change::Edit>),
    /// Switches feeds on.
    Enable(change::Switch),
    /// Switches feeds off; their history stays.
    Disable(change::Switch),
    /// Removes a feed with its history and its secrets.
    Remove(change::Remove),
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    match arguments.command {
        Command::List(arguments) => list::run(arguments),
        Command::Add(arguments) => change::add(arguments).await,
        Command::Edit(arguments) => change::edit(*arguments).await,
        Command::Enable(arguments) => change::switch(arguments, true).await,
        Command::Disable(arguments) => change::switch(arguments, false).await,
        Command::Remove(arguments) => change::remove(arguments).await,
    }
}
