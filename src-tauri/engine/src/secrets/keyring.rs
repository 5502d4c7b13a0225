//! Asking a keyring without ever being blocked by it: calls run on a thread of their own, with a deadline for the caller.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::oneshot;
use tokio::time;

use super::KeyringError;
use crate::id::FeedId;

/// A person may be typing the keyring's password into its dialog.
const DEADLINE: Duration = Duration::from_secs(60);
/// Threads that hang in a keyring can't be ended; beyond these none is added.
const MOST_STUCK: usize = 3;

/// A place for secrets; its calls may block.
pub trait Keyring: Send + Sync + 'static {
    /// Reads a feed's entry; `None` if there is none.
    ///
    /// # Errors
    /// If the keyring can't be read.
    fn read(&self, feed: &FeedId) -> Result<Option<SecretString>, KeyringError>;
    /// Writes a feed's entry.
    ///
    /// # Errors
    /// If the keyring doesn't take it.
    fn write(&self, feed: &FeedId, text: &SecretString) -> Result<(), KeyringError>;
    /// Deletes a feed's entry; none there is fine.
    ///
    /// # Errors
    /// If the keyring can't be reached.
    fn delete(&self, feed: &FeedId) -> Result<(), KeyringError>;
}

type Job = Box<dyn FnOnce(&dyn Keyring) + Send>;

/// Carries calls to the keyring's thread; starts another where one hangs.
pub(super) struct Clerk {
    keyring: Arc<dyn Keyring>,
    desk: Mutex<Option<Sender<Job>>>,
    stuck: Arc<AtomicUsize>,
}

impl fmt::Debug for Clerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clerk").field("stuck", &self.stuck).finish_non_exhaustive()
    }
}

impl Clerk {
    pub(super) fn new(keyring: impl Keyring) -> Self {
        Self { keyring: Arc::new(keyring), desk: Mutex::default(), stuck: Arc::default() }
    }

    pub(super) async fn read(&self, feed: &FeedId) -> Result<Option<SecretString>, KeyringError> {
        let feed = feed.clone();
        self.ask(move |keyring| keyring.read(&feed)).await
    }

    pub(super) async fn write(&self, feed: &FeedId, text: SecretString) -> Result<(), KeyringError> {
        let feed = feed.clone();
        self.ask(move |keyring| keyring.write(&feed, &text)).await
    }

    /// Its place in the order of calls is that of this call.
    pub(super) fn delete(&self, feed: &FeedId) -> impl Future<Output = Result<(), KeyringError>> + use<'_> {
        let feed = feed.clone();
        self.ask(move |keyring| keyring.delete(&feed))
    }

    fn ask<T: Send + 'static, Ask>(
        &self,
        call: Ask,
    ) -> impl Future<Output = Result<T, KeyringError>> + use<'_, T, Ask>
    where
        Ask: FnOnce(&dyn Keyring) -> Result<T, KeyringError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |keyring| {
            // What waited behind a call that hung, and is awaited by nobody, would undo what was done since.
            if !answer.is_closed() {
                let _ = answer.send(call(keyring));
            }
        });
        let sent = self.desk().and_then(|desk| desk.send(job).map_err(|_| KeyringError::NoAnswer));
        async move {
            sent?;
            match time::timeout(DEADLINE, answered).await {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err(KeyringError::NoAnswer),
                Err(_) => {
                    self.abandon();
                    Err(KeyringError::NoAnswer)
                }
            }
        }
    }

    /// The thread's inbox; a thread is started where there is none, unless too many hang already.
    fn desk(&self) -> Result<Sender<Job>, KeyringError> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = desk.as_ref() {
            return Ok(sender.clone());
        }
        if self.stuck.load(Ordering::SeqCst) >= MOST_STUCK {
            return Err(KeyringError::NoAnswer);
        }
        let (sender, jobs) = channel();
        let keyring = Arc::clone(&self.keyring);
        thread::Builder::new()
            .name("keyring".into())
            .spawn(move || work(&*keyring, &jobs))
            .map_err(|_| KeyringError::NoAnswer)?;
        Ok(desk.insert(sender).clone())
    }

    /// Leaves a thread to itself: it ends when its keyring lets go of it.
    fn abandon(&self) {
        let Some(sender) = self.desk.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        self.stuck.fetch_add(1, Ordering::SeqCst);
        let stuck = Arc::clone(&self.stuck);
        let _ = sender.send(Box::new(move |_| {
            stuck.fetch_sub(1, Ordering::SeqCst);
        }));
    }
}

fn work(keyring: &dyn Keyring, jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job(keyring);
    }
}
