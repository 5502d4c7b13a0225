//! A little talk for the feeds that otherwise wait for someone to publish.

use std::sync::Arc;

use serde_json::json;
use tokio::time::Interval;

use crate::feed::Feed;

const ANNOUNCEMENTS: [(&str, &str); 3] = [
    ("Lift 2 is back", "The repair is done; it stops at every floor again."),
    ("Quiet hour", "The reading room closes its windows from two to three."),
    ("Lunch", "Soup and bread, until it is gone."),
];

const STAGES: [&str; 4] = ["was collected", "left the warehouse", "is on the van", "was delivered"];

const LOBBY: [&str; 3] = [
    "Anyone for a walk at four?",
    "The projector is free again.",
    "Someone left an umbrella\nat the front desk.",
];

/// Announces something to whoever listens, at every tick.
pub(super) async fn announce(feed: Arc<Feed>, mut ticks: Interval) {
    for (title, message) in ANNOUNCEMENTS.iter().cycle() {
        ticks.tick().await;
        feed.publish(Some("announcement"), &json!({ "title": title, "message": message }).to_string());
    }
}

/// Moves a parcel a stage on, at every tick.
pub(super) async fn track_parcels(feed: Arc<Feed>, mut ticks: Interval) {
    for parcel in 118_u64.. {
        for stage in STAGES {
            ticks.tick().await;
            let told = json!({ "title": format!("Parcel {parcel}"), "message": format!("It {stage}.") });
            feed.publish(None, &told.to_string());
        }
    }
}

/// Says something in the lobby, at every tick, in plain text.
pub(super) async fn watch_lobby(feed: Arc<Feed>, mut ticks: Interval) {
    for line in LOBBY.iter().cycle() {
        ticks.tick().await;
        feed.publish(None, line);
    }
}
