//! `history`: searching it from a terminal, while the app runs or not.

use std::io::{self, Write as _};
use std::process::ExitCode;

use jiff::Zoned;
use tidings_engine::exchange::Record;
use tidings_engine::history::PAGE_ROWS;
use tidings_engine::history::search::query::{Query, Standpoint, Wrong};
use tidings_engine::history::search::{Order, Place as From, Search};
use tidings_engine::settings::Settings;

use crate::complaint::Complaint;
use crate::profile::Place;
use crate::{complain, line};

/// What a search may be made of; for the help of every command that takes one.
pub(crate) const SEARCHES: &str = "A search is made of words, \"a phrase\", begin*, -without, feed:NAME, \
type:NAME, group:NAME, priority:high, is:unread, is:starred, has:link, after:2h, before:2026-11-21. Put it behind -- where it \
begins with -.";

/// Ended because nothing was found, as grep does.
const NOTHING: u8 = 1;

#[derive(Debug, clap::Args)]
#[command(after_help = SEARCHES)]
pub(crate) struct Arguments {
    /// What to look for; nothing finds everything
    search: Vec<String>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    /// At most so many events, the newest ones
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u64,
    /// The best of the newest 1,000 that fit first, instead of the newest
    #[arg(long)]
    best: bool,
    #[command(flatten)]
    place: Place,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let settings = profile.settings()?;
    let query = query(&arguments.search, &settings)?;
    let nothing = || Ok(complain(NOTHING, "Nothing was found."));
    let Some(history) = profile.history()? else { return nothing() };
    let names = line::names(&settings.feeds);
    let order = if arguments.best { Order::Best } else { Order::Newest };
    let (mut place, mut left) = (From::Newest, arguments.limit);
    while left > 0 {
        let limit = usize::try_from(left).unwrap_or(PAGE_ROWS).min(PAGE_ROWS);
        let (events, next) = history.find_whole(Search { query: query.clone(), place, order, limit }).await?;
        left = left.saturating_sub(events.len() as u64);
        let mut out = io::stdout().lock();
        let mut records = events.iter().map(|kept| Record::of(kept, names.of(&kept.event.row.feed)));
        let written = records.try_for_each(|record| line::write(&mut out, &record, arguments.json));
        // A reader who has gone away has seen enough.
        if written.and_then(|()| out.flush()).is_err() {
            break;
        }
        match next {
            Some(event) => place = From::Older(event),
            None => break,
        }
    }
    if left == arguments.limit && left > 0 { nothing() } else { Ok(ExitCode::SUCCESS) }
}

/// Reads a search.
pub(crate) fn query(words: &[String], settings: &Settings) -> Result<Query, Complaint> {
    let feeds: Vec<_> = settings.feeds.iter().map(|feed| (feed.id.clone(), feed.name.clone())).collect();
    let standpoint = Standpoint { now: &Zoned::now(), feeds: &feeds };
    Query::parse(&words.join(" "), standpoint).map_err(|wrong: Wrong| Complaint::misused(wrong))
}
