//! What speaks by itself: each producer fills one feed at its own pace.

mod activity;
mod metrics;
mod notices;
mod progress;
mod ticker;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Interval, MissedTickBehavior, interval_at};

use crate::feed::Feed;
use crate::options::Options;
use crate::site::Site;

/// Starts every producer that has a pace.
pub(crate) fn start_all(site: &Arc<Site>, options: &Options, tasks: &mut JoinSet<()>) {
    let mut start = Start { site, tasks };
    start.one("/ticker", options.ticker_every, ticker::run);
    start.one("/metrics", options.metrics_every, metrics::run);
    start.one("/activity", options.activity_every, activity::run);
    start.one("/progress", options.progress_every, progress::run);
    start.one("/broadcast", options.notices_every, notices::announce);
    start.one("/replay", options.notices_every, notices::track_parcels);
    start.one("/channels/lobby", options.notices_every, notices::watch_lobby);
}

struct Start<'a> {
    site: &'a Arc<Site>,
    tasks: &'a mut JoinSet<()>,
}

impl Start<'_> {
    fn one<F>(&mut self, path: &str, every: Option<Duration>, run: impl FnOnce(Arc<Feed>, Interval) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (Some(every), Ok(feed)) = (every, self.site.feed(path)) else { return };
        let running = run(feed, ticks(every));
        let stop = self.site.stop.clone();
        self.tasks.spawn(async move {
            stop.run_until_cancelled(running).await;
        });
    }
}

/// The first events come no later than this: whoever has just subscribed looks whether something comes.
const FIRST: Duration = Duration::from_secs(3);

/// Ticks first when there was time to subscribe, and after a pause only once.
fn ticks(every: Duration) -> Interval {
    let every = every.max(Duration::from_millis(1));
    let mut ticks = interval_at(tokio::time::Instant::now() + every.min(FIRST), every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}
