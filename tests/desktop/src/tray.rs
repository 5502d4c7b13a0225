//! The tray of a desktop: where items announce themselves, and a hand that reads and chooses from their menus.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Proxy, interface, message};

use crate::bus::Bus;
use crate::trouble::Trouble;
use crate::wait::until;

/// An item announces itself as soon as it sees a tray.
const LIMIT: Duration = Duration::from_secs(20);

/// Where items announce themselves, by the StatusNotifierItem specification.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const WATCHER_PATH: &str = "/StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A line of a menu: its number, label and whether it can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    number: i32,
    /// What it says.
    pub label: String,
    /// Whether it can be chosen.
    pub enabled: bool,
}

/// A layout as menus give it: number, properties, children.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// A tray; it is gone when dropped.
#[derive(Debug)]
pub struct Tray {
    connection: Connection,
    announced: Arc<Mutex<Vec<String>>>,
}

struct Watcher(Arc<Mutex<Vec<String>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &self,
        service: String,
        #[zbus(header)] header: message::Header<'_>,
    ) {
        // An item gives its own name, or a path under its connection's.
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let name = if service.starts_with('/') { sender } else { service };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }

    async fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    async fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[zbus(property)]
    async fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    async fn protocol_version(&self) -> i32 {
        0
    }
}

impl Tray {
    pub(crate) async fn start(bus: &Bus) -> Result<Self, Trouble> {
        let announced = Arc::<Mutex<Vec<String>>>::default();
        let connection = bus.connect().await?;
        connection.object_server().at(WATCHER_PATH, Watcher(Arc::clone(&announced))).await?;
        connection.request_name(WATCHER).await?;
        Ok(Self { connection, announced })
    }

    async fn proxy(&self, path: &'static str, interface: &'static str) -> Result<Proxy<'static>, Trouble> {
        let name = async || self.announced.lock().unwrap_or_else(PoisonError::into_inner).last().cloned();
        let name = until("an item in the tray", LIMIT, name).await?;
        Ok(Proxy::new_owned(self.connection.clone(), name, path, interface).await?)
    }

    /// Gives what the item says of itself: `Active`, or `NeedsAttention`.
    ///
    /// # Errors
    /// There is no item.
    pub async fn status(&self) -> Result<String, Trouble> {
        let item = self.proxy("/StatusNotifierItem", ITEM).await?;
        // What changes is told by signals that this desktop doesn't follow: each look asks anew.
        Ok(item.get_property("Status").await?)
    }

    /// Gives the lines of the item's menu, separators aside.
    ///
    /// # Errors
    /// There is no item.
    pub async fn menu(&self) -> Result<Vec<Line>, Trouble> {
        let menu = self.proxy("/MenuBar", MENU).await?;
        let asked = (0_i32, -1_i32, Vec::<&str>::new());
        let (_, (_, _, lines)): (u32, Layout) = menu.call("GetLayout", &asked).await?;
        Ok(lines.into_iter().filter_map(line).collect())
    }

    /// Chooses the line of the menu that says this.
    ///
    /// # Errors
    /// There is none.
    pub async fn choose(&self, label: &str) -> Result<(), Trouble> {
        let lines = async || self.menu().await.ok()?.into_iter().find(|line| line.label == label);
        let line = until("the line in the tray's menu", LIMIT, lines).await?;
        let menu = self.proxy("/MenuBar", MENU).await?;
        Ok(menu.call("Event", &(line.number, "clicked", Value::I32(0), 0_u32)).await?)
    }
}

fn line(value: OwnedValue) -> Option<Line> {
    let (number, mut said, _): Layout = value.try_into().ok()?;
    let label: String = said.remove("label")?.try_into().ok()?;
    let enabled = said.remove("enabled").and_then(|value| value.try_into().ok()).unwrap_or(true);
    // A single underscore marks a key; the item's own are doubled.
    Some(Line { number, label: label.replace("__", "_"), enabled })
}
