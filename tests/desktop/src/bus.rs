//! A session bus of its own, which starts nothing by itself: who is on it was put there.

use std::time::Duration;

use zbus::Connection;
use zbus::fdo::DBusProxy;
use zbus::names::BusName;

use crate::process::Process;
use crate::session::Session;
use crate::trouble::Trouble;
use crate::wait::until;

/// A daemon takes its name within a second of its start; a machine at full load takes its time.
const OWNER_LIMIT: Duration = Duration::from_secs(20);

/// The bus, and a connection to it.
#[derive(Debug)]
pub(crate) struct Bus {
    address: String,
    connection: Connection,
    _daemon: Process,
}

impl Bus {
    pub(crate) async fn start(session: &mut Session) -> Result<Self, Trouble> {
        let configuration = session.folder().join("bus.conf");
        let socket = session.folder().join("run/bus");
        std::fs::write(&configuration, configured(&socket.display().to_string()))
            .map_err(Trouble::refused("writing the bus's configuration"))?;
        let configuration = format!("--config-file={}", configuration.display());
        let arguments = [configuration.as_str(), "--print-address=1", "--nofork", "--nopidfile"];
        let (daemon, address) = Process::start_and_hear(session, "dbus-daemon", &arguments).await?;
        session.set("DBUS_SESSION_BUS_ADDRESS", &address);
        let connection = connect(&address).await?;
        Ok(Self { address, connection, _daemon: daemon })
    }

    /// Gives the harness's own connection.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Opens another one.
    pub(crate) async fn connect(&self) -> Result<Connection, Trouble> {
        connect(&self.address).await
    }

    /// Waits until somebody has taken a name.
    pub(crate) async fn owned(&self, name: &str) -> Result<(), Trouble> {
        let bus = DBusProxy::new(&self.connection).await?;
        let owned = async || {
            let name = BusName::try_from(name).ok()?;
            bus.name_has_owner(name).await.ok()?.then_some(())
        };
        until(&format!("somebody on the bus is {name}"), OWNER_LIMIT, owned).await
    }
}

async fn connect(address: &str) -> Result<Connection, Trouble> {
    Ok(zbus::connection::Builder::address(address)?.build().await?)
}

/// Without a folder of services the bus can't start the machine's own daemons; who asks may listen to everything.
fn configured(socket: &str) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#
    )
}
