//! What goes on in a small workshop: builds, backups, deliveries.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::time::Interval;

use crate::feed::Feed;
use crate::random::Random;

/// Something that happens; `#` in a text becomes the number of the occasion.
struct Occasion {
    user: &'static str,
    action: &'static str,
    target: &'static str,
    message: &'static str,
    priority: &'static str,
    /// The page about it, on a host that belongs to nobody (RFC 2606); empty for none.
    link: &'static str,
}

const OCCASIONS: &[Occasion] = &[
    Occasion {
        user: "Build #",
        action: "passed",
        target: "main",
        message: "All checks passed in 6 min 12 s.",
        priority: "normal",
        link: "https://example.org/builds/#",
    },
    Occasion {
        user: "Build #",
        action: "failed",
        target: "release",
        message: "2 of 148 tests failed.\nThe first is in the date parser.",
        priority: "high",
        link: "https://example.org/builds/#",
    },
    Occasion {
        user: "Backup",
        action: "finished",
        target: "archive",
        message: "Run # copied 1.4 GB; the oldest copy was removed.",
        priority: "low",
        link: "",
    },
    Occasion {
        user: "Deployment",
        action: "went live",
        target: "staging",
        message: "Release # is answering; the old one is drained.",
        priority: "normal",
        link: "https://example.org/releases/#",
    },
    Occasion {
        user: "Certificate renewal",
        action: "renewed",
        target: "mail",
        message: "Good for another 90 days.",
        priority: "low",
        link: "",
    },
    Occasion {
        user: "Stock room",
        action: "ran low on",
        target: "labels",
        message: "Fewer than 20 left; order # was placed.",
        priority: "normal",
        link: "https://example.org/orders/#",
    },
    Occasion {
        user: "Support desk",
        action: "opened",
        target: "ticket #",
        message: "Printing stops after page 3.",
        priority: "high",
        link: "https://example.org/tickets/#",
    },
    Occasion {
        user: "Front door",
        action: "was unlocked",
        target: "entrance",
        message: "By code, at the keypad.",
        priority: "normal",
        link: "",
    },
];

/// Publishes an activity at every tick.
pub(super) async fn run(feed: Arc<Feed>, mut ticks: Interval) {
    let mut random = Random::from_clock();
    for number in 214_u64.. {
        ticks.tick().await;
        if let Some(occasion) = random.pick(OCCASIONS) {
            feed.publish(Some("activity"), &occasion.told(number, Timestamp::now()).to_string());
        }
    }
}

impl Occasion {
    fn told(&self, number: u64, at: Timestamp) -> Value {
        let number = number.to_string();
        let fill = |text: &str| text.replace('#', &number);
        let mut told = json!({
            "user": fill(self.user),
            "action": self.action,
            "target": fill(self.target),
            "title": fill(&format!("{} {} {}", self.user, self.action, self.target)),
            "message": fill(self.message),
            "priority": self.priority,
            "time": format!("{at:.0}"),
        });
        if !self.link.is_empty() {
            told["url"] = fill(self.link).into();
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_who_did_what_to_what_and_when() {
        let told = OCCASIONS[0].told(214, Timestamp::UNIX_EPOCH);
        assert_eq!(told["user"], "Build 214");
        assert_eq!(told["title"], "Build 214 passed main");
        assert_eq!(told["time"], "1970-01-01T00:00:00Z");
        assert_eq!(told["url"], "https://example.org/builds/214");
    }

    #[test]
    fn fills_in_every_number() {
        for occasion in OCCASIONS {
            let told = occasion.told(9, Timestamp::UNIX_EPOCH).to_string();
            assert!(!told.contains('#'), "{told}");
        }
    }
}
