//! Watches what makes links doubtful: that the machine slept, and that its network went or came.
//!
//! logind and NetworkManager tell of it on the system bus. Where they don't, as on a machine without them, the gap between
//! the clock that counts sleep and the one that doesn't gives a sleep away, and the network is taken to be there.

mod bus;
mod clocks;

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{self, Instant, MissedTickBehavior};

use crate::connection::Outside;
pub use clocks::slept;

/// How often the clocks are compared: after a wake feeds are to be looked after within seconds, and reading two clocks
/// costs nothing worth saving.
const PACE: Duration = Duration::from_secs(5);
/// A machine that slept less has lost no connection; also far more than two clocks read one after the other differ by.
const SHORTEST_SLEEP: Duration = Duration::from_secs(2);
/// The bus and the clocks tell of the same wake within this time.
const SAME_WAKE: Duration = Duration::from_secs(15);
/// The first dials wait for the bus no longer than this; a bus that answers does so within milliseconds.
const FIRST_NEWS: Duration = Duration::from_millis(500);
/// Sleep and network don't change faster than they are noted.
const MOST_NEWS: usize = 16;

/// Where to look.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The system bus's address; `None` for the system's own or what `DBUS_SYSTEM_BUS_ADDRESS` says.
    pub bus: Option<String>,
    /// Gives how long the machine has slept in all, `None` where that can't be known.
    pub slept: fn() -> Option<Duration>,
    /// How long the first dials wait for the bus.
    pub patience: Duration,
}

impl Default for Sources {
    fn default() -> Self {
        Self { bus: None, slept, patience: FIRST_NEWS }
    }
}

/// What the bus tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    /// The machine woke.
    Woke,
    /// The network is like this.
    Network(Network),
}

/// How far the network reaches, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Network {
    /// At most to the own network.
    Offline,
    /// Beyond it, though not everywhere: a sign-in is due, or a check failed.
    Limited,
    /// Everywhere, or nobody knows.
    Online,
}

/// Starts watching, in `tasks`; returns when it is known how the network is, or patience has ended.
pub async fn watch(sources: Sources, tasks: &mut JoinSet<()>) -> watch::Receiver<Outside> {
    let slept = (sources.slept)();
    let start = Outside { slept: slept.unwrap_or_default(), ..Outside::default() };
    let (outside, receiver) = watch::channel(start);
    let (sender, mut news) = mpsc::channel(MOST_NEWS);
    tasks.spawn(bus::listen(sources.bus, sender));
    let mut watcher = Watcher::new(outside, slept);
    if let Ok(Some(first)) = time::timeout(sources.patience, news.recv()).await {
        watcher.hear(first);
    }
    tasks.spawn(watcher.run(news, sources.slept));
    receiver
}

struct Watcher {
    outside: watch::Sender<Outside>,
    network: Network,
    /// How long the machine had slept when it was last looked.
    slept: Option<Duration>,
    /// When the clocks gave a sleep away that the bus may still tell of.
    by_clocks: Option<Instant>,
}

impl Watcher {
    fn new(outside: watch::Sender<Outside>, slept: Option<Duration>) -> Self {
        Self { outside, network: Network::Online, slept, by_clocks: None }
    }

    async fn run(mut self, mut news: mpsc::Receiver<News>, slept: fn() -> Option<Duration>) {
        let mut ticks = time::interval(PACE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut listening = true;
        loop {
            tokio::select! {
                heard = news.recv(), if listening => match heard {
                    Some(heard) => {
                        self.compare(slept());
                        self.hear(heard);
                    }
                    None => listening = false,
                },
                _ = ticks.tick() => self.compare(slept()),
            }
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            // The clocks are compared before the bus is heard, so only they can be first.
            News::Woke if self.by_clocks.take().is_some_and(|at| at.elapsed() < SAME_WAKE) => {}
            News::Woke => self.wake(),
            News::Network(network) => self.reach(network),
        }
    }

    fn compare(&mut self, slept: Option<Duration>) {
        let (Some(before), Some(slept)) = (self.slept, slept) else { return };
        if slept.saturating_sub(before) >= SHORTEST_SLEEP {
            self.slept = Some(slept);
            self.by_clocks = Some(Instant::now());
            self.outside.send_modify(|outside| outside.slept = slept);
            self.wake();
        }
    }

    fn wake(&mut self) {
        tracing::info!("the machine woke: every feed is dialled again");
        self.outside.send_modify(|outside| outside.shaken += 1);
    }

    fn reach(&mut self, network: Network) {
        let before = std::mem::replace(&mut self.network, network);
        if network == before {
            return;
        }
        tracing::info!(?network, "the network changed");
        self.outside.send_modify(|outside| {
            outside.offline = network == Network::Offline;
            outside.shaken += u64::from(before == Network::Offline);
            outside.better += u64::from(network > before);
        });
    }
}

#[cfg(test)]
mod tests;
