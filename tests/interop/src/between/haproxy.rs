//! HAProxy in front of the server, or of several.

use std::process::Command;

use futures_util::FutureExt as _;
use tempfile::TempDir;

use super::{LIVELY, NEVER, at, cut_when_idle, only_builds, origin, passes};
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Program;
use crate::servers::{instance, redis};
use crate::stage::Stage;

pub(super) const PASSAGES: &[Passage] = &[
    Passage {
        name: "HAProxy",
        happens: "events pass at once",
        seen: "a live feed",
        check: |place| live(place).boxed_local(),
    },
    Passage {
        name: "HAProxy, timeout server 5s",
        happens: "an idle link is cut every 5 s, in the middle of the answer",
        seen: "a feed that goes on; its health lists each end",
        check: |place| idle(place).boxed_local(),
    },
    Passage {
        name: "HAProxy, its one server away",
        happens: "503 until the server is back",
        seen: "“The server has a fault of its own. (503 Service Unavailable)”, then what was missed",
        check: |place| unavailable(place).boxed_local(),
    },
    Passage {
        name: "HAProxy, two instances over one Redis",
        happens: "what is published to one arrives through the other; when ours dies we are led to the other",
        seen: "a feed that goes on, with nothing lost",
        check: |place| moved(place).boxed_local(),
    },
];

/// A running HAProxy.
struct Balancer {
    port: u16,
    _program: Program,
    _folder: TempDir,
}

impl Balancer {
    /// Leads to the first of these ports that answers, and cuts what it doesn't hear of for so many seconds.
    async fn start(place: &Place, ports: &[u16], timeout_seconds: u32) -> Self {
        let port = free_port();
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let servers: String = ports
            .iter()
            .enumerate()
            .map(|(n, port)| {
                let backup = if n > 0 { "backup" } else { "" };
                format!(" server s{n} 127.0.0.1:{port} check inter 200ms fall 2 rise 1 {backup}\n")
            })
            .collect();
        let settings = format!(
            "defaults\n mode http\n timeout connect 2s\n timeout client 1h\n timeout server {timeout_seconds}s\n \
             retries 0\nlisten front\n bind 127.0.0.1:{port}\n{servers}"
        );
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, settings).expect("there is room for a file");
        let mut command = Command::new("haproxy");
        command.arg("-db").arg("-f").arg(file);
        let name = format!("haproxy-{port}");
        let program = Program::start(&name, &mut command, port, &place.installed("logs")).await;
        Self { port, _program: program, _folder: folder }
    }
}

async fn live(place: &Place) {
    let site = origin(place, LIVELY).await;
    let balancer = Balancer::start(place, &[site.port()], 3600).await;
    let mut stage = Stage::open(at("HAProxy", balancer.port)).await;
    passes(&mut stage, &site).await;
    stage.leave().await;
}

async fn idle(place: &Place) {
    let site = origin(place, NEVER).await;
    let balancer = Balancer::start(place, &[site.port()], 5).await;
    let mut stage = Stage::open(at("HAProxy", balancer.port)).await;
    cut_when_idle(&mut stage, &site).await;
    assert!(stage.told().contains("The connection ended in the middle of the answer."), "{}", stage.told());
    stage.leave().await;
}

async fn unavailable(place: &Place) {
    let (redis, _store) = redis(place, "unavailable").await;
    let first = instance(place, redis, free_port()).await;
    let (port, second) = (first.port(), instance(place, redis, free_port()).await);
    let balancer = Balancer::start(place, &[port], 3600).await;
    let mut stage = Stage::open(at("HAProxy", balancer.port)).await;
    stage.publish_until_heard(&second.control).await;
    drop(first);
    stage.publish(&second.control).await;
    stage.told_of("The server has a fault of its own. (503 Service Unavailable)").await;
    stage.publish(&second.control).await;
    let _back = instance(place, redis, port).await;
    stage.whole().await;
    only_builds(&stage);
    stage.leave().await;
}

async fn moved(place: &Place) {
    let (redis, _store) = redis(place, "moved").await;
    let ours = instance(place, redis, free_port()).await;
    let other = instance(place, redis, free_port()).await;
    let balancer = Balancer::start(place, &[ours.port(), other.port()], 3600).await;
    let mut stage = Stage::open(at("HAProxy", balancer.port)).await;
    stage.publish_until_heard(&other.control).await;
    stage.publish(&ours.control).await;
    stage.publish(&other.control).await;
    stage.whole().await;
    drop(ours);
    for _ in 0..10 {
        stage.publish(&other.control).await;
    }
    stage.whole().await;
    stage.publish(&other.control).await;
    stage.whole().await;
    only_builds(&stage);
    stage.leave().await;
}
