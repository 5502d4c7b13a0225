//! A running `tidings-cli listen`.

use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// A deadline for what happens at once, or within the time a gigabyte takes, long enough for a busy machine.
pub(crate) const SOON: Duration = Duration::from_secs(90);

/// The program while it runs; killed when dropped.
pub(crate) struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings-cli"));
    command.arg("listen").args(arguments).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Runs `listen` to its end.
pub(crate) async fn run(arguments: &[&str]) -> (Option<i32>, Output) {
    let output = timeout(SOON, command(arguments).output()).await.expect("it ends").expect("it runs");
    (output.status.code(), output)
}

impl Program {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).stdout(Stdio::piped()).spawn().expect("it runs");
        let out = child.stdout.take().expect("its output is piped");
        Self { child, lines: BufReader::new(out).lines() }
    }

    /// Reads the next line; `None` at the end.
    pub(crate) async fn line(&mut self) -> Option<String> {
        timeout(SOON, self.lines.next_line()).await.expect("more comes").expect("it can be read")
    }

    /// Reads the next line as JSON.
    pub(crate) async fn json(&mut self) -> Value {
        let line = self.line().await.expect("it goes on");
        serde_json::from_str(&line).expect("a line is one JSON object")
    }

    /// Sends a signal by its name.
    pub(crate) async fn signal(&self, name: &str) {
        let id = self.child.id().expect("it runs").to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().await;
        assert!(sent.is_ok_and(|status| status.success()), "the signal was sent");
    }

    /// Waits for its end and returns the exit code.
    pub(crate) async fn code(mut self) -> Option<i32> {
        timeout(SOON, self.child.wait()).await.expect("it ends").expect("it can be awaited").code()
    }

    /// Closes the reading end of its output.
    pub(crate) fn stop_reading(self) -> Child {
        self.child
    }

    /// Returns the most memory it ever had, in KiB.
    pub(crate) fn peak_kib(&self) -> u64 {
        let id = self.child.id().expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("Linux tells");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak is there");
        peak.trim().trim_end_matches(" kB").parse().expect("it is a number")
    }
}
