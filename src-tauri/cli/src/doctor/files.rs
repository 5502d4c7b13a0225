//! The files: who may read them, whether they are whole, and whether there is room for more.

use std::path::{Path, PathBuf};

use tidings_engine::history::History;

use super::finding::Finding;
use crate::profile::Profile;
use crate::{many, moment};

/// Less room than this is used up by a busy day.
const LITTLE_ROOM: u64 = 200 * 1024 * 1024;

/// Looks at everything a profile has on the disk.
pub(super) async fn look(profile: &Profile) -> Vec<Finding> {
    let mut findings = vec![settings(profile), history(profile).await];
    findings.extend(private(profile));
    findings.extend(room(&profile.paths.data_folder));
    findings
}

fn settings(profile: &Profile) -> Finding {
    const ABOUT: &str = "Settings";
    let path = &profile.paths.settings_file;
    match tidings_engine::settings::SettingsFile::open(path) {
        Ok(_) if !path.exists() => Finding::note(ABOUT, "there are none yet."),
        Ok((_, settings)) => {
            let feeds = many(settings.feeds.len() as u64, "feed", "feeds");
            let paused = if settings.paused { "; everything is paused" } else { "" };
            Finding::fine(ABOUT, format!("{feeds}{paused}."))
        }
        Err(error) => Finding::trouble(ABOUT, error.to_string()),
    }
}

async fn history(profile: &Profile) -> Finding {
    const ABOUT: &str = "History";
    let history = match History::look(&profile.paths.data_folder) {
        Ok(Some(history)) => history,
        Ok(None) => return Finding::note(ABOUT, "there is none yet."),
        Err(error) => return Finding::trouble(ABOUT, error.to_string()),
    };
    let found = match (history.fault().await, history.extent().await) {
        (Ok(None), Ok(extent)) => {
            let newest = extent.newest_at_ms.map(|at_ms| format!(", the newest of {}", moment::said(at_ms)));
            let events = many(extent.events, "event", "events");
            Finding::fine(ABOUT, format!("sound, {events}{}.", newest.unwrap_or_default()))
        }
        (Ok(Some(fault)), _) => Finding::trouble(ABOUT, format!("it is damaged: {}.", fault.trim()))
            .mended_by("Restart Tidings: it keeps the damaged file, saves what it can and goes on."),
        (Err(error), _) | (_, Err(error)) => Finding::trouble(ABOUT, error.to_string()),
    };
    history.close().await;
    found
}

/// Tells of every file that others could read; on systems without modes a person's folders are their own.
#[cfg(unix)]
fn private(profile: &Profile) -> Vec<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    const ABOUT: &str = "Privacy";
    let folder = &profile.paths.data_folder;
    let mut paths: Vec<PathBuf> = vec![folder.clone(), profile.paths.settings_file.clone()];
    paths.extend(std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()));
    let open: Vec<Finding> = paths
        .iter()
        .filter_map(|path| Some((path, std::fs::metadata(path).ok()?)))
        // The lock is empty.
        .filter(|(_, metadata)| metadata.len() > 0 && metadata.permissions().mode() & 0o077 != 0)
        .map(|(path, metadata)| {
            let mode = if metadata.is_dir() { "700" } else { "600" };
            Finding::trouble(ABOUT, format!("other people on this machine can get at {}.", path.display()))
                .mended_by(format!("chmod {mode} '{}'", path.display()))
        })
        .collect();
    if open.is_empty() {
        vec![Finding::fine(ABOUT, "nobody else can read history and settings.")]
    } else {
        open
    }
}

#[cfg(not(unix))]
fn private(_profile: &Profile) -> Vec<Finding> {
    Vec::new()
}

fn room(folder: &Path) -> Option<Finding> {
    const ABOUT: &str = "Disk";
    let there = folder.ancestors().find(|folder| folder.exists())?;
    let free = fs4::available_space(there).ok()?;
    let said = format!("{} MB are free.", free / 1_000_000);
    Some(if free < LITTLE_ROOM {
        Finding::trouble(ABOUT, said)
            .mended_by("Make room: when the disk is full, events wait at their servers.")
    } else {
        Finding::fine(ABOUT, said)
    })
}
