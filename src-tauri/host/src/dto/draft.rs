//! What a person fills in, and what an address answered. Drafts hold secrets, so none of them can be printed.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine;

use super::event::Priority;
use super::{Allowed, IconDraft, Preset};

/// What a person fills in to add or edit a feed.
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedDraft {
    pub(super) name: String,
    pub(super) url: String,
    /// Null keeps what is set.
    pub(super) icon: Option<IconDraft>,
    pub(super) notify: bool,
    /// Null keeps what is set.
    pub(super) allowed: Option<Allowed>,
    /// Null leaves it to what is recognised.
    pub(super) preset: Option<Preset>,
    pub(super) sign_in: SignInDraft,
    pub(super) headers: Vec<HeaderDraft>,
    pub(super) secrets: SecretsHome,
    pub(super) plain_http: bool,
    /// Null keeps what is set.
    pub(super) connection: Option<ConnectionDraft>,
}

/// How a feed is to sign in; a secret that is null keeps the one that is set.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SignInDraft {
    None,
    Basic { username: String, password: Option<String> },
    Bearer { token: Option<String> },
}

/// An extra request header; a value that is null keeps the one that is set.
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeaderDraft {
    pub(super) name: String,
    pub(super) value: Option<String>,
}

/// How a feed's server is to be reached; a body, certificate or key (in PEM) is empty for none, null for the one that is set.
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionDraft {
    pub(super) parameters: Vec<ParameterDraft>,
    pub(super) method: String,
    pub(super) body: Option<String>,
    pub(super) authority: Option<String>,
    pub(super) client_certificate: Option<String>,
    pub(super) client_key: Option<String>,
    pub(super) pin: String,
    pub(super) proxy: ProxyDraft,
    pub(super) silence_seconds: Option<u32>,
    pub(super) longest_wait_seconds: Option<u32>,
}

/// A parameter of the address that holds a secret; a value that is null keeps the one that is set.
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct ParameterDraft {
    pub(super) name: String,
    pub(super) value: Option<String>,
}

/// Which proxy a feed is to use; a password that is null keeps the one that is set.
#[derive(Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ProxyDraft {
    System,
    None,
    Url { url: String, username: String, password: Option<String> },
}

/// Where secrets go.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SecretsHome {
    Keyring,
    ThisSession,
}

/// What an address answered when tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Probe {
    verdict: Verdict,
    message: String,
    /// What the service, or the kind of its events, is called; null where neither is known.
    recognised: Option<String>,
    key: Option<UnknownKey>,
    events: Vec<ProbeEvent>,
}

/// The fingerprint of a key that nobody vouches for, and of the one that is pinned; empty for none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct UnknownKey {
    shown: String,
    pinned: String,
}

/// What an address turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Verdict {
    Open,
    Waiting,
    NotAStream,
    SignIn,
    Untrusted,
    Failed,
}

/// An event a probe saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProbeEvent {
    event_type: String,
    title: String,
    body: String,
    priority: Priority,
    data: String,
}

impl From<FeedDraft> for engine::FeedDraft {
    fn from(draft: FeedDraft) -> Self {
        let FeedDraft { name, url, icon, notify, preset, sign_in, headers, secrets, plain_http, .. } = draft;
        Self {
            name,
            url,
            icon: icon.map(Into::into),
            notify,
            allowed: draft.allowed.map(Into::into),
            preset: preset.map(Into::into),
            sign_in: sign_in.into(),
            headers: headers.into_iter().map(Into::into).collect(),
            secrets: secrets.into(),
            plain_http,
            connection: draft.connection.map(Into::into),
        }
    }
}

impl From<SignInDraft> for engine::SignInDraft {
    fn from(sign_in: SignInDraft) -> Self {
        match sign_in {
            SignInDraft::None => Self::None,
            SignInDraft::Basic { username, password } => Self::Basic { username, password },
            SignInDraft::Bearer { token } => Self::Bearer { token },
        }
    }
}

impl From<HeaderDraft> for engine::HeaderDraft {
    fn from(header: HeaderDraft) -> Self {
        Self { name: header.name, value: header.value }
    }
}

impl From<ConnectionDraft> for engine::ConnectionDraft {
    fn from(draft: ConnectionDraft) -> Self {
        let parameter = |ParameterDraft { name, value }| engine::ParameterDraft { name, value };
        Self {
            parameters: draft.parameters.into_iter().map(parameter).collect(),
            method: draft.method,
            body: draft.body,
            authority: draft.authority,
            client_certificate: draft.client_certificate,
            client_key: draft.client_key,
            pin: draft.pin,
            proxy: draft.proxy.into(),
            silence_seconds: draft.silence_seconds,
            longest_wait_seconds: draft.longest_wait_seconds,
            // The whole draft says it once.
            secrets_over_plain_http: false,
        }
    }
}

impl From<ProxyDraft> for engine::ProxyDraft {
    fn from(draft: ProxyDraft) -> Self {
        match draft {
            ProxyDraft::System => Self::System,
            ProxyDraft::None => Self::None,
            ProxyDraft::Url { url, username, password } => Self::Url { url, username, password },
        }
    }
}

impl From<engine::Probe> for Probe {
    fn from(probe: engine::Probe) -> Self {
        let verdict = match probe.verdict {
            engine::Verdict::Open => Verdict::Open,
            engine::Verdict::Waiting => Verdict::Waiting,
            engine::Verdict::NotAStream => Verdict::NotAStream,
            engine::Verdict::SignIn => Verdict::SignIn,
            engine::Verdict::Untrusted => Verdict::Untrusted,
            engine::Verdict::Failed => Verdict::Failed,
        };
        let key = probe.key.map(|engine::UnknownKey { shown, pinned }| UnknownKey { shown, pinned });
        let recognised = probe.recognised.map(|preset| preset.label().to_owned());
        let events = probe.events.into_iter().map(Into::into).collect();
        Self { verdict, message: probe.message, recognised, key, events }
    }
}

impl From<engine::ProbeEvent> for ProbeEvent {
    fn from(event: engine::ProbeEvent) -> Self {
        let engine::ProbeEvent { event_type, title, body, priority, data } = event;
        Self { event_type, title, body, priority: priority.into(), data }
    }
}

impl From<SecretsHome> for engine::SecretsHome {
    fn from(home: SecretsHome) -> Self {
        match home {
            SecretsHome::Keyring => Self::Keyring,
            SecretsHome::ThisSession => Self::ThisSession,
        }
    }
}
