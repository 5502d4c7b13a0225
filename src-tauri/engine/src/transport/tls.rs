//! How a server proves who it is: by an authority's signature, or by the one key that is pinned.

use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use thiserror::Error;

use super::certificate::{Fingerprint, traits};
use super::route::{Identity, Route};

/// Why a server's certificate was not accepted, and which key it holds.
#[derive(Debug, Error)]
#[error("the certificate is refused: {problem:?}")]
pub(super) struct Refusal {
    pub(super) problem: Problem,
    /// `None` where the certificate can't be read at all.
    pub(super) key: Option<Fingerprint>,
}

/// What is wrong with a certificate.
#[derive(Debug, PartialEq)]
pub(super) enum Problem {
    /// The chain of authorities does not hold.
    Chain(CertificateError),
    /// It vouches for itself.
    SelfSigned,
    /// Its key is not the pinned one.
    OtherKey {
        /// The pinned one.
        pinned: Fingerprint,
    },
}

/// Makes the TLS of a route: the known authorities and the route's own, or its pin; its client certificate.
///
/// # Errors
/// If the authorities or the client certificate can't be used.
pub(super) fn config(route: &Route) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let mut roots = RootCertStore::clone(known_authorities());
    for authority in &route.authorities {
        roots.add(authority.clone())?;
    }
    let chain = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(|error| Error::General(error.to_string()))?;
    let verifier = Arc::new(Verifier { chain, own: route.authorities.clone(), pin: route.pin });
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    match &route.identity {
        Some(Identity { chain, key }) => builder.with_client_auth_cert(chain.clone(), key.clone_key()),
        None => Ok(builder.with_no_client_auth()),
    }
}

/// Whether a client certificate and key belong together and can be used.
pub(super) fn check_identity(identity: &Identity) -> Result<(), Error> {
    let provider: CryptoProvider = ring::default_provider();
    CertifiedKey::from_der(identity.chain.clone(), identity.key.clone_key(), &provider).map(|_| ())
}

/// The system's authorities and, as a bare system may have none, Mozilla's; read once.
fn known_authorities() -> &'static RootCertStore {
    static KNOWN: OnceLock<RootCertStore> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    })
}

/// Accepts a pinned key whoever signed it; without a pin, what the authorities vouch for.
#[derive(Debug)]
struct Verifier {
    chain: Arc<WebPkiServerVerifier>,
    /// The route's own authorities.
    own: Vec<CertificateDer<'static>>,
    pin: Option<Fingerprint>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let traits = traits(certificate);
        let key = traits.map(|traits| traits.key);
        if let Some(pinned) = self.pin {
            // Possession of the key is proved by the handshake's signature; name, date and issuer add nothing to it.
            return if key == Some(pinned) {
                Ok(ServerCertVerified::assertion())
            } else {
                Err(refused(Problem::OtherKey { pinned }, key))
            };
        }
        let verified = self.chain.verify_server_cert(certificate, intermediates, name, ocsp, now);
        let Err(Error::InvalidCertificate(problem)) = verified else { return verified };
        let outsider = matches!(problem, CertificateError::UnknownIssuer | CertificateError::Other(_));
        if outsider && self.own.contains(certificate) {
            // Many tools make a self-signed certificate an authority, which the chain never takes for a server's. The
            // dates it has checked before that; the name is left.
            verify_server_name(&ParsedCertificate::try_from(certificate)?, name)?;
            return Ok(ServerCertVerified::assertion());
        }
        let problem = if outsider && traits.is_some_and(|traits| traits.self_signed) {
            Problem::SelfSigned
        } else {
            Problem::Chain(problem)
        };
        Err(refused(problem, key))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chain.supported_verify_schemes()
    }
}

fn refused(problem: Problem, key: Option<Fingerprint>) -> Error {
    let refusal = Arc::new(Refusal { problem, key });
    Error::InvalidCertificate(CertificateError::Other(OtherError(refusal)))
}
