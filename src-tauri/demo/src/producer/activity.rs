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
}

const OCCASIONS: &[Occasion] = &[
    Occasion {
        user: "Build #",
        action: "passed",
        target: "main",
        message: "All checks passed in 6 min 12 s.",
    },
    Occasion {
        user: "Build #",
        action: "failed",
        target: "release",
        message: "2 of 148 tests failed.\nThe first is in the date parser.",
    },
    Occasion {
        user: "Backup",
        action: "finished",
        target: "archive",
        message: "Run # copied 1.4 GB; the oldest copy was removed.",
    },
    Occasion {
        user: "Deployment",
        action: "went live",
        target: "staging",
        message: "Release # is answering; the old one is drained.",
    },
    Occasion {
        user: "Certificate renewal",
        action: "renewed",
        target: "mail",
        message: "Good for another 90 days.",
    },
    Occasion {
        user: "Stock room",
        action: "ran low on",
        target: "labels",
        message: "Fewer than 20 left; order # was placed.",
    },
    Occasion {
        user: "Support desk",
        action: "opened",
        target: "ticket #",
        message: "Printing stops after page 3.",
    },
    Occasion {
        user: "Front door",
        action: "was unlocked",
        target: "entrance",
        message: "By code, at the keypad.",
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
        json!({
            "user": fill(self.user),
            "action": self.action,
            "target": fill(self.target),
            "title": fill(&format!("{} {} {}", self.user, self.action, self.target)),
            "message": fill(self.message),
            "time": format!("{at:.0}"),
        })
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
    }

    #[test]
    fn fills_in_every_number() {
        for occasion in OCCASIONS {
            let told = occasion.told(9, Timestamp::UNIX_EPOCH).to_string();
            assert!(!told.contains('#'), "{told}");
        }
    }
}
