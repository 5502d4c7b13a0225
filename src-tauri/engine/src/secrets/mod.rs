//! Secrets of feeds: in the desktop's keyring, or in memory for this session only.
//!
//! **Architecture Invariant:** a secret leaves this room only inside a [`Secrets`], whose `Debug` hides it and whose one
//! reader builds the request. It is never serialised but into the keyring.

mod keyring;
mod system;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use thiserror::Error;

pub use keyring::Keyring;
pub use system::SystemKeyring;

use crate::id::FeedId;
use keyring::Clerk;

/// A feed's secrets.
#[derive(Clone, Default)]
pub struct Secrets {
    /// The password or token of its sign-in.
    pub sign_in: Option<SecretString>,
    /// The values of its extra headers, by name.
    pub headers: BTreeMap<String, SecretString>,
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
        let names: Vec<_> = self.headers.keys().collect();
        f.debug_struct("Secrets").field("sign_in", &self.sign_in.is_some()).field("headers", &names).finish()
    }
}

impl Secrets {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.sign_in.is_none() && self.headers.is_empty()
    }

    fn to_text(&self) -> SecretString {
        let headers: serde_json::Map<_, _> =
            self.headers.iter().map(|(name, value)| (name.clone(), json!(value.expose_secret()))).collect();
        let sign_in = self.sign_in.as_ref().map(|secret| secret.expose_secret());
        SecretString::from(json!({ "signIn": sign_in, "headers": headers }).to_string())
    }

    fn from_text(text: &SecretString) -> Option<Self> {
        let value: Value = serde_json::from_str(text.expose_secret()).ok()?;
        let headers = value.get("headers")?.as_object()?;
        let secret = |value: &Value| value.as_str().map(|text| SecretString::from(text.to_owned()));
        Some(Self {
            sign_in: value.get("signIn").and_then(secret),
            headers: headers
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), secret(value)?)))
                .collect(),
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

    /// Forgets a feed's secrets everywhere.
    ///
    /// # Errors
    /// If the keyring can't be reached; what is in memory is forgotten all the same.
    pub async fn forget(&self, feed: &FeedId) -> Result<(), KeyringError> {
        self.session().remove(feed);
        self.clerk.delete(feed).await
    }

    fn session(&self) -> std::sync::MutexGuard<'_, HashMap<FeedId, Secrets>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
