//! A real notification daemon, and everything it is asked to show.

use std::collections::HashMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use tokio::task::JoinSet;
use zbus::fdo::MonitoringProxy;
use zbus::message::Type;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{MatchRule, Message, MessageStream, Proxy};

use crate::bus::Bus;
use crate::process::Process;
use crate::session::Session;
use crate::trouble::Trouble;
use crate::wait::until;

/// The name every notification daemon takes.
const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What a test that floods the daemon sends at most; beyond that only the number counts.
const SEEN_LIMIT: usize = 10_000;

/// No gaps and round corners only outside: without a compositor what lies between popups is black.
/// Calm, large enough to read in a picture, and up long enough to be in one. The history is what a test reads back.
const LOOK: &str = r##"[global]
origin = top-right
offset = 24x24
width = (320, 360)
height = 160
separator_height = 2
separator_color = frame
padding = 14
horizontal_padding = 16
frame_width = 1
frame_color = "#3d5660"
corner_radius = 8
font = DejaVu Sans 10
format = "<b>%s</b>\n%b"
icon_position = off
show_indicators = no
notification_limit = 8
history_length = 1000
idle_threshold = 0
mouse_left_click = do_action, close_current
dmenu = {menu}

[urgency_low]
background = "#16303a"
foreground = "#dfeaec"
timeout = 6

[urgency_normal]
background = "#16303a"
foreground = "#f3fbfa"
timeout = 6

[urgency_critical]
background = "#4a1f1c"
foreground = "#fff3ee"
frame_color = "#ffb45e"
timeout = 0
"##;

/// A call to `Notify`, as the Desktop Notifications Specification has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Popup {
    /// Who sends it.
    pub app_name: String,
    /// The popup it takes the place of, 0 for none.
    pub replaces: u32,
    /// The summary.
    pub title: String,
    /// The body, as sent: with markup where the daemon knows it.
    pub body: String,
    /// The actions' keys.
    pub actions: Vec<String>,
    /// The hint `desktop-entry`: which program's popup it is.
    pub desktop_entry: Option<String>,
    /// The hint `urgency`: 0 low, 1 normal, 2 critical.
    pub urgency: Option<u8>,
}

/// dunst, and a listener on the bus.
#[derive(Debug)]
pub struct Popups {
    seen: Arc<Mutex<Vec<(Instant, Popup)>>>,
    /// The file that names the button to press.
    wanted: PathBuf,
    proxy: Proxy<'static>,
    commands: Proxy<'static>,
    _listener: JoinSet<()>,
    _dunst: Process,
}

impl Popups {
    pub(crate) async fn start(session: &Session, bus: &Bus) -> Result<Self, Trouble> {
        let look = session.folder().join("dunstrc");
        let (menu, wanted) = menu(session.folder())?;
        let settings = LOOK.replace("{menu}", &menu.display().to_string());
        std::fs::write(&look, settings).map_err(Trouble::refused("writing dunst's configuration"))?;
        let look = look.display().to_string();
        let dunst = Process::start(session, "dunst", &["-conf", &look])?;
        bus.owned(SERVICE).await.map_err(|trouble| session.explain("dunst", trouble))?;
        let seen = Arc::default();
        let mut listener = JoinSet::new();
        let mut calls = listen(bus).await?;
        let heard = Arc::clone(&seen);
        listener.spawn(async move {
            while let Some(message) = calls.next().await {
                if let Some(popup) = message.ok().as_ref().and_then(read) {
                    keep(&heard, popup);
                }
            }
        });
        let proxy = Proxy::new(bus.connection(), SERVICE, PATH, SERVICE).await?;
        let commands = Proxy::new(bus.connection(), SERVICE, PATH, "org.dunstproject.cmd0").await?;
        Ok(Self { seen, wanted, proxy, commands, _listener: listener, _dunst: dunst })
    }

    /// Lists every popup that was asked for, oldest first, replacements too.
    pub fn seen(&self) -> Vec<Popup> {
        self.heard().into_iter().map(|(_, popup)| popup).collect()
    }

    /// Lists them with the instant at which the bus carried each to the daemon.
    pub fn heard(&self) -> Vec<(Instant, Popup)> {
        lock(&self.seen).clone()
    }

    /// Waits for a popup with this title.
    ///
    /// # Errors
    /// None came within `limit`; the titles that came are named.
    pub async fn titled(&self, title: &str, limit: Duration) -> Result<Popup, Trouble> {
        let found = async || self.seen().into_iter().find(|popup| popup.title == title);
        let what = format!("a popup \"{title}\"");
        until(&what, limit, found).await.map_err(|_| {
            let titles: Vec<_> = self.seen().into_iter().map(|popup| popup.title).collect();
            Trouble::NotInTime { what: format!("{what}, among {titles:?}"), limit }
        })
    }

