//! Why a command wasn't done, as the window is told.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine::{self, RequestError};

/// A refusal: a code where the window branches, and a sentence for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    code: FailureCode,
    field: Option<Field>,
    message: String,
}

/// What the window branches on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum FailureCode {
    Invalid,
    Gone,
    Keyring,
    Storage,
    Stopped,
}

/// A field of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Field {
    Name,
    Icon,
    Url,
    SignIn,
    Headers,
    Tiles,
    Method,
    Body,
    Authority,
    ClientCertificate,
    ClientKey,
    Pin,
    Proxy,
    ProxySignIn,
    Silence,
    LongestWait,
}

impl Failure {
    /// What was sent can't be meant.
    pub fn invalid(message: &str) -> Self {
        Self { code: FailureCode::Invalid, field: None, message: message.to_owned() }
    }

    /// The system doesn't take it.
    pub fn storage(message: String) -> Self {
        Self { code: FailureCode::Storage, field: None, message }
    }

    /// Nobody answers at present.
    pub fn away(message: &str) -> Self {
        Self { code: FailureCode::Storage, field: None, message: message.to_owned() }
    }

    /// The thing meant isn't there.
    pub fn gone(message: &str) -> Self {
        Self { code: FailureCode::Gone, field: None, message: message.to_owned() }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        let message = error.to_string();
        let (code, field) = match error {
            RequestError::Invalid { field, message: _ } => (FailureCode::Invalid, Some(field.into())),
            RequestError::Rules(_)
            | RequestError::Templates(_)
            | RequestError::Search(_)
            | RequestError::List(_) => (FailureCode::Invalid, None),
            RequestError::Gone(_) => (FailureCode::Gone, None),
            RequestError::Keyring(_) => (FailureCode::Keyring, None),
            RequestError::Storage(_) => (FailureCode::Storage, None),
            RequestError::Stopped(_) => (FailureCode::Stopped, None),
        };
        Self { code, field, message }
    }
}

impl From<engine::Field> for Field {
    fn from(field: engine::Field) -> Self {
        match field {
            engine::Field::Name => Self::Name,
            engine::Field::Icon => Self::Icon,
            engine::Field::Url => Self::Url,
            engine::Field::SignIn => Self::SignIn,
            engine::Field::Headers => Self::Headers,
            engine::Field::Tiles => Self::Tiles,
            engine::Field::Method => Self::Method,
            engine::Field::Body => Self::Body,
            engine::Field::Authority => Self::Authority,
            engine::Field::ClientCertificate => Self::ClientCertificate,
            engine::Field::ClientKey => Self::ClientKey,
            engine::Field::Pin => Self::Pin,
            engine::Field::Proxy => Self::Proxy,
            engine::Field::ProxySignIn => Self::ProxySignIn,
            engine::Field::Silence => Self::Silence,
            engine::Field::LongestWait => Self::LongestWait,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
