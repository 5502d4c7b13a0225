//! When popups wait: mutes and quiet hours.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::engine;
use tidings_engine::settings;

use crate::failure::Failure;

/// How long something is muted. Times are wall-clock milliseconds since the Unix epoch; one that has passed means it isn't.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Mute {
    Off,
    Until { at_ms: i64 },
    On,
}

/// How long to mute; nothing unmutes, tomorrow is the next morning.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MuteFor {
    Nothing,
    Hour,
    Tomorrow,
    Ever,
}

/// When popups wait for a better time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Quiet {
    Off,
    /// Local times like 22:00; the days are those it begins on, none means every day.
    Hours {
        from: String,
        to: String,
        days: Vec<Day>,
        lets_urgent_through: bool,
    },
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl From<settings::Mute> for Mute {
    fn from(mute: settings::Mute) -> Self {
        match mute {
            settings::Mute::Off => Self::Off,
            settings::Mute::Until { at_ms } => Self::Until { at_ms },
            settings::Mute::On => Self::On,
        }
    }
}

impl From<MuteFor> for engine::MuteFor {
    fn from(span: MuteFor) -> Self {
        match span {
            MuteFor::Nothing => Self::Nothing,
            MuteFor::Hour => Self::Hour,
            MuteFor::Tomorrow => Self::Tomorrow,
            MuteFor::Ever => Self::Ever,
        }
    }
}

impl From<Option<settings::Quiet>> for Quiet {
    fn from(quiet: Option<settings::Quiet>) -> Self {
        let Some(settings::Quiet { hours, lets_urgent_through }) = quiet else { return Self::Off };
        let settings::Hours { from, to, days } = hours;
        Self::Hours {
            from: format!("{:02}:{:02}", from.hour(), from.minute()),
            to: format!("{:02}:{:02}", to.hour(), to.minute()),
            days: days.into_iter().map(Into::into).collect(),
            lets_urgent_through,
        }
    }
}

impl Quiet {
    /// Gives what the engine takes; refuses what is no time.
    pub fn read(self) -> Result<Option<settings::Quiet>, Failure> {
        let Self::Hours { from, to, days, lets_urgent_through } = self else { return Ok(None) };
        let (Ok(from), Ok(to)) = (from.parse(), to.parse()) else {
            return Err(Failure::invalid("Quiet hours begin and end at a time like 22:00."));
        };
        let hours = settings::Hours { from, to, days: days.into_iter().map(Into::into).collect() };
        Ok(Some(settings::Quiet { hours, lets_urgent_through }))
    }
}

impl From<settings::Day> for Day {
    fn from(day: settings::Day) -> Self {
        match day {
            settings::Day::Mon => Self::Mon,
            settings::Day::Tue => Self::Tue,
            settings::Day::Wed => Self::Wed,
            settings::Day::Thu => Self::Thu,
            settings::Day::Fri => Self::Fri,
            settings::Day::Sat => Self::Sat,
            settings::Day::Sun => Self::Sun,
        }
    }
}

impl From<Day> for settings::Day {
    fn from(day: Day) -> Self {
        match day {
            Day::Mon => Self::Mon,
            Day::Tue => Self::Tue,
            Day::Wed => Self::Wed,
            Day::Thu => Self::Thu,
            Day::Fri => Self::Fri,
            Day::Sat => Self::Sat,
            Day::Sun => Self::Sun,
        }
    }
}
