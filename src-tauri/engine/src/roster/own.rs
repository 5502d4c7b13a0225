//! This program's own settings, as they go to another computer and come from one.

use super::{Entrance, Kind, Newcomer, Roster, RosterError};
use crate::settings::{Connection, Feed, Settings};

/// Says settings in TOML, to be read by a person and by another installation: no secret, and no body, which may hold one.
pub fn write(settings: &Settings) -> String {
    let feeds = settings.feeds.iter().map(|feed| Feed {
        connection: Connection { body: None, ..feed.connection.clone() },
        ..feed.clone()
    });
    let shared = Settings {
        feeds: feeds.collect(),
        forget_later: Vec::new(),
        paused: false,
        said_it_goes_on: false,
        ..settings.clone()
    };
    toml::to_string(&shared).expect("settings hold only what TOML can say")
}

pub(super) fn read(text: &str) -> Result<Roster, RosterError> {
    let settings: Settings = toml::from_str(text).map_err(|error| RosterError::Broken {
        what: "settings of Tidings",
        why: error.message().to_owned(),
    })?;
    let feeds = settings.feeds.into_iter().map(|feed| Newcomer {
        name: feed.name.clone(),
        url: feed.url.clone(),
        notify: feed.notify,
        entrance: Entrance::Open,
        left_out: None,
        settings: Some(Box::new(feed)),
    });
    Ok(Roster { kind: Kind::Own, feeds: feeds.collect(), odd: Vec::new() })
}
