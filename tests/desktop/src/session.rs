//! What every program of the private desktop shares: a home of its own and an environment that names nothing else.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

use crate::trouble::Trouble;

/// What a tool takes at most; a picture of the screen on a machine at full load is the slowest.
const TOOL_LIMIT: Duration = Duration::from_secs(20);

/// How much of a program's complaints is shown.
const SAID_LIMIT: usize = 2000;

/// What every program is told. One renderer, so that pictures are alike; no accessibility bus, which would be the person's.
const FIXED: &[(&str, &str)] = &[
    ("GDK_BACKEND", "x11"),
    ("LANG", "C.UTF-8"),
    ("LIBGL_ALWAYS_SOFTWARE", "1"),
    ("NO_AT_BRIDGE", "1"),
    ("RUST_BACKTRACE", "1"),
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
];

/// The folders, by the variable that names each.
const FOLDERS: &[(&str, &str)] = &[
    ("HOME", "home"),
    ("XDG_CACHE_HOME", "home/.cache"),
    ("XDG_CONFIG_HOME", "home/.config"),
    ("XDG_DATA_HOME", "home/.local/share"),
    ("XDG_RUNTIME_DIR", "run"),
    ("XDG_STATE_HOME", "home/.local/state"),
];

/// The home and the environment; gone when dropped.
#[derive(Debug)]
pub struct Session {
    folder: TempDir,
    variables: BTreeMap<String, OsString>,
}

impl Session {
    /// Makes the folders, readable for this user only, as `XDG_RUNTIME_DIR` has to be.
    pub(crate) fn start() -> Result<Self, Trouble> {
        let folder = tempfile::Builder::new().prefix("tidings-desktop-").tempdir();
        let folder = folder.map_err(Trouble::refused("making a folder for the desktop"))?;
        let mut variables: BTreeMap<_, _> =
            FIXED.iter().map(|(name, value)| ((*name).to_owned(), value.into())).collect();
        variables.insert("PATH".to_owned(), std::env::var_os("PATH").unwrap_or_default());
        for (name, below) in FOLDERS {
            let path = folder.path().join(below);
            make_folder(&path)?;
            variables.insert((*name).to_owned(), path.into());
        }
        make_folder(&folder.path().join("logs"))?;
        // A bus that isn't there: what the machine's own says about sleep and network is not for a test.
        let nowhere = format!("unix:path={}", folder.path().join("run/no-system-bus").display());
        variables.insert("DBUS_SYSTEM_BUS_ADDRESS".to_owned(), nowhere.into());
        Ok(Self { folder, variables })
    }