    /// Gives the daemon's own name and version, by the specification's call.
    ///
    /// # Errors
    /// The daemon doesn't answer.
    pub async fn daemon(&self) -> Result<String, Trouble> {
        let (name, _, version, _): (String, String, String, String) =
            self.proxy.call("GetServerInformation", &()).await?;
        Ok(format!("{name} {version}"))
    }

    /// Counts what is on the screen at this moment.
    ///
    /// # Errors
    /// The daemon doesn't answer.
    pub async fn on_screen(&self) -> Result<u32, Trouble> {
        // Asked anew each time: dunst doesn't announce changes of it.
        let properties = zbus::fdo::PropertiesProxy::new(self.commands.connection(), SERVICE, PATH).await?;
        let value =
            properties.get("org.dunstproject.cmd0".try_into().map_err(zbus::Error::from)?, "displayedLength");
        Ok(u32::try_from(value.await?).map_err(zbus::Error::from)?)
    }

    /// Clicks the popup that is uppermost on the screen.
    ///
    /// # Errors
    /// The daemon doesn't answer.
    pub async fn click(&self) -> Result<(), Trouble> {
        Ok(self.commands.call("NotificationAction", &0_u32).await?)
    }

    /// Presses the button with this label, of whichever popup on the screen has it.
    ///
    /// # Errors
    /// The daemon doesn't answer.
    pub async fn press(&self, label: &str) -> Result<(), Trouble> {
        std::fs::write(&self.wanted, format!("#{label} (")).map_err(Trouble::refused("naming a button"))?;
        Ok(self.commands.call("ContextMenuCall", &()).await?)
    }

    /// Closes whatever is on the screen, which then is in the history.
    ///
    /// # Errors
    /// The daemon doesn't answer.
    pub async fn close_all(&self) -> Result<(), Trouble> {
        Ok(self.commands.call("NotificationCloseAll", &()).await?)
    }

    /// Lists title and body of every popup that the daemon has shown and closed, oldest first.
    ///
    /// # Errors
    /// The daemon doesn't answer.
    pub async fn history(&self) -> Result<Vec<(String, String)>, Trouble> {
        let entries: Vec<HashMap<String, OwnedValue>> =
            self.commands.call("NotificationListHistory", &()).await?;
        let text = |entry: &HashMap<String, OwnedValue>, key: &str| {
            entry.get(key).and_then(|value| value.downcast_ref::<String>().ok()).unwrap_or_default()
        };
        let mut shown: Vec<_> =
            entries.iter().map(|entry| (text(entry, "summary"), text(entry, "body"))).collect();
        shown.reverse();
        Ok(shown)
    }
}

/// Makes the menu in which dunst has a person choose a button: it takes the one that a file names.
fn menu(folder: &Path) -> Result<(PathBuf, PathBuf), Trouble> {
    let (menu, wanted) = (folder.join("menu"), folder.join("wanted"));
    let script = format!("#!/bin/sh\ngrep -m 1 -F -f '{}'\n", wanted.display());
    std::fs::write(&menu, script).map_err(Trouble::refused("writing dunst's menu"))?;
    std::fs::set_permissions(&menu, Permissions::from_mode(0o700))
        .map_err(Trouble::refused("writing dunst's menu"))?;
    Ok((menu, wanted))
}

/// Opens a connection that hears every `Notify`.
async fn listen(bus: &Bus) -> Result<MessageStream, Trouble> {
    let connection = bus.connect().await?;
    let rule = MatchRule::builder().msg_type(Type::MethodCall).interface(SERVICE)?.member("Notify")?.build();
    let stream = MessageStream::from(&connection);
    MonitoringProxy::new(&connection).await?.become_monitor(&[rule], 0).await?;
    Ok(stream)
}

type Hints<'a> = HashMap<String, Value<'a>>;

fn read(message: &Message) -> Option<Popup> {
    let body = message.body();
    let call: (String, u32, String, String, String, Vec<String>, Hints<'_>, i32) = body.deserialize().ok()?;
    let (app_name, replaces, _icon, title, text, actions, hints, _timeout) = call;
    let entry = hints.get("desktop-entry").and_then(|value| value.downcast_ref::<String>().ok());
    let urgency = hints.get("urgency").and_then(|value| value.downcast_ref::<u8>().ok());
    // Keys and labels alternate.
    let actions = actions.into_iter().step_by(2).collect();
    Some(Popup { app_name, replaces, title, body: text, actions, desktop_entry: entry, urgency })
}

fn keep(seen: &Mutex<Vec<(Instant, Popup)>>, popup: Popup) {
    let mut seen = lock(seen);
    if seen.len() < SEEN_LIMIT {
        seen.push((Instant::now(), popup));
    }
}

fn lock(seen: &Mutex<Vec<(Instant, Popup)>>) -> MutexGuard<'_, Vec<(Instant, Popup)>> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}
