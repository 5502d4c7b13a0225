//! `feeds add`, `edit`, `enable`, `disable` and `remove`: the window's own drafts and checks, on the files.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use tidings_engine::engine::{FeedDraft, IconDraft, Register, StartError, shown_address};
use tidings_engine::id::FeedId;
use tidings_engine::secrets::SystemKeyring;
use tidings_engine::settings::Feed;

use super::form::{self, Form};
use super::secret;
use crate::complaint::Complaint;
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
    refuse_beside_the_app(&profile)?;
    // Nothing is locked while a person types.
    let icon = arguments.form.icon();
    let draft = arguments.form.draft(url)?;
    let mut register = open(&profile)?;
    let draft = FeedDraft { icon: chosen(&mut register, icon).await?, ..draft };
    let id = register.add(draft).await?;
    Ok(said("Added", &register, &id))
}

pub(super) async fn edit(arguments: Edit) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    refuse_beside_the_app(&profile)?;
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
    let mut register = open(&profile)?;
    let draft = FeedDraft { icon: chosen(&mut register, icon).await?, ..draft };
    register.edit(&feed.id, draft).await?;
    Ok(said("Changed", &register, &feed.id))
}

pub(super) fn switch(arguments: Switch, enabled: bool) -> Result<ExitCode, Complaint> {
    let mut register = open(&arguments.place.find()?)?;
    let feeds: Vec<Feed> = choose_all(register.feeds(), &arguments.feeds)?.into_iter().cloned().collect();
    for feed in feeds {
        register.enable(&feed.id, enabled)?;
        said(if enabled { "Switched on" } else { "Switched off" }, &register, &feed.id);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn remove(arguments: Remove) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    refuse_beside_the_app(&profile)?;
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
    let mut register = open(&profile)?;
    register.remove(&feed.id).await?;
    Ok(print(&format!("Removed {name}.\n")))
}

/// Refuses before anybody types a secret in vain.
fn refuse_beside_the_app(profile: &Profile) -> Result<(), Complaint> {
    if profile.is_running() { Err(StartError::AlreadyRunning.into()) } else { Ok(()) }
}

/// Takes what is said to stand for a feed, if anything is.
async fn chosen(register: &mut Register, said: Option<String>) -> Result<Option<IconDraft>, Complaint> {
    Ok(match said {
        Some(said) => Some(register.icon(&said).await?),
        None => None,
    })
}

fn open(profile: &Profile) -> Result<Register, Complaint> {
    let options = profile.options();
    let keyring = SystemKeyring::new(options.keyring_service.clone());
    Ok(Register::open(&options, keyring)?)
}

fn said(deed: &str, register: &Register, id: &FeedId) -> ExitCode {
    let Some(feed) = register.feeds().iter().find(|feed| feed.id == *id) else { return ExitCode::SUCCESS };
    print(&format!("{deed} {} ({id}): {}\n", plain(&feed.name), plain(&shown_address(&feed.url))))
}
