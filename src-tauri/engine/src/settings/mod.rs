//! What a person has set: feeds and how they are shown. The file is in `file`, what few feeds set in `connection`.

mod connection;
mod file;
mod preset;

use serde::{Deserialize, Serialize};

pub use connection::{Connection, Proxy};
pub use file::{Loaded, SettingsError, SettingsFile};
pub use preset::Preset;

use crate::id::FeedId;

/// The layout this program writes.
pub const VERSION: u32 = 1;

/// Everything in `settings.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The layout's version; a newer one is refused.
    pub version: u32,
    /// Whether everything is paused.
    #[serde(default)]
    pub paused: bool,
    /// Removed feeds whose secrets the keyring could not be told to forget yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forget_later: Vec<FeedId>,
    /// The feeds, in the order of the list.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<Feed>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { version: VERSION, paused: false, forget_later: Vec::new(), feeds: Vec::new() }
    }
}

/// One feed. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Its id, also its name in the keyring.
    pub id: FeedId,
    /// The name people see.
    pub name: String,
    /// An `http` or `https` address, without user or password; a parameter that holds a secret has `***` for its value.
    pub url: String,
    /// Whether to subscribe.
    pub enabled: bool,
    /// Whether its events raise popups.
    pub notify: bool,
    /// How it signs in.
    pub sign_in: SignIn,
    /// Names of extra request headers; their values are in the keyring.
    #[serde(default)]
    pub headers: Vec<String>,
    /// How its events are to be understood; where nothing is set, as the service that is recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// The service its first events were recognised as, kept so that the next start knows how to resume.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised: Option<Preset>,
    /// How its server is reached, where that is out of the ordinary.
    #[serde(default, skip_serializing_if = "Connection::is_ordinary")]
    pub connection: Connection,
}

/// How a feed signs in; the secret is in the keyring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SignIn {
    /// Not at all.
    None,
    /// HTTP Basic.
    Basic {
        /// The user's name.
        username: String,
    },
    /// `Authorization: Bearer …`.
    Bearer,
}
