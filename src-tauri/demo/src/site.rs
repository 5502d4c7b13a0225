//! All feeds of one server, by their paths.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::feed::Feed;
use crate::options::Options;
use crate::tally::Counts;

/// How many channels there can be; whoever asks for one more is refused.
pub(crate) const CHANNELS_LIMIT: usize = 32;

/// Longest name of a channel; names are words.
const CHANNEL_NAME_LIMIT: usize = 64;

/// Events kept for slow listeners where nothing is replayed: a burst, no more.
const FAN_OUT_SLACK: usize = 1024;

/// The ticker's history: 30 s of four symbols ten times a second, so that a drop resumes without a gap.
const TICKER_HISTORY: usize = 30 * 4 * 10;

/// The metrics' history: a minute of one sample a second, older ones tell nobody anything.
const METRICS_HISTORY: usize = 60;

/// All feeds of one server.
#[derive(Debug)]
pub(crate) struct Site {
    fixed: BTreeMap<&'static str, Arc<Feed>>,
    channels: Mutex<BTreeMap<String, Arc<Feed>>>,
    pub(crate) counter_every: Duration,
    pub(crate) keep_alive: Duration,
    pub(crate) read_only: bool,
    pub(crate) stop: CancellationToken,
    reconnection_time: Duration,
    history: usize,
}

/// Why there is no feed at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoFeed {
    /// Nothing has that path.
    Unknown,
    /// One more channel than there can be.
    TooManyChannels,
}

impl Site {
    pub(crate) fn new(options: &Options, stop: CancellationToken) -> Self {
        let with_history = |events| Arc::new(Feed::with_history(events, options.reconnection_time));
        let fixed = BTreeMap::from([
            ("/counter", Arc::new(Feed::counter())),
            ("/broadcast", Arc::new(Feed::fan_out(FAN_OUT_SLACK))),
            ("/replay", with_history(options.history)),
            ("/ticker", with_history(TICKER_HISTORY)),
            ("/metrics", with_history(METRICS_HISTORY)),
            ("/activity", with_history(options.history)),
            ("/progress", with_history(options.history)),
        ]);
        Self {
            fixed,
            channels: Mutex::default(),
            counter_every: options.counter_every,
            keep_alive: options.keep_alive.max(Duration::from_millis(1)),
            read_only: options.read_only,
            stop,
            reconnection_time: options.reconnection_time,
            history: options.history,
        }
    }

    /// Gives the feed at a path; a channel is made when it is first asked for.
    pub(crate) fn feed(&self, path: &str) -> Result<Arc<Feed>, NoFeed> {
        if let Some(feed) = self.fixed.get(path) {
            return Ok(Arc::clone(feed));
        }
        let name = path.strip_prefix("/channels/").filter(|name| is_channel_name(name));
        let name = name.ok_or(NoFeed::Unknown)?;
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feed) = channels.get(name) {
            return Ok(Arc::clone(feed));
        }
        if channels.len() == CHANNELS_LIMIT {
            return Err(NoFeed::TooManyChannels);
        }
        let feed = Arc::new(Feed::with_history(self.history, self.reconnection_time));
        channels.insert(name.to_owned(), Arc::clone(&feed));
        Ok(feed)
    }

    /// Counts every feed, by path.
    pub(crate) fn counts(&self) -> BTreeMap<String, Counts> {
        let fixed = self.fixed.iter().map(|(path, feed)| ((*path).to_owned(), feed.tally.counts()));
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let named = channels.iter().map(|(name, feed)| (format!("/channels/{name}"), feed.tally.counts()));
        fixed.chain(named).collect()
    }
}

fn is_channel_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=CHANNEL_NAME_LIMIT).contains(&name.len()) && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site::new(&Options::quiet(), CancellationToken::new())
    }

    #[test]
    fn every_feed_people_are_offered_is_there() {
        let site = site();
        for feed in crate::Demo::feeds() {
            assert!(site.feed(feed.path).is_ok(), "{}", feed.path);
        }
    }

    #[test]
    fn a_channel_is_the_same_feed_each_time() {
        let site = site();
        let first = site.feed("/channels/news").unwrap();
        assert!(Arc::ptr_eq(&first, &site.feed("/channels/news").unwrap()));
        assert!(!Arc::ptr_eq(&first, &site.feed("/channels/other").unwrap()));
    }

    #[test]
    fn one_channel_too_many_is_refused_and_the_others_stay() {
        let site = site();
        for n in 0..CHANNELS_LIMIT {
            site.feed(&format!("/channels/{n}")).unwrap();
        }
        assert_eq!(site.feed("/channels/more").unwrap_err(), NoFeed::TooManyChannels);
        assert!(site.feed("/channels/0").is_ok());
    }

    #[test]
    fn odd_names_are_no_channels() {
        let site = site();
        for path in ["/", "/channels", "/channels/", "/channels/a/b", "/channels/a%20b", "/channels/ü"] {
            assert_eq!(site.feed(path).unwrap_err(), NoFeed::Unknown, "{path}");
        }
        assert!(site.feed(&format!("/channels/{}", "x".repeat(65))).is_err());
    }
}
