//! What logind and NetworkManager tell on the system bus
//! (org.freedesktop.login1(5); NetworkManager's D-Bus reference, `NMState` and `NMDeviceState`).

use std::future::ready;
use std::time::Duration;

use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::mpsc;
use tokio::time;
use zbus::fdo::{DBusProxy, PropertiesChanged, PropertiesProxy};
use zbus::names::BusName;
use zbus::proxy::CacheProperties;
use zbus::zvariant::OwnedObjectPath;
use zbus::{Connection, connection};

use super::{Network, News};

/// A bus that isn't there, or went away, is asked for again so often: it rarely comes, and then with a restart.
const AGAIN: Duration = Duration::from_mins(1);
const NETWORK_MANAGER: &str = "org.freedesktop.NetworkManager";
/// The kernel's IPv4 routes, one a line: interface, destination, …, mask, all in hexadecimal.
const ROUTES: &str = "/proc/net/route";

#[zbus::proxy(
    interface = "org.freedesktop.login1.Manager",
    default_service = "org.freedesktop.login1",
    default_path = "/org/freedesktop/login1",
    gen_blocking = false
)]
trait Login {
    #[zbus(signal)]
    fn prepare_for_sleep(&self, start: bool) -> zbus::Result<()>;
}

#[zbus::proxy(
    interface = "org.freedesktop.NetworkManager",
    default_service = "org.freedesktop.NetworkManager",
    default_path = "/org/freedesktop/NetworkManager",
    gen_blocking = false
)]
trait Networking {
    #[zbus(property)]
    fn state(&self) -> zbus::Result<u32>;
    #[zbus(signal, name = "StateChanged")]
    fn told_state(&self, state: u32) -> zbus::Result<()>;
    fn get_device_by_ip_iface(&self, interface: &str) -> zbus::Result<OwnedObjectPath>;
}

#[zbus::proxy(
    interface = "org.freedesktop.NetworkManager.Device",
    default_service = "org.freedesktop.NetworkManager",
    gen_blocking = false
)]
trait Device {
    #[zbus(property)]
    fn managed(&self) -> zbus::Result<bool>;
}

/// Tells what the bus tells for as long as somebody listens. Without a bus it tells that the network is there.
pub(super) async fn listen(address: Option<String>, news: mpsc::Sender<News>) {
    while !news.is_closed() {
        let ended = match connect(address.as_deref()).await {
            Ok(connection) => follow(&connection, &news).await,
            Err(error) => Err(error),
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "the system bus tells nothing of sleep and network");
        }
        if news.send(News::Network(Network::Online)).await.is_err() {
            return;
        }
        time::sleep(AGAIN).await;
    }
}

async fn connect(address: Option<&str>) -> zbus::Result<Connection> {
    let builder = match address {
        Some(address) => connection::Builder::address(address)?,
        None => connection::Builder::system()?,
    };
    builder.build().await
}

/// What the bus says, as it says it.
enum Heard {
    /// The machine wakes, or falls asleep.
    Sleep { falls: bool },
    /// NetworkManager has this state.
    State(u32),
    /// NetworkManager came, or went.
    Owner { is_there: bool },
}

/// Follows both services until the bus goes away or nobody listens.
async fn follow(connection: &Connection, news: &mpsc::Sender<News>) -> zbus::Result<()> {
    let networking =
        NetworkingProxy::builder(connection).cache_properties(CacheProperties::No).build().await?;
    let mut all = hear(connection, &networking).await?;
    let bus = DBusProxy::new(connection).await?;
    let is_there = bus.name_has_owner(BusName::try_from(NETWORK_MANAGER)?).await?;
    let mut next = Some(Ok(Heard::Owner { is_there }));
    while let Some(heard) = next {
        let told = match heard {
            Ok(Heard::Sleep { falls: true }) => None,
            Ok(Heard::Sleep { falls: false }) => Some(News::Woke),
            Ok(Heard::State(state)) => Some(News::Network(reach(&networking, Ok(state)).await)),
            Ok(Heard::Owner { is_there: true }) => {
                Some(News::Network(reach(&networking, networking.state().await).await))
            }
            Ok(Heard::Owner { is_there: false }) => Some(News::Network(Network::Online)),
            Err(error) => {
                tracing::debug!(%error, "the system bus said something odd");
                None
            }
        };
        if let Some(told) = told
            && news.send(told).await.is_err()
        {
            return Ok(());
        }
        next = all.next().await;
    }
    Ok(())
}

