//! A run of `tidings-cli` on a profile.

use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tidings_engine::engine::{Engine, is_running};
use tidings_host::VERSION;
use tidings_host::browser::Browser;
use tidings_host::control::Server;
use tidings_host::host::{Goodbye, Host};
use tidings_host::paths::Paths;
use tidings_support::House;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};
use tokio::runtime::Handle;
use tokio::time::timeout;

/// A deadline for what happens at once, long enough for a busy machine.
const SOON: Duration = Duration::from_secs(30);

/// What a run said, and its exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Its output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

fn command(house: &House, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings-cli"));
    command.args(arguments).arg("--profile").arg(house.folder());
    // No bus of whoever runs the tests: their keyring and popups are theirs.
    command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("XDG_RUNTIME_DIR", house.folder());
    command.env_remove("TIDINGS_PROFILE").env("TZ", "UTC").kill_on_drop(true);
    command.env_remove("TIDINGS_SECRET");
    command
}

/// Quits an engine as the app does, and waits until its lock is free: a program that another test starts at this moment
/// holds a copy of it for an instant.
pub(crate) async fn quit(engine: Engine, house: &House) {
    engine.shutdown().await;
    drop(engine);
    lock_given_back(house).await;
}

async fn lock_given_back(house: &House) {
    for _ in 0..3_000 {
        if !is_running(&house.options().data_folder) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the lock is not given back");
}

/// Starts an engine in its home: terminals reach it by its socket.
pub(crate) async fn at_home(house: &House) -> Arc<Host> {
    let host = Arc::new(Host::new(house.start().await, Browser::new(|_| Ok(())), Handle::current()));
    let server = Server::bind(&socket(house), VERSION).expect("a socket");
    let served = Arc::clone(&host);
    host.run(async move { server.serve(served).await });
    host
}

/// Where terminals look for the engine's socket.
pub(crate) fn socket(house: &House) -> PathBuf {
    let paths = Paths::profile(&house.folder()).expect("a profile");
    house.folder().join("tidings").join(format!("{}.sock", paths.identity))
}

/// Ends an engine with its home, and waits as [`quit`] does.
pub(crate) async fn leave(host: Arc<Host>, house: &House) {
    host.finish(Goodbye::Quit);
    host.end().await;
    drop(host);
    lock_given_back(house).await;
}

/// Runs a command to its end.
pub(crate) async fn run(house: &House, arguments: &[&str]) -> Said {
    run_with(house, arguments, "").await
}

/// Runs a command to its end, with something on standard input.
pub(crate) async fn run_with(house: &House, arguments: &[&str], input: &str) -> Said {
    end(command(house, arguments), input).await
}

/// Runs a command to its end, its log at the finest level on standard error.
pub(crate) async fn run_loudly(house: &House, arguments: &[&str], input: &str) -> Said {
    let mut command = command(house, arguments);
    command.env("TIDINGS_LOG", "trace");
    end(command, input).await
}

async fn end(mut command: Command, input: &str) -> Said {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("its input is piped");
    // It may have ended without reading.
    let _ = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let output = timeout(SOON, child.wait_with_output()).await.expect("it ends").expect("it can be awaited");
    let Output { status, stdout, stderr } = output;
    let text = |bytes| String::from_utf8(bytes).expect("it says text");
    Said { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// A command that goes on; killed when dropped.
pub(crate) struct Program {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    err: ChildStderr,
}

impl Program {
    pub(crate) fn start(house: &House, arguments: &[&str]) -> Self {
        let mut command = command(house, arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let err = child.stderr.take().expect("its errors are piped");
        Self { child, lines, err }
    }

    /// Reads the next line as JSON.
    pub(crate) async fn json(&mut self) -> Value {
        let line = timeout(SOON, self.lines.next_line()).await.expect("more comes").expect("it can be read");
        serde_json::from_str(&line.expect("it goes on")).expect("a line is one JSON object")
    }

    /// Waits until it has said a sentence on standard error.
    pub(crate) async fn says(&mut self, sentence: &str) {
        let mut said = Vec::new();
        let heard = async {
            while !String::from_utf8_lossy(&said).contains(sentence) {
                let mut some = [0; 256];
                match self.err.read(&mut some).await.expect("it can be read") {
                    0 => panic!("it ended without {sentence:?}: {}", String::from_utf8_lossy(&said)),
                    read => said.extend_from_slice(&some[..read]),
                }
            }
        };
        timeout(SOON, heard).await.unwrap_or_else(|_| panic!("it says {sentence:?} in the end"));
    }

    /// Waits for its end and gives the exit code.
    pub(crate) async fn code(mut self) -> Option<i32> {
        timeout(SOON, self.child.wait()).await.expect("it ends").expect("it can be awaited").code()
    }
}
