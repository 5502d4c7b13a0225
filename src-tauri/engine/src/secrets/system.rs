//! The desktop's own keyring: Secret Service, Keychain or Credential Manager.

use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Keyring, KeyringError};
use crate::id::FeedId;

/// The desktop's keyring; one entry a feed, under its id.
#[derive(Clone, Debug)]
pub struct SystemKeyring {
    service: String,
}

impl SystemKeyring {
    /// Names all entries' service, as keyring programs show it.
    pub fn new(service: impl Into<String>) -> Self {
        Self { service: service.into() }
    }

    fn entry(&self, feed: &FeedId) -> Result<Entry, KeyringError> {
        if keyring::Entry::store_status().is_ok() {
            return keyring::Entry::new(&self.service, feed.as_str())
                .map(|entry| entry.inner)
                .map_err(|error| meaning(&error));
        }
        // `keyring` looks for a service once a process; one that starts after us is found here.
        if keyring_core::get_default_store().is_none() {
            set_store().map_err(|error| meaning(&error))?;
        }
        Entry::new(&self.service, feed.as_str()).map_err(|error| meaning(&error))
    }
}

impl Keyring for SystemKeyring {
    fn read(&self, feed: &FeedId) -> Result<Option<SecretString>, KeyringError> {
        match self.entry(feed)?.get_password() {
            Ok(text) => Ok(Some(SecretString::from(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning(&error)),
        }
    }

    fn write(&self, feed: &FeedId, text: &SecretString) -> Result<(), KeyringError> {
        self.entry(feed)?.set_password(text.expose_secret()).map_err(|error| meaning(&error))
    }

    fn delete(&self, feed: &FeedId) -> Result<(), KeyringError> {
        match self.entry(feed)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(meaning(&error)),
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn set_store() -> keyring_core::Result<()> {
    keyring_core::set_default_store(zbus_secret_service_keyring_store::Store::new()?);
    Ok(())
}

/// Elsewhere the keyring is a part of the system and can't come later.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn set_store() -> keyring_core::Result<()> {
    Err(Error::NoDefaultStore)
}

/// The error's own text may quote what it holds, so only its kind is kept.
#[expect(clippy::wildcard_enum_match_arm, reason = "the keyring's errors are an open list")]
fn meaning(error: &Error) -> KeyringError {
    match error {
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) | Error::Ambiguous(_) => {
            KeyringError::Damaged
        }
        _ => KeyringError::NoService,
    }
}
