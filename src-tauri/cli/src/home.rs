//! `run`: feeds, history, notifications and tray without a window, until it is ended.

use std::process::ExitCode;

use tidings_host::run::{self, Wishes};

use crate::complaint::Complaint;
use crate::profile::Place;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The app starts this by itself; it goes on when the window is closed. To end it: tidings-cli quit."
)]
pub(crate) struct Arguments {
    /// Says on standard output in one line of JSON that it runs, or why not
    #[arg(long, hide = true)]
    background: bool,
    #[command(flatten)]
    place: Place,
}

/// Hosts an engine until it is asked to end.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find_or_make()?;
    let wishes = Wishes {
        paths: profile.paths.clone(),
        profile: arguments.place.folder(),
        is_background: arguments.background,
    };
    run::run(wishes).map_err(Complaint::stopped)?;
    Ok(ExitCode::SUCCESS)
}
