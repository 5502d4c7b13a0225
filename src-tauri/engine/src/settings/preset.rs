//! The services whose events are understood, by the names that stand in the settings.

use serde::{Deserialize, Serialize};

/// How a feed's events are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Any program that sends events: JSON by the names its members usually have, else text.
    Generic,
    /// JSON objects, read in the same way.
    Json,
    /// Text as it is, even where it looks like JSON.
    Text,
    /// ntfy.
    Ntfy,
    /// A Mercure hub.
    Mercure,
    /// nginx with nchan.
    Nchan,
    /// Mastodon's streaming API, and what speaks like it.
    Mastodon,
    /// Home Assistant's event stream.
    HomeAssistant,
    /// Wikimedia's EventStreams.
    Wikimedia,
    /// Firebase Realtime Database.
    Firebase,
}

impl Preset {
    /// Every one, the general ones first.
    pub const ALL: [Self; 10] = [
        Self::Generic,
        Self::Json,
        Self::Text,
        Self::Ntfy,
        Self::Mercure,
        Self::Nchan,
        Self::Mastodon,
        Self::HomeAssistant,
        Self::Wikimedia,
        Self::Firebase,
    ];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Generic => "Server-Sent Events",
            Self::Json => "JSON events",
            Self::Text => "plain text",
            Self::Ntfy => "ntfy",
            Self::Mercure => "Mercure",
            Self::Nchan => "nchan",
            Self::Mastodon => "Mastodon",
            Self::HomeAssistant => "Home Assistant",
            Self::Wikimedia => "Wikimedia EventStreams",
            Self::Firebase => "Firebase Realtime Database",
        }
    }

    /// The name of the icon its events carry where a feed has none of its own.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Generic => "feed",
            Self::Json => "json",
            Self::Text => "text",
            Self::Ntfy => "ntfy",
            Self::Mercure => "mercure",
            Self::Nchan => "nchan",
            Self::Mastodon => "mastodon",
            Self::HomeAssistant => "home-assistant",
            Self::Wikimedia => "wikimedia",
            Self::Firebase => "firebase",
        }
    }
}
