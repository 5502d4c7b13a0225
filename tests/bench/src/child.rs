//! The processes that are measured: one at a time, each ended with its owner.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use thiserror::Error;

use crate::facts::Facts;

/// A worker that takes longer hangs; the slowest needs some minutes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(900);

/// Why there are no figures.
#[derive(Debug, Error)]
pub(crate) enum Trouble {
    /// A file or process couldn't be used.
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// A worker didn't do what it was started for.
    #[error("{0}")]
    Worker(String),
}

/// A program that measures something once.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    file: PathBuf,
    arguments: Vec<OsString>,
}

impl Program {
    /// This program's own worker.
    pub(crate) fn own<const N: usize>(arguments: [&str; N]) -> Self {
        let file = std::env::current_exe().unwrap_or_else(|_| "tidings-bench".into());
        Self { file, arguments: arguments.iter().map(Into::into).collect() }
    }

    /// The worker of the peers, built beside this one.
    pub(crate) fn peers<const N: usize>(arguments: [&str; N]) -> Self {
        let mut program = Self::own(arguments);
        program.file.set_file_name(format!("tidings-peers{}", std::env::consts::EXE_SUFFIX));
        program
    }

    /// A script in `tests/bench/node`.
    pub(crate) fn node(script: &str) -> Self {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/node"));
        Self { file: "node".into(), arguments: vec![folder.join(script).into()] }
    }

    /// With a further argument.
    pub(crate) fn with(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Runs it to its end and gives what it printed.
    ///
    /// # Errors
    ///
    /// If it can't be started, fails, hangs, or prints anything else.
    pub(crate) fn measure(&self) -> Result<Facts, Trouble> {
        let mut worker = Running::start(self)?;
        let mut output = worker.child.stdout.take().ok_or_else(|| self.trouble("has no output"))?;
        let (done, finished) = mpsc::channel();
        let reading = std::thread::spawn(move || {
            let mut text = String::new();
            let read = output.read_to_string(&mut text).map(|_| text);
            // Nobody waits any more after the worker was taken for hanging.
            let _ = done.send(());
            read
        });
        if finished.recv_timeout(PATIENCE).is_err() {
            return Err(self.trouble("hangs"));
        }
        let text = reading.join().map_err(|_| self.trouble("can't be read"))??;
        if !worker.child.wait()?.success() {
            return Err(self.trouble("failed"));
        }
        serde_json::from_str(&text).map_err(|_| self.trouble("printed no figures"))
    }

    fn trouble(&self, what: &str) -> Trouble {
        let arguments: Vec<_> = self.arguments.iter().map(|text| text.to_string_lossy()).collect();
        Trouble::Worker(format!("{} {} {what}", self.file.display(), arguments.join(" ")))
    }
}

/// A server in a process of its own, so that what it costs is not the client's.
#[derive(Debug)]
pub(crate) struct Server {
    _running: Running,
    port: String,
}

impl Server {
    /// Starts one.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub(crate) fn start() -> Result<Self, Trouble> {
        let mut running = Running::start(&Program::own(["serve"]))?;
        let mut port = String::new();
        if let Some(output) = running.child.stdout.take() {
            BufReader::new(output).read_line(&mut port)?;
        }
        Ok(Self { _running: running, port: port.trim().to_owned() })
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// A process that is killed when nobody holds it; its input ends with this program, if that is killed itself.
#[derive(Debug)]
struct Running {
    child: Child,
}

impl Running {
    fn start(program: &Program) -> Result<Self, Trouble> {
        let mut command = Command::new(&program.file);
        command.args(&program.arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let child =
            command.spawn().map_err(|error| program.trouble(&format!("can't be started: {error}")))?;
        Ok(Self { child })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Program {
        Program { file: "sh".into(), arguments: vec!["-c".into(), script.into()] }
    }

    #[test]
    fn a_worker_is_read_whole() {
        let facts = shell(r#"echo '{"cpu_us":1.5}'"#).measure().unwrap();
        assert_eq!(facts.get("cpu_us"), 1.5);
    }

    #[test]
    fn a_worker_that_fails_or_prints_no_figures_is_named() {
        for (script, what) in [("exit 3", "failed"), ("echo hello", "no figures")] {
            let trouble = shell(script).measure().unwrap_err().to_string();
            assert!(trouble.contains(what) && trouble.contains(script), "{trouble}");
        }
        let absent = Program { file: "no-such-program".into(), arguments: Vec::new() };
        assert!(absent.measure().unwrap_err().to_string().contains("can't be started"));
    }

    #[test]
    fn a_process_ends_with_its_owner() {
        let running = Running::start(&shell("sleep 600")).unwrap();
        let there = PathBuf::from(format!("/proc/{}", running.child.id()));
        assert!(!cfg!(target_os = "linux") || there.exists());
        drop(running);
        assert!(!there.exists());
    }
}
