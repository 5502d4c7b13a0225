//! The demo: feeds that the app itself serves, to see what it does before there are feeds of one's own.
//!
//! A demo feed is an ordinary feed whose address begins with `tidings-demo:`. The port of its server is another one at
//! each start, so the address becomes one of http only when it is dialled.

use std::net::Ipv4Addr;

use tidings_demo::{Demo, Options};

use super::desk::Desk;
use super::{Engine, RequestError};
use crate::id::FeedId;
use crate::settings::{Feed, FeedKeep, Icon, Proxy};
use crate::update::FeedView;

/// What the address of a demo feed begins with; its path follows.
const SCHEME: &str = "tidings-demo:";

/// A feed of the demo: where it is, what it is called and stands for it, whether it raises popups, how many events stay.
type Offer = (&'static str, &'static str, &'static str, bool, u64);

/// What is offered. One feed raises popups, about one a minute; the others are for looking at.
const OFFERS: [Offer; 6] = [
    ("/activity", "Workshop", "🛠️", true, 2_000),
    ("/ticker", "Ticker", "📈", false, 20_000),
    ("/metrics", "This machine", "🖥️", false, 10_000),
    ("/progress", "Tasks", "⏳", false, 5_000),
    ("/channels/lobby", "Lobby", "💬", false, 2_000),
    ("/replay", "Parcels", "📦", false, 2_000),
];

/// The server of the demo feeds; there is one for as long as there are such feeds.
#[derive(Debug, Default)]
pub(super) enum Stage {
    /// Nobody wants it.
    #[default]
    Dark,
    /// It plays.
    Lit(Demo),
    /// The system gave it no port; the text is for people.
    Broken(String),
}

/// Whether the app itself serves this address.
pub(super) fn is_demo(address: &str) -> bool {
    path(address).is_some()
}

/// A demo feed at a place where a server could be, to check what else is set of it; any other feed as it is.
pub(super) fn somewhere(feed: &Feed) -> Feed {
    at(feed, "http://127.0.0.1")
}

impl Stage {
    /// Starts or ends the server as the feeds need it.
    pub(super) async fn follow(&mut self, feeds: &[Feed]) {
        if !feeds.iter().any(|feed| is_demo(&feed.url)) {
            *self = Self::Dark;
        } else if !matches!(self, Self::Lit(_)) {
            *self = match Demo::start((Ipv4Addr::LOCALHOST, 0).into(), Options::calm()).await {
                Ok(demo) => Self::Lit(demo),
                Err(error) => Self::Broken(format!(
                    "The demo can't be served: {error}. Remove it, or start Tidings again."
                )),
            };
        }
    }

    /// Gives a feed with the address that is dialled, or says why there is none.
    pub(super) fn dialled(&self, feed: &Feed) -> Result<Feed, String> {
        match self {
            _ if !is_demo(&feed.url) => Ok(feed.clone()),
            Self::Lit(demo) => Ok(at(feed, &demo.base_url())),
            Self::Broken(why) => Err(why.clone()),
            Self::Dark => Err("The demo isn't served. Start Tidings again.".into()),
        }
    }
}

impl Engine {
    /// Subscribes to the demo feeds that aren't there yet.
    ///
    /// # Errors
    /// If the disk refuses; nothing is changed then.
    pub async fn add_demo(&self) -> Result<Vec<FeedView>, RequestError> {
        let inner = &self.inner;
        let mut desk = inner.desk.lock().await;
        let missing: Vec<Feed> = offered().filter(|offer| !has(&desk, &offer.url)).collect();
        desk.save(|settings| settings.feeds.extend(missing))?;
        desk.light().await;
        inner.apply(&desk).await;
        let feeds = desk.settings.feeds.iter().filter(|feed| is_demo(&feed.url));
        Ok(feeds.filter_map(|feed| inner.board.feed(&feed.id)).collect())
    }

    /// Removes all demo feeds with their history and their tiles.
    ///
    /// # Errors
    /// If the disk refuses; what was removed before stays so.
    pub async fn remove_demo(&self) -> Result<(), RequestError> {
        let feeds: Vec<FeedId> = {
            let desk = self.inner.desk.lock().await;
            let demo = desk.settings.feeds.iter().filter(|feed| is_demo(&feed.url));
            demo.map(|feed| feed.id.clone()).collect()
        };
        for feed in feeds {
            match self.remove_feed(&feed).await {
                // Somebody else removed it in the meantime.
                Ok(()) | Err(RequestError::Gone(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn has(desk: &Desk, url: &str) -> bool {
    desk.settings.feeds.iter().any(|feed| feed.url == url)
}

fn offered() -> impl Iterator<Item = Feed> {
    OFFERS.into_iter().map(|(path, name, emoji, notify, events)| Feed {
        icon: Some(Icon::Emoji(emoji.into())),
        notify,
        keep: FeedKeep { events, ..FeedKeep::default() },
        ..Feed::new(FeedId::random(), name, format!("{SCHEME}{path}"))
    })
}

fn path(address: &str) -> Option<&str> {
    address.strip_prefix(SCHEME).filter(|path| path.starts_with('/'))
}

fn at(feed: &Feed, base: &str) -> Feed {
    let mut feed = feed.clone();
    if let Some(path) = path(&feed.url) {
        feed.url = format!("{base}{path}");
        // What is served here is behind no proxy, whatever the system says.
        feed.connection.proxy = Proxy::None;
    }
    feed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offer_is_a_feed_the_demo_serves() {
        for feed in offered() {
            let path = path(&feed.url).unwrap();
            assert!(Demo::feeds().iter().any(|served| served.path == path), "{path}");
        }
    }

    #[tokio::test]
    async fn is_served_for_as_long_as_a_feed_wants_it_and_behind_no_proxy() {
        let (feeds, mut stage) = (offered().collect::<Vec<_>>(), Stage::default());
        assert!(stage.dialled(&feeds[0]).is_err());
        stage.follow(&feeds).await;
        let dialled = stage.dialled(&feeds[1]).unwrap();
        assert!(dialled.url.starts_with("http://127.0.0.1:") && dialled.url.ends_with("/ticker"));
        assert_eq!(dialled.connection.proxy, Proxy::None);
        stage.follow(&feeds[..1]).await;
        assert_eq!(stage.dialled(&feeds[1]).unwrap(), dialled, "another port");
        stage.follow(&[]).await;
        assert!(matches!(stage, Stage::Dark));
    }

    #[test]
    fn other_addresses_are_left_alone() {
        let feed = Feed::new(FeedId::random(), "A", "https://a.test/tidings-demo:/x");
        assert_eq!(Stage::Dark.dialled(&feed).unwrap(), feed);
        assert!(!is_demo("tidings-demo:x") && !is_demo("Tidings-demo"));
    }
}
