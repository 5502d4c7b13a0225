//! Why a command ends without having done what it was asked, in a sentence for people.

use std::fmt::Display;
use std::process::ExitCode;

use tidings_engine::engine::{Field, RequestError, StartError};
use tidings_engine::history::{OpenError, StoreError};
use tidings_engine::settings::SettingsError;

use crate::{MISUSED, STOPPED, complain};

/// What the window offers besides, and a command that ends at once can't.
const WINDOW_ONLY: &str = ", or keep the secret for this session only.";

/// What is said on standard error, and the exit code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    code: u8,
    sentence: String,
}

impl Complaint {
    /// It was called wrongly: other arguments would do.
    pub(crate) fn misused(sentence: impl Display) -> Self {
        Self { code: MISUSED, sentence: sentence.to_string() }
    }

    /// It can't be done as things are.
    pub(crate) fn stopped(sentence: impl Display) -> Self {
        Self { code: STOPPED, sentence: sentence.to_string() }
    }
}

/// Ends a command, complaining where there is reason to.
pub(crate) fn end(result: Result<ExitCode, Complaint>) -> ExitCode {
    result.unwrap_or_else(|Complaint { code, sentence }| complain(code, &sentence))
}

impl From<SettingsError> for Complaint {
    fn from(error: SettingsError) -> Self {
        Self::stopped(error)
    }
}

impl From<OpenError> for Complaint {
    fn from(error: OpenError) -> Self {
        Self::stopped(error)
    }
}

impl From<StoreError> for Complaint {
    fn from(error: StoreError) -> Self {
        Self::stopped(error)
    }
}

impl From<StartError> for Complaint {
    fn from(error: StartError) -> Self {
        match error {
            StartError::AlreadyRunning => {
                Self::stopped("Tidings is running; do this in its window, or quit it first.")
            }
            StartError::History(_) | StartError::Network(_) | StartError::Folder(_) => Self::stopped(error),
        }
    }
}

impl From<RequestError> for Complaint {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Invalid { field, message } => Self::misused(match option(field) {
                Some(option) => format!("{message} (See {option}.)"),
                None => message,
            }),
            RequestError::Keyring(message) => Self::stopped(
                message.strip_suffix(WINDOW_ONLY).map_or(message.clone(), |rest| format!("{rest}.")),
            ),
            RequestError::Rules(_) | RequestError::Templates(_) => Self::misused(error.to_string()),
            RequestError::Search(wrong) => Self::misused(wrong.to_string()),
            RequestError::List(wrong) => Self::misused(wrong.to_string()),
            RequestError::Gone(_) | RequestError::Storage(_) | RequestError::Stopped(_) => {
                Self::stopped(error)
            }
        }
    }
}

/// Where a field is given, if it can be given here.
fn option(field: Field) -> Option<&'static str> {
    match field {
        Field::Name => Some("--name"),
        Field::Icon => Some("--icon"),
        Field::Url => Some("the address and --plain-http"),
        Field::SignIn => Some("--basic and --bearer"),
        Field::Headers => Some("--header"),
        Field::Tiles
        | Field::Method
        | Field::Body
        | Field::Authority
        | Field::ClientCertificate
        | Field::ClientKey
        | Field::Pin
        | Field::Proxy
        | Field::ProxySignIn
        | Field::Silence
        | Field::LongestWait => None,
    }
}

#[cfg(test)]
mod tests {
    use tidings_engine::secrets::KeyringError;

    use super::*;

    #[test]
    fn a_terminal_offers_no_session_to_keep_a_secret_for() {
        for error in [KeyringError::NoService, KeyringError::Locked, KeyringError::NoAnswer] {
            let Complaint { code, sentence } = RequestError::from(error).into();
            assert_eq!(code, STOPPED);
            assert!(!sentence.contains("session") && sentence.ends_with("again."), "{sentence}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_field_names_the_option_that_mends_it() {
        let error = RequestError::Invalid { field: Field::Headers, message: "Twice.".into() };
        assert_eq!(Complaint::from(error), Complaint::misused("Twice. (See --header.)"));
    }
}
