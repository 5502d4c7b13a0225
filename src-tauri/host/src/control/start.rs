//! Starting an engine's home in the background, or finding the one that runs.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use semver::Version;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;
use tokio::time::{self, Instant};

use super::{Link, LinkError};

/// A start with a large damaged history takes its time; longer than this it hangs.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks while another program starts or ends.
const LOOK: Duration = Duration::from_millis(50);

/// How an engine's home is started.
#[derive(Clone, Debug)]
pub struct Starter {
    program: PathBuf,
    arguments: Vec<OsString>,
    socket: PathBuf,
    version: String,
}

/// Why no engine's home can be reached; a sentence for people.
#[derive(Debug, Error)]
pub enum StartFailure {
    /// The one that runs is newer than this program.
    #[error(
        "Tidings {running} runs in the background, and this window is of version {own}. \
         Start Tidings again to open a window that fits."
    )]
    Newer {
        /// The version that runs.
        running: String,
        /// The version that asked.
        own: String,
    },
    /// It couldn't start, by its own word.
    #[error("{0}")]
    Refused(String),
    /// It doesn't do what it was started for.
    #[error("The part of Tidings that runs in the background can't be started: {0}.")]
    Broken(String),
}

/// The one line that a started home says of itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Report {
    /// Programs can be heard.
    Ready,
    /// One that runs already was quicker.
    AlreadyRuns,
    /// Why it can't start, for people.
    Failed(String),
}

impl Starter {
    /// Starts a program with arguments that hosts an engine at a socket, for a program of a version.
    pub fn new(
        program: PathBuf,
        arguments: impl IntoIterator<Item = OsString>,
        socket: PathBuf,
        version: &str,
    ) -> Self {
        Self { program, arguments: arguments.into_iter().collect(), socket, version: version.to_owned() }
    }

    /// Where it listens.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The version of the program that asks.
    pub fn version(&self) -> &str {
        &self.version
    }

    async fn start(&self) -> Result<Report, StartFailure> {
        let broken = |error: std::io::Error| StartFailure::Broken(error.to_string());
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        // It lives on when this program ends, and isn't ended with it from a terminal.
        command.kill_on_drop(false);
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().map_err(broken)?;
        let Some(output) = child.stdout.take() else {
            return Err(StartFailure::Broken("it has no output".to_owned()));
        };
        let mut line = String::new();
        let read = time::timeout(PATIENCE, BufReader::new(output).read_line(&mut line)).await;
        read.map_err(|_| StartFailure::Broken("it doesn't say that it is ready".to_owned()))?
            .map_err(broken)?;
        serde_json::from_str(&line).map_err(|_| StartFailure::Broken("it ended without a word".to_owned()))
    }
}

/// Opens a link to the engine that runs, starting one where none does; an older one is asked to finish first.
///
/// # Errors
/// A sentence for people.
pub async fn open_or_start(starter: &Starter) -> Result<Link, StartFailure> {
    let until = Instant::now() + PATIENCE;
    loop {
        match Link::open(&starter.socket, &starter.version).await {
            Ok(link) => return Ok(link),
            Err(LinkError::Foreign { version }) if is_newer(&version, &starter.version) => {
                return Err(StartFailure::Newer { running: version, own: starter.version.clone() });
            }
            Err(LinkError::Foreign { .. }) => give_way(&starter.socket, &starter.version).await?,
            Err(LinkError::Nobody) => match starter.start().await? {
                Report::Ready => {}
                Report::AlreadyRuns => time::sleep(LOOK).await,
                Report::Failed(sentence) => return Err(StartFailure::Refused(sentence)),
            },
            Err(LinkError::Broken(why)) => return Err(StartFailure::Broken(why)),
        }
        if Instant::now() > until {
            return Err(StartFailure::Broken("it runs, and nobody answers".to_owned()));
        }
    }
}

/// Asks an engine's home of another version to finish, for this one to take over.
pub(crate) async fn give_way(socket: &Path, version: &str) -> Result<(), StartFailure> {
    match Link::finish(socket, version, true).await {
        Ok(()) | Err(LinkError::Nobody) => Ok(()),
        Err(error @ (LinkError::Foreign { .. } | LinkError::Broken(_))) => {
            Err(StartFailure::Broken(error.to_string()))
        }
    }
}

/// Whether a version comes after another; what isn't a version is older than any.
pub(crate) fn is_newer(version: &str, than: &str) -> bool {
    match (Version::parse(version), Version::parse(than)) {
        (Ok(version), Ok(than)) => version > than,
        (Ok(_), Err(_)) => true,
        (Err(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_newer;

    #[test]
    fn versions_are_told_apart_by_their_numbers() {
        for (version, than, newer) in [
            ("0.10.0", "0.9.9", true),
            ("0.1.0", "0.1.0", false),
            ("0.1.0", "0.1.1", false),
            ("1.0.0", "1.0.0-rc.1", true),
            ("0.1.0", "what?", true),
            ("what?", "0.1.0", false),
        ] {
            assert_eq!(is_newer(version, than), newer, "{version} {than}");
        }
    }
}
