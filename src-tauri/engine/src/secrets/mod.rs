//! Secrets of feeds: in the desktop's keyring, or in memory for this session only.
//!
//! **Architecture Invariant:** a secret leaves this room only inside a [`Secrets`], whose `Debug` hides it and whose one
//! reader builds the request. It is never serialised but into the keyring.

mod keyring;
mod system;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use thiserror::Error;

pub use keyring::Keyring;
pub use system::SystemKeyring;

use crate::id::FeedId;
use keyring::Clerk;

/// Shorter ones are found in any text; nobody guards anything with them.
const SHORTEST_HIDDEN: usize = 4;

/// A feed's secrets.
#[derive(Clone, Default)]
pub struct Secrets {
    /// The password or token of its sign-in.
    pub sign_in: Option<SecretString>,
    /// The values of its extra headers, by name.
    pub headers: BTreeMap<String, SecretString>,
    /// The values of its address's secret parameters, by name, percent-encoded.
    pub query: BTreeMap<String, SecretString>,
    /// The key of its client certificate, in PEM.
    pub client_key: Option<SecretString>,
    /// The password of its proxy.
    pub proxy: Option<SecretString>,
}

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The desktop's keyring.
    Keyring,
    /// Memory, until the program ends.
    ThisSession,
}

/// Why the keyring gave nothing. Each sentence says what mends it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum KeyringError {
    /// No service answers.
    #[error(
        "No keyring service answers on this desktop. Start one (GNOME Keyring, KWallet, KeePassXC) and try again, or keep the \
         secret for this session only."
    )]
    NoService,
    /// It is locked, and was not unlocked.
    #[error("The keyring is locked. Unlock it and try again, or keep the secret for this session only.")]
    Locked,
    /// It answers nothing at all.
    #[error(
        "The keyring does not answer. It may be waiting for its password; try again, or keep the secret for this session only."
    )]
    NoAnswer,
    /// What it holds for this feed can't be read.
    #[error("The keyring's entry for this feed is damaged. Enter the secret again.")]
    Damaged,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets")
            .field("sign_in", &self.sign_in.is_some())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("query", &self.query.keys().collect::<Vec<_>>())
            .field("client_key", &self.client_key.is_some())
            .field("proxy", &self.proxy.is_some())
            .finish()
    }
}

impl Secrets {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        let Self { sign_in, headers, query, client_key, proxy } = self;
        let single = [sign_in, client_key, proxy];
        single.iter().all(|secret| secret.is_none()) && headers.is_empty() && query.is_empty()
    }

    /// All of them, to be kept out of what is said.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let Self { sign_in, headers, query, client_key, proxy } = self;
        let single = [sign_in, client_key, proxy].into_iter().flatten();
        single.chain(headers.values()).chain(query.values()).map(ExposeSecret::expose_secret)
    }

    /// Takes these secrets out of a text, whoever put them there.
    pub fn hide(&self, text: &str) -> String {
        self.all()
            .filter(|secret| secret.len() >= SHORTEST_HIDDEN)
            .fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
    }

    fn to_text(&self) -> SecretString {
        let Self { sign_in, headers, query, client_key, proxy } = self;
        let one =
            |secret: &Option<SecretString>| secret.as_ref().map(|secret| secret.expose_secret().to_owned());
        let many = |secrets: &BTreeMap<String, SecretString>| -> serde_json::Map<_, _> {
            secrets.iter().map(|(name, value)| (name.clone(), json!(value.expose_secret()))).collect()
        };
        let text = json!({
            "signIn": one(sign_in),
            "headers": many(headers),
            "query": many(query),
            "clientKey": one(client_key),
            "proxy": one(proxy),
        });
        SecretString::from(text.to_string())
    }

    /// Entries that earlier versions wrote have sign-in and headers alone.
    fn from_text(text: &SecretString) -> Option<Self> {
        let value: Value = serde_json::from_str(text.expose_secret()).ok()?;
        let secret = |value: &Value| value.as_str().map(|text| SecretString::from(text.to_owned()));
        let one = |name: &str| value.get(name).and_then(secret);
        let many = |secrets: &serde_json::Map<String, Value>| {
            secrets.iter().filter_map(|(name, value)| Some((name.clone(), secret(value)?))).collect()
        };
        Some(Self {
            sign_in: one("signIn"),
            headers: many(value.get("headers")?.as_object()?),
            query: value.get("query").and_then(Value::as_object).map(many).unwrap_or_default(),
            client_key: one("clientKey"),
            proxy: one("proxy"),
        })
    }
}

/// All feeds' secrets, wherever they are.
#[derive(Debug)]
pub struct Vault {
    clerk: Clerk,
    session: Mutex<HashMap<FeedId, Secrets>>,
}

impl Vault {
    /// Keeps lasting secrets in `keyring`.
    pub fn new(keyring: impl Keyring) -> Self {
        Self { clerk: Clerk::new(keyring), session: Mutex::default() }
    }

    /// Gives a feed's secrets and where they are kept; `None` if there are none.
    ///
    /// # Errors
    /// If they aren't in memory and the keyring can't be read.
    pub async fn get(&self, feed: &FeedId) -> Result<Option<(Secrets, Home)>, KeyringError> {
        if let Some(secrets) = self.session().get(feed) {
            return Ok(Some((secrets.clone(), Home::ThisSession)));
        }
        let Some(text) = self.clerk.read(feed).await? else { return Ok(None) };
        Secrets::from_text(&text).map(|secrets| Some((secrets, Home::Keyring))).ok_or(KeyringError::Damaged)
    }

    /// Keeps a feed's secrets in place of what was kept before.
    ///
    /// # Errors
    /// If they are to go to the keyring and it doesn't take them; nothing is changed then.
    pub async fn keep(&self, feed: &FeedId, secrets: Secrets, home: Home) -> Result<(), KeyringError> {
        match home {
            Home::Keyring => {
                self.clerk.write(feed, secrets.to_text()).await?;
                self.session().remove(feed);
            }
            Home::ThisSession => {
                self.session().insert(feed.clone(), secrets);
            }
        }
        Ok(())
    }

    /// Forgets a feed's secrets everywhere; the keyring is asked at the call, not when its answer is awaited.
    ///
    /// # Errors
    /// If the keyring can't be reached; what is in memory is forgotten all the same.
    pub fn forget(&self, feed: &FeedId) -> impl Future<Output = Result<(), KeyringError>> + use<'_> {
        self.forget_in_memory(feed);
        self.clerk.delete(feed)
    }

    /// Forgets a feed's secrets of this session.
    pub fn forget_in_memory(&self, feed: &FeedId) {
        self.session().remove(feed);
    }

    fn session(&self) -> std::sync::MutexGuard<'_, HashMap<FeedId, Secrets>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
