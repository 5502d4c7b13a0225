//! Drafts of a terminal on their way to an engine in another process.

use tidings_engine::engine;

use super::draft::{ConnectionDraft, HeaderDraft, ParameterDraft, SignInDraft};
use super::{FeedDraft, MuteFor, ProxyDraft, SecretsHome};

impl From<engine::FeedDraft> for FeedDraft {
    fn from(draft: engine::FeedDraft) -> Self {
        let engine::FeedDraft { name, url, icon, notify, allowed, preset, sign_in, headers, secrets, .. } =
            draft;
        Self {
            name,
            url,
            icon: icon.map(Into::into),
            notify,
            allowed: allowed.map(Into::into),
            preset: preset.map(Into::into),
            sign_in: sign_in.into(),
            headers: headers.into_iter().map(Into::into).collect(),
            secrets: secrets.into(),
            plain_http: draft.plain_http,
            connection: draft.connection.map(Into::into),
        }
    }
}

impl From<engine::SignInDraft> for SignInDraft {
    fn from(sign_in: engine::SignInDraft) -> Self {
        match sign_in {
            engine::SignInDraft::None => Self::None,
            engine::SignInDraft::Basic { username, password } => Self::Basic { username, password },
            engine::SignInDraft::Bearer { token } => Self::Bearer { token },
        }
    }
}

impl From<engine::HeaderDraft> for HeaderDraft {
    fn from(header: engine::HeaderDraft) -> Self {
        Self { name: header.name, value: header.value }
    }
}

impl From<engine::ConnectionDraft> for ConnectionDraft {
    fn from(draft: engine::ConnectionDraft) -> Self {
        let parameter = |engine::ParameterDraft { name, value }| ParameterDraft { name, value };
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
        }
    }
}

impl From<engine::ProxyDraft> for ProxyDraft {
    fn from(draft: engine::ProxyDraft) -> Self {
        match draft {
            engine::ProxyDraft::System => Self::System,
            engine::ProxyDraft::None => Self::None,
            engine::ProxyDraft::Url { url, username, password } => Self::Url { url, username, password },
        }
    }
}

impl From<engine::SecretsHome> for SecretsHome {
    fn from(home: engine::SecretsHome) -> Self {
        match home {
            engine::SecretsHome::Keyring => Self::Keyring,
            engine::SecretsHome::ThisSession => Self::ThisSession,
        }
    }
}

impl From<engine::MuteFor> for MuteFor {
    fn from(span: engine::MuteFor) -> Self {
        match span {
            engine::MuteFor::Nothing => Self::Nothing,
            engine::MuteFor::Hour => Self::Hour,
            engine::MuteFor::Tomorrow => Self::Tomorrow,
            engine::MuteFor::Ever => Self::Ever,
        }
    }
}
