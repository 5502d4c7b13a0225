//! A report for whoever helps: how things stand, without anything that is a person's own.

use std::fmt::Write as _;

use url::Url;

use super::Engine;
use super::desk::AtHand;
use crate::clock;
use crate::health::{FeedHealth, What, words};
use crate::notify;
use crate::secrets::Secrets;
use crate::settings::Feed;
use crate::update::{FeedState, Part};

/// Happenings told of each feed: what led to how it stands.
const HAPPENINGS: usize = 20;
/// A report that is pasted somewhere stays readable.
const MOST_FEEDS: usize = 50;

impl Engine {
    /// Gives a report in plain text that can be shown to anybody: feeds have numbers and hosts, no names and paths; it holds
    /// no secret and nothing of any event.
    pub async fn diagnostics(&self) -> String {
        let daemon = match notify::service().await {
            Ok(service) => {
                let able = service.capabilities.join(", ");
                format!("{} {} by {} ({able})", service.name, service.version, service.vendor)
            }
            Err(error) => error.to_string(),
        };
        let snapshot = self.attach().snapshot;
        let problem = |part: Part| {
            let problem = snapshot.problems.iter().find(|problem| problem.part == part);
            problem.map_or("no trouble known", |problem| problem.message.as_str())
        };
        let mut text = surroundings();
        let _ = writeln!(text, "Notification service: {daemon}");
        for (part, name) in [
            (Part::Notifications, "Notifications"),
            (Part::Keyring, "Keyring"),
            (Part::Settings, "Settings"),
            (Part::History, "History"),
        ] {
            let _ = writeln!(text, "{name}: {}", problem(part));
        }
        let desk = self.inner.desk.lock().await;
        let feeds = &desk.settings.feeds;
        let _ = writeln!(text, "Feeds: {}{}", feeds.len(), if snapshot.paused { ", all paused" } else { "" });
        for (number, feed) in feeds.iter().enumerate().take(MOST_FEEDS) {
            let state = snapshot.feeds.iter().find(|view| view.id == feed.id).map(|view| &view.state);
            text.push_str(&about(number + 1, feed, state, self.health(&feed.id).ok().as_ref()));
        }
        if feeds.len() > MOST_FEEDS {
            let _ = writeln!(text, "\n… and {} feeds more", feeds.len() - MOST_FEEDS);
        }
        let secrets = desk.at_hand.values().filter_map(|at_hand| match at_hand {
            AtHand::Here(secrets, _) => Some(secrets),
            AtHand::Asked | AtHand::Trouble(_) => None,
        });
        redacted(&text, secrets)
    }
}

fn surroundings() -> String {
    let system = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let of = |variable: &str| std::env::var(variable).unwrap_or_else(|_| "unknown".into());
    format!(
        "Tidings {}, {}\nSystem: {} ({} {})\nDesktop: {} ({})\n",
        env!("CARGO_PKG_VERSION"),
        clock::said(clock::now_ms()),
        name.unwrap_or("unknown").trim_matches('"'),
        std::env::consts::OS,
        std::env::consts::ARCH,
        of("XDG_CURRENT_DESKTOP"),
        of("XDG_SESSION_TYPE"),
    )
}

fn about(number: usize, feed: &Feed, state: Option<&FeedState>, health: Option<&FeedHealth>) -> String {
    let mut text = format!("\nFeed {number}: {}\n", host(&feed.url));
    if let Some(state) = state {
        let _ = writeln!(text, "  {}", words::state(state, None));
    }
    let Some(health) = health else { return text };
    let _ = writeln!(text, "  {}", words::counts(health));
    if let Some(remark) = words::remark(health) {
        let _ = writeln!(text, "  {remark}");
    }
    let held = health.happenings.len().saturating_sub(HAPPENINGS);
    for happening in health.happenings.iter().skip(held) {
        let _ = writeln!(text, "  {}  {}", clock::said(happening.at_ms), without_ids(&happening.what));
    }
    text
}

/// What happened; an id is a part of an event.
fn without_ids(what: &What) -> String {
    match what {
        What::Dialled { resumed_from: Some(_) } => "dialled, to resume after the last event ID".into(),
        What::Dialled { resumed_from: None }
        | What::Accepted
        | What::Opened { .. }
        | What::Silent { .. }
        | What::Refused { .. }
        | What::Ended { .. }
        | What::Asked { .. }
        | What::Offline { .. }
        | What::Woken { .. }
        | What::Waiting { .. }
        | What::Stopped { .. }
        | What::Oversized { .. }
        | What::ReconnectionTime { .. }
        | What::HeldBack
        | What::PassesAgain
        | What::GapSuspected { .. }
        | What::Left
        | What::Panicked { .. } => words::happening(what),
    }
}

/// Where a feed's server is, and no more of its address.
fn host(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return "an address that can't be read".into() };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}", url.scheme(), url.host_str().unwrap_or("?"))
}

/// Takes out the secrets at hand, and of each address all but its server.
fn redacted<'a>(text: &str, secrets: impl Iterator<Item = &'a Secrets>) -> String {
    let text = secrets.fold(text.to_owned(), |text, secrets| secrets.hide(&text));
    text.lines().map(without_addresses).collect::<Vec<_>>().join("\n") + "\n"
}

fn without_addresses(line: &str) -> String {
    let mut cut = String::with_capacity(line.len());
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 {
            cut.push(' ');
        }
        match word.find("http://").or_else(|| word.find("https://")) {
            Some(start) => {
                let (before, address) = word.split_at(start);
                cut.push_str(before);
                cut.push_str(&host(address));
                if word.ends_with([',', '.', ')', '”']) {
                    cut.extend(word.chars().last());
                }
            }
            None => cut.push_str(word),
        }
    }
    cut.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::Happening;
    use crate::id::FeedId;

    #[test]
    fn of_an_address_only_the_server_is_told() {
        let table = [
            ("see https://user:pw@example.org:8443/private?token=abc.", "see https://example.org:8443."),
            ("(http://example.org/a/b)", "(http://example.org)"),
            ("https://", "an address that can't be read"),
            ("no address", "no address"),
            ("an\u{1b}escape", "an\u{fffd}escape"),
        ];
        for (line, told) in table {
            assert_eq!(without_addresses(line), told);
        }
    }

    #[test]
    fn secrets_and_ids_of_events_are_taken_out() {
        let mut health = FeedHealth::begin(0);
        let resumed = What::Dialled { resumed_from: Some("event-0815".into()) };
        health.add(Happening { at_ms: 0, what: resumed });
        let why = "The server says hunter2 at https://example.org/private/hunter3".to_owned();
        health.add(Happening { at_ms: 1, what: What::Refused { why } });
        let feed = Feed::new(FeedId::from_text("a"), "My doctor", "https://example.org/private?key=***");
        let secrets = Secrets {
            sign_in: Some("hunter2".to_owned().into()),
            proxy: Some("id".to_owned().into()),
            ..Secrets::default()
        };
        let text = redacted(&about(1, &feed, None, Some(&health)), [&secrets].into_iter());
        assert!(text.contains("Feed 1: https://example.org\n"), "{text}");
        assert!(text.contains("refused: The server says *** at https://example.org\n"), "{text}");
        for private in ["hunter", "0815", "private", "doctor", "key="] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }
}
