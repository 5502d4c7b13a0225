//! nginx in front of the server.

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
        seen: "“Nothing came for 15 s”, twice; then the feed waits longer, and what fills the buffer arrives",
        check: |place| held_back(place).boxed_local(),
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
        assert!(waits(&stage).await.contains("Nothing came for 15 s, not even a sign of life."));
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
    let own = free_port();
    let server = format!(
        "listen 127.0.0.1:{own}; location / {{ {settings} proxy_pass http://127.0.0.1:{port}; proxy_set_header Connection ''; }}"
    );
    Nginx::start(place, own, &server, &[]).await
}
