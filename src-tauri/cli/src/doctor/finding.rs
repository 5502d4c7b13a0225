//! One thing that was looked at.

use serde::Serialize;

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Verdict {
    /// As it should be.
    Fine,
    /// Worth knowing.
    Note,
    /// It needs a person.
    Trouble,
}

/// What was found.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
    pub(super) about: &'static str,
    pub(super) verdict: Verdict,
    pub(super) said: String,
    /// What mends it.
    pub(super) mend: Option<String>,
}

impl Finding {
    pub(super) fn fine(about: &'static str, said: impl Into<String>) -> Self {
        Self { about, verdict: Verdict::Fine, said: said.into(), mend: None }
    }

    pub(super) fn note(about: &'static str, said: impl Into<String>) -> Self {
        Self { about, verdict: Verdict::Note, said: said.into(), mend: None }
    }

    /// Trouble whose sentence says what mends it.
    pub(super) fn trouble(about: &'static str, said: impl Into<String>) -> Self {
        Self { about, verdict: Verdict::Trouble, said: said.into(), mend: None }
    }

    pub(super) fn mended_by(self, mend: impl Into<String>) -> Self {
        Self { mend: Some(mend.into()), ..self }
    }
}
