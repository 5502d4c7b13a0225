//! A real Secret Service, unlocked, holding nothing but what the app puts there.

use std::collections::HashMap;

use rustix::process::{Pid, Signal, kill_process};
use zbus::Proxy;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use crate::bus::Bus;
use crate::process::Process;
use crate::session::Session;
use crate::trouble::Trouble;

const SERVICE: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const INTERFACE: &str = "org.freedesktop.Secret.Service";

/// Locks a keyring that lives as long as a test.
const PASSWORD: &str = "only for this test";

/// The fields of a secret: session, parameters, value, content type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// A secret, and what it is kept under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is looked up by.
    pub attributes: HashMap<String, String>,
    /// The secret itself.
    pub secret: String,
}

/// gnome-keyring.
#[derive(Debug)]
pub struct Keyring {
    service: Proxy<'static>,
    daemon: Process,
}

/// A keyring that takes calls and answers none, for as long as this lives.
#[derive(Debug)]
pub struct Frozen(Pid);

impl Drop for Frozen {
    fn drop(&mut self) {
        // One that has ended needs no waking.
        let _ = kill_process(self.0, Signal::CONT);
    }
}

impl Keyring {
    pub(crate) async fn start(session: &Session, bus: &Bus) -> Result<Self, Trouble> {
        let arguments = ["--unlock", "--components=secrets", "--foreground"];
        let daemon = Process::start_with_input(session, "gnome-keyring-daemon", &arguments, PASSWORD).await?;
        bus.owned(SERVICE).await.map_err(|trouble| session.explain("gnome-keyring-daemon", trouble))?;
        let service = Proxy::new(bus.connection(), SERVICE, PATH, INTERFACE).await?;
        Ok(Self { service, daemon })
    }

    /// Keeps it from answering, as one does that waits for a password nobody enters.
    ///
    /// # Errors
    /// The system refuses.
    pub fn freeze(&self) -> Result<Frozen, Trouble> {
        let daemon = Pid::from_raw(self.daemon.id()).expect("a process has a number above zero");
        let refused = |cause: rustix::io::Errno| Trouble::refused("stopping the keyring")(cause.into());
        kill_process(daemon, Signal::STOP).map_err(refused)?;
        Ok(Frozen(daemon))
    }

    /// Lists everything that is kept.
    ///
    /// # Errors
    /// The service doesn't answer.
    pub async fn items(&self) -> Result<Vec<Item>, Trouble> {
        // "plain" sends secrets as they are: the bus is as private as the keyring.
        let (_, session): (OwnedValue, OwnedObjectPath) =
            self.service.call("OpenSession", &("plain", Value::from(""))).await?;
        let everything: HashMap<&str, &str> = HashMap::new();
        let (unlocked, _locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            self.service.call("SearchItems", &everything).await?;
        let secrets: HashMap<OwnedObjectPath, Secret> =
            self.service.call("GetSecrets", &(unlocked, session)).await?;
        let mut items = Vec::new();
        for (path, (_, _, secret, _)) in secrets {
            let item =
                Proxy::new(self.service.connection(), SERVICE, path, "org.freedesktop.Secret.Item").await?;
            let attributes = item.get_property("Attributes").await?;
            items.push(Item { attributes, secret: String::from_utf8_lossy(&secret).into_owned() });
        }
        Ok(items)
    }
}
