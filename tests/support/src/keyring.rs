//! A keyring in memory that can be locked, and can give no answer.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tidings_engine::id::FeedId;
use tidings_engine::secrecy::{ExposeSecret as _, SecretString};
use tidings_engine::secrets::{Keyring, KeyringError};

/// A keyring in memory; clones share it.
#[derive(Clone, Default)]
pub struct Drawer {
    entries: Arc<Mutex<HashMap<FeedId, String>>>,
    locked: Arc<AtomicBool>,
    silence: Arc<(Mutex<Silence>, Condvar)>,
}

/// Which calls get no answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mute {
    /// None.
    #[default]
    Nothing,
    /// All, and nothing is done.
    Everything,
    /// Those that change something, before it is done.
    BeforeChanges,
    /// Those that change something, after it was done.
    AfterChanges,
}

#[derive(Default)]
struct Silence {
    mute: Mute,
    /// How many calls wait.
    waiting: usize,
    /// Calls of an earlier one never get an answer, and do nothing more.
    life: u32,
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

    /// Gives no answer to some calls, from here on.
    pub fn mute(&self, mute: Mute) {
        self.silence().mute = mute;
        self.silence.1.notify_all();
    }

    /// How many calls wait for an answer.
    pub fn waiting(&self) -> usize {
        self.silence().waiting
    }

    /// Answers again, but never to calls that wait: their program is dead.
    pub fn revive(&self) {
        let mut silence = self.silence();
        silence.life += 1;
        silence.mute = Mute::Nothing;
        self.silence.1.notify_all();
    }

    /// What it holds, by feed.
    pub fn entries(&self) -> HashMap<FeedId, String> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn open(&self) -> Result<MutexGuard<'_, HashMap<FeedId, String>>, KeyringError> {
        if self.locked.load(Ordering::SeqCst) {
            return Err(KeyringError::Locked);
        }
        Ok(self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn silence(&self) -> MutexGuard<'_, Silence> {
        self.silence.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for as long as calls of a kind get no answer.
    fn wait(&self, kinds: [Mute; 2]) -> Result<(), KeyringError> {
        let mut silence = self.silence();
        let life = silence.life;
        silence.waiting += 1;
        while silence.life == life && kinds.contains(&silence.mute) {
            silence = self.silence.1.wait(silence).unwrap_or_else(PoisonError::into_inner);
        }
        silence.waiting -= 1;
        if silence.life == life { Ok(()) } else { Err(KeyringError::NoAnswer) }
    }

    fn change(&self, change: impl FnOnce(&mut HashMap<FeedId, String>)) -> Result<(), KeyringError> {
        self.wait([Mute::Everything, Mute::BeforeChanges])?;
        change(&mut *self.open()?);
        self.wait([Mute::AfterChanges, Mute::AfterChanges])
    }
}

impl Keyring for Drawer {
    fn read(&self, feed: &FeedId) -> Result<Option<SecretString>, KeyringError> {
        self.wait([Mute::Everything, Mute::Everything])?;
        Ok(self.open()?.get(feed).cloned().map(SecretString::from))
    }

    fn write(&self, feed: &FeedId, text: &SecretString) -> Result<(), KeyringError> {
        self.change(|entries| drop(entries.insert(feed.clone(), text.expose_secret().to_owned())))
    }

    fn delete(&self, feed: &FeedId) -> Result<(), KeyringError> {
        self.change(|entries| drop(entries.remove(feed)))
    }
}
