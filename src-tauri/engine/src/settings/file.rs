//! The settings file: TOML that people can read and edit, replaced atomically, never overwritten when it can't be read.
//!
//! Beside it lies a copy of what was last read or written without a fault, which stands in for a broken file.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Settings, VERSION};

/// Why the settings can't be read or written. Each sentence names the place and what mends it.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The file isn't TOML, or not settings.
    #[error(
        "{file}, line {line}, column {column}: {problem}. Mend the file and start Tidings again; nothing was changed in it."
    )]
    Broken {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// A newer Tidings wrote it.
    #[error(
        "{file} was written by a newer Tidings (version {found}, this one knows {VERSION}). Update Tidings; nothing was changed in it."
    )]
    Newer {
        /// The file's name.
        file: String,
        /// Its version.
        found: u32,
    },
    /// Somebody edited it while the program ran.
    #[error(
        "{0} was edited while Tidings was running. Start Tidings again to use the edit; nothing was changed in it."
    )]
    Edited(String),
    /// The file or its folder can't be used.
    #[error("{file} can't be {done}: {problem}.")]
    Unusable {
        /// The file's name.
        file: String,
        /// What was tried.
        done: &'static str,
        /// What the system said.
        problem: io::Error,
    },
}

/// What a start makes of the settings.
#[derive(Debug)]
pub struct Loaded {
    /// The settings to run with.
    pub settings: Settings,
    /// The file; or why it can't be used, then nothing may be written to it.
    pub file: Result<SettingsFile, SettingsError>,
    /// What people are to be told, in sentences.
    pub problem: Option<String>,
}

/// The settings file and what was last seen in it.
#[derive(Debug)]
pub struct SettingsFile {
    path: PathBuf,
    seen: Option<Vec<u8>>,
}

impl SettingsFile {
    /// Reads the file, or its copy where the file is broken or gone; without either, the settings are empty.
    ///
    /// A broken or newer file is left as it is. A newer one is not stood in for: what is in it is not lost.
    pub fn load(path: &Path) -> Loaded {
        let opened = Self::open(path);
        let copy = || fs::read(copy_of(path)).ok().and_then(|bytes| parse(&name(path), &bytes).ok());
        let bak = name(&copy_of(path));
        match opened {
            Ok((file, settings)) if file.seen.is_some() => {
                file.copy();
                Loaded { settings, file: Ok(file), problem: None }
            }
            Ok((file, settings)) => {
                let copied = copy();
                let problem = copied.as_ref().map(|_| {
                    format!("{} is missing, so the last good settings, {bak}, are in use.", name(path))
                });
                Loaded { settings: copied.unwrap_or(settings), file: Ok(file), problem }
            }
            Err(error @ SettingsError::Newer { .. }) => Loaded::without(error),
            Err(error) => match copy() {
                None => Loaded::without(error),
                Some(settings) => {
                    let until = format!(
                        "Until then the last good settings, {bak}, are in use; delete {} to keep them.",
                        name(path)
                    );
                    let problem = Some(format!("{error} {until}"));
                    Loaded { settings, file: Err(error), problem }
                }
            },
        }
    }

    /// Reads the file; where there is none, the settings are those of a first start.
    ///
    /// # Errors
    /// If it is broken, newer or unreadable.
    pub fn open(path: &Path) -> Result<(Self, Settings), SettingsError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((Self { path: path.into(), seen: None }, Settings::default()));
            }
            Err(problem) => return Err(unusable(path, "read", problem)),
        };
        let settings = parse(&name(path), &bytes)?;
        Ok((Self { path: path.into(), seen: Some(bytes) }, settings))
    }

    /// Replaces the file's content: written beside it, synced, renamed, the folder synced.
    ///
    /// # Errors
    /// If somebody edited the file meanwhile, or the disk doesn't take it; the file is unchanged then.
    pub fn save(&mut self, settings: &Settings) -> Result<(), SettingsError> {
        let there = match fs::read(&self.path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(problem) => return Err(unusable(&self.path, "read", problem)),
        };
        if there != self.seen {
            return Err(SettingsError::Edited(name(&self.path)));
        }
        let text = toml::to_string(settings).expect("settings hold only what TOML can say").into_bytes();
        replace(&self.path, &text).map_err(|problem| unusable(&self.path, "written", problem))?;
        self.seen = Some(text);
        self.copy();
        Ok(())
    }

    /// Keeps a copy of what was seen. A disk that doesn't take it does no harm: the file itself is sound.
    fn copy(&self) {
        let (Some(seen), path) = (&self.seen, copy_of(&self.path)) else { return };
        if fs::read(&path).ok().as_ref() != Some(seen)
            && let Err(error) = replace(&path, seen)
        {
            tracing::warn!(%error, "the settings could not be copied");
        }
    }
}

impl Loaded {
    fn without(error: SettingsError) -> Self {
        let problem = Some(error.to_string());
        Self { settings: Settings::default(), file: Err(error), problem }
    }
}

fn copy_of(path: &Path) -> PathBuf {
    let mut copy = path.as_os_str().to_owned();
    copy.push(".bak");
    copy.into()
}

fn parse(file: &str, bytes: &[u8]) -> Result<Settings, SettingsError> {
    let broken = |offset: usize, problem: String| {
        let before = String::from_utf8_lossy(&bytes[..offset.min(bytes.len())]).into_owned();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        SettingsError::Broken { file: file.into(), line, column, problem }
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|error| broken(error.valid_up_to(), "this is not UTF-8 text".into()))?;
    let of_toml = |error: toml::de::Error| {
        let problem = error.message().trim_end_matches('.').replace('\n', " ");
        broken(error.span().map_or(0, |span| span.start), problem)
    };
    // The version first: a newer layout has fields that would read as mistakes.
    let version: Version = toml::from_str(text).map_err(of_toml)?;
    if version.version > VERSION {
        return Err(SettingsError::Newer { file: file.into(), found: version.version });
    }
    toml::from_str(text).map_err(of_toml)
}

#[derive(serde::Deserialize)]
struct Version {
    version: u32,
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_private(folder)?;
    let mut beside = tempfile::Builder::new().prefix(".settings-").tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Makes a folder that only its owner can enter; one that exists is left as it is.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn unusable(path: &Path, done: &'static str, problem: io::Error) -> SettingsError {
    SettingsError::Unusable { file: path.display().to_string(), done, problem }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;

#[cfg(test)]
mod hostile;
