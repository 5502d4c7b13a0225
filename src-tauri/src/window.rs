//! The one window: made when wanted, destroyed when closed, and never led anywhere but its own pages.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, Url, WebviewWindowBuilder};
use tidings_host::paths::Paths;

/// The window's label, in tauri.conf.json and in its capability.
pub(crate) const LABEL: &str = "main";

/// The way to bring the window to the front; nothing in tests.
pub(crate) struct Raise(Box<dyn Fn() + Send + Sync>);

impl Raise {
    /// Brings it in some way.
    pub(crate) fn new(raise: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Box::new(raise))
    }

    /// Brings it.
    pub(crate) fn now(&self) {
        (self.0)();
    }
}

/// Shows the window, making it where there is none; from any thread.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    let shown = app.run_on_main_thread(move || {
        if let Err(error) = present(&handle) {
            tracing::error!(%error, "the window can't be shown");
        }
    });
    if let Err(error) = shown {
        tracing::debug!(%error, "the window was wanted while the app ended");
    }
}

fn present<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = match app.get_webview_window(LABEL) {
        Some(window) => window,
        None => make(app)?,
    };
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

fn make<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<tauri::WebviewWindow<R>> {
    let config = app.config().app.windows.iter().find(|window| window.label == LABEL);
    let config = config.expect("tauri.conf.json describes the window, as a test holds");
    WebviewWindowBuilder::from_config(app, config)?
        // Not incognito: tauri serves the page to the first incognito window only, and tests can't drive one.
        .data_directory(app.state::<Paths>().cache_folder.join("webview"))
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .devtools(cfg!(debug_assertions))
        .build()
}

/// Whether an address is one of the app's own pages.
fn is_own(url: &Url) -> bool {
    let embedded = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // How Windows writes the same.
        "http" | "https" => url.host_str() == Some("tauri.localhost") && cfg!(windows),
        _ => false,
    };
    let dev_server = !cfg!(feature = "embedded-ui")
        && url.host_str() == Some("localhost")
        && url.port() == Some(DEV_SERVER_PORT);
    embedded || dev_server
}

/// Where Vite serves the window while it is being worked on; also in tauri.conf.json.
const DEV_SERVER_PORT: u16 = 5173;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_pages() {
        let own = |url: &str| is_own(&url.parse().expect("a URL"));
        assert!(own("tauri://localhost"));
        assert!(own("tauri://localhost/index.html#event"));
        let foreign = [
            "https://example.org/",
            "http://localhost/",
            "http://localhost:8080/",
            "tauri://example.org/",
            "tauri://localhost.example.org/",
            "file:///etc/passwd",
            "about:blank",
            "data:text/html,x",
            "javascript:alert(1)",
            "blob:tauri://localhost/0",
        ];
        for url in foreign {
            assert!(!own(url), "{url}");
        }
    }
}
