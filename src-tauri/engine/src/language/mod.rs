//! The languages that the program speaks: popups and tray by a function a sentence, and what else the engine says to people
//! by a table from its English, as gettext does.

use std::env;

use crate::settings::Tongue;

mod german;
mod links;
mod popups;
mod said;
mod tray;
mod unsaid;

pub use german::GERMAN;
pub use unsaid::Deed;

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, in which every sentence is written.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// The language that a wish stands for.
    pub fn of(wish: Tongue) -> Self {
        match wish {
            Tongue::System => Self::of_desktop(|name| env::var(name).ok()),
            Tongue::English => Self::English,
            Tongue::German => Self::German,
        }
    }

    /// The language of a session by its variables, as gettext reads them ("Locale Environment Variables" of its manual):
    /// the first of `LANGUAGE` that is known here, unless the locale is none.
    fn of_desktop(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set).unwrap_or_default();
        let bare = locale.split(['.', '@']).next().unwrap_or_default();
        if matches!(bare, "" | "C" | "POSIX") {
            return Self::English;
        }
        let wanted = variable("LANGUAGE").unwrap_or_default();
        wanted.split(':').chain([bare]).find_map(Self::named).unwrap_or_default()
    }

    fn named(tag: &str) -> Option<Self> {
        match tag.split(['_', '-', '.', '@']).next() {
            Some("en") => Some(Self::English),
            Some("de") => Some(Self::German),
            Some(_) | None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desktop(set: &[(&str, &str)]) -> Language {
        let value =
            |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Language::of_desktop(value)
    }

    #[test]
    fn a_desktop_is_spoken_to_in_the_first_of_its_languages_that_is_known() {
        let table: [(&[(&str, &str)], Language); 11] = [
            (&[], Language::English),
            (&[("LANG", "de_DE.UTF-8")], Language::German),
            (&[("LANG", "de_AT@euro")], Language::German),
            (&[("LANG", "de")], Language::German),
            (&[("LANG", "fr_FR.UTF-8")], Language::English),
            (&[("LANG", "de_DE.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")], Language::English),
            (&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "de_CH.UTF-8")], Language::German),
            (&[("LANG", "fr_FR.UTF-8"), ("LANGUAGE", "fr:de:en")], Language::German),
            (&[("LANG", "de_DE.UTF-8"), ("LANGUAGE", "en_GB:de")], Language::English),
            (&[("LANG", "C.UTF-8"), ("LANGUAGE", "de")], Language::English),
            (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "")], Language::German),
        ];
        for (set, language) in table {
            assert_eq!(desktop(set), language, "{set:?}");
        }
    }

    #[test]
    fn a_wish_stands_above_the_desktop() {
        assert_eq!(Language::of(Tongue::English), Language::English);
        assert_eq!(Language::of(Tongue::German), Language::German);
    }
}
