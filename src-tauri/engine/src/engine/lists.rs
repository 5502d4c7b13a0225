//! Lists of feeds from elsewhere: shown first, added when a person agrees; and settings for elsewhere.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;
use url::Url;

use super::desk::Desk;
use super::{Engine, FeedDraft, RequestError, SecretsHome, SignInDraft, demo, draft};
use crate::id::FeedId;
use crate::roster::{self, Entrance, Newcomer, Roster};
use crate::settings::{Feed, Settings};
use crate::update::WorkKind;

pub use crate::roster::Kind as ListKind;

/// A list of feeds as a person is shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What it is.
    pub kind: ListKind,
    /// Its feeds, in its order.
    pub feeds: Vec<Listed>,
    /// What in it is no feed.
    pub odd: Vec<String>,
}

/// A feed of a list, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it would be called.
    pub name: String,
    /// Its address, without secrets.
    pub url: String,
    /// Whether it signs in.
    pub signs_in: bool,
    /// Whether there is a feed of this address.
    pub known: bool,
    /// What of it can't be taken over.
    pub left_out: Option<&'static str>,
}

/// What became of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// How many feeds were added.
    pub added: u64,
    /// Which were not, by what they are called, and why.
    pub refused: Vec<(String, String)>,
}

impl Engine {
    /// Reads a list of feeds and says what is in it; nothing is added.
    ///
    /// # Errors
    /// If it is no list that is understood.
    pub async fn read_list(&self, text: String) -> Result<Listing, RequestError> {
        let Roster { kind, feeds, odd } = read(text).await?;
        let desk = self.inner.desk.lock().await;
        let known: Vec<_> = desk.settings.feeds.iter().map(|feed| plain(&feed.url)).collect();
        let feeds = feeds.iter().map(|newcomer| listed(newcomer, &known)).collect();
        Ok(Listing { kind, feeds, odd })
    }

    /// Adds the feeds of a list whose places are in `chosen`; their secrets go where `home` says.
    ///
    /// # Errors
    /// If it is no list, or the settings can't be written; what is wrong with one feed keeps no other.
    pub async fn add_list(
        &self,
        text: String,
        chosen: &[usize],
        home: SecretsHome,
    ) -> Result<Added, RequestError> {
        let roster = read(text).await?;
        let inner = &self.inner;
        inner.desk.lock().await.writable()?;
        let mut added = Added::default();
        let course = inner.board.begin(WorkKind::AddFeeds);
        for (at, newcomer) in roster.feeds.into_iter().enumerate() {
            if !chosen.contains(&at) {
                continue;
            }
            // What was added stays, and stands in the list as known.
            if course.is_stopped() {
                break;
            }
            course.at(added.added + added.refused.len() as u64, Some(chosen.len() as u64));
            let name = listed(&newcomer, &[]).name;
            let done = match newcomer.settings {
                Some(feed) => adopt(&mut *inner.desk.lock().await, *feed),
                None => inner.add(filled_in(newcomer, home)).await.map(drop),
            };
            match done {
                Ok(()) => added.added += 1,
                Err(error) => added.refused.push((name, error.to_string())),
            }
        }
        inner.apply(&*inner.desk.lock().await).await;
        inner.ask_keyring().await;
        Ok(added)
    }

    /// Writes feeds and settings into a file for another installation, without secrets.
    ///
    /// # Errors
    /// If the disk doesn't take it.
    pub async fn export_settings(&self, file: &Path) -> Result<(), RequestError> {
        let settings = self.inner.desk.lock().await.settings.clone();
        // Another installation has a demo of its own; addresses that were edited by hand may hold secrets.
        let feeds = settings
            .feeds
            .iter()
            .filter(|feed| !demo::is_demo(&feed.url))
            .map(|feed| Feed { url: draft::shown(&feed.url), ..feed.clone() });
        let text = roster::write(&Settings { feeds: feeds.collect(), ..settings });
        let file: PathBuf = file.into();
        tokio::fs::write(&file, text)
            .await
            .map_err(|error| RequestError::Storage(format!("{} can't be written: {error}.", file.display())))
    }
}

/// Reads on a thread of its own: a phone's backup may be long.
async fn read(text: String) -> Result<Roster, RequestError> {
    let read = tokio::task::spawn_blocking(move || roster::read(&text)).await;
    Ok(read.map_err(|_| RequestError::Storage("The list could not be read.".into()))??)
}

fn listed(newcomer: &Newcomer, known: &[String]) -> Listed {
    let url = plain(&newcomer.url);
    let host = || Url::parse(&url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = if newcomer.name.is_empty() { host().unwrap_or_default() } else { newcomer.name.clone() };
    let signs_in = match (&newcomer.settings, &newcomer.entrance) {
        (Some(feed), _) => draft::needs_secrets(feed),
        (None, Entrance::Open) => draft::holds_secrets(&newcomer.url),
        (None, Entrance::Basic { .. } | Entrance::Bearer { .. }) => true,
    };
    Listed { name, known: known.contains(&url), url, signs_in, left_out: newcomer.left_out }
}

/// An address by which feeds are compared and shown.
fn plain(address: &str) -> String {
    let shown = draft::shown(address.trim());
    Url::parse(&shown).map_or(shown, String::from)
}

fn filled_in(newcomer: Newcomer, secrets: SecretsHome) -> FeedDraft {
    let Newcomer { name, url, notify, entrance, .. } = newcomer;
    let sign_in = match entrance {
        Entrance::Open => SignInDraft::None,
        Entrance::Basic { username, password } => {
            SignInDraft::Basic { username, password: Some(password.expose_secret().to_owned()) }
        }
        Entrance::Bearer { token } => SignInDraft::Bearer { token: Some(token.expose_secret().to_owned()) },
    };
    let (preset, headers, connection) = (None, Vec::new(), None);
    FeedDraft {
        name,
        url,
        notify,
        preset,
        sign_in,
        headers,
        secrets,
        plain_http: false,
        connection,
        icon: None,
        allowed: None,
    }
}

/// Takes a feed of another installation over as it is set there; secrets are entered here.
fn adopt(desk: &mut Desk, feed: Feed) -> Result<(), RequestError> {
    let settings = &desk.settings;
    let taken = settings.feeds.iter().map(|known| &known.id).chain(&settings.forget_later);
    let id = if taken.into_iter().any(|id| *id == feed.id) { FeedId::random() } else { feed.id.clone() };
    let feed = draft::settled(Feed { id, ..feed })?;
    desk.save(|settings| settings.feeds.push(feed))
}
