//! Which notification daemon there is and what it can do, asked once for each owner of the bus name.

use tokio::time::timeout;
use zbus::names::OwnedUniqueName;
use zbus::zvariant::DynamicType;
use zbus::{Connection, Message, fdo};

use super::quirks::{self, Quirks};
use super::{ANSWER_TIME, Lack, Presenter, ShowError};
use crate::format::clean;
use crate::notify::desktop::Service;

/// The bus name of notification daemons.
pub(super) const NAME: &str = "org.freedesktop.Notifications";
/// The object that shows popups.
pub(super) const PATH: &str = "/org/freedesktop/Notifications";

/// What a daemon can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Daemon {
    owner: OwnedUniqueName,
    /// Whether it has `actions`; others show a dialogue or nothing when asked for one.
    pub(super) takes_actions: bool,
    /// Whether it has `body-markup`; others show the escapes.
    pub(super) reads_markup: bool,
    /// Whether it has `sound`; others know none of its hints.
    pub(super) plays_sounds: bool,
    /// Whether it knows the hint `image-path`, which came with version 1.2 of the specification; others have the icon alone.
    pub(super) knows_image_path: bool,
    /// What it does its own way.
    pub(super) quirks: Quirks,
}

/// The session bus, connected when needed, and the daemon last met on it.
#[derive(Debug, Default)]
pub(super) struct Bus {
    connection: Option<Connection>,
    daemon: Option<Daemon>,
    /// Whether to ask the daemon again, although it is the same one.
    doubted: bool,
}

impl Bus {
    /// Gives the daemon that owns the name, starting one where the bus can, and whether it is another one than before.
    ///
    /// # Errors
    /// Says whether it is the bus or the daemon that is missing.
    pub(super) async fn daemon(&mut self) -> Result<(Daemon, bool), ShowError> {
        let connection = self.connection().await?;
        let owner = match owner(&connection).await {
            Ok(owner) => owner,
            Err(error) => {
                // The bus itself is gone; the next notice connects again.
                self.connection = None;
                return Err(error);
            }
        };
        let before = self.daemon.as_ref().map(|daemon| daemon.owner.clone());
        if let Some(daemon) = &self.daemon
            && !self.doubted
            && owner == before
        {
            return Ok((daemon.clone(), false));
        }
        let daemon = ask(&connection).await?;
        self.doubted = false;
        let met = before.as_ref() != Some(&daemon.owner);
        Ok((self.daemon.insert(daemon).clone(), met))
    }

    /// Says who the daemon is and what can't be expected of it.
    ///
    /// # Errors
    /// Says whether it is the bus or the daemon that is missing.
    pub(super) async fn presenter(&mut self) -> Result<Presenter, ShowError> {
        let connection = self.connection().await?;
        let (service, _) = introduce(&connection).await?;
        let name = format!("{} {} by {}", service.name, service.version, service.vendor);
        let lacks = [
            ("body", Lack::Body),
            ("actions", Lack::Clicks),
            ("sound", Lack::Sounds),
            ("persistence", Lack::Keeping),
        ];
        let can = |what: &str| service.capabilities.iter().any(|can| can == what);
        let lacks = lacks.into_iter().filter(|(what, _)| !can(what)).map(|(_, lack)| lack).collect();
        Ok(Presenter { name: clean::title(&name), lacks, holds_back: quirks::holds_back(&connection).await })
    }

    /// Takes a popup of the daemon last met away; one that is gone is none that could be shown.
    pub(super) async fn take_away(&self, number: u32) {
        let (Some(connection), Some(daemon)) = (&self.connection, &self.daemon) else { return };
        // By its own name: another daemon's popup of this number is another popup.
        let owner = Some(daemon.owner.as_ref());
        let called = connection.call_method(owner, PATH, Some(NAME), "CloseNotification", &number).await;
        if let Err(error) = called {
            tracing::debug!(%error, number, "a popup was not closed");
        }
    }

    /// Makes the next call ask again what the daemon can do.
    pub(super) fn doubt(&mut self) {
        self.doubted = true;
    }

