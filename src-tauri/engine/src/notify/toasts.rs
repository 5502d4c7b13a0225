//! Popups of Windows and macOS, as far as notify-rust shows them there: a title, a text and a picture, of which nothing is
//! heard again. Written without a machine to run it on.

use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use notify_rust::{Notification, Timeout};
use tokio::sync::mpsc;
use tokio::task;

use super::desktop::{Answer, Desktop, Identity, Lack, Popup, PopupId, Presenter, Service, ShowError};

/// What shows them.
const SYSTEM: &str = if cfg!(windows) { "Windows" } else { "macOS" };

/// The person's desktop.
#[derive(Debug)]
pub struct Toasts {
    identity: Identity,
    shown: AtomicU32,
}

impl Toasts {
    /// Makes one, and has the system know the program by its name.
    pub fn new(identity: Identity) -> Self {
        if let Err(error) = register(&identity) {
            tracing::warn!(%error, "popups go without the program's name");
        }
        Self { identity, shown: AtomicU32::new(0) }
    }

    /// The system shows the icon of the installed program.
    #[must_use]
    pub fn with_icon(self, _: impl Into<String>) -> Self {
        self
    }

    fn toast(&self, popup: &Popup) -> Notification {
        let mut toast = Notification::new();
        let lines = popup.feed_name.iter().map(String::as_str).chain([popup.body.as_str()]);
        let body = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        toast.appname(&self.identity.name).summary(&popup.title).body(&body);
        #[cfg(windows)]
        toast.app_id(&self.identity.desktop_entry);
        if let Some(picture) = popup.picture.as_deref().and_then(|file| file.to_str()) {
            toast.image_path(picture);
        }
        if popup.stays {
            toast.timeout(Timeout::Never);
        }
        toast
    }
}

#[async_trait]
impl Desktop for Toasts {
    async fn show(&self, popup: Popup, _: &mpsc::Sender<Answer>) -> Result<PopupId, ShowError> {
        let toast = self.toast(&popup);
        let refused = |error: &dyn std::error::Error| ShowError::Refused(error.to_string());
        let shown = task::spawn_blocking(move || toast.show().map(drop)).await;
        shown.map_err(|error| refused(&error))?.map_err(|error| refused(&error))?;
        Ok(PopupId { run: 0, number: self.shown.fetch_add(1, Ordering::Relaxed) })
    }

    async fn presenter(&self) -> Result<Presenter, ShowError> {
        let lacks = vec![Lack::Clicks, Lack::Sounds];
        Ok(Presenter { name: SYSTEM.to_owned(), lacks, holds_back: None })
    }

    async fn close_one(&self, _: PopupId) {}

    async fn close(&self) {}
}

/// Says who shows popups.
///
/// # Errors
/// None: the system itself does.
pub async fn service() -> Result<Service, ShowError> {
    Ok(Service {
        name: SYSTEM.to_owned(),
        vendor: if cfg!(windows) { "Microsoft" } else { "Apple" }.to_owned(),
        version: String::new(),
        specification: String::new(),
        capabilities: vec!["body".to_owned()],
    })
}

/// Registers the program's name for this person, as "AppUserModelIDs" of Windows asks of programs without a shortcut.
#[cfg(windows)]
fn register(identity: &Identity) -> windows_registry::Result<()> {
    let place = format!(r"Software\Classes\AppUserModelId\{}", identity.desktop_entry);
    windows_registry::CURRENT_USER.create(place)?.set_string("DisplayName", &identity.name)
}

/// Names the bundle whose name and icon popups have.
#[cfg(not(windows))]
fn register(identity: &Identity) -> notify_rust::error::Result<()> {
    notify_rust::set_application(&identity.desktop_entry)
}
