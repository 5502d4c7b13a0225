//! A feed as the window shows it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::id::FeedId;
use tidings_engine::settings;
use tidings_engine::update::{self as engine, FeedView};

use super::{Allowed, FeedIcon, Mute};

/// A feed. Holds no secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    id: String,
    name: String,
    icon: FeedIcon,
    url: String,
    enabled: bool,
    notify: bool,
    mute: Mute,
    allowed: Allowed,
    /// Whether it goes on sending more than popups can show, and nobody has said yet what is to be done about it.
    bursting: bool,
    /// The service that a person chose.
    preset: Option<Preset>,
    /// The service it is taken for where nobody chose.
    recognised: Option<Preset>,
    sign_in: SignIn,
    header_names: Vec<String>,
    connection: Connection,
    secrets: Secrets,
    state: FeedState,
    unread: u64,
}

impl Feed {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// The service whose events a feed sends, or their kind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Preset {
    Generic,
    Json,
    Text,
    Ntfy,
    Mercure,
    Nchan,
    Mastodon,
    HomeAssistant,
    Wikimedia,
    Firebase,
}

/// How a feed signs in, without the secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum SignIn {
    None,
    Basic { username: String },
    Bearer,
}

/// How a feed's server is reached; whether there are a body and certificates, not which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Connection {
    method: String,
    body: bool,
    authority: bool,
    client_certificate: bool,
    pin: String,
    proxy: Proxy,
    silence_seconds: Option<u32>,
    longest_wait_seconds: Option<u32>,
    plain_http: bool,
}

/// Which proxy leads to a feed's server; one with a user has a password that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Proxy {
    System,
    None,
    Url { url: String, username: Option<String> },
}

/// Where a feed's secrets are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Secrets {
    NotNeeded,
    Kept,
    ThisSession,
    Missing,
}

/// What a feed's connection is doing. Times are wall-clock milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FeedState {
    Connecting,
    Live { since_ms: i64 },
    Offline,
    Waiting { until_ms: i64, why: Reason },
    NeedsPerson { why: Reason },
    StoppedByServer { why: Reason },
    Paused,
    Disabled,
}

/// A cause in words, with a code where the window offers something for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    code: ReasonCode,
    message: String,
}

/// What the window branches on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum ReasonCode {
    SignIn,
    Key,
    Keyring,
    Other,
}

/// Reads a feed's id as the window sends it.
pub fn feed_id(text: String) -> FeedId {
    FeedId::from_text(text)
}

impl From<FeedView> for Feed {
    fn from(feed: FeedView) -> Self {
        let FeedView {
            id,
            name,
            icon,
            url,
            enabled,
            notify,
            mute,
            allowed,
            bursting,
            preset,
            recognised,
            sign_in,
            header_names,
            connection,
            secrets,
            state,
            unread,
        } = feed;
        Self {
            id: id.to_string(),
            name,
            icon: icon.into(),
            url,
            enabled,
            notify,
            mute: mute.into(),
            allowed: allowed.into(),
            bursting,
            preset: preset.map(Into::into),
            recognised: recognised.map(Into::into),
            sign_in: sign_in.into(),
            header_names,
            connection: (*connection).into(),
            secrets: secrets.into(),
            state: state.into(),
            unread,
        }
    }
}

impl From<engine::ProxyView> for Proxy {
    fn from(proxy: engine::ProxyView) -> Self {
        match proxy {
            engine::ProxyView::System => Self::System,
            engine::ProxyView::None => Self::None,
            engine::ProxyView::Url { url, username } => Self::Url { url, username },
        }
    }
}

impl From<engine::SignInView> for SignIn {
    fn from(sign_in: engine::SignInView) -> Self {
        match sign_in {
            engine::SignInView::None => Self::None,
            engine::SignInView::Basic { username } => Self::Basic { username },
            engine::SignInView::Bearer => Self::Bearer,
        }
    }
}

impl From<engine::ConnectionView> for Connection {
    fn from(connection: engine::ConnectionView) -> Self {
        let engine::ConnectionView { method, body, authority, client_certificate, pin, proxy, .. } =
            connection;
        Self {
            method,
            body,
            authority,
            client_certificate,
            pin,
            proxy: proxy.into(),
            silence_seconds: connection.silence_seconds,
            longest_wait_seconds: connection.longest_wait_seconds,
            plain_http: connection.plain_http,
        }
    }
}

impl From<engine::SecretsView> for Secrets {
    fn from(secrets: engine::SecretsView) -> Self {
        match secrets {
            engine::SecretsView::NotNeeded => Self::NotNeeded,
            engine::SecretsView::Kept => Self::Kept,
            engine::SecretsView::ThisSession => Self::ThisSession,
            engine::SecretsView::Missing => Self::Missing,
        }
    }
}

impl From<engine::FeedState> for FeedState {
    fn from(state: engine::FeedState) -> Self {
        match state {
            engine::FeedState::Connecting => Self::Connecting,
            engine::FeedState::Live { since_ms } => Self::Live { since_ms },
            engine::FeedState::Offline => Self::Offline,
            engine::FeedState::Waiting { until_ms, why } => Self::Waiting { until_ms, why: why.into() },
            engine::FeedState::NeedsPerson { why } => Self::NeedsPerson { why: why.into() },
            engine::FeedState::StoppedByServer { why } => Self::StoppedByServer { why: why.into() },
            engine::FeedState::Paused => Self::Paused,
            engine::FeedState::Disabled => Self::Disabled,
        }
    }
}

impl From<engine::Reason> for Reason {
    fn from(reason: engine::Reason) -> Self {
        let code = match reason.code {
            engine::ReasonCode::SignIn => ReasonCode::SignIn,
            engine::ReasonCode::Key => ReasonCode::Key,
            engine::ReasonCode::Keyring => ReasonCode::Keyring,
            engine::ReasonCode::Other => ReasonCode::Other,
        };
        Self { code, message: reason.message }
    }
}

impl From<settings::Preset> for Preset {
    fn from(preset: settings::Preset) -> Self {
        match preset {
            settings::Preset::Generic => Self::Generic,
            settings::Preset::Json => Self::Json,
            settings::Preset::Text => Self::Text,
            settings::Preset::Ntfy => Self::Ntfy,
            settings::Preset::Mercure => Self::Mercure,
            settings::Preset::Nchan => Self::Nchan,
            settings::Preset::Mastodon => Self::Mastodon,
            settings::Preset::HomeAssistant => Self::HomeAssistant,
            settings::Preset::Wikimedia => Self::Wikimedia,
            settings::Preset::Firebase => Self::Firebase,
        }
    }
}

impl From<Preset> for settings::Preset {
    fn from(preset: Preset) -> Self {
        match preset {
            Preset::Generic => Self::Generic,
            Preset::Json => Self::Json,
            Preset::Text => Self::Text,
            Preset::Ntfy => Self::Ntfy,
            Preset::Mercure => Self::Mercure,
            Preset::Nchan => Self::Nchan,
            Preset::Mastodon => Self::Mastodon,
            Preset::HomeAssistant => Self::HomeAssistant,
            Preset::Wikimedia => Self::Wikimedia,
            Preset::Firebase => Self::Firebase,
        }
    }
}
