//! What a feed can set beyond its address and sign-in.

use serde::{Deserialize, Serialize};

/// How a feed's server is reached. Holds no secret: what is secret of it is in the keyring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connection {
    /// The method; empty means GET.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Certificates of authorities that may vouch for the server besides the system's, in PEM.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub authority: String,
    /// A client certificate with its chain, in PEM; its key is in the keyring.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub client_certificate: String,
    /// The SHA-256 of the only public key the server may have, as `sha256/` and Base64; whoever signed it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pin: String,
    /// The proxy.
    #[serde(skip_serializing_if = "Proxy::is_system")]
    pub proxy: Proxy,
    /// An open link without a byte for so many seconds is dead, 15 to 3600; 90 where nothing is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence_seconds: Option<u32>,
    /// The longest wait between two dials in seconds, 10 to 3600; 300 where nothing is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_wait_seconds: Option<u32>,
    /// Secrets may be sent over plain http in a private network, where everybody there can read them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub secrets_over_plain_http: bool,
}

/// Which proxy leads to the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Proxy {
    /// For a feed what the program is set to; for the program what the system says.
    #[default]
    System,
    /// None, whatever the system says.
    None,
    /// This one.
    Url {
        /// Its address, without user or password.
        url: String,
        /// Its user; the password is in the keyring.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        username: Option<String>,
    },
}

impl Connection {
    /// Whether nothing is set.
    pub fn is_ordinary(&self) -> bool {
        *self == Self::default()
    }
}

impl Proxy {
    fn is_system(&self) -> bool {
        *self == Self::System
    }
}
