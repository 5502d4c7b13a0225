//! What the desktop does for Tidings: keeping secrets and showing popups.

use std::time::Duration;

use tidings_engine::engine::lacks_secrets;
use tidings_engine::id::FeedId;
use tidings_engine::notify;
use tidings_engine::secrets::{SystemKeyring, Vault};
use tidings_engine::settings::{Feed, Settings};
use tokio::time::timeout;

use super::finding::Finding;
use crate::profile::Profile;

/// A keyring that needs longer waits for its password.
const KEYRING_TIME: Duration = Duration::from_secs(15);

/// Asks the keyring for what the feeds need of it.
pub(super) async fn keyring(profile: &Profile, settings: &Settings) -> Finding {
    const ABOUT: &str = "Keyring";
    let vault = Vault::new(SystemKeyring::new(profile.paths.identity.clone()));
    let asked = async {
        let mut incomplete = Vec::new();
        let mut needed = 0;
        for feed in settings.feeds.iter().filter(|feed| lacks_secrets(feed, None)) {
            needed += 1;
            let there = vault.get(&feed.id).await?;
            if lacks_secrets(feed, there.as_ref().map(|(secrets, _)| secrets)) {
                incomplete.push(feed);
            }
        }
        if needed == 0 {
            // Whether it answers at all.
            vault.get(&FeedId::from_text("doctor")).await?;
        }
        Ok((needed, incomplete))
    };
    let idle = !settings.feeds.iter().any(|feed| lacks_secrets(feed, None));
    match timeout(KEYRING_TIME, asked).await.unwrap_or(Err(tidings_engine::secrets::KeyringError::NoAnswer)) {
        Ok((0, _)) => Finding::fine(ABOUT, "it answers; no feed needs it."),
        Ok((needed, incomplete)) if incomplete.is_empty() => {
            Finding::fine(ABOUT, format!("it has the secrets of all feeds that need any ({needed})."))
        }
        Ok((_, incomplete)) => {
            let names: Vec<_> = incomplete.iter().map(|feed: &&Feed| feed.name.as_str()).collect();
            Finding::trouble(ABOUT, format!("secrets are missing for {}.", names.join(", ")))
                .mended_by("Enter them in the feed's form, or with: tidings-cli feeds edit FEED.")
        }
        Err(error) if idle => Finding::note(ABOUT, format!("no feed needs it. {error}")),
        Err(error) => Finding::trouble(ABOUT, error.to_string()),
    }
}

/// Asks the notification daemon who it is.
pub(super) async fn notifications() -> Finding {
    const ABOUT: &str = "Notifications";
    match notify::service().await {
        Ok(service) => {
            let said = format!("{} {} by {}", service.name, service.version, service.vendor);
            let can = |what: &str| service.capabilities.iter().any(|can| can == what);
            let lacks: Vec<_> = [("actions", "clicks"), ("body", "a text below the title")]
                .into_iter()
                .filter(|(capability, _)| !can(capability))
                .map(|(_, said)| said)
                .collect();
            if lacks.is_empty() {
                Finding::fine(ABOUT, format!("{said} ({}).", service.capabilities.join(", ")))
            } else {
                Finding::note(ABOUT, format!("{said}; its popups take no {}.", lacks.join(" and no ")))
            }
        }
        Err(error) => Finding::trouble(ABOUT, error.to_string()),
    }
}
