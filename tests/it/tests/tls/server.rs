//! A server over TLS with certificates made for the test, and the authorities that signed them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tidings_engine::transport::Fingerprint;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

/// The head of a stream, which then stays open.
const STREAM: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";

/// What is answered at a path.
#[derive(Clone)]
pub(super) enum Page {
    /// These bytes, head and all.
    Whole(Vec<u8>),
    /// Nothing, ever.
    Never,
}

/// What a server says, and what it was asked.
struct Book {
    /// The data of the stream's one event.
    said: String,
    /// By their paths; everywhere else is the stream.
    pages: HashMap<String, Page>,
    /// The heads of the requests that came through the handshake.
    heads: Vec<String>,
}

/// Somebody who signs certificates.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// What a certificate is to say.
pub(super) struct Leaf {
    pub(super) host: String,
    pub(super) not_before: time::OffsetDateTime,
    pub(super) not_after: time::OffsetDateTime,
}

/// A certificate and its key.
pub(super) struct Signed {
    certificate: Certificate,
    key: KeyPair,
}

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, key()).expect("an authority can be made"))
    }

    pub(super) fn pem(&self) -> String {
        self.0.pem()
    }

    pub(super) fn sign(&self, leaf: Leaf) -> Signed {
        let key = key();
        let certificate = leaf.params().signed_by(&key, &self.0).expect("a certificate can be signed");
        Signed { certificate, key }
    }
}

impl Leaf {
    pub(super) fn of(host: &str) -> Self {
        let (not_before, not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(4000, 1, 1));
        Self { host: host.into(), not_before, not_after }
    }

    /// Vouched for by nobody else; some tools make such certificates authorities.
    pub(super) fn self_signed(self, authority: bool) -> Signed {
        let key = key();
        let mut params = self.params();
        if authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        Signed { certificate: params.self_signed(&key).expect("a certificate can be made"), key }
    }

    fn params(self) -> CertificateParams {
        let mut params = CertificateParams::new([self.host.clone()]).expect("the name is one");
        params.distinguished_name.push(DnType::CommonName, self.host);
        (params.not_before, params.not_after) = (self.not_before, self.not_after);
        params
    }
}

impl Signed {
    /// The certificate and the key.
    pub(super) fn pem(&self) -> (String, String) {
        (self.certificate.pem(), self.key.serialize_pem())
    }
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key can be made")
}

/// The fingerprint of a certificate's key, from the key itself.
pub(super) fn fingerprint(signed: &Signed) -> String {
    use rcgen::PublicKeyData as _;
    let suites = ring::default_provider().cipher_suites;
    let mut hashes = suites.iter().filter_map(|suite| suite.tls13()).map(|suite| suite.common.hash_provider);
    let sha256 = hashes.find(|hash| hash.output_len() == 32).expect("TLS 1.3 has SHA-256");
    let digest = sha256.hash(&signed.key.subject_public_key_info());
    let hex: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    Fingerprint::read(&hex).expect("32 bytes are a fingerprint").to_string()
}

/// A running server; dropping it closes every connection.
pub(super) struct Server {
    url: String,
    pub(super) fingerprint: String,
    book: Arc<Mutex<Book>>,
    _listener: JoinSet<()>,
}

impl Server {
    /// Starts a server that shows a certificate, and wants one of `clients` where that is given.
    pub(super) async fn start(signed: &Signed, clients: Option<&Authority>) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(config(signed, clients)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback has a free port");
        let url = format!("https://{}/feed", listener.local_addr().expect("it is bound"));
        let book = Book { said: "by TLS".into(), pages: HashMap::new(), heads: Vec::new() };
        let book = Arc::new(Mutex::new(book));
        let mut task = JoinSet::new();
        task.spawn(listen(listener, acceptor, Arc::clone(&book)));
        Self { url, fingerprint: fingerprint(signed), book, _listener: task }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// How many requests came through the handshake.
    pub(super) fn requests(&self) -> usize {
        self.heads().len()
    }

    /// The heads of those requests.
    pub(super) fn heads(&self) -> Vec<String> {
        self.book.lock().expect("never poisoned").heads.clone()
    }

    /// The address of a path.
    pub(super) fn at(&self, path: &str) -> String {
        self.url.replace("/feed", path)
    }

    /// Sets the data of the stream's one event.
    pub(super) fn say(&self, data: &str) {
        self.book.lock().expect("never poisoned").said = data.into();
    }

    /// Puts a page at a path.
    pub(super) fn put(&self, path: &str, page: Page) {
        self.book.lock().expect("never poisoned").pages.insert(path.into(), page);
    }
}

fn config(signed: &Signed, clients: Option<&Authority>) -> ServerConfig {
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("the provider knows TLS");
    let builder = match clients {
        Some(Authority(authority)) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.der().clone()).expect("the authority is one");
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            builder.with_client_cert_verifier(verifier.expect("there is an authority"))
        }
        None => builder.with_no_client_auth(),
    };
    let key = PrivateKeyDer::try_from(signed.key.serialize_der()).expect("the key is one");
    builder
        .with_single_cert(vec![signed.certificate.der().clone()], key)
        .expect("certificate and key belong together")
}

async fn listen(listener: TcpListener, acceptor: TlsAcceptor, book: Arc<Mutex<Book>>) {
    let mut connections = JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        connections.spawn(serve(socket, acceptor.clone(), Arc::clone(&book)));
    }
}

async fn serve(socket: TcpStream, acceptor: TlsAcceptor, book: Arc<Mutex<Book>>) {
    let mut unread = [0; 4096];
    match acceptor.accept(socket).into_fallible().await {
        Ok(mut stream) => {
            let Ok(read @ 1..) = stream.read(&mut unread).await else { return };
            let head = String::from_utf8_lossy(&unread[..read]).into_owned();
            let (answer, ends) = answer(&mut book.lock().expect("never poisoned"), head);
            let _ = stream.write_all(&answer).await;
            if ends {
                let _ = stream.shutdown().await;
            }
            while stream.read(&mut unread).await.is_ok_and(|read| read > 0) {}
        }
        Err((_, mut socket)) => {
            // Closing with bytes unread would reset the connection and lose the alert that was sent.
            let _ = socket.shutdown().await;
            while socket.read(&mut unread).await.is_ok_and(|read| read > 0) {}
        }
    }
}

/// What is answered to a request, and whether that is all.
fn answer(book: &mut Book, head: String) -> (Vec<u8>, bool) {
    let page = head.split(' ').nth(1).and_then(|path| book.pages.get(path)).cloned();
    book.heads.push(head);
    match page {
        Some(Page::Whole(answer)) => (answer, true),
        Some(Page::Never) => (Vec::new(), false),
        None => (format!("{STREAM}data: {}\n\n", book.said).into(), false),
    }
}
