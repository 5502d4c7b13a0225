//! How the window looks, and what the program does when it is closed or started.

use serde::{Deserialize, Serialize};

/// Smaller text is read by nobody, and larger one leaves no room for it.
const TEXT_PERCENT: std::ops::RangeInclusive<u16> = 90..=200;

/// How the window looks and behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Window {
    /// Its colours.
    pub theme: Theme,
    /// How much room its lines take.
    pub density: Density,
    /// How large its text is, in per cent of the usual size; 90 to 200.
    pub text_percent: u16,
    /// What closing it does.
    pub on_close: OnClose,
    /// Whether a start at login shows no window.
    pub hidden_at_login: bool,
    /// The language of the window, the popups and the tray.
    pub language: Tongue,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As far apart as colours can be; light or dark as the desktop says.
    HighContrast,
}

/// How much room lines take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Room to breathe.
    #[default]
    Comfortable,
    /// More lines in sight.
    Compact,
}

/// What closing the window does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnClose {
    /// The program goes on in the tray, where there is one.
    #[default]
    Tray,
    /// The program ends.
    Quit,
}

/// The language that is wished for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tongue {
    /// As the desktop says, where that is a language the program has; else English.
    #[default]
    #[serde(rename = "system")]
    System,
    /// English.
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            text_percent: 100,
            on_close: OnClose::default(),
            hidden_at_login: true,
            language: Tongue::default(),
        }
    }
}

impl Window {
    /// The same with a text size that can be used; a file may say any.
    pub fn within_limits(self) -> Self {
        let text_percent = self.text_percent.clamp(*TEXT_PERCENT.start(), *TEXT_PERCENT.end());
        Self { text_percent, ..self }
    }

    /// Whether nothing is set.
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
