//! What a person wants done with events: rules, quiet hours and mutes, as they stand in the settings file.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::event::Priority;
use crate::id::FeedId;

/// One rule. The first enabled rule whose conditions all hold decides; later ones aren't asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// What people call it.
    pub name: String,
    /// Whether it is off, and so never holds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// When it holds.
    pub when: When,
    /// What it does then.
    pub then: Then,
}

/// When a rule holds: all that is set must be so; a rule that sets nothing holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// The event came from one of these feeds; empty means from any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<FeedId>,
    /// Its event type is one of these; empty means any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// A regular expression that its title or body matches somewhere; upper and lower case are the same.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What its JSON data says; all must be so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub json: Vec<JsonTest>,
    /// It matters at least so much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Priority>,
    /// It matters at most so much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Priority>,
    /// It arrives in these hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

/// A comparison with one value within JSON data. Where the data has no such value, it doesn't hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JsonTest {
    /// Where the value stands, as in `order.items[0].price`.
    pub path: String,
    /// How it is compared.
    pub is: Comparison,
    /// With what.
    pub value: String,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The same; numbers by their value, everything else letter for letter.
    #[default]
    Equal,
    /// Not the same, but there.
    NotEqual,
    /// A number below.
    Less,
    /// A number above.
    Greater,
    /// A text with this in it, whatever the case, or a list with such an item.
    Contains,
    /// A text that a regular expression matches somewhere.
    Matches,
}

/// What a rule does; what isn't set is left as it would be without the rule. Nothing drops an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Then {
    /// Whether a popup is raised: also where the feed raises none, or not where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub popup: Option<bool>,
    /// The popup stays until it is dismissed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stays: bool,
    /// How much the event matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The popup's sound: a name of the freedesktop sound naming specification, or "none".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<String>,
    /// The event counts as read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read: bool,
    /// The event is starred.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub star: bool,
}

/// A span of every day, or of some days of the week, in local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// When it begins.
    pub from: Time,
    /// When it ends, the next day if that isn't later; the same time means a whole day.
    pub to: Time,
    /// The days it begins on; empty means every day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Day>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the days of the week")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// When popups wait for a better time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// The hours.
    pub hours: Hours,
    /// Urgent events pop up all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lets_urgent_through: bool,
}

/// How long something is muted; its events are stored all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mute {
    /// It isn't.
    #[default]
    Off,
    /// Until a time, in milliseconds since the Unix epoch.
    Until {
        /// That time.
        at_ms: i64,
    },
    /// Until somebody turns it on again.
    On,
}

impl Mute {
    /// Whether nothing is muted, whatever the time.
    pub fn is_off(&self) -> bool {
        *self == Self::Off
    }

    /// Whether it is muted at a time, in milliseconds since the Unix epoch.
    pub fn holds(self, now_ms: i64) -> bool {
        match self {
            Self::Off => false,
            Self::Until { at_ms } => now_ms < at_ms,
            Self::On => true,
        }
    }
}
