//! nginx with certificates of our own making in front of the server.

use futures_util::FutureExt as _;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tidings_engine::engine::{ConnectionDraft, FeedDraft};

use super::{LIVELY, SILENCE, asks, origin, passes, waits};
use crate::passage::Passage;
use crate::place::{Place, free_port};
use crate::program::Nginx;
use crate::stage::Stage;
use crate::subject::Site;

pub(super) const PASSAGES: &[Passage] = &[
    Passage {
        name: "TLS, HTTP/2 in front",
        happens: "HTTP/1.1 is agreed on, and events pass at once",
        seen: "a live feed",
        check: |place| trusted(place).boxed_local(),
    },
    Passage {
        name: "TLS, an authority of one's own that the feed isn't given",
        happens: "the handshake is broken off",
        seen: "“an authority this computer does not know”, and the key to pin",
        check: |place| {
            refused(place, Leaf::default(), false, "an authority this computer does not know").boxed_local()
        },
    },
    Passage {
        name: "TLS, an expired certificate",
        happens: "the handshake is broken off",
        seen: "“The server's certificate has expired.”",
        check: |place| {
            refused(place, Leaf { expired: true, ..Leaf::default() }, true, "has expired").boxed_local()
        },
    },
    Passage {
        name: "TLS, a certificate for another host",
        happens: "the handshake is broken off",
        seen: "“The server's certificate is for another name.”",
        check: |place| {
            refused(place, Leaf { host: "other.test", ..Leaf::default() }, true, "is for another name")
                .boxed_local()
        },
    },
    Passage {
        name: "TLS, a client certificate is required",
        happens: "nginx answers 400 without one; with one events pass at once",
        seen: "“It may want a client certificate. (400 Bad Request)”, then a live feed",
        check: |place| client(place).boxed_local(),
    },
];

/// What a certificate says.
#[derive(Clone, Copy)]
struct Leaf {
    host: &'static str,
    expired: bool,
}

impl Default for Leaf {
    fn default() -> Self {
        Self { host: "127.0.0.1", expired: false }
    }
}

/// Somebody who signs certificates.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Ours");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key can be made");
        Self(CertifiedIssuer::self_signed(params, key).expect("an authority can be made"))
    }

    /// A certificate and its key.
    fn sign(&self, leaf: Leaf) -> (String, String) {
        let key = KeyPair::generate().expect("a key can be made");
        let mut params = CertificateParams::new([leaf.host.to_owned()]).expect("the name is one");
        params.distinguished_name.push(DnType::CommonName, leaf.host);
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(if leaf.expired { 2020 } else { 4000 }, 1, 1);
        let certificate = params.signed_by(&key, &self.0).expect("a certificate can be signed");
        (certificate.pem(), key.serialize_pem())
    }

    /// A draft for a feed that takes this authority's word.
    pub(super) fn trusted_at(&self, port: u16) -> FeedDraft {
        at(port, ConnectionDraft { authority: Some(self.0.pem()), ..ConnectionDraft::default() })
    }
}

fn at(port: u16, connection: ConnectionDraft) -> FeedDraft {
    let plain = Stage::draft("nginx", &format!("https://127.0.0.1:{port}/events"), SILENCE);
    let connection = ConnectionDraft { silence_seconds: Some(SILENCE), ..connection };
    FeedDraft { connection: Some(connection), ..plain }
}

/// Starts an nginx over TLS before the server.
pub(super) async fn secured(place: &Place, site: &Site) -> (Authority, Nginx) {
    let authority = Authority::new();
    let nginx = before(place, site, &authority, Leaf::default(), "").await;
    (authority, nginx)
}

async fn before(place: &Place, site: &Site, authority: &Authority, leaf: Leaf, settings: &str) -> Nginx {
    let (certificate, key) = authority.sign(leaf);
    let port = free_port();
    let server = format!(
        "listen 127.0.0.1:{port} ssl http2; ssl_certificate leaf.pem; ssl_certificate_key leaf.key;
         {settings} location / {{
             proxy_pass http://127.0.0.1:{}; proxy_http_version 1.1; proxy_buffering off;
             proxy_set_header Connection '';
         }}",
        site.port()
    );
    let files = [("leaf.pem", certificate), ("leaf.key", key), ("ours.pem", authority.0.pem())];
    Nginx::start(place, port, &server, &files).await
}

async fn trusted(place: &Place) {
    let site = origin(place, LIVELY).await;
    let (authority, nginx) = secured(place, &site).await;
    let mut stage = Stage::open(authority.trusted_at(nginx.port)).await;
    passes(&mut stage, &site).await;
    stage.leave().await;
}

async fn refused(place: &Place, leaf: Leaf, told: bool, words: &str) {
    let site = origin(place, LIVELY).await;
    let authority = Authority::new();
    let nginx = before(place, &site, &authority, leaf, "").await;
    let untold = at(nginx.port, ConnectionDraft::default());
    let mut stage = Stage::open(if told { authority.trusted_at(nginx.port) } else { untold }).await;
    let said = asks(&stage).await;
    assert!(said.contains(words), "{said}");
    stage.leave().await;
}

async fn client(place: &Place) {
    let site = origin(place, LIVELY).await;
    let authority = Authority::new();
    let settings = "ssl_client_certificate ours.pem; ssl_verify_client on;";
    let nginx = before(place, &site, &authority, Leaf::default(), settings).await;
    let mut stage = Stage::open(authority.trusted_at(nginx.port)).await;
    let said = waits(&stage).await;
    assert!(said.contains("It may want a client certificate. (400 Bad Request)"), "{said}");
    stage.leave().await;
    let (certificate, key) = authority.sign(Leaf { host: "me", ..Leaf::default() });
    let mut draft = authority.trusted_at(nginx.port);
    draft.connection = draft.connection.map(|connection| ConnectionDraft {
        client_certificate: Some(certificate),
        client_key: Some(key),
        ..connection
    });
    let mut stage = Stage::open(draft).await;
    passes(&mut stage, &site).await;
    stage.leave().await;
}
