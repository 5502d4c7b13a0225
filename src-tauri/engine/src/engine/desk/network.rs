//! The proxy of all feeds: its sign-in lies in the keyring beside theirs, and a feed's own setting comes before it.

use super::changes::Keeping;
use super::{AtHand, Desk};
use crate::engine::{ProxyDraft, RequestError, draft};
use crate::id::FeedId;
use crate::secrets::{Home, KeyringError, Secrets};
use crate::settings::{Feed, Proxy};
use crate::update::{ProxyView, Reason, ReasonCode, SecretsView};

/// The keyring's name for the proxy's password; feeds' names are all of hexadecimal digits.
const KEPT_AS: &str = "network-proxy";

/// The name under which the proxy's password is kept.
pub(in crate::engine) fn kept_as() -> FeedId {
    FeedId::from_text(KEPT_AS)
}

/// A proxy of all feeds that is being set.
#[derive(Debug)]
pub(in crate::engine) struct Proxying {
    pub(in crate::engine) keeping: Keeping,
    proxy: Proxy,
    had_entry: bool,
}

impl Desk {
    /// Gives a feed and its secrets as they are dialled: what it leaves open is as the program is set.
    pub(in crate::engine) fn dialled(
        &self,
        feed: &Feed,
        mut secrets: Secrets,
    ) -> Result<(Feed, Secrets), Reason> {
        let why = |code, message: &str| Reason { code, message: message.to_owned() };
        let mut feed = self.stage.dialled(feed).map_err(|message| why(ReasonCode::Other, &message))?;
        let proxy = &self.settings.network.proxy;
        if feed.connection.proxy != Proxy::System {
            return Ok((feed, secrets));
        }
        if draft::sign_in_of_proxy(proxy) {
            secrets.proxy = match self.at_hand.get(&kept_as()) {
                Some(AtHand::Here(kept, _)) if kept.proxy.is_some() => kept.proxy.clone(),
                Some(AtHand::Trouble(error)) => return Err(why(ReasonCode::Keyring, &error.to_string())),
                Some(AtHand::Asked) => {
                    let message = "Waiting for the keyring. If it asks for its password, enter it.";
                    return Err(why(ReasonCode::Keyring, message));
                }
                Some(AtHand::Here(..)) | None => {
                    let message =
                        "The password of the proxy is missing. Enter it in the settings, under Network.";
                    return Err(why(ReasonCode::Other, message));
                }
            };
        }
        feed.connection.proxy = proxy.clone();
        Ok((feed, secrets))
    }

    /// Begins to set the proxy of all feeds.
    pub(in crate::engine) fn begin_to_set_proxy(
        &mut self,
        draft: ProxyDraft,
        home: Home,
    ) -> Result<Proxying, RequestError> {
        self.writable()?;
        let mut secrets = Secrets::default();
        let proxy = draft::checked_proxy(draft, &self.secrets(&kept_as()), &mut secrets)?;
        let has_entry = draft::sign_in_of_proxy(&self.settings.network.proxy);
        let keeping = self.begin(&kept_as(), secrets, home, has_entry)?;
        Ok(Proxying { keeping, proxy, had_entry: has_entry })
    }

    /// Sets it, or leaves it as it was where its password wasn't kept.
    pub(in crate::engine) fn finish_setting_proxy(
        &mut self,
        proxying: Proxying,
        kept: Result<(), KeyringError>,
    ) -> Result<(), RequestError> {
        let Proxying { keeping, proxy, had_entry } = proxying;
        let is_over = had_entry && !draft::sign_in_of_proxy(&proxy);
        self.finish(keeping, kept, |settings| {
            settings.network.proxy = proxy;
            if is_over {
                settings.forget_later.push(kept_as());
            }
        })
        .map(drop)
    }

    /// The proxy of all feeds as it may be shown, and where its password is.
    pub(in crate::engine) fn proxy(&self) -> (ProxyView, SecretsView) {
        let proxy = &self.settings.network.proxy;
        let secrets = match self.at_hand.get(&kept_as()) {
            _ if !draft::sign_in_of_proxy(proxy) => SecretsView::NotNeeded,
            Some(AtHand::Here(secrets, Home::Keyring)) if secrets.proxy.is_some() => SecretsView::Kept,
            Some(AtHand::Here(secrets, Home::ThisSession)) if secrets.proxy.is_some() => {
                SecretsView::ThisSession
            }
            Some(AtHand::Here(..) | AtHand::Asked | AtHand::Trouble(_)) | None => SecretsView::Missing,
        };
        (draft::proxy_view(proxy), secrets)
    }
}