    /// Gives the folder that holds everything of the desktop.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sets a variable for whatever is started from here on.
    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.variables.insert(name.to_owned(), value.into());
    }

    /// Gives a variable that is set.
    pub fn variable(&self, name: &str) -> Option<OsString> {
        self.variables.get(name).cloned()
    }

    /// Prepares a program that knows this desktop and nothing else.
    ///
    /// # Errors
    /// The program isn't installed.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Result<Command, Trouble> {
        let path = find(program.as_ref())?;
        let mut command = Command::new(path);
        command.env_clear().envs(&self.variables).current_dir(self.folder.path()).kill_on_drop(true);
        Ok(command)
    }

    /// Prepares a program that stays: `setpriv` has the kernel end it with the thread that started it.
    pub(crate) fn lasting(&self, program: impl AsRef<OsStr>) -> Result<Command, Trouble> {
        let path = find(program.as_ref())?;
        let mut command = self.command("setpriv")?;
        command.args(["--pdeathsig", "TERM", "--"]).arg(path);
        Ok(command)
    }

    /// Runs a tool to its end and gives what it printed.
    ///
    /// # Errors
    /// It isn't installed, fails, or takes longer than anything of the kind.
    pub async fn run(&self, program: &str, arguments: &[&str]) -> Result<String, Trouble> {
        let mut command = self.command(program)?;
        command.args(arguments).stdin(Stdio::null());
        let output = timeout(TOOL_LIMIT, command.output()).await;
        let output =
            output.map_err(|_| Trouble::NotInTime { what: format!("{program} ends"), limit: TOOL_LIMIT })?;
        let output = output.map_err(Trouble::refused(format!("running {program}")))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = last(&String::from_utf8_lossy(&output.stderr));
        Err(Trouble::Failed { program: program.to_owned(), said })
    }

    /// Opens the file for what a program prints.
    pub(crate) fn log(&self, program: &str) -> Result<File, Trouble> {
        let opened = OpenOptions::new().create(true).append(true).open(self.log_file(program));
        opened.map_err(Trouble::refused(format!("opening the log of {program}")))
    }

    /// Gives the end of what a program has printed.
    pub fn said(&self, program: &str) -> String {
        last(&std::fs::read_to_string(self.log_file(program)).unwrap_or_default())
    }

    /// Adds a program's last words to what went wrong with it.
    pub fn explain(&self, program: &str, trouble: Trouble) -> Trouble {
        let said = self.said(program);
        if said.is_empty() {
            return trouble;
        }
        Trouble::Failed { program: program.to_owned(), said: format!("{trouble}\n{said}") }
    }

    /// Lists the processes of this desktop whose name begins so, zombies aside.
    ///
    /// Their environment tells them: WebKit starts its own in ways that no process group follows.
    pub fn processes(&self, name: &str) -> Vec<i32> {
        let mark = self.folder.path().as_os_str().as_encoded_bytes();
        let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
        ids.filter(|id| {
            let read = |file: &str| std::fs::read(format!("/proc/{id}/{file}")).unwrap_or_default();
            read("comm").starts_with(name.as_bytes()) && contains(&read("environ"), mark)
        })
        .collect()
    }

    fn log_file(&self, program: &str) -> PathBuf {
        let name = Path::new(program).file_name().unwrap_or_default();
        self.folder.path().join("logs").join(name).with_extension("log")
    }
}

fn make_folder(path: &Path) -> Result<(), Trouble> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(Trouble::refused(format!("making {}", path.display())))
}

/// Finds a program as the shell would, and before that among the tools that `.ci/deps` builds.
fn find(program: &OsStr) -> Result<PathBuf, Trouble> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(target().join("tools/bin")).chain(std::env::split_paths(&path));
    let found = folders.map(|folder| folder.join(program)).find(|file| file.is_file());
    found.ok_or_else(|| Trouble::Missing(program.to_string_lossy().into_owned()))
}

/// Gives cargo's target folder, in which this program itself lies.
pub fn target() -> PathBuf {
    let workspace =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("this package lies in tests/desktop");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn last(text: &str) -> String {
    let start = text.char_indices().rev().nth(SAID_LIMIT).map_or(0, |(at, _)| at);
    text[start..].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_said_in_a_sentence() {
        let session = Session::start().expect("a folder");
        let trouble = session.command("tidings-no-such-program").expect_err("not installed");
        assert_eq!(trouble.to_string(), "tidings-no-such-program is missing: run .ci/deps");
    }

    #[tokio::test]
    async fn a_program_knows_this_home_and_nothing_of_the_persons() {
        let session = Session::start().expect("a folder");
        let seen = session.run("env", &[]).await.expect("env runs");
        let home = session.folder().join("home");
        assert!(seen.contains(&format!("HOME={}\n", home.display())), "{seen}");
        for foreign in ["DISPLAY=", "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS=", "SSH_AUTH_SOCK="] {
            assert!(!seen.contains(foreign), "{foreign} in {seen}");
        }
    }

    #[tokio::test]
    async fn a_failing_tool_gives_its_last_words() {
        let session = Session::start().expect("a folder");
        let trouble = session.run("sh", &["-c", "echo alas >&2; exit 3"]).await.expect_err("it fails");
        assert_eq!(trouble.to_string(), "sh failed: alas");
    }

    #[test]
    fn only_the_end_of_long_complaints_is_shown() {
        let shown = last(&format!("{}é the end\n", "é".repeat(5000)));
        assert!(shown.ends_with("é the end") && shown.chars().count() <= SAID_LIMIT + 1);
    }
}
