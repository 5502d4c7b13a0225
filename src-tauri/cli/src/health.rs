//! `health`: what each feed's connection does and went through.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tidings_engine::clock;
use tidings_engine::health::{FeedHealth, Record, Standing, words};
use tidings_engine::id::FeedId;
use tidings_engine::settings::{Feed, Settings};
use tidings_engine::update::FeedState;
use tidings_host::control::Link;
use tidings_host::request::Feeds;

use crate::complaint::Complaint;
use crate::keeper;
use crate::profile::{Place, Profile, choose};
use crate::report::plain;
use crate::{moment, print, print_json, verbose};

/// What is printed where the program doesn't run.
const NOT_RUNNING: &str = "Tidings is not running: this is how things stood when it last ran.";

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// One feed, by its name or id, with its last 200 happenings
    feed: Option<String>,
    /// Print one JSON object: what people are told, and the happenings of every feed
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

type Records = HashMap<FeedId, Record>;

/// Everything that is known of the feeds' connections.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    /// Whether an engine runs, so that the states are those of this moment.
    running: bool,
    at_ms: i64,
    feeds: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    id: &'a FeedId,
    name: &'a str,
    /// What it does, or last did; none where it never did anything.
    state: Option<FeedState>,
    state_since_ms: Option<i64>,
    #[serde(flatten)]
    health: Option<&'a FeedHealth>,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let settings = profile.settings()?;
    let chosen = match &arguments.feed {
        Some(word) => vec![choose(&settings.feeds, word)?],
        None => settings.feeds.iter().collect(),
    };
    let (running, records) = match link(&profile).await {
        Some(link) => (true, told(&link, &chosen).await?),
        None => kept(&profile).await?,
    };
    let feeds = chosen.into_iter().map(|feed| entry(&settings, feed, records.get(&feed.id))).collect();
    let report = Report { running, at_ms: clock::now_ms(), feeds };
    Ok(match (arguments.json, arguments.feed) {
        (true, _) => print_json(&report),
        (false, Some(_)) => print(&in_full(&report)),
        (false, None) => print(&in_short(&report)),
    })
}

/// A link to the engine that runs; one of another version tells nothing, and what it keeps is read.
async fn link(profile: &Profile) -> Option<Link> {
    keeper::link(profile).await.ok().flatten()
}

/// What an engine says of these feeds.
async fn told(link: &Link, feeds: &[&Feed]) -> Result<Records, Complaint> {
    let mut records = Records::new();
    for feed in feeds {
        // One that was removed just now, or isn't known yet, went through nothing.
        let record: Option<Record> = keeper::ask(link, Feeds::Record { feed: feed.id.to_string() }).await?;
        records.extend(record.map(|record| (feed.id.clone(), record)));
    }
    Ok(records)
}

/// Whether an engine runs all the same, and what is kept of all feeds.
async fn kept(profile: &Profile) -> Result<(bool, Records), Complaint> {
    // Asked before the records are read: where it ended meanwhile, they are at least as new as it says.
    let running = profile.is_running();
    let records = match profile.history()? {
        Some(history) => history.records().await?,
        None => Records::new(),
    };
    Ok((running, records))
}

fn entry<'a>(settings: &Settings, feed: &'a Feed, record: Option<&'a Record>) -> Entry<'a> {
    let kept = record.and_then(|record| record.standing.clone());
    // The settings may have been changed since the record was kept.
    let rests = match (feed.enabled, settings.paused) {
        (false, _) => Some(FeedState::Disabled),
        (true, true) => Some(FeedState::Paused),
        (true, false) => None,
    };
    let (state, state_since_ms) = match (rests, kept) {
        (Some(rests), Some(Standing { at_ms, state, .. })) if rests == state => (Some(rests), Some(at_ms)),
        (Some(rests), _) => (Some(rests), None),
        (None, Some(Standing { at_ms, state, .. })) => (Some(state), Some(at_ms)),
        (None, None) => (None, None),
    };
    let health = record.map(|record| &record.health);
    Entry { id: &feed.id, name: &feed.name, state, state_since_ms, health }
}

fn in_short(report: &Report<'_>) -> String {
    let mut text = String::new();
    if !report.running {
        let _ = writeln!(text, "{NOT_RUNNING}\n");
    }
    let width = report.feeds.iter().map(|feed| plain(feed.name).chars().count()).max().unwrap_or_default();
    for feed in &report.feeds {
        let _ = writeln!(text, "{:width$}  {}", plain(feed.name), doing(feed));
        if let Some(health) = feed.health {
            let _ = writeln!(text, "{:width$}  {}", "", words::counts(health));
        }
        if let Some(remark) = feed.health.and_then(words::remark) {
            let _ = writeln!(text, "{:width$}  {remark}", "");
        }
    }
    if report.feeds.is_empty() {
        text.push_str("There are no feeds. Add one: tidings-cli feeds add URL.\n");
    }
    text
}

fn in_full(report: &Report<'_>) -> String {
    let mut text = in_short(report);
    for happening in report.feeds.iter().filter_map(|feed| feed.health).flat_map(|health| &health.happenings)
    {
        let _ = writeln!(text, "{}  {}", moment::said(happening.at_ms), verbose::said(&happening.what));
    }
    text
}

fn doing(feed: &Entry<'_>) -> String {
    match &feed.state {
        Some(state) => plain(&words::state(state, feed.state_since_ms)),
        None => "was never dialled".into(),
    }
}
