//! Backups of the ntfy app for Android (`app/src/main/java/io/heckel/ntfy/backup/Backuper.kt` in its repository).

use secrecy::SecretString;
use serde::Deserialize;

use super::{Entrance, Kind, Newcomer, Roster, RosterError, topic};

const WHAT: &str = "a backup of the ntfy app";
/// How such a backup says what it is.
const MAGIC: &str = "ntfy2586";
/// "Until" of a mute without an end.
const FOR_EVER: i64 = 1;

#[derive(Deserialize)]
struct Backup {
    magic: String,
    #[serde(default)]
    subscriptions: Option<Vec<Subscription>>,
    #[serde(default)]
    users: Option<Vec<User>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscription {
    base_url: String,
    topic: String,
    #[serde(default)]
    muted_until: i64,
    #[serde(default)]
    min_priority: Option<i64>,
    /// Set for topics that belong to another app of the phone.
    #[serde(default)]
    up_app_id: Option<String>,
    #[serde(default)]
    display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    base_url: String,
    username: String,
    password: SecretString,
}

pub(super) fn read(text: &str) -> Result<Roster, RosterError> {
    // What serde says of a value that doesn't fit may quote it, and values here may be passwords.
    let broken = |error: serde_json::Error| RosterError::Broken {
        what: WHAT,
        why: format!("line {}, column {} is not as expected.", error.line(), error.column()),
    };
    let Backup { magic, subscriptions, users } = serde_json::from_str(text).map_err(broken)?;
    if magic != MAGIC {
        return Err(RosterError::Broken { what: WHAT, why: "its mark is another one.".into() });
    }
    let users = users.unwrap_or_default();
    let mut roster = Roster { kind: Kind::NtfyPhone, feeds: Vec::new(), odd: Vec::new() };
    for subscription in subscriptions.unwrap_or_default() {
        match subscription.up_app_id {
            Some(_) => roster.odd.push(super::odd(&format!("{} (of another app)", subscription.topic))),
            None => roster.feeds.push(newcomer(subscription, &users)),
        }
    }
    Ok(roster)
}

fn newcomer(subscription: Subscription, users: &[User]) -> Newcomer {
    let Subscription { base_url, topic: name, muted_until, min_priority, display_name, up_app_id: _ } =
        subscription;
    let user = users.iter().find(|user| user.base_url == base_url);
    let entrance = user.map_or(Entrance::Open, |user| Entrance::Basic {
        username: user.username.clone(),
        password: user.password.clone(),
    });
    let least = min_priority.filter(|least| *least > 0);
    Newcomer {
        name: display_name.filter(|shown| !shown.is_empty()).unwrap_or_else(|| name.clone()),
        notify: muted_until != FOR_EVER,
        entrance,
        left_out: least.map(|_| "its least priority; a rule can do that"),
        ..Newcomer::at(topic(&base_url, &name))
    }
}
