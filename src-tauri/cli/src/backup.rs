//! `backup`: one file with the whole history and the settings, taken while the app runs or not.

use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tempfile::NamedTempFile;
use tidings_engine::clock;
use tidings_engine::engine::holds_secrets;
use tidings_engine::history::History;
use tidings_engine::picture::FOLDER;
use tidings_engine::settings::SettingsFile;

use crate::complaint::Complaint;
use crate::profile::{Place, Profile};
use crate::{many, moment, print};

/// What is said of the secrets.
const SECRETS: &str = "What the keyring holds is not in it, and has to be entered again elsewhere.";

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The file is a tar archive of history.db, settings.toml and the folder of the feeds' icons. To go \
                        back to it: quit Tidings, and unpack the settings and the rest to where `tidings-cli doctor` says they are kept."
)]
pub(crate) struct Arguments {
    /// The file to write; its folder must be there
    file: PathBuf,
    /// Replaces the file if it is there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    place: Place,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Complaint> {
    let Arguments { file, force, place } = arguments;
    let profile = place.find()?;
    if !force && file.exists() {
        return Err(Complaint::misused(format!(
            "{} is there already. Take another name, or --force to replace it.",
            file.display()
        )));
    }
    if !History::is_there(&profile.paths.data_folder) && !profile.paths.settings_file.exists() {
        return Err(Complaint::stopped(
            "There is nothing to back up: this profile has no history and no settings.",
        ));
    }
    let unwritable =
        |error: io::Error| Complaint::stopped(format!("{} can't be written: {error}.", file.display()));
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // In the folder of the backup, so that it is there whole or not at all, and only for its owner from the start.
    let archive = NamedTempFile::new_in(folder).map_err(unwritable)?;
    let mut builder = tar::Builder::new(archive);
    let said = [history(&profile, folder, &mut builder).await?, settings(&profile, &mut builder)?];
    icons(&profile, &mut builder).map_err(unwritable)?;
    let archive = builder.into_inner().map_err(unwritable)?;
    archive.as_file().sync_all().map_err(unwritable)?;
    let size = archive.as_file().metadata().map_err(unwritable)?.len();
    if force {
        archive.persist(&file).map_err(|error| unwritable(error.error))?;
    } else {
        archive.persist_noclobber(&file).map_err(|error| unwritable(error.error))?;
    }
    let kept: Vec<_> = said.into_iter().flatten().collect();
    Ok(print(&format!("Wrote {} ({}): {}. {SECRETS}\n", file.display(), bytes(size), kept.join(", "))))
}

/// Puts a copy of the history into the archive, and says what it holds.
async fn history(
    profile: &Profile,
    folder: &Path,
    archive: &mut tar::Builder<NamedTempFile>,
) -> Result<Option<String>, Complaint> {
    let data_folder = profile.paths.data_folder.clone();
    if !History::is_there(&data_folder) {
        return Ok(None);
    }
    let unwritable = |error: io::Error| Complaint::stopped(format!("The backup can't be written: {error}."));
    let copies =
        tempfile::Builder::new().prefix(".tidings-backup-").tempdir_in(folder).map_err(unwritable)?;
    let copy = History::file(copies.path());
    let into = copy.clone();
    let copied = tokio::task::spawn_blocking(move || History::copy(&data_folder, &into)).await;
    copied.map_err(|_| Complaint::stopped("The history could not be copied."))??;
    put(archive, "history.db", File::open(&copy).map_err(unwritable)?).map_err(unwritable)?;
    let extent = match History::look(copies.path())? {
        Some(history) => {
            let extent = history.extent().await;
            history.close().await;
            extent?
        }
        None => return Ok(None),
    };
    let events = many(extent.events, "event", "events");
    Ok(Some(match extent.newest_at_ms {
        Some(at_ms) => format!("{events} up to {}", moment::said(at_ms)),
        None => events,
    }))
}

/// Puts the settings into the archive, and says what they hold.
fn settings(
    profile: &Profile,
    archive: &mut tar::Builder<NamedTempFile>,
) -> Result<Option<String>, Complaint> {
    let path = &profile.paths.settings_file;
    let unusable =
        |error: io::Error| Complaint::stopped(format!("{} can't be kept: {error}.", path.display()));
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unusable(error)),
    };
    put(archive, "settings.toml", file).map_err(unusable)?;
    Ok(Some(match SettingsFile::open(path) {
        Ok((_, settings)) => {
            let feeds = many(settings.feeds.len() as u64, "feed", "feeds");
            // Nothing but a person's own hand puts one there.
            let revealing = settings.feeds.iter().any(|feed| holds_secrets(&feed.url));
            let warning = if revealing {
                ", of which an address holds a secret that was written into the file"
            } else {
                ""
            };
            format!("the settings with {feeds}{warning}")
        }
        // What is broken is worth keeping too: a person may mend it.
        Err(error) => format!("the settings as they are, though: {error}"),
    }))
}

/// Puts the feeds' pictures into the archive.
fn icons(profile: &Profile, archive: &mut tar::Builder<NamedTempFile>) -> io::Result<()> {
    for entry in fs::read_dir(profile.paths.data_folder.join(FOLDER)).into_iter().flatten().flatten() {
        // One that is removed meanwhile is no feed's.
        if let (Ok(file), Some(name)) = (File::open(entry.path()), entry.file_name().to_str()) {
            put(archive, &format!("{FOLDER}/{name}"), file)?;
        }
    }
    Ok(())
}

/// Adds a file for its owner alone.
fn put(archive: &mut tar::Builder<NamedTempFile>, name: &str, mut file: File) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(file.seek(SeekFrom::End(0))?);
    file.rewind()?;
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(clock::now_ms() / 1000).unwrap_or_default());
    archive.append_data(&mut header, name, file)
}

/// A size as people say it.
fn bytes(size: u64) -> String {
    match size {
        0..1_000_000 => format!("{} kB", size.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", size as f64 / 1e6),
        1_000_000_000.. => format!("{:.1} GB", size as f64 / 1e9),
    }
}
