//! A keyring in memory that can be locked.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tidings_engine::id::FeedId;
use tidings_engine::secrecy::{ExposeSecret as _, SecretString};
use tidings_engine::secrets::{Keyring, KeyringError};

/// A keyring in memory; clones share it.
#[derive(Clone, Default)]
pub struct Drawer {
    entries: Arc<Mutex<HashMap<FeedId, String>>>,
    locked: Arc<AtomicBool>,
}

impl fmt::Debug for Drawer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Drawer")
    }
}

impl Drawer {
    /// Locks or unlocks it.
    pub fn lock(&self, locked: bool) {
        self.locked.store(locked, Ordering::SeqCst);
    }

    /// What it holds, by feed.
    pub fn entries(&self) -> HashMap<FeedId, String> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn open(&self) -> Result<std::sync::MutexGuard<'_, HashMap<FeedId, String>>, KeyringError> {
        if self.locked.load(Ordering::SeqCst) {
            return Err(KeyringError::Locked);
        }
        Ok(self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Keyring for Drawer {
    fn read(&self, feed: &FeedId) -> Result<Option<SecretString>, KeyringError> {
        Ok(self.open()?.get(feed).cloned().map(SecretString::from))
    }

    fn write(&self, feed: &FeedId, text: &SecretString) -> Result<(), KeyringError> {
        self.open()?.insert(feed.clone(), text.expose_secret().to_owned());
        Ok(())
    }

    fn delete(&self, feed: &FeedId) -> Result<(), KeyringError> {
        self.open()?.remove(feed);
        Ok(())
    }
}
