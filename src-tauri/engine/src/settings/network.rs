//! How feeds reach the network where they say nothing of their own.

use serde::{Deserialize, Serialize};

use super::Proxy;

/// What holds for every feed without a setting of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Network {
    /// The proxy; its password is in the keyring.
    pub proxy: Proxy,
}

impl Network {
    /// Whether nothing is set.
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
