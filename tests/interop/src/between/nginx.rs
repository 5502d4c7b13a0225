//! nginx in front of the server.

use std::time::Duration;

use futures_util::FutureExt as _;

use super::{LIVELY, NEVER, SILENCE, a_while, at, cut_when_idle, is_waiting, origin, passes, waits};
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Nginx;
use crate::stage::{Stage, titles};

pub(super) const PASSAGES: &[Passage] = &[
    Passage {
        name: "nginx, proxy_buffering off",
        happens: "events pass at once",
        seen: "a live feed",
        check: |place| live(place, "proxy_http_version 1.1; proxy_buffering off;").boxed_local(),
    },
    Passage {
        name: "nginx, proxy_buffering on",
        happens: "events pass at once, as the server speaks HTTP/1.1 to it",
        seen: "a live feed",
        check: |place| live(place, "proxy_http_version 1.1; proxy_buffering on;").boxed_local(),
    },
    Passage {
        name: "nginx, gzip on, proxy_buffering off",
        happens: "events pass at once: we ask for no compression",
        seen: "a live feed",
        check: |place| live(place, GZIP_AT_ONCE).boxed_local(),
    },
    Passage {
        name: "nginx, gzip on, proxy_buffering on",
        happens: "events pass at once: we ask for no compression, and the server speaks HTTP/1.1 to it",
        seen: "a live feed",
        check: |place| live(place, GZIP).boxed_local(),
    },
    Passage {
        name: "nginx, its defaults",
        happens: "nothing passes, not even headers, until a buffer of some kilobytes is full",
        seen: "“Nothing came for 15 s, not even the start of an answer. If a proxy holds it back, …”, twice; then the feed waits longer, what fills the buffer arrives, and “The server's proxy seems to hold events back. …”",
        check: |place| held_back(place).boxed_local(),
    },
    Passage {
        name: "nginx, its defaults, before a server that speaks all the time",
        happens: "events come some kilobytes at a time, seconds late; then its buffering is turned off",
        seen: "“The server's proxy seems to hold events back. Turn its response buffering off …” in its health, once, until they pass at once",
        check: |place| late(place).boxed_local(),
    },
    Passage {
        name: "nginx, proxy_read_timeout 5s",
        happens: "an idle link is cut every 5 s",
        seen: "a feed that goes on; its health lists each end",
        check: |place| idle(place).boxed_local(),
    },
];

const GZIP_AT_ONCE: &str =
    "gzip on; gzip_types text/event-stream; gzip_min_length 0; proxy_http_version 1.1; proxy_buffering off;";
const GZIP: &str =
    "gzip on; gzip_types text/event-stream; gzip_min_length 0; proxy_http_version 1.1; proxy_buffering on;";

/// Longer than a buffer takes to be full, in seconds.
const PATIENT: u32 = 60;
/// How often the server speaks: a buffer is full after several seconds.
const OFTEN: Duration = Duration::from_millis(150);
/// Four buffers are full long before.
const TOO_MANY: usize = 600;
/// Deliveries that show a proxy which holds nothing back, and one more for the pause after them.
const ENOUGH_THAT_PASS: usize = 4;

/// Events of some eighty bytes, for two buffers of four or eight kilobytes.
const ENOUGH_TO_FILL_IT: usize = 240;

async fn live(place: &Place, settings: &str) {
    let site = origin(place, LIVELY).await;
    let nginx = before(place, site.port(), settings).await;
    let mut stage = Stage::open(at("nginx", nginx.port)).await;
    passes(&mut stage, &site).await;
    stage.leave().await;
}

async fn held_back(place: &Place) {
    let site = origin(place, LIVELY).await;
    let nginx = before(place, site.port(), "").await;
    let mut stage = Stage::open(at("nginx", nginx.port)).await;
    for _ in 0..2 {
        let why = waits(&stage).await;
        assert!(
            why.starts_with("Nothing came for 15 s, not even the start of an answer. If a proxy"),
            "{why}"
        );
        stage.until("it is dialled again", async || (!is_waiting(&stage)).then_some(())).await;
    }
    assert!(stage.told().contains("the server took the request and hasn't answered yet"), "{}", stage.told());
    // Longer than the silence that was set: two of them taught it that this server is a slow one.
    a_while(u64::from(SILENCE) + 5).await;
    for _ in 0..ENOUGH_TO_FILL_IT {
        stage.publish(&site.control).await;
    }
    let arrived = stage
        .until("the buffer's content arrives", async || {
            Some(stage.stored().await).filter(|events| events.len() > ENOUGH_TO_FILL_IT / 3)
        })
        .await;
    assert_eq!(
        titles(&arrived),
        (1..=arrived.len()).map(|n| format!("Build {n} passed")).collect::<Vec<_>>()
    );
    a_while(3).await;
    for _ in 0..ENOUGH_TO_FILL_IT {
        stage.publish(&site.control).await;
    }
    stage.told_of("The server's proxy seems to hold events back.").await;
    stage.leave().await;
}

async fn late(place: &Place) {
    let site = origin(place, LIVELY).await;
    let nginx = before(place, site.port(), "").await;
    let port = nginx.port;
    let mut stage =
        Stage::open(Stage::draft("nginx", &format!("http://127.0.0.1:{port}/events"), PATIENT)).await;
    while stage.remark().is_none() {
        assert!(stage.published().len() < TOO_MANY, "it is not told: {}", stage.told());
        stage.publish(&site.control).await;
        tokio::time::sleep(OFTEN).await;
    }
    assert!(stage.remark().is_some_and(|words| words.contains("seems to hold events back")));
    drop(nginx);
    let _nginx = at_port(place, port, site.port(), "proxy_buffering off;").await;
    stage.publish_until_heard(&site.control).await;
    for _ in 0..ENOUGH_THAT_PASS {
        stage.publish(&site.control).await;
        a_while(2).await;
    }
    stage.whole().await;
    assert_eq!(stage.remark(), None, "{}", stage.told());
    assert_eq!(stage.told().matches("seems to hold events back").count(), 1, "{}", stage.told());
    assert!(stage.popups().iter().all(|title| !title.contains("hold")), "{:?}", stage.popups());
    stage.leave().await;
}

async fn idle(place: &Place) {
    let site = origin(place, NEVER).await;
    let nginx = before(place, site.port(), "proxy_read_timeout 5s; proxy_buffering off;").await;
    let mut stage = Stage::open(at("nginx", nginx.port)).await;
    cut_when_idle(&mut stage, &site).await;
    stage.leave().await;
}

/// Starts an nginx before a port.
async fn before(place: &Place, port: u16, settings: &str) -> Nginx {
    at_port(place, free_port(), port, settings).await
}

/// The same at a port of its own.
async fn at_port(place: &Place, own: u16, port: u16, settings: &str) -> Nginx {
    let server = format!(
        "listen 127.0.0.1:{own}; location / {{ {settings} proxy_pass http://127.0.0.1:{port}; proxy_set_header Connection ''; }}"
    );
    Nginx::start(place, own, &server, &[]).await
}
