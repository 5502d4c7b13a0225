//! How feeds without a setting of their own reach the network.

use serde::{Deserialize, Serialize};
use specta::Type;
use tidings_engine::update as engine;

use super::feed::{Proxy, Secrets};

/// The proxy of all feeds without one of their own, and where its password is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Network {
    proxy: Proxy,
    secrets: Secrets,
}

impl From<(engine::ProxyView, engine::SecretsView)> for Network {
    fn from((proxy, secrets): (engine::ProxyView, engine::SecretsView)) -> Self {
        Self { proxy: proxy.into(), secrets: secrets.into() }
    }
}
