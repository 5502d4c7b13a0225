//! Keeping and forgetting against a keyring in memory that can fail or hang.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

#[derive(Clone, Default)]
struct Memory {
    entries: Arc<Mutex<HashMap<FeedId, String>>>,
    locked: Arc<AtomicBool>,
    hangs: Arc<AtomicBool>,
}

impl Memory {
    fn door(&self) -> Result<(), KeyringError> {
        while self.hangs.load(Ordering::SeqCst) {
            std::thread::park_timeout(std::time::Duration::from_millis(5));
        }
        if self.locked.load(Ordering::SeqCst) { Err(KeyringError::Locked) } else { Ok(()) }
    }
}

impl Keyring for Memory {
    fn read(&self, feed: &FeedId) -> Result<Option<SecretString>, KeyringError> {
        self.door()?;
        Ok(self.entries.lock().unwrap().get(feed).cloned().map(SecretString::from))
    }

    fn write(&self, feed: &FeedId, text: &SecretString) -> Result<(), KeyringError> {
        self.door()?;
        self.entries.lock().unwrap().insert(feed.clone(), text.expose_secret().into());
        Ok(())
    }

    fn delete(&self, feed: &FeedId) -> Result<(), KeyringError> {
        self.door()?;
        self.entries.lock().unwrap().remove(feed);
        Ok(())
    }
}

fn token(text: &str) -> Secrets {
    Secrets {
        sign_in: Some(text.to_owned().into()),
        headers: [("x-key".to_owned(), text.to_owned().into())].into(),
        query: [("token".to_owned(), text.to_owned().into())].into(),
        client_key: Some(text.to_owned().into()),
        proxy: Some(text.to_owned().into()),
    }
}

fn shown(secrets: &Secrets) -> (Option<&str>, Vec<(&str, &str)>) {
    let headers =
        secrets.headers.iter().map(|(name, value)| (name.as_str(), value.expose_secret())).collect();
    (secrets.sign_in.as_ref().map(|secret| secret.expose_secret()), headers)
}

#[tokio::test]
async fn keeps_secrets_in_the_keyring_under_the_feeds_id_and_removes_them() {
    let memory = Memory::default();
    let (vault, feed) = (Vault::new(memory.clone()), FeedId::random());
    assert!(vault.get(&feed).await.unwrap().is_none());
    vault.keep(&feed, token("täg"), Home::Keyring).await.unwrap();
    let (secrets, home) = vault.get(&feed).await.unwrap().unwrap();
    assert_eq!((shown(&secrets), home), ((Some("täg"), vec![("x-key", "täg")]), Home::Keyring));
    let others = [&secrets.query["token"], &secrets.client_key.unwrap(), &secrets.proxy.unwrap()];
    assert!(others.iter().all(|secret| secret.expose_secret() == "täg"));
    assert_eq!(memory.entries.lock().unwrap().len(), 1);
    vault.forget(&feed).await.unwrap();
    assert!(memory.entries.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_session_secret_never_touches_the_keyring() {
    let memory = Memory::default();
    memory.locked.store(true, Ordering::SeqCst);
    let (vault, feed) = (Vault::new(memory.clone()), FeedId::random());
    assert_eq!(vault.keep(&feed, token("a"), Home::Keyring).await, Err(KeyringError::Locked));
    vault.keep(&feed, token("b"), Home::ThisSession).await.unwrap();
    let (secrets, home) = vault.get(&feed).await.unwrap().unwrap();
    assert_eq!((secrets.sign_in.unwrap().expose_secret(), home), ("b", Home::ThisSession));
    assert!(memory.entries.lock().unwrap().is_empty());
    assert_eq!(vault.forget(&feed).await, Err(KeyringError::Locked));
    memory.locked.store(false, Ordering::SeqCst);
    assert!(vault.get(&feed).await.unwrap().is_none());
}

#[tokio::test]
async fn reads_what_an_earlier_version_kept() {
    let memory = Memory::default();
    let (vault, feed) = (Vault::new(memory.clone()), FeedId::random());
    let old = r#"{"signIn":"s","headers":{"x-key":"k"}}"#;
    memory.entries.lock().unwrap().insert(feed.clone(), old.into());
    let (secrets, _) = vault.get(&feed).await.unwrap().unwrap();
    assert_eq!(shown(&secrets), (Some("s"), vec![("x-key", "k")]));
    assert!(secrets.query.is_empty() && secrets.client_key.is_none() && secrets.proxy.is_none());
}

#[tokio::test]
async fn an_entry_that_is_not_ours_is_damaged_not_a_panic() {
    for text in ["", "hush", "{}", "[]", "{\"headers\":3}"] {
        let memory = Memory::default();
        let (vault, feed) = (Vault::new(memory.clone()), FeedId::random());
        memory.entries.lock().unwrap().insert(feed.clone(), text.into());
        assert_eq!(vault.get(&feed).await.unwrap_err(), KeyringError::Damaged);
    }
}

#[tokio::test(start_paused = true)]
async fn a_keyring_that_hangs_costs_the_caller_a_deadline_and_recovers() {
    let memory = Memory::default();
    memory.hangs.store(true, Ordering::SeqCst);
    let (vault, feed) = (Vault::new(memory.clone()), FeedId::random());
    for _ in 0..5 {
        assert_eq!(vault.get(&feed).await.unwrap_err(), KeyringError::NoAnswer);
    }
    memory.hangs.store(false, Ordering::SeqCst);
    // The threads let go in real time; the virtual clock only bounds how often that is looked at.
    while vault.get(&feed).await.is_err() {
        std::thread::park_timeout(std::time::Duration::from_millis(1));
    }
}

#[test]
fn debug_hides_every_secret() {
    let text = format!("{:?}", token("hush"));
    assert!(!text.contains("hush") && text.contains("x-key"));
}
