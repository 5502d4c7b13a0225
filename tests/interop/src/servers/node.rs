//! Servers that run in Node.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use super::ours;
use crate::place::{Place, Source};
use crate::subject::{Nature, Site, Subject};

pub(super) const SUBJECTS: &[Subject] = &[
    Subject {
        name: "Express",
        parts: &[Source::Npm("express")],
        start: |place| broadcaster(place, 4000).boxed(),
        nature: Nature::WHOLE,
    },
    Subject {
        name: "better-sse",
        parts: &[Source::Npm("better-sse"), Source::Npm("express")],
        start: |place| node(place, "better-sse").boxed(),
        nature: Nature { keeps_lines: false, ..Nature::WHOLE },
    },
    Subject {
        name: "Fastify",
        parts: &[Source::Npm("fastify"), Source::Npm("@fastify/sse")],
        start: |place| node(place, "fastify").boxed(),
        nature: Nature::WHOLE,
    },
];

/// Starts the broadcaster, with a keep-alive every so many milliseconds.
pub(crate) async fn broadcaster(place: &Place, keep_alive_ms: u32) -> Site {
    ours(place, "express-broadcaster", |port| {
        let mut command = place.node("express-broadcaster.js");
        command.env("PORT", port.to_string()).env("KEEP_ALIVE_MS", keep_alive_ms.to_string());
        command
    })
    .await
}

/// Starts the ticker.
pub(crate) async fn ticker(place: &Place) -> Site {
    node(place, "express-ticker").await
}

fn node<'a>(place: &'a Place, name: &'static str) -> BoxFuture<'a, Site> {
    ours(place, name, move |port| {
        let mut command = place.node(&format!("{name}.js"));
        command.env("PORT", port.to_string());
        command
    })
    .boxed()
}
