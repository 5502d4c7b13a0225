//! Where events come from that are followed: the engine that runs, or the history's file where none can be asked.

use std::path::Path;
use std::time::Duration;

use serde::Deserialize as _;
use serde_json::Value;
use tidings_engine::exchange::{Names, Record};
use tidings_engine::history::{History, Kept, PAGE_ROWS};
use tidings_engine::id::EventId;
use tidings_host::control::Link;
use tidings_host::dto::event_id;
use tidings_host::request::Events;
use tokio::time;

use crate::complaint::Complaint;
use crate::keeper;
use crate::profile::Profile;

/// How often a file is looked into for events: at once for people, and a question of microseconds.
const PACE: Duration = Duration::from_millis(250);

/// Tells a file from another that took its name.
pub(super) type FileIdentity = (u64, u64);

/// What is followed, and how far it was read.
pub(super) struct Source {
    way: Way,
    file: Option<FileIdentity>,
    after: EventId,
}

enum Way {
    Engine(Link),
    File(History),
}

/// Events as they were given.
pub(super) enum Page {
    Said(Vec<Value>),
    Read(Vec<Kept>),
}

impl Source {
    /// Begins behind what `before` gave where that was of the same file, else with what arrived from `from_ms` on; none
    /// where there is no history yet.
    pub(super) async fn open(
        profile: &Profile,
        link: Option<Link>,
        before: Option<&Self>,
        from_ms: i64,
    ) -> Result<Option<Self>, Complaint> {
        let file = identity(&profile.paths.data_folder);
        let way = match link {
            Some(link) => Way::Engine(link),
            None => match profile.history()? {
                Some(history) => Way::File(history),
                None => return Ok(None),
            },
        };
        let after = match (before, &way) {
            (Some(before), _) if before.file == file => before.after,
            (_, Way::Engine(link)) => {
                let last: String = keeper::ask(link, Events::LastBefore { at_ms: from_ms }).await?;
                event_id(&last).map_err(Complaint::stopped)?
            }
            (_, Way::File(history)) => history.last_before(from_ms).await?,
        };
        Ok(Some(Self { way, file, after }))
    }

    /// Whether an engine gives the events, and still can.
    pub(super) fn is_engine(&self) -> bool {
        match &self.way {
            Way::Engine(link) => !link.has_ended(),
            Way::File(_) => false,
        }
    }

    /// Whether it is the file that has the history's name.
    pub(super) fn is_file(&self, file: Option<FileIdentity>) -> bool {
        match &self.way {
            Way::Engine(_) => false,
            Way::File(_) => self.file == file,
        }
    }

    /// Gives the next events, oldest first; none for the moment, and none from an engine that has ended.
    pub(super) async fn page(&self) -> Result<Page, Complaint> {
        match &self.way {
            Way::File(history) => Ok(Page::Read(history.after(self.after, PAGE_ROWS).await?)),
            Way::Engine(link) => {
                let limit = u16::try_from(PAGE_ROWS).unwrap_or(u16::MAX);
                let asked = Events::After { after: self.after.to_string(), limit };
                match keeper::ask(link, asked).await {
                    Ok(events) => Ok(Page::Said(events)),
                    Err(_) if link.has_ended() => Ok(Page::Said(Vec::new())),
                    Err(complaint) => Err(complaint),
                }
            }
        }
    }

    /// Goes on behind an event.
    pub(super) fn read_until(&mut self, event: EventId) {
        self.after = event;
    }

    /// Waits until there may be more.
    pub(super) async fn more(&self) {
        match &self.way {
            Way::Engine(link) => link.stored().await,
            Way::File(_) => pause().await,
        }
    }
}

/// Waits as long as lies between two looks into a file.
pub(super) async fn pause() {
    time::sleep(PACE).await;
}

impl Page {
    /// The events; those of a file are called by these names.
    pub(super) fn records<'a>(&'a self, names: &'a Names) -> Result<Vec<Record<'a>>, Complaint> {
        match self {
            Self::Said(events) => {
                let records: Result<Vec<_>, _> = events.iter().map(Record::deserialize).collect();
                records.map_err(|_| Complaint::stopped("Tidings gave an event that can't be meant."))
            }
            Self::Read(events) => {
                Ok(events.iter().map(|kept| Record::of(kept, names.of(&kept.event.row.feed))).collect())
            }
        }
    }

    /// Whether one of them is of a feed that these names don't have.
    pub(super) fn has_strangers(&self, names: &Names) -> bool {
        match self {
            // An engine knows all of its feeds.
            Self::Said(_) => false,
            Self::Read(events) => events.iter().any(|kept| !names.have(&kept.event.row.feed)),
        }
    }
}

/// A link to the engine that runs, which tells of what it stores; none where the file has to do.
pub(super) async fn link(profile: &Profile) -> Option<Link> {
    // One of another version stores as well; what it stores is read from the file where that can be read.
    let link = keeper::link(profile).await.ok().flatten()?;
    link.follow_events().await.ok()?;
    Some(link)
}

#[cfg(unix)]
pub(super) fn identity(folder: &Path) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(History::file(folder)).ok().map(|file| (file.dev(), file.ino()))
}

/// Elsewhere an open file can't be replaced.
#[cfg(not(unix))]
pub(super) fn identity(folder: &Path) -> Option<FileIdentity> {
    History::is_there(folder).then_some((0, 0))
}
