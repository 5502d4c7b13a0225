//! `tail`: events as they are stored, out of the history of the running app.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tidings_engine::clock;
use tidings_engine::exchange::Names;
use tidings_engine::history::{History, PAGE_ROWS};
use tidings_engine::id::{EventId, FeedId};
use tokio::time;

use crate::complaint::Complaint;
use crate::line;
use crate::profile::{Place, Profile, choose_all};
use crate::{interrupted, moment};

/// How often it is looked for events: at once for people, and a question of microseconds.
const PACE: Duration = Duration::from_millis(250);
/// How often it is looked whether the app runs, and whether its history is still the same file, in looks for events.
const LOOKS: u32 = 8;

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

/// What is followed, and how far it was read.
struct Source {
    history: History,
    file: Option<FileIdentity>,
    after: EventId,
}

/// Tells a file from another that took its name.
type FileIdentity = (u64, u64);

struct Follower {
    profile: Profile,
    names: Names,
    only: Option<Vec<FeedId>>,
    json: bool,
    left: u64,
    source: Option<Source>,
    /// Events that arrived before this moment are not asked for, in wall-clock milliseconds since the Unix epoch.
    told_until_ms: i64,
    running: Option<bool>,
    /// Whether the history that took the place of another couldn't be opened the last time.
    failed: bool,
}

impl Follower {
    async fn follow(mut self) -> Result<ExitCode, Complaint> {
        self.open().await?;
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
                time::sleep(PACE).await;
            }
        }
    }

    /// Says when the app comes or goes, and opens the history that has taken the place of the one that is followed.
    async fn look_around(&mut self) -> Result<(), Complaint> {
        let running = self.profile.is_running();
        if self.running != Some(running) {
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
        let file = identity(&self.profile.paths.data_folder);
        if file.is_some() && self.source.as_ref().is_none_or(|source| source.file != file) {
            // One in the making can't be read for an instant.
            let opened = self.open().await;
            if std::mem::replace(&mut self.failed, opened.is_err()) {
                opened?;
            }
        }
        // What was renamed since is called by its name.
        if let Ok(settings) = self.profile.settings() {
            self.names = line::names(&settings.feeds);
        }
        Ok(())
    }

    async fn open(&mut self) -> Result<(), Complaint> {
        let file = identity(&self.profile.paths.data_folder);
        if let Some(history) = self.profile.history()? {
            let after = history.last_before(self.told_until_ms).await?;
            self.source = Some(Source { history, file, after });
        }
        Ok(())
    }

    async fn print_new(&mut self) -> Result<io::Result<()>, Complaint> {
        let Some(source) = &mut self.source else { return Ok(Ok(())) };
        loop {
            let events = source.history.after(source.after, PAGE_ROWS).await?;
            let Some(last) = events.last() else { return Ok(Ok(())) };
            source.after = last.event.row.id;
            self.told_until_ms = self.told_until_ms.max(last.event.row.received_at_ms.saturating_add(1));
            // So is one that was added an instant ago.
            if events.iter().any(|kept| !self.names.have(&kept.event.row.feed))
                && let Ok(settings) = self.profile.settings()
            {
                self.names = line::names(&settings.feeds);
            }
            let mut out = io::stdout().lock();
            for kept in &events {
                if self.left == 0 {
                    break;
                }
                if self.only.as_ref().is_some_and(|only| !only.contains(&kept.event.row.feed)) {
                    continue;
                }
                if let Err(error) = line::write(&mut out, kept, &self.names, self.json) {
                    return Ok(Err(error));
                }
                self.left -= 1;
            }
            if let Err(error) = out.flush() {
                return Ok(Err(error));
            }
            if self.left == 0 {
                return Ok(Ok(()));
            }
        }
    }
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(History::file(folder)).ok().map(|file| (file.dev(), file.ino()))
}

/// Elsewhere an open file can't be replaced.
#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<FileIdentity> {
    History::is_there(folder).then_some((0, 0))
}
