//! What can be asked of an engine, wherever it runs: plain data, each answered by one call.

mod charts;
mod events;
mod feeds;
mod popups;
mod settings;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;
use crate::host::Host;

pub use charts::Charts;
pub use events::Events;
pub use feeds::Feeds;
pub use popups::Popups;
pub use settings::Settings;

/// Something asked, by what it is about.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Request {
    /// About feeds.
    Feeds(Feeds),
    /// About what is in the history.
    Events(Events),
    /// About popups, and what decides about them.
    Popups(Popups),
    /// About the program as a whole.
    Settings(Settings),
    /// About the dashboard.
    Charts(Charts),
}

type Answer = Result<Value, Failure>;

impl Request {
    /// Has it answered.
    ///
    /// # Errors
    /// What the window is told where it can't be done.
    pub async fn answer(self, host: &Host) -> Answer {
        match self {
            Self::Feeds(asked) => asked.answer(host.engine()).await,
            Self::Events(asked) => asked.answer(host).await,
            Self::Popups(asked) => asked.answer(host.engine()).await,
            Self::Settings(asked) => asked.answer(host).await,
            Self::Charts(asked) => asked.answer(host.engine()).await,
        }
    }
}

/// An answer as it crosses.
fn say(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| {
        tracing::error!(%error, "an answer can't be said");
        Failure::gone("Tidings couldn't say its answer. Please report this.")
    })
}

/// A list as it crosses.
fn all<Out: Serialize>(items: Vec<impl Into<Out>>) -> Answer {
    say(items.into_iter().map(Into::into).collect::<Vec<Out>>())
}

macro_rules! requests {
    ($($kind:ident),*) => {
        $(impl From<$kind> for Request {
            fn from(asked: $kind) -> Self {
                Self::$kind(asked)
            }
        })*
    };
}
requests!(Feeds, Events, Popups, Settings, Charts);
