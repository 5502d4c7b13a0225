//! What Tidings can't change: the clock, the network, and what feeds wait for.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tidings_engine::settings::{Feed, Proxy, Settings};
use tidings_engine::update::FeedState;
use tidings_engine::wake::{self, Sources};
use tidings_engine::{clock as wall_clock, health::Standing};
use tokio::net::lookup_host;
use tokio::task::JoinSet;
use tokio::time::timeout;
use url::Url;

use super::finding::Finding;
use crate::moment;
use crate::profile::Profile;

/// This program is no older, and nobody runs it after…
const FIRST_YEAR: i16 = 2026;
/// …this year.
const LAST_YEAR: i16 = 2100;
/// An event that arrived so much later than now, in milliseconds, was dated by another clock: a day, so that no time zone
/// set wrongly counts.
const AHEAD_MS: i64 = 86_400_000;
/// A name that takes longer to find is as good as not found.
const LOOKUP_TIME: Duration = Duration::from_secs(5);
/// More names than these say nothing more of a network.
const MOST_HOSTS: usize = 20;

/// Compares the clock with the calendar and with the history.
pub(super) async fn clock(profile: &Profile) -> Finding {
    let now_ms = wall_clock::now_ms();
    let newest = match profile.history() {
        Ok(Some(history)) => history.extent().await.ok().and_then(|extent| extent.newest_at_ms),
        Ok(None) | Err(_) => None,
    };
    clock_at(now_ms, newest)
}

fn clock_at(now_ms: i64, newest_at_ms: Option<i64>) -> Finding {
    const ABOUT: &str = "Clock";
    const MEND: &str = "Set the clock, or switch on its setting by the network.";
    let said = moment::said(now_ms);
    let year = Timestamp::from_millisecond(now_ms).map_or(0, |now| now.to_zoned(TimeZone::UTC).year());
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Finding::trouble(ABOUT, format!("it says {said}, which can't be.")).mended_by(MEND);
    }
    match newest_at_ms.filter(|newest| *newest > now_ms.saturating_add(AHEAD_MS)) {
        Some(newest) => {
            let said =
                format!("it says {said}, but the newest event is of {}: it jumped.", moment::said(newest));
            Finding::trouble(ABOUT, said).mended_by(MEND)
        }
        None => Finding::fine(ABOUT, format!("{said}.")),
    }
}

/// Asks whether there is a network, and whether the feeds' servers have addresses.
pub(super) async fn network(settings: &Settings) -> Vec<Finding> {
    const ABOUT: &str = "Network";
    let mut tasks = JoinSet::new();
    let offline = wake::watch(Sources::default(), &mut tasks).await.borrow().offline;
    tasks.shutdown().await;
    if offline {
        return vec![
            Finding::trouble(ABOUT, "this machine is offline.")
                .mended_by("Connect it; feeds are dialled again by themselves."),
        ];
    }
    let hosts = hosts(settings);
    let mut lookups = JoinSet::new();
    for (host, names) in hosts.into_iter().take(MOST_HOSTS) {
        lookups.spawn(async move {
            let found = timeout(LOOKUP_TIME, lookup_host((host.as_str(), 443))).await;
            let found = found.is_ok_and(|found| found.is_ok_and(|mut addresses| addresses.next().is_some()));
            (!found).then_some((host, names))
        });
    }
    let mut lost: Vec<_> = lookups.join_all().await.into_iter().flatten().collect();
    if lost.is_empty() {
        return vec![Finding::fine(ABOUT, "it is there, and so are the feeds' servers by name.")];
    }
    lost.sort();
    let told = lost.into_iter().map(|(host, feeds)| {
        let feeds: Vec<_> = feeds.into_iter().collect();
        Finding::trouble(ABOUT, format!("the server {host} of {} is not found by name.", feeds.join(", ")))
            .mended_by("Check the address, or the network's name service.")
    });
    told.collect()
}

/// The servers whose names this machine has to find itself, each with the feeds that need it.
fn hosts(settings: &Settings) -> BTreeMap<String, BTreeSet<String>> {
    let mut hosts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for feed in settings.feeds.iter().filter(|feed| feed.enabled && !is_proxied(feed)) {
        let host = Url::parse(&feed.url).ok().and_then(|url| url.domain().map(str::to_owned));
        if let Some(host) = host {
            hosts.entry(host).or_default().insert(feed.name.clone());
        }
    }
    hosts
}

/// Whether a proxy may look for the server instead.
fn is_proxied(feed: &Feed) -> bool {
    const VARIABLES: [&str; 6] =
        ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    match feed.connection.proxy {
        Proxy::System => VARIABLES.iter().any(|name| std::env::var_os(name).is_some()),
        Proxy::None => false,
        Proxy::Url { .. } => true,
    }
}

/// Tells which feeds wait for a person, as it was last known.
pub(super) async fn feeds(profile: &Profile, settings: &Settings) -> Vec<Finding> {
    const ABOUT: &str = "Feed";
    let records = match profile.history() {
        Ok(Some(history)) => history.records().await.unwrap_or_default(),
        Ok(None) | Err(_) => return Vec::new(),
    };
    let enabled = settings.feeds.iter().filter(|feed| feed.enabled && !settings.paused);
    let told = enabled.filter_map(|feed| {
        let Standing { state, .. } = records.get(&feed.id)?.standing.as_ref()?;
        match state {
            FeedState::NeedsPerson { why } => {
                Some(Finding::trouble(ABOUT, format!("{} needs you: {}", feed.name, why.message)))
            }
            FeedState::StoppedByServer { why } => Some(Finding::note(
                ABOUT,
                format!("{} was stopped by its server: {}", feed.name, why.message),
            )),
            FeedState::Connecting
            | FeedState::Live { .. }
            | FeedState::Waiting { .. }
            | FeedState::Offline
            | FeedState::Paused
            | FeedState::Disabled => None,
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::Verdict;
    use super::*;

    #[test]
    fn a_clock_that_cannot_be_right_is_trouble() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
        let now = at("2026-11-21T12:00:00Z");
        let table = [
            (now, None, Verdict::Fine),
            (now, Some(now + 3_600_000), Verdict::Fine),
            (now, Some(at("2027-06-01T00:00:00Z")), Verdict::Trouble),
            (0, None, Verdict::Trouble),
            (at("2199-01-01T00:00:00Z"), None, Verdict::Trouble),
            (i64::MAX, Some(i64::MAX), Verdict::Trouble),
        ];
        for (now_ms, newest, verdict) in table {
            assert_eq!(clock_at(now_ms, newest).verdict, verdict, "{now_ms} {newest:?}");
        }
    }
}
