//! Every recorded server's events, as a person reads them.

use super::*;

/// What most of the recorded servers were made to send.
const USUAL: &[(&str, &str)] = &[("Disk full", "93 % used ✓"), ("Two", "line1\nline2")];

/// The servers that send [`USUAL`], after what comes first.
const USUAL_SERVERS: &[(&str, &[(&str, &str)])] = &[
    ("node-better-sse", &[]),
    ("node-express", &[]),
    ("node-express-sse", &[("welcome", "")]),
    ("node-fastify-sse", &[("connected", "")]),
    ("node-fastify-sse-v2", &[]),
    ("py-aiohttp", &[("hello", "")]),
    ("py-fastapi", &[]),
    ("py-fastapi-native", &[]),
    ("py-flask-docs", &[]),
    ("py-flask-sse", &[]),
    ("rust-actix", &[]),
    ("rust-axum", &[]),
    ("rust-poem", &[]),
    ("rust-rocket", &[]),
    ("rust-warp", &[]),
    ("spring", &[]),
];

/// All others, signs of life included.
const OTHERS: &[(&str, &[(&str, &str)])] = &[
    ("esbuild", &[("Change", "updated: /app.js")]),
    (
        "homeassistant",
        &[
            ("ping", ""),
            ("Doorbell", "Someone is at the door"),
            (
                "Call service",
                "domain: input_boolean\nservice: toggle\nservice data entity id: input_boolean.leak",
            ),
            ("State changed", "entity id: input_boolean.leak\nold state: on\nnew state: off"),
        ],
    ),
    ("mastodon", &[("Notification", "<p>hey</p>"), ("Delete", "5")]),
    ("mercure", &[("Book", "x: 1"), ("typed", "")]),
    ("mercure-earliest", &[("Book", "x: 1"), ("typed", "")]),
    ("nchan", &[("plain", ""), ("a", "b")]),
    ("nchan-multi", &[("plain", ""), ("a", "b")]),
    ("nchan-timeout", &[("plain", ""), ("a", "b")]),
    (
        "node-graphql-yoga",
        &[("Next", "countdown: 2"), ("Next", "countdown: 1"), ("Next", "countdown: 0"), ("Complete", "")],
    ),
    (
        "node-hono",
        &[
            ("Ready", ""),
            USUAL[0],
            USUAL[1],
            ("2026-11-21T02:09:27.592Z", ""),
            ("2026-11-21T02:09:29.094Z", ""),
        ],
    ),
    ("node-webpack-hot", &[("💓", ""), ("💓", "")]),
    (
        "ntfy",
        &[
            ("Open", "topic: alerts"),
            ("Server alert", "Disk full"),
            ("alerts", "**two**\nlines"),
            ("Keepalive", "topic: alerts"),
        ],
    ),
    ("ntfy-poll", &[("Server alert", "Disk full"), ("alerts", "**two**\nlines")]),
    ("pushpin", &[("Stream open", "")]),
    (
        "py-datastar",
        &[
            ("elements <div id=\"n\">Build <b>finished</b>", "elements <i>ok</i></div>"),
            ("signals {\"count\":1}", ""),
            (
                "mode append",
                "selector body\nelements <script data-effect=\"el.remove()\">console.log(1)</script>",
            ),
        ],
    ),
    ("py-django", &[("Stream open", ""), USUAL[0], USUAL[1]]),
    ("py-litestar", &[("Feed", ""), USUAL[0], USUAL[1]]),
    (
        "wikimedia",
        &[
            ("Page 6", "/* History */ fixed \"typo\" – é"),
            ("Page 7", "/* History */ fixed \"typo\" – é"),
            ("Page 8", "/* History */ fixed \"typo\" – é"),
        ],
    ),
];

#[test]
fn every_recorded_server_reads_well() {
    let usual = USUAL_SERVERS.iter().map(|(server, first)| (*server, [*first, USUAL].concat()));
    let others = OTHERS.iter().map(|(server, all)| (*server, all.to_vec()));
    for (server, wanted) in usual.chain(others) {
        let readings: Vec<_> = events(server).iter().map(|event| read(event, "Feed")).collect();
        let said: Vec<_> = readings.iter().map(|read| (read.title.as_str(), read.body.as_str())).collect();
        assert_eq!(said, wanted, "{server}");
    }
}

#[test]
fn every_recording_is_in_the_tables() {
    let known = USUAL_SERVERS.iter().chain(OTHERS).map(|(server, _)| format!("{server}.sse"));
    let known: std::collections::BTreeSet<_> = known.collect();
    let found =
        std::fs::read_dir(FOLDER).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<std::collections::BTreeSet<_>>(), known);
}

#[test]
fn links_and_priorities_of_real_servers_are_found() {
    let first = |server: &str, nth: usize| read(&events(server)[nth], "Feed");
    for (server, nth, link, priority) in [
        ("node-better-sse", 0, Some("https://example.com/d"), Priority::Urgent),
        ("ntfy", 1, Some("https://example.com/x"), Priority::Urgent),
        ("ntfy", 2, None, Priority::Normal),
        ("mastodon", 0, Some("https://m.e/@bob/5"), Priority::Normal),
        ("wikimedia", 0, Some("https://en.wikipedia.org/w/index.php?diff=6&oldid=5"), Priority::Normal),
    ] {
        let reading = first(server, nth);
        assert_eq!((reading.link.as_deref(), reading.priority), (link, priority), "{server}");
    }
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/recordings");

/// The events of a recorded stream, by the plainest reading of the standard that these files need.
fn events(server: &str) -> Vec<Received> {
    let stream = std::fs::read_to_string(format!("{FOLDER}/{server}.sse")).unwrap().replace("\r\n", "\n");
    let blocks = stream.split_inclusive("\n\n").filter(|block| block.ends_with("\n\n"));
    blocks.filter_map(event).collect()
}

fn event(block: &str) -> Option<Received> {
    let field = |name: &str| -> Vec<&str> {
        let fields =
            block.lines().filter_map(|line| line.split_once(':')).filter(|(field, _)| *field == name);
        fields.map(|(_, value)| value.strip_prefix(' ').unwrap_or(value)).collect()
    };
    let data = field("data");
    let event_type = field("event").last().copied().unwrap_or("message");
    (!data.is_empty()).then(|| received(event_type, &data.join("\n")))
}
