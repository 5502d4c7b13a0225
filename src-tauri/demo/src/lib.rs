//! Servers of Server-Sent Events, one per path, for the demo and for the tests: each real, each able to misbehave on demand.
//!
//! ```no_run
//! # async fn shown() -> std::io::Result<()> {
//! use tidings_demo::{Demo, Ending, Options};
//!
//! let demo = Demo::start(([127, 0, 0, 1], 0).into(), Options::default()).await?;
//! println!("subscribe to {}/replay", demo.base_url());
//! demo.control().drop_all("/replay", Ending::Tear).expect("/replay is one of the feeds");
//! demo.stop().await;
//! # Ok(())
//! # }
//! ```

mod catalogue;
mod control;
mod delivery;
mod feed;
mod frame;
mod gate;
mod log;
mod options;
mod producer;
mod random;
mod routes;
mod server;
mod site;
mod tally;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

pub use catalogue::DemoFeed;
pub use control::{Action, Command, Control, ControlError, Published};
pub use gate::{Answer, Ending};
pub use options::Options;
pub use tally::Counts;

use site::Site;

/// How long `stop` waits before it aborts: longer than the server gives its clients, less than half a second.
const STOP_LIMIT: Duration = Duration::from_millis(400);

/// The running demo servers; dropping it ends them at once.
#[derive(Debug)]
pub struct Demo {
    address: SocketAddr,
    control: Control,
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

impl Demo {
    /// Starts all feeds on `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// Gives the operating system's error when the address can't be bound.
    pub async fn start(address: SocketAddr, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        let site = Arc::new(Site::new(&options, stop.clone()));
        let mut tasks = JoinSet::new();
        producer::start_all(&site, &options, &mut tasks);
        tasks.spawn(server::run(listener, routes::router(Arc::clone(&site)), stop.clone()));
        tracing::info!(%address, "demo servers started");
        Ok(Self { address, control: Control::new(site), stop, tasks })
    }

    /// Lists the feeds a person would subscribe to.
    pub fn feeds() -> &'static [DemoFeed] {
        catalogue::FEEDS
    }

    /// Gives the address that is listened on.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Gives what to put before a feed's path: `http://127.0.0.1:8090`, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Gives the hand on the feeds: publish, drop, pause, refuse, restart, count.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// Ends every stream and every task, within half a second even when clients don't read.
    pub async fn stop(mut self) {
        self.stop.cancel();
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if timeout(STOP_LIMIT, ended).await.is_err() {
            self.tasks.shutdown().await;
        }
    }
}
