//! A server's process: started in a group of its own, waited for, and ended with all that it started.

use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process_group};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::place::Place;

/// A JVM on a busy machine; only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked whether a program listens.
const AGAIN: Duration = Duration::from_millis(50);
/// How long a program has to end what it started.
const LAST_MOMENT: Duration = Duration::from_secs(5);

/// A running program; dropping it ends it and all that it started.
#[derive(Debug)]
pub struct Program {
    child: Child,
    /// What it started is in groups of its own, so only it can end that.
    ends_others: bool,
}

impl Program {
    /// Starts a program and waits until somebody listens on a port of the loopback.
    ///
    /// # Panics
    ///
    /// Where it can't be started, ends, or doesn't listen within a minute; its words are in the log that is named.
    pub async fn start(name: &str, command: &mut Command, port: u16, logs: &Path) -> Self {
        let mut program = Self::spawn(name, command, logs);
        tokio::select! {
            () = Self::listens(port) => program,
            status = program.ended() => panic!("{name} ended with {status}; see {}", logs.display()),
        }
    }

    /// Waits until somebody listens on a port of the loopback.
    ///
    /// # Panics
    ///
    /// Where nobody does within a minute.
    pub async fn listens(port: u16) {
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            assert!(Instant::now() < end, "nobody listens on port {port}");
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn ended(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                return status;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Starts a program.
    ///
    /// # Panics
    ///
    /// Where it can't be started.
    pub fn spawn(name: &str, command: &mut Command, logs: &Path) -> Self {
        std::fs::create_dir_all(logs).expect("there is room for logs");
        let log = File::create(logs.join(format!("{name}.log"))).expect("there is room for a log");
        let errors = log.try_clone().expect("a file can be shared");
        let command = command.stdin(Stdio::null()).stdout(log).stderr(errors).process_group(0);
        let child = command.spawn().unwrap_or_else(|error| panic!("{name} can't be started: {error}"));
        Self { child, ends_others: false }
    }

    /// The same program, which is asked to end what it started and has a moment to do so.
    pub fn ends_others(self) -> Self {
        let mut program = self;
        program.ends_others = true;
        program
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    #[expect(clippy::disallowed_methods, reason = "a drop can't await")]
    fn end_politely(&mut self) {
        let _ = kill_process_group(self.group(), Signal::TERM);
        let end = Instant::now() + LAST_MOMENT;
        while Instant::now() < end && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(AGAIN);
        }
    }

    fn group(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.ends_others {
            self.end_politely();
        }
        // Who is asked politely may wait half a minute for streams that never end.
        let _ = kill_process_group(self.group(), Signal::KILL);
        let _ = self.child.wait();
    }
}

/// A running nginx with one server.
#[derive(Debug)]
pub(crate) struct Nginx {
    /// The port of its server.
    pub(crate) port: u16,
    program: Program,
    folder: TempDir,
}

impl Nginx {
    /// Starts nginx with what stands in its `server` block, which listens on `port`, and with files beside its settings.
    pub(crate) async fn start(place: &Place, port: u16, server: &str, files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("there is room for a file");
        }
        let at = folder.path().display();
        // As root its workers would be another user, who can't read the folder.
        let user = if geteuid().is_root() { "user root;" } else { "" };
        let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let paths = paths.map(|name| format!("{name}_temp_path {at}/{name};")).join(" ");
        let settings = format!(
            "{user} daemon off; worker_processes 1; pid {at}/pid;
             load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
             events {{}}
             http {{ access_log off; {paths} server {{ {server} }} }}\n"
        );
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, settings).expect("there is room for a file");
        let mut command = Command::new("nginx");
        command.args(["-e", "stderr", "-c"]).arg(file).arg("-p").arg(folder.path());
        let name = format!("nginx-{port}");
        let program = Program::start(&name, &mut command, port, &place.installed("logs")).await;
        Self { port, program, folder }
    }

    /// Its process, and the folder it needs.
    pub(crate) fn into_parts(self) -> (Program, TempDir) {
        (self.program, self.folder)
    }
}