/// Asks for every signal there is of sleep and network. All end with the bus.
async fn hear(
    connection: &Connection,
    networking: &NetworkingProxy<'_>,
) -> zbus::Result<impl Stream<Item = zbus::Result<Heard>> + use<>> {
    let login = LoginProxy::builder(connection).cache_properties(CacheProperties::No).build().await?;
    let properties = PropertiesProxy::new(connection, NETWORK_MANAGER, networking.inner().path().to_owned());
    let bus = DBusProxy::new(connection).await?;
    let sleeps = login.receive_prepare_for_sleep().await?;
    let states = networking.receive_told_state().await?;
    let changes = properties.await?.receive_properties_changed().await?;
    let owners = bus.receive_name_owner_changed_with_args(&[(0, NETWORK_MANAGER)]).await?;
    Ok(stream::select_all([
        sleeps.map(|sleep| Ok(Heard::Sleep { falls: sleep.args()?.start })).boxed(),
        states.map(|state| Ok(Heard::State(state.args()?.state))).boxed(),
        changes.filter_map(|change| ready(state_in(&change).transpose())).boxed(),
        owners.map(|owner| Ok(Heard::Owner { is_there: owner.args()?.new_owner().is_some() })).boxed(),
    ]))
}

/// Reads the state out of changed properties, most of which are others.
fn state_in(change: &PropertiesChanged) -> zbus::Result<Option<Heard>> {
    let args = change.args()?;
    let state = args.changed_properties().get("State").map(u32::try_from).transpose()?;
    Ok(state.map(Heard::State))
}

/// Reads a state of NetworkManager; one that can't be read is no reason to stay silent.
async fn reach(networking: &NetworkingProxy<'_>, state: zbus::Result<u32>) -> Network {
    let network = match state {
        Ok(state) => of_state(state),
        Err(error) => {
            tracing::debug!(%error, "NetworkManager does not tell its state");
            Network::Online
        }
    };
    if network == Network::Offline && is_routed_past(networking).await {
        return Network::Online;
    }
    network
}

/// Reads `NMState`.
fn of_state(state: u32) -> Network {
    match state {
        // Asleep, disconnected, disconnecting, connecting, connected to the own network.
        10..=50 => Network::Offline,
        // No way to the internet is known of: behind a sign-in, or where checks are blocked.
        60 => Network::Limited,
        _ => Network::Online,
    }
}

/// Whether the way out goes through an interface that NetworkManager leaves to others: it knows nothing of it then.
async fn is_routed_past(networking: &NetworkingProxy<'_>) -> bool {
    let routes = std::fs::read_to_string(ROUTES).unwrap_or_default();
    for interface in ways_out(&routes) {
        if is_unmanaged(networking, interface).await.unwrap_or(false) {
            tracing::debug!(interface, "NetworkManager is offline, and does not manage the way out");
            return true;
        }
    }
    false
}

async fn is_unmanaged(networking: &NetworkingProxy<'_>, interface: &str) -> zbus::Result<bool> {
    let path = networking.get_device_by_ip_iface(interface).await?;
    let device = DeviceProxy::builder(networking.inner().connection()).path(path)?;
    Ok(!device.cache_properties(CacheProperties::No).build().await?.managed().await?)
}

/// Gives the interfaces of all default routes that are up.
fn ways_out(routes: &str) -> impl Iterator<Item = &str> {
    routes.lines().skip(1).filter_map(|route| {
        let mut fields = route.split_whitespace();
        let (interface, destination) = (fields.next()?, fields.next()?);
        let flags = u32::from_str_radix(fields.nth(1)?, 16).ok()?;
        let mask = fields.nth(3)?;
        let is_default = destination == "00000000" && mask == "00000000";
        (is_default && flags & 1 == 1).then_some(interface)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offline_is_what_reaches_no_further_than_the_own_network() {
        let table =
            [(0, Network::Online), (60, Network::Limited), (70, Network::Online), (99, Network::Online)];
        for (state, network) in table {
            assert_eq!(of_state(state), network, "{state}");
        }
        for state in [10, 20, 30, 40, 50] {
            assert_eq!(of_state(state), Network::Offline, "{state}");
        }
    }

    #[test]
    fn finds_the_ways_out_among_routes() {
        let routes = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
            eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n\
            eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n\
            down\t00000000\t010200C0\t0002\t0\t0\t0\t00000000\t0\t0\t0\n\
            tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n\
            odd\n";
        assert_eq!(ways_out(routes).collect::<Vec<_>>(), ["eth0", "tun0"]);
        assert_eq!(ways_out("").count(), 0);
    }
}
