//! nginx in front of the server.

use futures_util::FutureExt as _;

use super::{LIVELY, NEVER, a_while, at, cut_when_idle, origin, passes};
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Nginx;
use crate::stage::Stage;

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
        happens: "events pass at once, compressed",
        seen: "a live feed",
        check: |place| {
            live(place, &format!("{GZIP} proxy_http_version 1.1; proxy_buffering off;")).boxed_local()
        },
    },
    Passage {
        name: "nginx, gzip on, proxy_buffering on",
        happens: "x",
        seen: "x",
        check: |place| {
            look(place, &format!("{GZIP} proxy_http_version 1.1; proxy_buffering on;")).boxed_local()
        },
    },
    Passage {
        name: "nginx, its defaults",
        happens: "x",
        seen: "x",
        check: |place| look(place, "").boxed_local(),
    },
    Passage {
        name: "nginx, proxy_read_timeout 5s",
        happens: "an idle link is cut every 5 s",
        seen: "a feed that goes on; its health lists each end",
        check: |place| idle(place).boxed_local(),
    },
];

const GZIP: &str = "gzip on; gzip_types text/event-stream; gzip_min_length 0;";

async fn live(place: &Place, settings: &str) {
    let site = origin(place, LIVELY).await;
    let nginx = before(place, site.port(), settings).await;
    let mut stage = Stage::open(at("nginx", nginx.port)).await;
    passes(&mut stage, &site).await;
    stage.leave().await;
}

async fn look(place: &Place, settings: &str) {
    let site = origin(place, LIVELY).await;
    let nginx = before(place, site.port(), settings).await;
    let mut stage = Stage::open(at("nginx", nginx.port)).await;
    for _ in 0..50 {
        stage.publish(&site.control).await;
        a_while(1).await;
    }
    eprintln!("{settings}: {:?}\n{:?}\n{}", stage.state(), stage.stored().await.len(), stage.told());
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
    Nginx::start(place, own, &server).await
}
