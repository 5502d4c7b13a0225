//! A whole engine in a process of its own, to be killed: `tidings-it-victim PROFILE`.
//!
//! What its popups say is appended to `popups` in the profile, a line each.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use tidings_engine::engine::{Engine, Options, Parts};
use tidings_engine::notify::desktop::{Answer, Popup, PopupId};
use tidings_engine::notify::{Desktop, Presenter, ShowError};
use tidings_engine::transport::SseTransport;
use tidings_support::Drawer;
use tokio::sync::mpsc;

/// A desktop whose popups outlive the process.
#[derive(Debug)]
struct Wall {
    file: PathBuf,
    numbers: AtomicU32,
}

#[async_trait]
impl Desktop for Wall {
    async fn show(&self, popup: Popup, _: &mpsc::Sender<Answer>) -> Result<PopupId, ShowError> {
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&self.file)
            .expect("the profile can be written to");
        // One write, so that a kill leaves a whole line or none.
        file.write_all(format!("{}\n", popup.title).as_bytes()).expect("the profile can be written to");
        Ok(PopupId { run: 1, number: self.numbers.fetch_add(1, Ordering::SeqCst) })
    }

    async fn presenter(&self) -> Result<Presenter, ShowError> {
        Ok(Presenter::default())
    }

    async fn close_one(&self, _: PopupId) {}

    async fn close(&self) {}
}

#[tokio::main]
async fn main() {
    let profile = PathBuf::from(std::env::args_os().nth(1).expect("the profile's folder is given"));
    let options = Options {
        settings_file: profile.join("settings.toml"),
        data_folder: profile.join("data"),
        keyring_service: "tidings-test".into(),
        icon: None,
    };
    let parts = Parts {
        transport: Arc::new(SseTransport::new().expect("the network part can be set up")),
        keyring: Drawer::default(),
        desktop: Arc::new(Wall { file: Path::new(&profile).join("popups"), numbers: AtomicU32::new(0) }),
    };
    let _engine = Engine::start_with(options, parts).await.expect("the engine starts");
    std::future::pending::<()>().await;
}
