//! What the tray says.

use super::Language;

impl Language {
    /// Opens the window.
    pub fn open_window(self) -> &'static str {
        match self {
            Self::English => "Open Tidings",
            Self::German => "Tidings öffnen",
        }
    }

    /// Ends the program.
    pub fn quit(self) -> &'static str {
        match self {
            Self::English => "Quit",
            Self::German => "Beenden",
        }
    }

    /// Pauses all feeds, or lets them go on.
    pub fn pause(self, paused: bool) -> &'static str {
        match (self, paused) {
            (Self::English, false) => "Pause all",
            (Self::English, true) => "Resume all",
            (Self::German, false) => "Alle anhalten",
            (Self::German, true) => "Alle fortsetzen",
        }
    }

    /// Mutes all popups for an hour, or no more.
    pub fn mute_all(self, muted: bool) -> &'static str {
        match (self, muted) {
            (Self::English, false) => "Mute for an hour",
            (Self::English, true) => "Unmute",
            (Self::German, false) => "Eine Stunde stumm",
            (Self::German, true) => "Stumm aus",
        }
    }

    /// How many feeds don't go on without a person.
    pub fn needs_person(self, feeds: usize) -> String {
        match (self, feeds) {
            (Self::English, 1) => "1 needs you".to_owned(),
            (Self::English, _) => format!("{feeds} need you"),
            (Self::German, 1) => "1 braucht Hilfe".to_owned(),
            (Self::German, _) => format!("{feeds} brauchen Hilfe"),
        }
    }

    /// What waits to be read, and what is connected; nothing is connected where all is paused.
    pub fn status(self, unread: u64, live: usize, enabled: usize, paused: bool) -> String {
        format!("{}, {}", self.unread(unread), self.connected(live, enabled, paused))
    }

    fn unread(self, unread: u64) -> String {
        match (self, unread) {
            (Self::English, 0) => "Nothing unread".to_owned(),
            (Self::English, _) => format!("{unread} unread"),
            (Self::German, 0) => "Nichts ungelesen".to_owned(),
            (Self::German, _) => format!("{unread} ungelesen"),
        }
    }

    fn connected(self, live: usize, enabled: usize, paused: bool) -> String {
        match (self, enabled) {
            (Self::English, _) if paused => "paused".to_owned(),
            (Self::English, 0) => "no feeds".to_owned(),
            (Self::English, 1) if live == 1 => "1 feed connected".to_owned(),
            (Self::English, _) if live == enabled => format!("{enabled} feeds connected"),
            (Self::English, _) => format!("{live} of {enabled} feeds connected"),
            (Self::German, _) if paused => "angehalten".to_owned(),
            (Self::German, 0) => "keine Feeds".to_owned(),
            (Self::German, 1) if live == 1 => "1 Feed verbunden".to_owned(),
            (Self::German, _) if live == enabled => format!("{enabled} Feeds verbunden"),
            (Self::German, _) => format!("{live} von {enabled} Feeds verbunden"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_counts_in_both_languages() {
        let table = [
            ((0, 0, 0, false), "Nothing unread, no feeds", "Nichts ungelesen, keine Feeds"),
            ((3, 1, 1, false), "3 unread, 1 feed connected", "3 ungelesen, 1 Feed verbunden"),
            ((1, 2, 2, false), "1 unread, 2 feeds connected", "1 ungelesen, 2 Feeds verbunden"),
            (
                (0, 0, 1, false),
                "Nothing unread, 0 of 1 feeds connected",
                "Nichts ungelesen, 0 von 1 Feeds verbunden",
            ),
            ((0, 0, 2, true), "Nothing unread, paused", "Nichts ungelesen, angehalten"),
        ];
        for ((unread, live, enabled, paused), english, german) in table {
            assert_eq!(Language::English.status(unread, live, enabled, paused), english);
            assert_eq!(Language::German.status(unread, live, enabled, paused), german);
        }
    }
}
