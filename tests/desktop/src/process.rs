//! A program of the private desktop, ended with everything it started when it is dropped.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::session::Session;
use crate::trouble::Trouble;
use crate::wait::until;

/// How long a program gets to end by itself: WebKit's processes need up to a second.
const GRACE: Duration = Duration::from_secs(3);

/// Between two looks whether it has ended.
const PAUSE: Duration = Duration::from_millis(10);

/// A program says where it listens as soon as it has started; a machine at full load takes its time.
const FIRST_LINE: Duration = Duration::from_secs(20);

/// More than any of the first lines is long.
const LINE_LIMIT: u64 = 4096;

/// A running program, leader of its own process group.
///
/// It also ends when the thread that started it ends, however that happens: no interrupted test leaves a desktop behind.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    group: Pid,
    output: Option<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts a program of the session; what it complains of goes to a file of the session.
    ///
    /// # Errors
    /// It isn't installed or can't be started.
    pub fn start(session: &Session, name: &str, arguments: &[&str]) -> Result<Self, Trouble> {
        let mut command = session.lasting(name)?;
        command.args(arguments).stdin(Stdio::null()).stdout(session.log(name)?);
        Self::spawn(session, name, command)
    }

    /// Starts a program that prints what it listens on, and gives that line.
    pub(crate) async fn start_and_hear(
        session: &Session,
        name: &str,
        arguments: &[&str],
    ) -> Result<(Self, String), Trouble> {
        let mut command = session.lasting(name)?;
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = Self::spawn(session, name, command)?;
        let line = process.first_line().await.map_err(|trouble| session.explain(name, trouble))?;
        Ok((process, line))
    }

    /// Starts a program that reads `input`.
    pub(crate) async fn start_with_input(
        session: &Session,
        name: &str,
        arguments: &[&str],
        input: &str,
    ) -> Result<Self, Trouble> {
        let mut command = session.lasting(name)?;
        command.args(arguments).stdin(Stdio::piped()).stdout(session.log(name)?);
        let mut process = Self::spawn(session, name, command)?;
        let mut pipe = process.child.stdin.take().expect("asked for above");
        pipe.write_all(input.as_bytes()).await.map_err(Trouble::refused(format!("writing to {name}")))?;
        Ok(process)
    }

    fn spawn(session: &Session, name: &str, mut command: Command) -> Result<Self, Trouble> {
        command.stderr(session.log(name)?).process_group(0);
        let mut child = command.spawn().map_err(Trouble::refused(format!("starting {name}")))?;
        let id = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        let group = id.expect("a child that wasn't awaited has an id");
        let output = child.stdout.take().map(BufReader::new);
        Ok(Self { name: name.to_owned(), child, group, output })
    }

    async fn first_line(&mut self) -> Result<String, Trouble> {
        let output = self.output.as_mut().expect("only asked where it was piped");
        let mut line = String::new();
        let read = timeout(FIRST_LINE, output.take(LINE_LIMIT).read_line(&mut line)).await;
        match read {
            Ok(Ok(_)) if !line.trim().is_empty() => Ok(line.trim().to_owned()),
            Ok(Ok(_)) => Err(Trouble::Failed { program: self.name.clone(), said: String::new() }),
            Ok(Err(source)) => Err(Trouble::Refused { what: format!("reading from {}", self.name), source }),
            Err(_) => Err(Trouble::NotInTime {
                what: format!("{} says where it listens", self.name),
                limit: FIRST_LINE,
            }),
        }
    }

    /// Gives the program's process id.
    pub fn id(&self) -> i32 {
        self.group.as_raw_nonzero().get()
    }

    /// Whether the program still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks the program alone to end, as a session does at log-out, and waits for that.
    ///
    /// # Errors
    /// It hasn't ended within `limit`.
    pub async fn quit(&mut self, limit: Duration) -> Result<ExitStatus, Trouble> {
        if self.runs() {
            let refused =
                |cause: rustix::io::Errno| Trouble::refused(format!("ending {}", self.name))(cause.into());
            kill_process(self.group, Signal::TERM).map_err(refused)?;
        }
        self.ended(limit).await
    }

    /// Waits until the program has ended.
    ///
    /// # Errors
    /// It hasn't within `limit`.
    pub async fn ended(&mut self, limit: Duration) -> Result<ExitStatus, Trouble> {
        until(&format!("{} ends", self.name), limit, async || self.child.try_wait().ok().flatten()).await
    }

    /// Ends the program at once, as a crash would.
    ///
    /// # Errors
    /// The system refuses.
    pub async fn kill(&mut self) -> Result<(), Trouble> {
        self.child.kill().await.map_err(Trouble::refused(format!("killing {}", self.name)))
    }
}

impl Drop for Process {
    #[expect(clippy::disallowed_methods, reason = "a destructor can't await")]
    fn drop(&mut self) {
        // A group without members is what is wanted: its error says no more.
        let _ = kill_process_group(self.group, Signal::TERM);
        let looks = GRACE.as_millis() / PAUSE.as_millis();
        for _ in 0..looks {
            if !self.runs() {
                break;
            }
            std::thread::sleep(PAUSE);
        }
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.child.try_wait();
    }
}