    async fn connection(&mut self) -> Result<Connection, ShowError> {
        if let Some(connection) = &self.connection {
            return Ok(connection.clone());
        }
        let connection = Connection::session().await.map_err(|_| ShowError::NoBus)?;
        Ok(self.connection.insert(connection).clone())
    }
}

/// Who owns the name at present; nobody is no error.
async fn owner(connection: &Connection) -> Result<Option<OwnedUniqueName>, ShowError> {
    let proxy = fdo::DBusProxy::new(connection).await.map_err(|_| ShowError::NoBus)?;
    let name = NAME.try_into().map_err(|_| ShowError::NoBus)?;
    match proxy.get_name_owner(name).await {
        Ok(owner) => Ok(Some(owner)),
        Err(fdo::Error::NameHasNoOwner(_)) => Ok(None),
        Err(_) => Err(ShowError::NoBus),
    }
}

/// Asks a daemon what it can do, which also starts one where the bus knows how.
async fn ask(connection: &Connection) -> Result<Daemon, ShowError> {
    let (service, owner) = introduce(connection).await?;
    tracing::info!(?service, "met a notification daemon");
    let quirks = quirks::of(&service);
    let can = |what: &str| service.capabilities.iter().any(|can| can == what);
    Ok(Daemon {
        owner: owner.ok_or(ShowError::NoDaemon)?,
        takes_actions: can("actions") && quirks.may_have_actions,
        reads_markup: can("body-markup"),
        plays_sounds: can("sound"),
        knows_image_path: is_since(&service.specification, (1, 2)),
        quirks,
    })
}

/// Whether a version of the specification is this one or a later one.
fn is_since(version: &str, since: (u32, u32)) -> bool {
    let mut numbers = version.split('.').map(|number| number.trim().parse::<u32>());
    matches!((numbers.next(), numbers.next()), (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= since)
}

/// Asks a daemon who it is.
async fn introduce(connection: &Connection) -> Result<(Service, Option<OwnedUniqueName>), ShowError> {
    let reply = call(connection, "GetCapabilities", &()).await?;
    let capabilities: Vec<String> = reply.body().deserialize().map_err(refused)?;
    let owner = reply.header().sender().map(|sender| sender.to_owned().into());
    let reply = call(connection, "GetServerInformation", &()).await?;
    let (name, vendor, version, specification): (String, String, String, String) =
        reply.body().deserialize().map_err(refused)?;
    Ok((Service { name, vendor, version, specification, capabilities }, owner))
}

/// Asks the notification daemon of the session who it is, starting one where the bus can.
///
/// # Errors
/// Says why popups can't be shown.
pub async fn service() -> Result<Service, ShowError> {
    let asked = timeout(ANSWER_TIME, async {
        let connection = Connection::session().await.map_err(|_| ShowError::NoBus)?;
        introduce(&connection).await.map(|(service, _)| service)
    });
    asked.await.unwrap_or(Err(ShowError::TimedOut))
}

async fn call<B>(connection: &Connection, method: &str, body: &B) -> Result<Message, ShowError>
where
    B: serde::Serialize + DynamicType + Sync,
{
    let called = connection.call_method(Some(NAME), PATH, Some(NAME), method, body).await;
    called.map_err(|error| {
        let absent = matches!(&error, zbus::Error::MethodError(name, ..) if is_absence(name));
        if absent { ShowError::NoDaemon } else { refused(error) }
    })
}

/// Whether an error's name says that nobody is there and nobody could be started.
fn is_absence(name: &str) -> bool {
    let Some(name) = name.strip_prefix("org.freedesktop.DBus.Error.") else { return false };
    matches!(name, "ServiceUnknown" | "NameHasNoOwner" | "NoReply" | "Disconnected")
        || name.starts_with("Spawn.")
}

/// An error in the daemon's own words, made fit to be shown.
pub(super) fn refused(error: impl std::fmt::Display) -> ShowError {
    ShowError::Refused(clean::title(&error.to_string()))
}
