//! The tray of an engine that is in this program.

#[cfg(not(target_os = "linux"))]
mod other;

use std::sync::Arc;

use tauri::{AppHandle, Wry};
use tidings_host::host::Host;
use tidings_host::tray::TrayModel;

/// Builds the tray and gives the way to draw it; on the main thread. `show` brings the window.
#[cfg(target_os = "linux")]
pub(crate) fn draw(
    _: &AppHandle<Wry>,
    host: &Arc<Host>,
    show: impl Fn() + Send + Sync + 'static,
) -> impl Fn(TrayModel) + Send + 'static {
    tidings_host::tray::draw(host, show)
}

#[cfg(not(target_os = "linux"))]
pub(crate) use other::draw;
