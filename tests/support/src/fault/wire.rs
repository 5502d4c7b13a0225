//! The client's side of a connection: plain or TLS, at its own pace, and the body in chunks, packed or not.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use rcgen::{CertificateParams, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

use super::{Plan, Stage};

/// The certificate and key of a proxy that speaks TLS.
pub(super) struct Identity {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Identity {
    pub(super) fn new() -> Self {
        let key = KeyPair::generate().expect("a key can be made");
        let params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("the address is one");
        Self { certificate: params.self_signed(&key).expect("a certificate can be made"), key }
    }

    pub(super) fn pem(&self) -> String {
        self.certificate.pem()
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).expect("the key is one");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows TLS")
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.der().clone()], key)
            .expect("certificate and key belong together");
        TlsAcceptor::from(Arc::new(config))
    }
}

/// How fast bytes go out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pace {
    #[default]
    Unhindered,
    /// So much later, each write.
    Later(Duration),
    /// One byte each time.
    Bytewise(Duration),
}

enum Socket {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// A connection to a client.
pub(super) struct Wire {
    socket: Socket,
    pub(super) pace: Pace,
    /// How many bytes are still sent before the connection is closed.
    pub(super) left: usize,
    gzip: Option<GzEncoder<Vec<u8>>>,
    plan: watch::Receiver<Plan>,
}

impl Wire {
    pub(super) async fn accept(socket: TcpStream, stage: &Stage) -> io::Result<Self> {
        socket.set_nodelay(true)?;
        let socket = match &stage.tls {
            Some(tls) => Socket::Tls(Box::new(tls.accept(socket).await?)),
            None => Socket::Plain(socket),
        };
        Ok(Self { socket, pace: Pace::default(), left: usize::MAX, gzip: None, plan: stage.plan.subscribe() })
    }

    /// Reads up to and with a blank line.
    pub(super) async fn read_head(&mut self) -> io::Result<Vec<u8>> {
        match &mut self.socket {
            Socket::Plain(socket) => read_head(socket).await,
            Socket::Tls(socket) => read_head(socket).await,
        }
    }

    /// Sends bytes at the wire's pace, and at once from when the proxy is healed.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (wait, step) = match self.pace {
            Pace::Unhindered => return self.write(bytes).await,
            Pace::Later(wait) => (wait, bytes.len()),
            Pace::Bytewise(wait) => (wait, 1),
        };
        let mut rest = bytes;
        while !rest.is_empty() {
            if timeout(wait, self.healed()).await.is_ok() {
                self.pace = Pace::Unhindered;
                return self.write(rest).await;
            }
            let (piece, later) = rest.split_at(step);
            self.write(piece).await?;
            rest = later;
        }
        Ok(())
    }

    /// Waits until the proxy is honest again.
    pub(super) async fn healed(&mut self) {
        let _ = self.plan.wait_for(|plan| plan.fault.is_none()).await;
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let bytes = &bytes[..bytes.len().min(self.left)];
        self.left -= bytes.len();
        match &mut self.socket {
            Socket::Plain(socket) => socket.write_all(bytes).await?,
            Socket::Tls(socket) => {
                socket.write_all(bytes).await?;
                socket.flush().await?;
            }
        }
        // Ends the connection, as its owner takes it for a client that went away.
        if self.left == 0 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    /// Sends a piece of the body as a chunk.
    pub(super) async fn send_chunk(&mut self, piece: &[u8]) -> io::Result<()> {
        let packed = match &mut self.gzip {
            Some(gzip) => {
                gzip.write_all(piece).and_then(|()| gzip.flush())?;
                std::mem::take(gzip.get_mut())
            }
            None => piece.to_vec(),
        };
        // A chunk of no bytes would be the end.
        if packed.is_empty() {
            return Ok(());
        }
        let chunk = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n"].concat();
        self.send(&chunk).await
    }

    /// Packs the body from here on.
    pub(super) fn pack(&mut self) {
        self.gzip = Some(GzEncoder::new(Vec::new(), Compression::fast()));
    }

    /// Sends bytes below TLS where there is any.
    pub(super) async fn send_bare(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.tcp().write_all(bytes).await
    }

    /// Closes the connection, and reads what the client still says: closing before would be a reset.
    pub(super) async fn close(mut self) -> io::Result<()> {
        match &mut self.socket {
            Socket::Plain(socket) => socket.shutdown().await?,
            Socket::Tls(socket) => socket.shutdown().await?,
        }
        self.hold().await
    }

    /// Waits until the client closes its side.
    pub(super) async fn hold(&mut self) -> io::Result<()> {
        let mut unread = [0; 4096];
        while self.tcp().read(&mut unread).await? > 0 {}
        Ok(())
    }

    /// Resets the connection.
    pub(super) fn reset(mut self) -> io::Result<()> {
        self.tcp().set_zero_linger()
    }

    fn tcp(&mut self) -> &mut TcpStream {
        match &mut self.socket {
            Socket::Plain(socket) => socket,
            Socket::Tls(socket) => socket.get_mut().0,
        }
    }
}

/// Reads byte by byte, as the rest isn't the head's.
pub(super) async fn read_head(socket: &mut (impl tokio::io::AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await?);
    }
    Ok(head)
}
