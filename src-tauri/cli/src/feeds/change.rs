//! `feeds add`, `edit`, `enable`, `disable` and `remove`: the window's own drafts and checks, by the engine that runs or on the files.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use tidings_engine::engine::{FeedDraft, IconDraft, shown_address};
use tidings_engine::id::FeedId;

use super::form::{self, Form};
use super::secret;
use crate::complaint::Complaint;
use crate::keeper::Keeper;
use crate::print;
use crate::profile::{Place, Profile, choose, choose_all};
use crate::report::plain;

#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// Its address; - reads it from standard input, for one that holds a secret
    url: String,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(super) struct Edit {
    /// The feed, by name or id
    feed: String,
    /// Its address from now on; - reads it from standard input
    #[arg(long)]
    url: Option<String>,
    #[command(flatten)]
    form: Form,
    /// Signs in no more
    #[arg(long, conflicts_with_all = ["basic", "bearer"])]
    no_sign_in: bool,
    /// Sends this header no more; may be given several times
    #[arg(long, value_name = "NAME")]
    drop_header: Vec<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(super) struct Switch {
    /// The feeds, by name or id
    #[arg(required = true)]
    feeds: Vec<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(super) struct Remove {
    /// The feed, by name or id
    feed: String,
    /// Asks nothing
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn add(arguments: Add) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find_or_make()?;
    let url = form::address(&arguments.url)?;
    // Nothing is held while a person types.
    let icon = arguments.form.icon();
    let draft = arguments.form.draft(url)?;
    let mut keeper = Keeper::find(&profile).await?;
    let draft = FeedDraft { icon: chosen(&mut keeper, icon).await?, ..draft };
    let id = keeper.add(draft).await?;
    Ok(said("Added", &profile, &id))
}

pub(super) async fn edit(arguments: Edit) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let feed = choose(&profile.settings()?.feeds, &arguments.feed)?.clone();
    for name in &arguments.drop_header {
        let is_set = feed.headers.iter().any(|set| set.eq_ignore_ascii_case(name.trim()));
        if !is_set || arguments.form.has_header(name.trim()) {
            return Err(Complaint::misused(format!(
                "--drop-header “{name}”: the feed sends no such header."
            )));
        }
    }
    let url = arguments.url.as_deref().map(form::address).transpose()?;
    let icon = arguments.form.icon();
    let draft = arguments.form.redraft(&feed, url, arguments.no_sign_in, &arguments.drop_header)?;
    let mut keeper = Keeper::find(&profile).await?;
    let draft = FeedDraft { icon: chosen(&mut keeper, icon).await?, ..draft };
    keeper.edit(&feed.id, draft).await?;
    Ok(said("Changed", &profile, &feed.id))
}

pub(super) async fn switch(arguments: Switch, enabled: bool) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let settings = profile.settings()?;
    let feeds = choose_all(&settings.feeds, &arguments.feeds)?;
    let mut keeper = Keeper::find(&profile).await?;
    for feed in feeds {
        keeper.enable(&feed.id, enabled).await?;
        said(if enabled { "Switched on" } else { "Switched off" }, &profile, &feed.id);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn remove(arguments: Remove) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let feed = choose(&profile.settings()?.feeds, &arguments.feed)?.clone();
    let name = plain(&feed.name);
    if !arguments.yes {
        if !io::stdin().is_terminal() {
            return Err(Complaint::misused(format!(
                "This removes {name} with its history and secrets. Say --yes to do it."
            )));
        }
        if !secret::agrees(&format!("Remove {name} with its history and secrets?")) {
            return Err(Complaint::stopped("Nothing was changed."));
        }
    }
    Keeper::find(&profile).await?.remove(&feed.id).await?;
    Ok(print(&format!("Removed {name}.\n")))
}

/// Takes what is said to stand for a feed, if anything is.
async fn chosen(keeper: &mut Keeper, said: Option<String>) -> Result<Option<IconDraft>, Complaint> {
    Ok(match said {
        Some(said) => Some(keeper.icon(&said).await?),
        None => None,
    })
}

fn said(deed: &str, profile: &Profile, id: &FeedId) -> ExitCode {
    let settings = profile.settings().unwrap_or_default();
    let Some(feed) = settings.feeds.iter().find(|feed| feed.id == *id) else { return ExitCode::SUCCESS };
    print(&format!("{deed} {} ({id}): {}\n", plain(&feed.name), plain(&shown_address(&feed.url))))
}
