//! `keep`: how much of the history is kept, shown or set.

use std::fmt::Write as _;
use std::process::ExitCode;

use tidings_engine::engine::Register;
use tidings_engine::secrets::SystemKeyring;
use tidings_engine::settings::{FeedKeep, Keep, Settings};

use crate::complaint::Complaint;
use crate::print;
use crate::profile::{Place, choose};
use crate::report::plain;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Starred events are kept beside the limits. What is too much is removed, oldest first, soon \
                        after the app starts. Limits are set while it isn't running."
)]
pub(crate) struct Arguments {
    /// Of this feed, by name or id, instead of all together
    feed: Option<String>,
    /// For so many days; 0 for ever
    #[arg(long, value_name = "N")]
    days: Option<u64>,
    /// So many events; 0 for any number
    #[arg(long, value_name = "N")]
    events: Option<u64>,
    /// So many megabytes on the disk; 0 for any number
    #[arg(long, value_name = "N")]
    megabytes: Option<u64>,
    /// Of the feed's events to come, the titles alone: neither bodies nor data
    #[arg(long, requires = "feed", conflicts_with = "whole")]
    titles_only: bool,
    /// The feed's events to come as a whole
    #[arg(long, requires = "feed")]
    whole: bool,
    #[command(flatten)]
    place: Place,
}

impl Arguments {
    fn changes(&self) -> bool {
        self.days.or(self.events).or(self.megabytes).is_some() || self.titles_only || self.whole
    }

    fn over(&self, keep: Keep) -> Keep {
        Keep {
            days: self.days.unwrap_or(keep.days),
            events: self.events.unwrap_or(keep.events),
            megabytes: self.megabytes.unwrap_or(keep.megabytes),
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    if arguments.changes() {
        let options = profile.options();
        let keyring = SystemKeyring::new(options.keyring_service.clone());
        let mut register = Register::open(&options, keyring)?;
        match &arguments.feed {
            None => {
                let keep = arguments.over(register.keep());
                register.set_keep(keep)?;
            }
            Some(word) => {
                let feed = choose(register.feeds(), word)?;
                let (id, kept) = (feed.id.clone(), feed.keep);
                let Keep { days, events, megabytes } = arguments.over(kept.keep());
                let bodies = arguments.whole || kept.bodies && !arguments.titles_only;
                register.set_feed_keep(&id, FeedKeep { days, events, megabytes, bodies })?;
            }
        }
    }
    report(&profile.settings()?, arguments.feed.as_deref())
}

fn report(settings: &Settings, feed: Option<&str>) -> Result<ExitCode, Complaint> {
    let mut text = String::new();
    if feed.is_none() {
        let _ = writeln!(text, "All together: {}.", said(settings.keep));
    }
    let only = feed.map(|word| choose(&settings.feeds, word)).transpose()?;
    for feed in &settings.feeds {
        let (wanted, kept) = (only.is_none_or(|only| only.id == feed.id), feed.keep);
        if wanted && (only.is_some() || kept != FeedKeep::default()) {
            let what = if kept.bodies { "" } else { "; of new events the titles alone" };
            let _ = writeln!(text, "{}: {}{what}.", plain(&feed.name), said(kept.keep()));
        }
    }
    Ok(print(&text))
}

fn said(keep: Keep) -> String {
    let Keep { days, events, megabytes } = keep;
    let limits = [(days, "days"), (events, "events"), (megabytes, "MB")];
    let limits: Vec<_> =
        limits.iter().filter(|(limit, _)| *limit > 0).map(|(limit, of)| format!("{limit} {of}")).collect();
    if limits.is_empty() { "no limit".to_owned() } else { format!("at most {}", limits.join(", ")) }
}
