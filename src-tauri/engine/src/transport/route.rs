//! The way to a server besides its address: who vouches for it, who we are to it, and which proxy leads there.

use std::fmt;
use std::hash::{Hash, Hasher};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use url::Url;

use super::CallError;
use super::certificate::Fingerprint;
use super::tls;

/// How a connection is made. The default is the system's authorities and proxies.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Route {
    pub(super) authorities: Vec<CertificateDer<'static>>,
    pub(super) identity: Option<Identity>,
    pub(super) pin: Option<Fingerprint>,
    pub(super) proxy: Proxy,
}

/// The parts of a [`Route`], as a person enters them.
#[derive(Clone, Default)]
pub struct RouteParts {
    /// Certificates of further authorities, in PEM; empty for none.
    pub authority: String,
    /// A client certificate with its chain and its key, in PEM.
    pub identity: Option<(String, String)>,
    /// The only public key the server may have, see [`Fingerprint::read`]; empty for any that is vouched for.
    pub pin: String,
    /// The proxy.
    pub proxy: Proxy,
}

/// Which proxy leads to the server.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub enum Proxy {
    /// What the system says.
    #[default]
    System,
    /// None, whatever the system says.
    None,
    /// This one: `http`, `https`, `socks5` or `socks5h`, with its user and password.
    Url(Url),
}

/// Who we are to a server.
pub(super) struct Identity {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
}

impl Route {
    /// Checks the parts and puts them together.
    ///
    /// # Errors
    /// Names what is wrong and what mends it.
    pub fn new(parts: &RouteParts) -> Result<Self, CallError> {
        let RouteParts { authority, identity, pin, proxy } = parts;
        Ok(Self {
            authorities: authorities(authority)?,
            identity: identity.as_ref().map(|(chain, key)| Identity::new(chain, key)).transpose()?,
            pin: match pin.trim() {
                "" => None,
                text => Some(Fingerprint::read(text).ok_or_else(|| CallError::Pin(
                    "That is not a key's fingerprint. It reads sha256/ and 44 letters, as the connection's fault shows it.".into(),
                ))?),
            },
            proxy: proxy.clone(),
        })
    }
}

impl Route {
    /// The same way to the same server, for somebody who doesn't say who they are.
    pub(super) fn without_identity(&self) -> Self {
        let Self { authorities, identity: _, pin, proxy } = self;
        Self { authorities: authorities.clone(), identity: None, pin: *pin, proxy: proxy.clone() }
    }
}

fn authorities(pem: &str) -> Result<Vec<CertificateDer<'static>>, CallError> {
    if pem.trim().is_empty() {
        return Ok(Vec::new());
    }
    let found = certificates(pem).ok_or_else(|| {
        CallError::Authority("The authority's certificate can't be read. It is PEM: a text from BEGIN CERTIFICATE to END CERTIFICATE.".into())
    })?;
    let mut roots = rustls::RootCertStore::empty();
    if found.iter().any(|certificate| roots.add(certificate.clone()).is_err()) {
        return Err(CallError::Authority("The authority's certificate is damaged. Copy it again.".into()));
    }
    Ok(found)
}

/// Reads all certificates of a text; `None` if there is none, or one is damaged.
fn certificates(pem: &str) -> Option<Vec<CertificateDer<'static>>> {
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    all.ok().filter(|all| !all.is_empty())
}

impl Identity {
    fn new(chain: &str, key: &str) -> Result<Self, CallError> {
        let chain = certificates(chain).ok_or_else(|| {
            CallError::ClientCertificate("The client certificate can't be read. It is PEM: a text from BEGIN CERTIFICATE to END CERTIFICATE.".into())
        })?;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|_| {
            CallError::ClientKey("The client certificate's key can't be read. It is PEM, and must not be locked with a passphrase.".into())
        })?;
        let identity = Self { chain, key };
        tls::check_identity(&identity).map_err(|_| {
            CallError::ClientKey(
                "The client certificate and the key don't belong together. Give the key it was made with."
                    .into(),
            )
        })?;
        Ok(identity)
    }
}

impl Proxy {
    /// Reads a proxy's address and gives it a sign-in.
    ///
    /// # Errors
    /// If it isn't an address of a proxy.
    pub fn at(address: &str, sign_in: Option<(&str, &str)>) -> Result<Self, CallError> {
        const MEND: &str = "That is not a proxy's address. It begins with http://, https://, socks5:// or socks5h:// and names a host.";
        let mut url = Url::parse(address.trim()).map_err(|_| CallError::Proxy(MEND.into()))?;
        let known = matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h");
        if !known || url.host_str().is_none_or(str::is_empty) {
            return Err(CallError::Proxy(MEND.into()));
        }
        if let Some((user, password)) = sign_in {
            url.set_username(user)
                .and_then(|()| url.set_password(Some(password)))
                .expect("an address with a host takes a user");
        }
        Ok(Self::Url(url))
    }
}

impl Clone for Identity {
    fn clone(&self) -> Self {
        Self { chain: self.chain.clone(), key: self.key.clone_key() }
    }
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        self.chain == other.chain && self.key == other.key
    }
}

impl Eq for Identity {}

impl Hash for Identity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Equal identities have equal certificates; the key stays out of it.
        self.chain.hash(state);
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("authorities", &self.authorities.len())
            .field("identity", &self.identity.is_some())
            .field("pin", &self.pin)
            .field("proxy", &self.proxy)
            .finish()
    }
}

impl fmt::Debug for RouteParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RouteParts")
            .field("pin", &self.pin)
            .field("proxy", &self.proxy)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("System"),
            Self::None => f.write_str("None"),
            Self::Url(url) => write!(f, "{}://{}", url.scheme(), url.host_str().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_wrong_and_how_to_mend_it() {
        let table = [
            RouteParts { authority: "no certificate".into(), ..RouteParts::default() },
            RouteParts { identity: Some(("x".into(), "hush".into())), ..RouteParts::default() },
            RouteParts { pin: "sha256/short".into(), ..RouteParts::default() },
            RouteParts {
                authority: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".into(),
                ..RouteParts::default()
            },
        ];
        for parts in table {
            let Err(error) = Route::new(&parts) else { panic!("{parts:?} is accepted") };
            let message = error.to_string();
            assert!(message.ends_with('.') && !message.contains("hush"), "{message}");
        }
    }

    #[test]
    fn takes_proxies_and_shows_none_of_their_secrets() {
        for bad in ["", "proxy:8080", "ftp://proxy", "socks4://proxy", "http://", "socks5://"] {
            assert!(Proxy::at(bad, Some(("me", "hush"))).is_err(), "{bad}");
        }
        for good in ["http://proxy:8080", "https://proxy", "socks5://[::1]:1080", "socks5h://proxy"] {
            let proxy = Proxy::at(good, Some(("me", "hu/s@h"))).unwrap();
            assert!(matches!(&proxy, Proxy::Url(url) if url.password() == Some("hu%2Fs%40h")));
            assert!(!format!("{proxy:?}").contains("hu"), "{good}");
        }
    }
}
