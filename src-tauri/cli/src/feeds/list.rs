//! `feeds list`: every feed as it is set, without its secrets.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tidings_engine::engine::shown_address;
use tidings_engine::id::FeedId;
use tidings_engine::settings::{Feed, SignIn, Urgency};

use crate::complaint::Complaint;
use crate::profile::Place;
use crate::report::plain;
use crate::{print, print_json};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// A feed as it is printed. Holds no secret.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    id: &'a FeedId,
    name: &'a str,
    url: String,
    enabled: bool,
    notify: bool,
    sign_in: &'a SignIn,
    header_names: &'a [String],
}

pub(super) fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let settings = arguments.place.find()?.settings()?;
    if arguments.json {
        return Ok(print_json(&settings.feeds.iter().map(entry).collect::<Vec<_>>()));
    }
    let mut text = String::new();
    if settings.feeds.is_empty() {
        text.push_str("There are no feeds. Add one: tidings-cli feeds add URL.\n");
    }
    for feed in &settings.feeds {
        let _ = writeln!(text, "{}  {}{}", feed.id, plain(&feed.name), remarks(feed));
        let _ = writeln!(text, "{:16}  {}", "", plain(&shown_address(&feed.url)));
    }
    if settings.paused {
        text.push_str("Everything is paused.\n");
    }
    Ok(print(&text))
}

fn entry(feed: &Feed) -> Entry<'_> {
    Entry {
        id: &feed.id,
        name: &feed.name,
        url: shown_address(&feed.url),
        enabled: feed.enabled,
        notify: feed.notify,
        sign_in: &feed.sign_in,
        header_names: &feed.headers,
    }
}

fn remarks(feed: &Feed) -> String {
    let mut remarks = Vec::new();
    if !feed.enabled {
        remarks.push("switched off".to_owned());
    }
    if !feed.notify {
        remarks.push("no popups".to_owned());
    }
    match feed.notices.allowed.urgency {
        Urgency::Low => remarks.push("popups of low urgency".to_owned()),
        Urgency::Normal => remarks.push("no urgent popups".to_owned()),
        Urgency::Urgent => {}
    }
    match &feed.sign_in {
        SignIn::None => {}
        SignIn::Basic { username } => remarks.push(format!("signs in as {}", plain(username))),
        SignIn::Bearer => remarks.push("signs in with a token".to_owned()),
    }
    if !feed.headers.is_empty() {
        remarks.push(format!("sends {}", feed.headers.join(", ")));
    }
    if remarks.is_empty() { String::new() } else { format!("  ({})", remarks.join(", ")) }
}
