//! `client.yml` of ntfy's command line (`client/config.go` in its repository).

use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::{Entrance, Kind, Newcomer, Roster, RosterError, topic};

const WHAT: &str = "a client.yml of ntfy";
/// Where topics are that name no server.
const USUAL_HOST: &str = "https://ntfy.sh";

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Config {
    #[serde(default)]
    default_host: Option<String>,
    #[serde(default)]
    default_user: Option<String>,
    #[serde(default)]
    default_password: Option<SecretString>,
    #[serde(default)]
    default_token: Option<SecretString>,
    #[serde(default)]
    default_command: Option<String>,
    #[serde(default)]
    subscribe: Option<Vec<Subscription>>,
}

#[derive(Deserialize)]
struct Subscription {
    topic: String,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    password: Option<SecretString>,
    #[serde(default)]
    token: Option<SecretString>,
    #[serde(default)]
    command: Option<String>,
    #[serde(default, rename = "if")]
    conditions: Option<BTreeMap<String, String>>,
}

pub(super) fn read(text: &str) -> Result<Roster, RosterError> {
    let broken = |error: serde_saphyr::Error| RosterError::Broken {
        what: WHAT,
        // The message itself may quote a password.
        why: error.location().map_or_else(
            || "it is not as expected.".to_owned(),
            |place| format!("line {}, column {} is not as expected.", place.line(), place.column()),
        ),
    };
    let mut config: Config = serde_saphyr::from_str(text).map_err(broken)?;
    let subscriptions = config.subscribe.take().unwrap_or_default();
    let feeds = subscriptions.into_iter().map(|subscription| newcomer(subscription, &config)).collect();
    Ok(Roster { kind: Kind::NtfyClient, feeds, odd: Vec::new() })
}

fn newcomer(subscription: Subscription, config: &Config) -> Newcomer {
    let host = config.default_host.as_deref().unwrap_or(USUAL_HOST);
    let name = subscription.topic.clone();
    // As ntfy itself expands topics.
    let url = if name.starts_with("http://") || name.starts_with("https://") {
        format!("{}/sse", name.trim_end_matches('/'))
    } else if name.contains('/') {
        format!("https://{}/sse", name.trim_end_matches('/'))
    } else {
        topic(host, &name)
    };
    let conditions = subscription.conditions.as_ref().is_some_and(|conditions| !conditions.is_empty());
    let commands = subscription.command.is_some() || config.default_command.is_some();
    let left_out = match (conditions, commands) {
        (true, true) => Some("its conditions and its command"),
        (true, false) => Some("its conditions; a rule can do that"),
        (false, true) => Some("its command"),
        (false, false) => None,
    };
    let name = name.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default().to_owned();
    Newcomer { name, entrance: entrance(subscription, config), left_out, ..Newcomer::at(url) }
}

/// A topic's own sign-in takes the place of the usual one, also where it is empty; a token goes before a user.
fn entrance(subscription: Subscription, config: &Config) -> Entrance {
    let Subscription { user, password, token, .. } = subscription;
    let own = user.is_some() || password.is_some() || token.is_some();
    let (user, password, token) = if own {
        (user, password, token)
    } else {
        (config.default_user.clone(), config.default_password.clone(), config.default_token.clone())
    };
    match (token.filter(|token| !token.expose_secret().is_empty()), user.filter(|user| !user.is_empty())) {
        (Some(token), _) => Entrance::Bearer { token },
        (None, Some(username)) => Entrance::Basic { username, password: password.unwrap_or_default() },
        (None, None) => Entrance::Open,
    }
}
