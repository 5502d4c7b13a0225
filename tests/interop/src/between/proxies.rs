//! Proxies that lead out of a network, with and without sign-in.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use futures_util::FutureExt as _;
use tempfile::TempDir;
use tidings_engine::engine::{ConnectionDraft, FeedDraft, ProxyDraft};

use super::tls::secured;
use super::{LIVELY, at, only_builds, origin, passes, waits};
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Program;
use crate::stage::Stage;

/// The password that every proxy here wants, where it wants one.
const PASSWORD: &str = "hush-11c0";

pub(super) const PASSAGES: &[Passage] = &[
    Passage {
        name: "tinyproxy",
        happens: "events pass at once, over http and through its tunnel over https",
        seen: "a live feed; “waits” while the proxy is away",
        check: |place| open(place, tinyproxy).boxed_local(),
    },
    Passage {
        name: "tinyproxy, with sign-in",
        happens: "the same with the right password; 407 without one, 401 with the wrong one",
        seen: "“The proxy wants a sign-in.”, or “The server wants a sign-in”",
        check: |place| {
            closed(
                place,
                tinyproxy,
                [
                    "The proxy wants a sign-in. (407",
                    "The server wants a sign-in, or did not accept the one given. (401",
                ],
            )
            .boxed_local()
        },
    },
    Passage {
        name: "squid",
        happens: "events pass at once, over http and through its tunnel over https",
        seen: "a live feed; “waits” while the proxy is away",
        check: |place| open(place, squid).boxed_local(),
    },
    Passage {
        name: "squid, with sign-in",
        happens: "the same with the right password; 407 without",
        seen: "“The proxy wants a sign-in. (407 Proxy Authentication Required)”",
        check: |place| closed(place, squid, ["The proxy wants a sign-in. (407"; 2]).boxed_local(),
    },
    Passage {
        name: "microsocks (SOCKS5)",
        happens: "events pass at once, over http and https",
        seen: "a live feed; “waits” while the proxy is away",
        check: |place| open(place, microsocks).boxed_local(),
    },
    Passage {
        name: "microsocks, with sign-in",
        happens: "the same with the right password; the wrong one is refused",
        seen: "“The proxy did not let the connection through. Check its address and sign-in”",
        check: |place| {
            closed(place, microsocks, ["The proxy did not let the connection through."; 2]).boxed_local()
        },
    },
];

/// A proxy that is to be started: its command, and what its addresses begin with.
struct Kind {
    command: Command,
    scheme: &'static str,
}

/// Says how a proxy is started at a port; its files may lie in the folder.
type Prepare = fn(port: u16, folder: &TempDir, wants_sign_in: bool) -> Kind;

struct Proxy {
    address: String,
    _program: Program,
    _folder: TempDir,
}

impl Proxy {
    async fn start(place: &Place, prepare: Prepare, wants_sign_in: bool) -> Self {
        let (port, folder) = (free_port(), tempfile::tempdir().expect("there is room for a folder"));
        let mut kind = prepare(port, &folder, wants_sign_in);
        let name = format!("proxy-{port}");
        let program = Program::start(&name, &mut kind.command, port, &place.installed("logs")).await;
        Self { address: format!("{}://127.0.0.1:{port}", kind.scheme), _program: program, _folder: folder }
    }

    /// A draft that goes through it.
    fn lead(&self, draft: FeedDraft, password: Option<&str>) -> FeedDraft {
        let proxy = ProxyDraft::Url {
            url: self.address.clone(),
            username: password.map(|_| "me".to_owned()).unwrap_or_default(),
            password: password.map(Into::into),
        };
        let connection = draft.connection.map(|connection| ConnectionDraft { proxy, ..connection });
        FeedDraft { connection, ..draft }
    }
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let file = folder.path().join(name);
    std::fs::write(&file, text).expect("there is room for a file");
    file.to_string_lossy().into_owned()
}

fn tinyproxy(port: u16, folder: &TempDir, wants_sign_in: bool) -> Kind {
    let sign_in = if wants_sign_in { format!("BasicAuth me {PASSWORD}\n") } else { String::new() };
    let settings = format!("Port {port}\nListen 127.0.0.1\nTimeout 600\nAllow 127.0.0.1\n{sign_in}");
    let mut command = Command::new("tinyproxy");
    command.args(["-d", "-c", &write(folder, "tinyproxy.conf", &settings)]);
    Kind { command, scheme: "http" }
}

fn squid(port: u16, folder: &TempDir, wants_sign_in: bool) -> Kind {
    let at = folder.path().display();
    let access = if wants_sign_in {
        let hash = Command::new("openssl").args(["passwd", "-apr1", PASSWORD]).output();
        let hash = String::from_utf8(hash.expect("openssl is there").stdout).expect("a hash is text");
        let users = write(folder, "users", &format!("me:{hash}"));
        format!(
            "auth_param basic program /usr/lib/squid/basic_ncsa_auth {users}\n\
             acl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\n"
        )
    } else {
        "http_access allow all\n".into()
    };
    let settings = format!(
        "http_port 127.0.0.1:{port}\n{access}cache deny all\npid_filename {at}/pid\naccess_log none\n\
         cache_log {at}/log\ncoredump_dir {at}\npinger_enable off\nshutdown_lifetime 0 seconds\n"
    );
    // As root it becomes a user of its own, who reads and writes here.
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("the folder is ours");
    let mut command = Command::new("squid");
    command.args(["-N", "-n", &format!("tidings{port}"), "-f", &write(folder, "squid.conf", &settings)]);
    Kind { command, scheme: "http" }
}

fn microsocks(port: u16, _: &TempDir, wants_sign_in: bool) -> Kind {
    let mut command = Command::new("microsocks");
    command.args(["-i", "127.0.0.1", "-p", &port.to_string()]);
    if wants_sign_in {
        command.args(["-u", "me", "-P", PASSWORD]);
    }
    Kind { command, scheme: "socks5h" }
}

/// Events pass over http and https, and the proxy is what they pass through.
async fn leads(place: &Place, proxy: Proxy, password: Option<&str>) {
    let site = origin(place, LIVELY).await;
    let (authority, nginx) = secured(place, &site).await;
    for draft in [at("behind a proxy", site.port()), authority.trusted_at(nginx.port)] {
        let mut stage = Stage::open(proxy.lead(draft, password)).await;
        passes(&mut stage, &site).await;
        stage.leave().await;
    }
    let mut stage = Stage::open(proxy.lead(at("behind a proxy", site.port()), password)).await;
    stage.live().await;
    drop(proxy);
    waits(&stage).await;
    only_builds(&stage);
    stage.leave().await;
}

async fn open(place: &Place, prepare: Prepare) {
    let proxy = Proxy::start(place, prepare, false).await;
    leads(place, proxy, None).await;
}

async fn closed(place: &Place, prepare: Prepare, words: [&str; 2]) {
    let proxy = Proxy::start(place, prepare, true).await;
    let site = origin(place, LIVELY).await;
    for (password, words) in [None, Some("wrong")].into_iter().zip(words) {
        let mut stage = Stage::open(proxy.lead(at("behind a proxy", site.port()), password)).await;
        stage.told_of(words).await;
        stage.leave().await;
    }
    leads(place, proxy, Some(PASSWORD)).await;
}
