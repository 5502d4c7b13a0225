//! What a person has set: feeds and how they are shown. The file is in `file`, what few feeds set in `connection`.

mod allowed;
mod connection;
mod file;
mod icon;
mod keep;
mod network;
mod preset;
mod rules;
mod searches;
mod templates;
mod tile;
mod window;

use serde::{Deserialize, Serialize};

pub use allowed::{Allowed, Urgency};
pub use connection::{Connection, Proxy};
pub use file::{Loaded, SettingsError, SettingsFile};
pub use icon::Icon;
pub use keep::{FeedKeep, Keep};
pub use network::Network;
pub use preset::Preset;
pub use rules::{Comparison, Day, Hours, JsonTest, Mute, Quiet, Rule, Then, When};
pub use searches::SavedSearch;
pub use templates::Templates;
pub use tile::{OnlyWhere, Shows, Tile};
pub use window::{Density, OnClose, Theme, Tongue, Window};

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
    /// How much of the history is kept.
    #[serde(default)]
    pub keep: Keep,
    /// Whether all popups are muted.
    #[serde(default, skip_serializing_if = "Mute::is_off")]
    pub mute: Mute,
    /// When popups wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    /// How feeds reach the network.
    #[serde(default, skip_serializing_if = "Network::is_usual")]
    pub network: Network,
    /// How the window looks and behaves.
    #[serde(default, skip_serializing_if = "Window::is_usual")]
    pub window: Window,
    /// Whether it was said that feeds are watched without the window.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub said_it_goes_on: bool,
    /// The rules, in the order in which they are asked.
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// The searches that are kept, in the order of the list.
    #[serde(default, rename = "search", skip_serializing_if = "Vec::is_empty")]
    pub searches: Vec<SavedSearch>,
    /// The tiles of the dashboard, in their order; none at all until a person has chosen any.
    #[serde(default, rename = "tile", skip_serializing_if = "Option::is_none")]
    pub tiles: Option<Vec<Tile>>,
    /// The feeds, in the order of the list.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<Feed>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            paused: false,
            forget_later: Vec::new(),
            keep: Keep::default(),
            mute: Mute::Off,
            quiet: None,
            network: Network::default(),
            window: Window::default(),
            said_it_goes_on: false,
            rules: Vec::new(),
            searches: Vec::new(),
            tiles: None,
            feeds: Vec::new(),
        }
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
    /// What stands for it; where nothing is set, what its service has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<Icon>,
    /// How its events are to be understood; where nothing is set, as the service that is recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// The service its first events were recognised as, kept so that the next start knows how to resume.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised: Option<Preset>,
    /// How its server is reached, where that is out of the ordinary.
    #[serde(default, skip_serializing_if = "Connection::is_ordinary")]
    pub connection: Connection,
    /// What its popups are like, where that is out of the ordinary.
    #[serde(default, skip_serializing_if = "Notices::is_ordinary")]
    pub notices: Notices,
    /// What of its events is kept.
    #[serde(default, skip_serializing_if = "FeedKeep::is_all")]
    pub keep: FeedKeep,
}

impl Feed {
    /// Makes one as it is when nothing but its address is set: subscribed, with popups, without sign-in.
    pub fn new(id: FeedId, name: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            url: url.into(),
            enabled: true,
            notify: true,
            sign_in: SignIn::None,
            headers: Vec::new(),
            icon: None,
            preset: None,
            recognised: None,
            connection: Connection::default(),
            notices: Notices::default(),
            keep: FeedKeep::default(),
        }
    }
}

/// What a feed's popups are like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Notices {
    /// Whether they are muted.
    #[serde(skip_serializing_if = "Mute::is_off")]
    pub mute: Mute,
    /// Whether its popups are wanted although they are more than can be shown.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bursts_are_fine: bool,
    /// What its server may decide of them.
    #[serde(skip_serializing_if = "Allowed::is_usual")]
    pub allowed: Allowed,
    /// How its events read.
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub templates: Templates,
}

impl Notices {
    /// Whether nothing is set.
    pub fn is_ordinary(&self) -> bool {
        *self == Self::default()
    }
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
