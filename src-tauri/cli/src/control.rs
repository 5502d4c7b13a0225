//! `pause`, `resume`, `mute`, `reconnect` and `quit`: what the tray offers, in a terminal.

use std::process::ExitCode;

use clap::ValueEnum;
use tidings_engine::engine::MuteFor;
use tidings_host::VERSION;
use tidings_host::control::{Link, LinkError, place};
use tidings_host::request::Feeds;

use crate::complaint::Complaint;
use crate::keeper::{self, Keeper};
use crate::print;
use crate::profile::{Place, choose};
use crate::report::plain;

/// What is said where there is nothing to do it.
const NOT_RUNNING: &str = "Tidings isn't running.";

#[derive(Debug, clap::Args)]
pub(crate) struct Pause {
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Mute {
    /// This feed, by name or id, instead of all
    feed: Option<String>,
    /// For how long
    #[arg(long = "for", value_name = "SPAN", default_value = "hour")]
    span: Span,
    #[command(flatten)]
    place: Place,
}

/// How long something is muted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Span {
    /// An hour
    Hour,
    /// Until eight the next morning
    Tomorrow,
    /// Until it is unmuted
    Ever,
    /// Not at all: unmutes
    Nothing,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Reconnect {
    /// This feed, by name or id, instead of all
    feed: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Quit {
    #[command(flatten)]
    place: Place,
}

/// Pauses or resumes all feeds.
pub(crate) async fn pause(arguments: Pause, paused: bool) -> Result<ExitCode, Complaint> {
    Keeper::find(&arguments.place.find()?).await?.pause(paused).await?;
    Ok(print(if paused { "All feeds are paused.\n" } else { "All feeds go on.\n" }))
}

/// Mutes the popups of a feed, or of all.
pub(crate) async fn mute(arguments: Mute) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let settings = profile.settings()?;
    let feed = arguments.feed.as_deref().map(|word| choose(&settings.feeds, word)).transpose()?;
    let span = match arguments.span {
        Span::Hour => MuteFor::Hour,
        Span::Tomorrow => MuteFor::Tomorrow,
        Span::Ever => MuteFor::Ever,
        Span::Nothing => MuteFor::Nothing,
    };
    Keeper::find(&profile).await?.mute(feed.map(|feed| &feed.id), span).await?;
    let what =
        feed.map_or_else(|| "All popups".to_owned(), |feed| format!("The popups of {}", plain(&feed.name)));
    let how = match arguments.span {
        Span::Hour => "muted for an hour",
        Span::Tomorrow => "muted until tomorrow morning",
        Span::Ever => "muted",
        Span::Nothing => "shown",
    };
    Ok(print(&format!("{what} are {how}.\n")))
}

/// Dials a feed, or all, at once.
pub(crate) async fn reconnect(arguments: Reconnect) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let settings = profile.settings()?;
    let feed = arguments.feed.as_deref().map(|word| choose(&settings.feeds, word)).transpose()?;
    let Some(link) = keeper::link(&profile).await? else { return Err(Complaint::stopped(NOT_RUNNING)) };
    keeper::ask::<()>(&link, Feeds::Reconnect { feed: feed.map(|feed| feed.id.to_string()) }).await?;
    Ok(print("Dialled.\n"))
}

/// Ends the Tidings that runs, of whatever version it is.
pub(crate) async fn quit(arguments: Quit) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    match Link::finish(&place::socket(&profile.paths), VERSION, false).await {
        Ok(()) => Ok(print("Tidings has ended.\n")),
        Err(LinkError::Nobody) => Err(Complaint::stopped(NOT_RUNNING)),
        Err(error @ (LinkError::Foreign { .. } | LinkError::Broken(_))) => Err(Complaint::stopped(error)),
    }
}
