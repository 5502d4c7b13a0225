//! `tail`: events as they are stored, told by the engine that runs or out of the history's file.

mod source;

use std::io::{self, Write as _};
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tidings_engine::clock;
use tidings_engine::exchange::{Names, Record};
use tidings_engine::id::FeedId;
use tidings_host::control::Link;

use crate::complaint::Complaint;
use crate::line;
use crate::profile::{Place, Profile, choose_all};
use crate::{interrupted, moment};
use source::Source;

/// How often it is looked whether the app runs, and whether its history is still the same file, in looks for events.
const LOOKS: u32 = 4;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only these feeds, by name or id
    feeds: Vec<String>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    /// Begin with the events since then: 90s, 15m, 2h, 3d, a date or a time
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// End after so many events
    #[arg(long, value_name = "N")]
    events: Option<u64>,
    #[command(flatten)]
    place: Place,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let profile = arguments.place.find()?;
    let settings = profile.settings()?;
    let since = arguments.since.as_deref().map(|text| {
        moment::read(text, Timestamp::now(), &TimeZone::system())
            .map_err(|said| Complaint::misused(format!("--since “{text}”: {said}.")))
    });
    let since = since.transpose()?;
    let only = match arguments.feeds.as_slice() {
        [] => None,
        words => Some(choose_all(&settings.feeds, words)?.into_iter().map(|feed| feed.id.clone()).collect()),
    };
    let follower = Follower {
        names: line::names(&settings.feeds),
        only,
        json: arguments.json,
        left: arguments.events.unwrap_or(u64::MAX),
        source: None,
        told_until_ms: since.map_or(i64::MAX, Timestamp::as_millisecond),
        running: None,
        failed: false,
        profile,
    };
    tokio::select! {
        code = follower.follow() => code,
        () = interrupted() => Ok(ExitCode::SUCCESS),
    }
}

struct Follower {
    profile: Profile,
    names: Names,
    only: Option<Vec<FeedId>>,
    json: bool,
    left: u64,
    /// What is followed; none while there is no history.
    source: Option<Source>,
    /// Events that arrived before this moment are not asked for, in wall-clock milliseconds since the Unix epoch.
    told_until_ms: i64,
    running: Option<bool>,
    /// Whether the history that took the place of another couldn't be opened the last time.
    failed: bool,
}

impl Follower {
    async fn follow(mut self) -> Result<ExitCode, Complaint> {
        let link = source::link(&self.profile).await;
        self.open(link).await?;
        // A history that comes later is followed from here on.
        self.told_until_ms = self.told_until_ms.min(clock::now_ms());
        if self.left == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        loop {
            self.look_around().await?;
            for _ in 0..LOOKS {
                // A reader who has gone away has seen enough.
                if self.print_new().await?.is_err() || self.left == 0 {
                    return Ok(ExitCode::SUCCESS);
                }
                match &self.source {
                    Some(source) => source.more().await,
                    None => source::pause().await,
                }
            }
        }
    }

    /// Says when the app comes or goes, and turns to the engine that has come, or to the history that has taken the place
    /// of the one that is followed.
    async fn look_around(&mut self) -> Result<(), Complaint> {
        if self.source.as_ref().is_some_and(Source::is_engine) {
            self.say_whether(true);
            return Ok(());
        }
        let running = self.profile.is_running();
        self.say_whether(running);
        let link = if running { source::link(&self.profile).await } else { None };
        let file = source::identity(&self.profile.paths.data_folder);
        let is_followed = self.source.as_ref().is_some_and(|source| source.is_file(file));
        if link.is_some() || (file.is_some() && !is_followed) {
            // One in the making can't be read for an instant.
            let opened = self.open(link).await;
            if std::mem::replace(&mut self.failed, opened.is_err()) {
                opened?;
            }
        }
        // What was renamed since is called by its name.
        self.learn_names();
        Ok(())
    }

    fn say_whether(&mut self, running: bool) {
        if self.running == Some(running) {
            return;
        }
        // The first word of a running app would tell nothing.
        if let Some(said) = match (self.running, running) {
            (_, false) => Some("Tidings is not running: nothing is stored until it is started."),
            (Some(_), true) => Some("Tidings is running."),
            (None, true) => None,
        } {
            let _ = writeln!(io::stderr(), "-- {said}");
        }
        self.running = Some(running);
    }

    fn learn_names(&mut self) {
        if let Ok(settings) = self.profile.settings() {
            self.names = line::names(&settings.feeds);
        }
    }

    async fn open(&mut self, link: Option<Link>) -> Result<(), Complaint> {
        let opened = Source::open(&self.profile, link, self.source.as_ref(), self.told_until_ms).await?;
        if opened.is_some() {
            self.source = opened;
        }
        Ok(())
    }

    async fn print_new(&mut self) -> Result<io::Result<()>, Complaint> {
        loop {
            let Some(source) = &mut self.source else { return Ok(Ok(())) };
            let page = source.page().await?;
            // So is one that was added an instant ago.
            if page.has_strangers(&self.names) {
                self.learn_names();
            }
            let records = page.records(&self.names)?;
            let Some(last) = records.last() else { return Ok(Ok(())) };
            if let Some(source) = &mut self.source {
                source.read_until(last.id);
            }
            self.told_until_ms = self.told_until_ms.max(last.received_at_ms.saturating_add(1));
            let (left, printed) = self.print(&records);
            self.left = left;
            if printed.is_err() || self.left == 0 {
                return Ok(printed);
            }
        }
    }

    /// Prints records, and gives how many more are wanted.
    fn print(&self, records: &[Record<'_>]) -> (u64, io::Result<()>) {
        let (mut out, mut left) = (io::stdout().lock(), self.left);
        for record in records.iter().filter(|record| self.wants(&record.feed)) {
            if left == 0 {
                break;
            }
            if let Err(error) = line::write(&mut out, record, self.json) {
                return (left, Err(error));
            }
            left -= 1;
        }
        (left, out.flush())
    }

    fn wants(&self, feed: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.iter().any(|wanted| wanted.as_str() == feed))
    }
}
