//! How the window looks, and what the program does when it is closed or started.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::settings;

/// How the window looks and behaves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Window {
    theme: Theme,
    density: Density,
    /// 90 to 200.
    text_percent: u16,
    on_close: OnClose,
    hidden_at_login: bool,
    language: Language,
}

/// Colours of the window; high contrast is light or dark as the desktop says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Theme {
    System,
    Light,
    Dark,
    HighContrast,
}

/// How much room lines take.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Density {
    Comfortable,
    Compact,
}

/// What closing the window does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum OnClose {
    Tray,
    Quit,
}

/// The language of the program; the desktop's where it is one of those known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    System,
    En,
    De,
}

impl From<settings::Window> for Window {
    fn from(window: settings::Window) -> Self {
        let settings::Window { theme, density, text_percent, on_close, hidden_at_login, language } = window;
        let theme = match theme {
            settings::Theme::System => Theme::System,
            settings::Theme::Light => Theme::Light,
            settings::Theme::Dark => Theme::Dark,
            settings::Theme::HighContrast => Theme::HighContrast,
        };
        let density = match density {
            settings::Density::Comfortable => Density::Comfortable,
            settings::Density::Compact => Density::Compact,
        };
        let on_close = match on_close {
            settings::OnClose::Tray => OnClose::Tray,
            settings::OnClose::Quit => OnClose::Quit,
        };
        let language = match language {
            settings::Tongue::System => Language::System,
            settings::Tongue::English => Language::En,
            settings::Tongue::German => Language::De,
        };
        Self { theme, density, text_percent, on_close, hidden_at_login, language }
    }
}

impl From<Window> for settings::Window {
    fn from(window: Window) -> Self {
        let Window { theme, density, text_percent, on_close, hidden_at_login, language } = window;
        let theme = match theme {
            Theme::System => settings::Theme::System,
            Theme::Light => settings::Theme::Light,
            Theme::Dark => settings::Theme::Dark,
            Theme::HighContrast => settings::Theme::HighContrast,
        };
        let density = match density {
            Density::Comfortable => settings::Density::Comfortable,
            Density::Compact => settings::Density::Compact,
        };
        let on_close = match on_close {
            OnClose::Tray => settings::OnClose::Tray,
            OnClose::Quit => settings::OnClose::Quit,
        };
        let language = language.into();
        Self { theme, density, text_percent, on_close, hidden_at_login, language }
    }
}

impl From<Language> for settings::Tongue {
    fn from(language: Language) -> Self {
        match language {
            Language::System => Self::System,
            Language::En => Self::English,
            Language::De => Self::German,
        }
    }
}
