//! A private bus and a notification daemon on it that a test plays.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::mpsc;
use tokio::time::{Duration, Instant, sleep, timeout};
use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;
use zbus::{Connection, fdo, interface};

/// Set in the process that has a private bus.
const INSIDE: &str = "TIDINGS_TEST_BUS";
/// Longer than anything on a private bus takes, on a busy machine too.
const LONG: Duration = Duration::from_secs(60);
/// A bus that starts no services.
const CONFIGURATION: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>"#;

/// Runs a test, named by its whole path, in a process of its own whose session bus is a private one.
///
/// The session bus is named by the environment, which only a process of its own can have to itself.
pub(super) fn on_a_private_bus<F: Future<Output = ()>>(path: &str, test: impl FnOnce() -> F) {
    if std::env::var_os(INSIDE).is_some() {
        return run(test);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bus.conf");
    std::fs::write(&file, CONFIGURATION).unwrap();
    let mut bus = Command::new("dbus-daemon")
        .args(["--nofork", "--nopidfile", "--print-address=1"])
        .arg(format!("--config-file={}", file.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dbus-daemon is installed");
    let mut address = String::new();
    BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
    again(path, Ending(bus), address.trim());
}

/// Runs a test in a process of its own whose session bus isn't there.
pub(super) fn without_a_bus<F: Future<Output = ()>>(path: &str, test: impl FnOnce() -> F) {
    if std::env::var_os(INSIDE).is_some() {
        return run(test);
    }
    let inside = Command::new(std::env::current_exe().unwrap());
    finish(inside, path, "unix:path=/nonexistent/bus");
}

fn run<F: Future<Output = ()>>(test: impl FnOnce() -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { timeout(LONG, test()).await.expect("the test ends") });
}

fn again(path: &str, _bus: Ending, address: &str) {
    finish(Command::new(std::env::current_exe().unwrap()), path, address);
}

fn finish(mut inside: Command, path: &str, address: &str) {
    let path = path.split_once("::").expect("a path within the crate").1;
    let inside = inside.args([path, "--exact", "--nocapture"]);
    let output = inside.env(INSIDE, "1").env("DBUS_SESSION_BUS_ADDRESS", address).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{complained}");
}

/// A process that ends with the test.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A call of `Notify`.
#[derive(Debug)]
pub(super) struct Notified {
    pub(super) app_name: String,
    pub(super) replaces: u32,
    pub(super) icon: String,
    pub(super) summary: String,
    pub(super) body: String,
    pub(super) actions: Vec<String>,
    pub(super) hints: HashMap<String, OwnedValue>,
    pub(super) expires: i32,
    pub(super) sender: String,
}

/// How a daemon behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temper {
    Kind,
    Refusing,
    Hanging,
    /// Holds popups back and says so, as KDE Plasma does.
    Quiet,
    /// Refuses the same text within a second, as KDE Plasma does.
    NoTwins,
    /// Has so many places and refuses what is more, as MATE does.
    Places(usize),
}

/// What daemons refuse with.
#[derive(Debug, zbus::DBusError)]
#[zbus(prefix = "org.freedesktop.Notifications.Error")]
enum Refusal {
    #[zbus(error)]
    ZBus(zbus::Error),
    ExcessNotificationGeneration(String),
    MaxNotificationsExceeded(String),
}

/// The daemon's side of the bus.
struct Daemon {
    who: (String, String, String, String),
    on_screen: Vec<u32>,
    latest: Option<(String, String, Instant)>,
    can: Vec<String>,
    temper: Temper,
    number: u32,
    asked: Arc<AtomicU32>,
    seen: mpsc::UnboundedSender<Notified>,
    closed: mpsc::UnboundedSender<u32>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Daemon {
    fn get_capabilities(&self) -> Vec<String> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.can.clone()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        self.who.clone()
    }

    #[expect(clippy::too_many_arguments, reason = "the specification's signature")]
    async fn notify(
        &mut self,
        #[zbus(header)] header: Header<'_>,
        app_name: String,
        replaces: u32,
        icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expires: i32,
    ) -> Result<u32, Refusal> {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let text = (summary.clone(), body.clone());
        let notified = Notified { app_name, replaces, icon, summary, body, actions, hints, expires, sender };
        self.seen.send(notified).unwrap();
        match self.temper {
            Temper::Kind | Temper::Quiet => {}
            Temper::Refusing => return Err(Refusal::MaxNotificationsExceeded("too many".into())),
            Temper::Hanging => std::future::pending().await,
            Temper::NoTwins => {
                let twin = |(title, body, at): &(String, String, Instant)| {
                    (title, body) == (&text.0, &text.1) && at.elapsed() < Duration::from_secs(1)
                };
                if self.latest.as_ref().is_some_and(twin) {
                    return Err(Refusal::ExcessNotificationGeneration("too many similar ones".into()));
                }
                self.latest = Some((text.0, text.1, Instant::now()));
            }
            Temper::Places(places) if self.on_screen.len() > places => {
                return Err(Refusal::MaxNotificationsExceeded("too many".into()));
            }
            Temper::Places(_) => {}
        }
        self.number += 1;
        if replaces == 0 {
            self.on_screen.push(self.number);
        }
        Ok(if replaces == 0 { self.number } else { replaces })
    }

    async fn close_notification(&mut self, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>, number: u32) {
        self.on_screen.retain(|shown| *shown != number);
        self.closed.send(number).unwrap();
        Self::notification_closed(&emitter, number, 3).await.unwrap();
    }

    #[zbus(property)]
    fn inhibited(&self) -> fdo::Result<bool> {
        match self.temper {
            Temper::Quiet => Ok(true),
            Temper::Kind | Temper::Refusing | Temper::Hanging | Temper::NoTwins | Temper::Places(_) => {
                Err(fdo::Error::UnknownProperty("Inhibited".into()))
            }
        }
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, number: u32, action: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, number: u32, reason: u32) -> zbus::Result<()>;
}

/// A running daemon.
pub(super) struct Fake {
    asked: Arc<AtomicU32>,
    connection: Connection,
    seen: mpsc::UnboundedReceiver<Notified>,
    closed: mpsc::UnboundedReceiver<u32>,
}

impl Fake {
    /// Takes the name, with these capabilities.
    pub(super) async fn start(can: &[&str], temper: Temper) -> Self {
        Self::start_as(("fake", "Tidings", "1"), can, temper).await
    }

    /// Takes the name, as this daemon of this vendor and version, with these capabilities.
    pub(super) async fn start_as(who: (&str, &str, &str), can: &[&str], temper: Temper) -> Self {
        Self::start_whole(who, "1.2", can, temper).await
    }

    /// Takes the name, following this version of the specification.
    pub(super) async fn start_following(specification: &str, can: &[&str], temper: Temper) -> Self {
        Self::start_whole(("fake", "Tidings", "1"), specification, can, temper).await
    }

    async fn start_whole(
        (name, vendor, version): (&str, &str, &str),
        specification: &str,
        can: &[&str],
        temper: Temper,
    ) -> Self {
        let who = (name.to_owned(), vendor.to_owned(), version.to_owned(), specification.to_owned());
        let (sender, seen) = mpsc::unbounded_channel();
        let (closing, closed) = mpsc::unbounded_channel();
        let can = can.iter().copied().map(str::to_owned).collect();
        let asked = Arc::new(AtomicU32::new(0));
        let (on_screen, latest) = (Vec::new(), None);
        let daemon = Daemon {
            who,
            on_screen,
            latest,
            can,
            temper,
            number: 0,
            asked: asked.clone(),
            seen: sender,
            closed: closing,
        };
        let builder = zbus::connection::Builder::session().unwrap();
        let builder = builder.serve_at("/org/freedesktop/Notifications", daemon).unwrap();
        let connection = builder.name("org.freedesktop.Notifications").unwrap().build().await.unwrap();
        Self { asked, connection, seen, closed }
    }

    /// How often it was asked what it can do.
    pub(super) fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }

    /// The next call of `Notify`.
    pub(super) async fn seen(&mut self) -> Notified {
        self.seen.recv().await.unwrap()
    }

    /// The number of the next popup that is taken away.
    pub(super) async fn closed(&mut self) -> u32 {
        self.closed.recv().await.unwrap()
    }

    /// Whether no other popup was taken away.
    pub(super) fn none_closed(&mut self) -> bool {
        self.closed.try_recv().is_err()
    }

    /// Clicks a popup, or one of its buttons.
    pub(super) async fn click(&self, number: u32, action: &str) {
        Daemon::action_invoked(&self.emitter(), number, action).await.unwrap();
    }

    /// Says that a popup was dismissed.
    pub(super) async fn dismiss(&self, number: u32) {
        Daemon::notification_closed(&self.emitter(), number, 2).await.unwrap();
    }

    /// Leaves the bus.
    pub(super) async fn quit(self) {
        self.connection.close().await.unwrap();
    }

    fn emitter(&self) -> SignalEmitter<'_> {
        SignalEmitter::new(&self.connection, "/org/freedesktop/Notifications").unwrap()
    }
}

/// The names of all connections to the bus.
pub(super) async fn connections() -> Vec<String> {
    let connection = Connection::session().await.unwrap();
    let proxy = fdo::DBusProxy::new(&connection).await.unwrap();
    let names = proxy.list_names().await.unwrap();
    names.into_iter().map(|name| name.to_string()).filter(|name| name.starts_with(':')).collect()
}

/// Does something again and again until something else has come of it: a popup's answer can only be heard
/// a moment after it is shown.
pub(super) async fn until<T>(came: impl Future<Output = T>, mut deed: impl AsyncFnMut()) -> T {
    tokio::pin!(came);
    loop {
        tokio::select! {
            came = &mut came => return came,
            () = sleep(Duration::from_millis(20)) => deed().await,
        }
    }
}
