//! A whole engine in a process of its own, to be killed: `tidings-it-victim PROFILE`.

use std::sync::Arc;

use tidings_engine::engine::{Engine, Options, Parts};
use tidings_engine::transport::SseTransport;
use tidings_support::{Drawer, Popups};

#[tokio::main]
async fn main() {
    let profile =
        std::path::PathBuf::from(std::env::args_os().nth(1).expect("the profile's folder is given"));
    let options = Options {
        settings_file: profile.join("settings.toml"),
        data_folder: profile.join("data"),
        keyring_service: "tidings-test".into(),
        icon: None,
    };
    let parts = Parts {
        transport: Arc::new(SseTransport::new().expect("the network part can be set up")),
        keyring: Drawer::default(),
        desktop: Arc::new(Popups::default()),
    };
    let _engine = Engine::start_with(options, parts).await.expect("the engine starts");
    std::future::pending::<()>().await;
}
