//! Servers that run in Python.

use std::process::Command;

use futures_util::FutureExt as _;

use super::{behind_a_line, ours, ours_at};
use crate::place::{Place, Source, free_port};
use crate::program::Program;
use crate::subject::{Nature, Site, Subject};

pub(super) const SUBJECTS: &[Subject] = &[
    Subject {
        name: "Flask, queues",
        parts: &[Source::Pip("Flask"), Source::Pip("gunicorn"), Source::Pip("gevent")],
        start: |place| gunicorn(place, "flask_queues", None).boxed(),
        nature: Nature::WHOLE,
    },
    Subject {
        name: "flask-sse",
        parts: &[Source::Pip("Flask-SSE"), Source::Pip("gunicorn"), Source::Apt("redis-server")],
        start: |place| async { behind_a_line(with_redis(place, "flask_sse_app").await).await }.boxed(),
        nature: Nature { resumes: false, keeps_alive: false, keeps_lines: false, ..Nature::WHOLE },
    },
    Subject {
        name: "Redis channels",
        parts: &[Source::Apt("redis-server"), Source::Pip("Flask"), Source::Pip("redis")],
        start: |place| with_redis(place, "redis_channels").boxed(),
        nature: Nature::WHOLE,
    },
    Subject {
        name: "FastAPI",
        parts: &[Source::Pip("fastapi"), Source::Pip("sse-starlette"), Source::Pip("uvicorn")],
        start: |place| {
            ours(place, "fastapi", |port| {
                let mut command = place.python("uvicorn");
                command.args(["--port", &port.to_string(), "fastapi_starlette:app"]);
                command
            })
            .boxed()
        },
        nature: Nature::WHOLE,
    },
    Subject {
        name: "aiohttp",
        parts: &[Source::Pip("aiohttp"), Source::Pip("aiohttp-sse")],
        start: |place| {
            ours(place, "aiohttp", |port| {
                let mut command = place.python("python");
                command.arg("aiohttp_app.py").env("PORT", port.to_string());
                command
            })
            .boxed()
        },
        nature: Nature::WHOLE,
    },
    Subject {
        name: "django-eventstream",
        parts: &[Source::Pip("Django"), Source::Pip("django-eventstream"), Source::Pip("daphne")],
        start: |place| async { behind_a_line(django(place).await).await }.boxed(),
        // Its keep-alive comes every 20 s.
        nature: Nature { keeps_lines: false, silence_seconds: 30, ..Nature::WHOLE },
    },
];

async fn gunicorn(place: &Place, module: &'static str, redis: Option<u16>) -> Site {
    gunicorn_at(place, module, redis, free_port()).await
}

async fn gunicorn_at(place: &Place, module: &'static str, redis: Option<u16>, port: u16) -> Site {
    ours_at(place, module, port, |port| {
        let mut command = place.python("gunicorn");
        command.args(["-k", "gevent", "-b", &format!("127.0.0.1:{port}"), &format!("{module}:app")]);
        if let Some(redis) = redis {
            command.env("REDIS_URL", format!("redis://127.0.0.1:{redis}"));
        }
        command
    })
    .await
}

async fn with_redis(place: &Place, module: &'static str) -> Site {
    let (port, redis) = redis(place, module).await;
    let mut site = gunicorn(place, module, Some(port)).await;
    site.programs.push(redis);
    site
}

/// Starts an instance of the Redis channels at a port.
pub(crate) async fn instance(place: &Place, redis: u16, port: u16) -> Site {
    gunicorn_at(place, "redis_channels", Some(redis), port).await
}

/// Starts a Redis that keeps nothing on the disk.
pub(crate) async fn redis(place: &Place, whose: &str) -> (u16, Program) {
    let port = free_port();
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no"]);
    let name = format!("redis-of-{whose}-{port}");
    (port, Program::start(&name, &mut command, port, &place.installed("logs")).await)
}

async fn django(place: &Place) -> Site {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut site = ours(place, "django", |port| {
        let mut command = place.python("daphne");
        command.args(["-p", &port.to_string(), "django_eventstream_app:app"]);
        command.env("DATABASE", folder.path().join("events.sqlite"));
        command
    })
    .await;
    site.folder = Some(folder);
    site
}
