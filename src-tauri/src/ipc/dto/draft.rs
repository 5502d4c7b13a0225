//! What a person fills in, and what an address answered. Drafts hold secrets, so none of them can be printed.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine;

use super::event::Priority;

/// What a person fills in to add or edit a feed.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FeedDraft {
    name: String,
    url: String,
    notify: bool,
    sign_in: SignInDraft,
    headers: Vec<HeaderDraft>,
    secrets: SecretsHome,
    plain_http: bool,
}

/// How a feed is to sign in; a secret that is null keeps the one that is set.
#[derive(Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum SignInDraft {
    None,
    Basic { username: String, password: Option<String> },
    Bearer { token: Option<String> },
}

/// An extra request header; a value that is null keeps the one that is set.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HeaderDraft {
    name: String,
    value: Option<String>,
}

/// Where secrets go.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SecretsHome {
    Keyring,
    ThisSession,
}

/// What an address answered when tried.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Probe {
    verdict: Verdict,
    message: String,
    /// What the service, or the kind of its events, is called; null where neither is known.
    recognised: Option<String>,
    events: Vec<ProbeEvent>,
}

/// What an address turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Verdict {
    Open,
    Waiting,
    NotAStream,
    SignIn,
    Failed,
}

/// An event a probe saw.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProbeEvent {
    event_type: String,
    title: String,
    body: String,
    priority: Priority,
    data: String,
}

impl From<FeedDraft> for engine::FeedDraft {
    fn from(draft: FeedDraft) -> Self {
        let FeedDraft { name, url, notify, sign_in, headers, secrets, plain_http } = draft;
        Self {
            name,
            url,
            notify,
            sign_in: sign_in.into(),
            headers: headers.into_iter().map(Into::into).collect(),
            secrets: match secrets {
                SecretsHome::Keyring => engine::SecretsHome::Keyring,
                SecretsHome::ThisSession => engine::SecretsHome::ThisSession,
            },
            plain_http,
            // What the window has no fields for stays as it is.
            connection: None,
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

impl From<engine::Probe> for Probe {
    fn from(probe: engine::Probe) -> Self {
        let verdict = match probe.verdict {
            engine::Verdict::Open => Verdict::Open,
            engine::Verdict::Waiting => Verdict::Waiting,
            engine::Verdict::NotAStream => Verdict::NotAStream,
            engine::Verdict::SignIn => Verdict::SignIn,
            engine::Verdict::Failed => Verdict::Failed,
        };
        Self {
            verdict,
            message: probe.message,
            recognised: probe.recognised.map(|preset| preset.label().to_owned()),
            events: probe.events.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<engine::ProbeEvent> for ProbeEvent {
    fn from(event: engine::ProbeEvent) -> Self {
        let engine::ProbeEvent { event_type, title, body, priority, data } = event;
        Self { event_type, title, body, priority: priority.into(), data }
    }
}
