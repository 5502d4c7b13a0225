//! Where servers' programs lie, and which versions of them are there.

use std::net::TcpListener;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// Where servers listen.
const PORTS: Range<u16> = 20_000..30_000;

/// The folders of this machine that servers are started from.
#[derive(Clone, Debug)]
pub struct Place {
    root: PathBuf,
}

/// Where a program comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A package of npm.
    Npm(&'static str),
    /// A package of PyPI.
    Pip(&'static str),
    /// A package of the system.
    Apt(&'static str),
    /// A crate, as the lock file at a path of the repository has it.
    Crate(&'static str, &'static str),
}

impl Default for Place {
    fn default() -> Self {
        Self { root: Path::new(env!("CARGO_MANIFEST_DIR")).join("../..") }
    }
}

impl Place {
    /// Where one of our servers' programs lies.
    pub fn server(&self, file: &str) -> PathBuf {
        self.root.join("tests/interop/servers").join(file)
    }

    /// Where something lies that was installed for these checks, or that they write.
    pub fn installed(&self, file: &str) -> PathBuf {
        self.root.join("target/interop").join(file)
    }

    /// A program of the Python environment.
    pub fn python(&self, program: &str) -> Command {
        let mut command = Command::new(self.installed("python/bin").join(program));
        command.current_dir(self.server("python")).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// A Node program.
    pub fn node(&self, file: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.server("node").join(file)).env("NODE_PATH", self.installed("node/node_modules"));
        command
    }

    /// The version of what is installed.
    ///
    /// # Panics
    ///
    /// Where it isn't.
    pub fn version(&self, source: Source) -> String {
        match source {
            Source::Npm(name) => {
                let file = self.installed("node/node_modules").join(name).join("package.json");
                let text = std::fs::read_to_string(&file).expect("the npm package is installed");
                let package: Value = serde_json::from_str(&text).expect("npm writes JSON");
                format!("{name} {}", package["version"].as_str().expect("a package has a version"))
            }
            Source::Pip(name) => {
                let script = format!("import importlib.metadata as m; print(m.version({name:?}))");
                format!("{name} {}", said(self.python("python").args(["-c", &script])))
            }
            Source::Apt(name) => {
                let version = said(Command::new("dpkg-query").args(["-W", "-f=${Version}", name]));
                // The distribution's own additions stand before a colon and behind a hyphen.
                let version = version.rsplit(':').next().unwrap_or_default();
                format!("{name} {}", version.split(['-', '+']).next().unwrap_or_default())
            }
            Source::Crate(name, lock) => {
                let lock = std::fs::read_to_string(self.root.join(lock)).expect("the lock file is kept");
                let entry =
                    lock.split_once(&format!("name = \"{name}\"\nversion = \"")).expect("it is in it");
                format!("{name} {}", entry.1.split('"').next().unwrap_or_default())
            }
        }
    }
}

/// A port of the loopback that nobody has, below those that the system gives to outgoing connections: none of these takes
/// it before its server does.
///
/// # Panics
///
/// Where all are taken.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let begin = std::process::id();
    let mut tries = (0..PORTS.len()).map(|_| begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)));
    let port = tries.find_map(|place| {
        let port = PORTS.start + u16::try_from(place % u32::from(PORTS.end - PORTS.start)).ok()?;
        TcpListener::bind(("127.0.0.1", port)).is_ok().then_some(port)
    });
    port.expect("the loopback has a free port")
}

fn said(command: &mut Command) -> String {
    let output = command.output().expect("the program that tells versions is there");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
