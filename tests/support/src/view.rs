//! A feed as faces see it, where nothing about it matters but what a test says.

use tidings_engine::id::FeedId;
use tidings_engine::settings::Mute;
use tidings_engine::update::{FeedState, FeedView, SecretsView, SignInView};

/// Gives a feed that is dialled for the first time; its name is its id too.
pub fn view(name: &str) -> FeedView {
    FeedView {
        id: FeedId::from_text(name),
        name: name.to_owned(),
        icon: None,
        url: "https://example.org/".to_owned(),
        enabled: true,
        notify: true,
        mute: Mute::Off,
        allowed: Default::default(),
        bursting: false,
        preset: None,
        recognised: None,
        sign_in: SignInView::None,
        header_names: vec![],
        connection: Box::default(),
        secrets: SecretsView::NotNeeded,
        state: FeedState::Connecting,
        unread: 0,
    }
}
