//! The feeds as people are offered them.

/// A feed a person can subscribe to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoFeed {
    /// Where it is, from the slash on.
    pub path: &'static str,
    /// A name for a list of feeds.
    pub name: &'static str,
    /// What it sends, in one line.
    pub about: &'static str,
}

pub(crate) const FEEDS: &[DemoFeed] = &[
    DemoFeed {
        path: "/counter",
        name: "Counter",
        about: "Counts, every two seconds or ?every=SECONDS; goes on after Last-Event-ID",
    },
    DemoFeed {
        path: "/broadcast",
        name: "Announcements",
        about: "What is posted to /publish, to whoever listens at that moment; no ids, no history",
    },
    DemoFeed {
        path: "/replay",
        name: "Parcels",
        about: "What is posted to /replay/publish; ids, a history, replay after Last-Event-ID",
    },
    DemoFeed {
        path: "/channels/lobby",
        name: "Lobby",
        about: "One of any number of channels: post to /channels/NAME, each has its own history",
    },
    DemoFeed {
        path: "/ticker",
        name: "Ticker",
        about: "Made-up prices of four symbols, ten rounds a second, type price-update",
    },
    DemoFeed {
        path: "/metrics",
        name: "This machine",
        about: "This machine's CPU, memory, load and network, every second, type system-metrics",
    },
    DemoFeed { path: "/activity", name: "Activity", about: "Builds, backups and deliveries, a few a minute" },
    DemoFeed {
        path: "/progress",
        name: "Progress",
        about: "Tasks from 0 to 100 %, one after another, each under one key",
    },
];

/// Writes the page at `/`.
pub(crate) fn index() -> String {
    let mut page = String::from("Tidings demo feeds\n\n");
    for feed in FEEDS {
        page.push_str(&format!("{:<16}  {}\n", feed.path, feed.about));
    }
    page.push_str(
        "\nPublish: POST a JSON value to /publish, /replay/publish or /channels/NAME; \
         _event names its type.\nControl: GET and POST /control, from this machine only.\n",
    );
    page
}
