//! Networks that break, in a network namespace of our own: two links lead to the server, and one of them is the feed's.

use std::process::{Command, Stdio};

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use rustix::process::geteuid;
use tidings_engine::engine::FeedDraft;

use super::{LIVELY, SILENCE, a_while, only_builds};
use crate::passage::Passage;
use crate::place::Place;
use crate::program::Program;
use crate::stage::Stage;
use crate::subject::Control;

pub(super) const PASSAGES: &[Passage] = &[
    Passage {
        name: "the link goes down for a minute",
        happens: "the silence is noticed, no dial comes through, and the first one afterwards does",
        seen: "“silent for 15 s” in its health, then what was missed; no popup speaks of it",
        check: |_| inside("down"),
    },
    Passage {
        name: "packets vanish for 6 s",
        happens: "nothing: TCP sends them again",
        seen: "a live feed, the events late",
        check: |_| inside("vanish-shortly"),
    },
    Passage {
        name: "packets vanish for 25 s",
        happens: "the silence is noticed, no dial comes through, and the first one afterwards does",
        seen: "“silent for 15 s” in its health, then what was missed; no popup speaks of it",
        check: |_| inside("vanish"),
    },
    Passage {
        name: "a link of 16 kbit/s",
        happens: "events come as fast as the link is",
        seen: "a live feed, the events late, most of them summed up in few popups",
        check: |_| inside("slow"),
    },
];

/// Where the feed finds the server, and where we do.
const FEEDS_LINK: &str = "10.86.0";
const OUR_LINK: &str = "10.86.1";
/// The server's port: nobody else is in its namespace.
const PORT: u16 = 8080;

/// Does a check in a process of its own, which has a network of its own.
fn inside(check: &'static str) -> LocalBoxFuture<'static, ()> {
    async move {
        let ourselves = std::env::current_exe().expect("a program knows where it is");
        let mut command = tokio::process::Command::new("unshare");
        if !geteuid().is_root() {
            command.arg("--map-root-user");
        }
        command.args(["--net", "--"]).arg(ourselves).args(["--inside", check]);
        let output =
            command.stdin(Stdio::null()).env("RUST_BACKTRACE", "0").output().await.expect("unshare is there");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}", words.trim());
    }
    .boxed_local()
}

/// Does one of these checks in this process, whose network is its own.
///
/// # Panics
///
/// Where it doesn't hold.
pub async fn check(name: &str, place: &Place) {
    let mut net = Net::make(place).await;
    match name {
        "down" => net.away(&["ip link set feed down"], &["ip link set feed up"], 60).await,
        "vanish" => net.away(VANISH, COME_BACK, 25).await,
        "vanish-shortly" => net.late(VANISH, COME_BACK, 6).await,
        "slow" => net.slow().await,
        other => panic!("no check is called {other}"),
    }
    net.stage.leave().await;
}

const VANISH: &[&str] = &[
    "nft add table inet gone",
    "nft add chain inet gone in { type filter hook input priority 0; }",
    "nft add chain inet gone out { type filter hook output priority 0; }",
    "nft add rule inet gone in iifname feed drop",
    "nft add rule inet gone out oifname feed drop",
];
const COME_BACK: &[&str] = &["nft delete table inet gone"];

/// Two networks with two links between them.
struct Net {
    stage: Stage,
    control: Control,
    peer: Program,
    _server: Program,
}

impl Net {
    async fn make(place: &Place) -> Self {
        let logs = place.installed("logs");
        let peer =
            Program::spawn("peer", Command::new("unshare").args(["--net", "sleep", "infinity"]), &logs);
        let id = peer.id();
        let of = |id: &str| std::fs::read_link(format!("/proc/{id}/ns/net")).expect("the process is there");
        while of("self") == of(&id.to_string()) {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        run("ip link set lo up");
        for (name, network) in [("feed", FEEDS_LINK), ("ours", OUR_LINK)] {
            run(&format!("ip link add {name} type veth peer name {name} netns {id}"));
            run(&format!("ip address add {network}.1/24 dev {name}"));
            run(&format!("ip link set {name} up"));
            run(&format!("{} ip address add {network}.2/24 dev {name}", at(id)));
            run(&format!("{} ip link set {name} up", at(id)));
        }
        let mut command = Command::new("nsenter");
        command.args(["--target", &id.to_string(), "--net", "node"]);
        command.arg(place.server("node/express-broadcaster.js"));
        command.env("NODE_PATH", place.installed("node/node_modules"));
        command.env("HOST", "0.0.0.0").env("PORT", PORT.to_string());
        command.env("KEEP_ALIVE_MS", LIVELY.to_string());
        let server = Program::spawn("server-behind-links", &mut command, &logs);
        let control = Control::Ours { base: format!("http://{OUR_LINK}.2:{PORT}") };
        let mut stage = Stage::open(draft()).await;
        stage.live().await;
        stage.publish_until_heard(&control).await;
        Self { stage, control, peer, _server: server }
    }

    /// The network is away for longer than the silence.
    async fn away(&mut self, breaks: &[&str], mends: &[&str], seconds: u64) {
        breaks.iter().for_each(|command| run(command));
        self.stage.publish(&self.control).await;
        a_while(seconds).await;
        let told = self.stage.told();
        assert!(told.contains("silent for 15."), "{told}");
        self.stage.publish(&self.control).await;
        mends.iter().for_each(|command| run(command));
        self.stage.whole().await;
        self.stage.publish(&self.control).await;
        self.stage.whole().await;
        only_builds(&self.stage);
        self.holds_nothing_back();
    }

    /// The network is away for less than the silence.
    async fn late(&mut self, breaks: &[&str], mends: &[&str], seconds: u64) {
        let opens = self.stage.opens();
        breaks.iter().for_each(|command| run(command));
        self.stage.publish(&self.control).await;
        a_while(seconds).await;
        mends.iter().for_each(|command| run(command));
        self.stage.whole().await;
        assert_eq!(self.stage.opens(), opens, "{}", self.stage.told());
        self.holds_nothing_back();
    }

    /// Nobody thinks that a proxy keeps events.
    fn holds_nothing_back(&self) {
        assert_eq!(self.stage.remark(), None, "{}", self.stage.told());
    }

    async fn slow(&mut self) {
        let opens = self.stage.opens();
        let shape = "tc qdisc add dev feed root tbf rate 16kbit burst 2000 latency 30s";
        run(&format!("{} {shape}", at(self.peer.id())));
        for _ in 0..60 {
            self.stage.publish(&self.control).await;
        }
        self.stage.whole().await;
        assert_eq!(self.stage.opens(), opens, "{}", self.stage.told());
        self.holds_nothing_back();
    }
}

fn draft() -> FeedDraft {
    Stage::draft("far away", &format!("http://{FEEDS_LINK}.2:{PORT}/events"), SILENCE)
}

/// The beginning of a command that works in the network of a process.
fn at(id: u32) -> String {
    format!("nsenter --target {id} --net")
}

fn run(line: &str) {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().expect("a command has a name"));
    let output = command.args(words).output().expect("the system's tools for networks are there");
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}
