//! How fast and how much the feeds send.

use std::time::Duration;

/// How fast and how much the feeds send; a producer with `None` is silent.
///
/// Times under a millisecond count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The counter's time between two events where the request names none.
    pub counter_every: Duration,
    /// The ticker's time between two rounds of its four symbols.
    pub ticker_every: Option<Duration>,
    /// The time between two samples of this machine.
    pub metrics_every: Option<Duration>,
    /// The time between two activities.
    pub activity_every: Option<Duration>,
    /// The time between two steps of a task.
    pub progress_every: Option<Duration>,
    /// The time between two events the demo itself publishes on `/broadcast`, `/replay` and `/channels/lobby`.
    pub notices_every: Option<Duration>,
    /// The silence after which a comment is sent.
    pub keep_alive: Duration,
    /// The reconnection time that feeds with a history ask for.
    pub reconnection_time: Duration,
    /// How many events `/replay`, each channel, `/activity` and `/progress` keep.
    pub history: usize,
    /// Whether feeds can only be read: nothing is published by post, and nobody has a hand on them.
    pub read_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            counter_every: Duration::from_secs(2),
            ticker_every: Some(Duration::from_millis(100)),
            metrics_every: Some(Duration::from_secs(1)),
            activity_every: Some(Duration::from_secs(10)),
            progress_every: Some(Duration::from_millis(500)),
            notices_every: Some(Duration::from_secs(7)),
            keep_alive: Duration::from_secs(15),
            reconnection_time: Duration::from_secs(3),
            history: 1000,
            read_only: false,
        }
    }
}

impl Options {
    /// A pace to look at for an hour: prices move a few times a second, a notice comes now and then.
    pub fn calm() -> Self {
        Self {
            ticker_every: Some(Duration::from_millis(800)),
            activity_every: Some(Duration::from_secs(40)),
            progress_every: Some(Duration::from_secs(1)),
            notices_every: Some(Duration::from_secs(25)),
            reconnection_time: Duration::from_secs(1),
            history: 100,
            read_only: true,
            ..Self::default()
        }
    }

    /// Only the counter speaks by itself; everything else waits for what is published.
    pub fn quiet() -> Self {
        Self {
            ticker_every: None,
            metrics_every: None,
            activity_every: None,
            progress_every: None,
            notices_every: None,
            ..Self::default()
        }
    }
}
