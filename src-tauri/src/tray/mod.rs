//! The tray: an icon with a state, one line of counts, and a menu.

pub(crate) mod library;
mod model;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Runtime};
use tidings_cli::paths::Paths;

use crate::running::Running;
use crate::{app, window};
pub(crate) use model::{Mark, Tally, TrayModel};

/// The tray as it is drawn.
pub(crate) struct Tray<R: Runtime> {
    icon: TrayIcon<R>,
    status: MenuItem<R>,
    open: MenuItem<R>,
    pause: MenuItem<R>,
    quit: MenuItem<R>,
    paused: Arc<AtomicBool>,
    drawn: Mutex<Mark>,
}

impl<R: Runtime> Tray<R> {
    /// Builds the tray; on the main thread, and only where its library is there.
    ///
    /// # Errors
    /// The desktop refused the menu or the icon.
    pub(crate) fn build(app: &AppHandle<R>, paths: &Paths) -> tauri::Result<Self> {
        let status = MenuItem::with_id(app, "status", "Tidings", false, None::<&str>)?;
        let language = app.state::<Running>().engine().language();
        let open = MenuItem::with_id(app, "open", language.open_window(), true, None::<&str>)?;
        let pause = MenuItem::with_id(app, "pause", language.pause(false), true, None::<&str>)?;
        let quit = MenuItem::with_id(app, "quit", language.quit(), true, None::<&str>)?;
        let line = PredefinedMenuItem::separator(app)?;
        let menu = Menu::with_items(app, &[&status, &line, &open, &pause, &quit])?;
        let paused = Arc::new(AtomicBool::new(false));
        let icon = TrayIconBuilder::with_id("tidings")
            .icon(picture(Mark::Idle)?)
            .tooltip("Tidings")
            .menu(&menu)
            .show_menu_on_left_click(false)
            // Linux hands the icon over as a file.
            .temp_dir_path(paths.cache_folder.join("tray"))
            .on_menu_event({
                let paused = Arc::clone(&paused);
                move |app, event| chosen(app, &event, &paused)
            })
            .on_tray_icon_event(clicked)
            .build(app)?;
        Ok(Self { icon, status, open, pause, quit, paused, drawn: Mutex::new(Mark::Idle) })
    }

    /// Draws a model; on the main thread.
    ///
    /// # Errors
    /// The desktop refused a change.
    pub(crate) fn draw(&self, model: &TrayModel) -> tauri::Result<()> {
        self.paused.store(model.paused, Ordering::Relaxed);
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if *drawn != model.mark {
            // Each icon is a file written for the desktop: only when it changes.
            self.icon.set_icon(Some(picture(model.mark)?))?;
            *drawn = model.mark;
        }
        self.icon.set_tooltip(Some(format!("Tidings: {}", model.status)))?;
        self.status.set_text(&model.status)?;
        self.open.set_text(model.language.open_window())?;
        self.quit.set_text(model.language.quit())?;
        self.pause.set_text(model.language.pause(model.paused))
    }
}

fn picture(mark: Mark) -> tauri::Result<Image<'static>> {
    Image::from_bytes(match mark {
        Mark::Idle => include_bytes!("../../../icons/tray-idle.png"),
        Mark::Unread => include_bytes!("../../../icons/tray-unread.png"),
        Mark::Offline => include_bytes!("../../../icons/tray-offline.png"),
        Mark::Paused => include_bytes!("../../../icons/tray-paused.png"),
    })
}

fn chosen<R: Runtime>(app: &AppHandle<R>, event: &MenuEvent, paused: &AtomicBool) {
    match event.id().as_ref() {
        "open" => window::show(app),
        "pause" => pause(app, !paused.load(Ordering::Relaxed)),
        "quit" => app::quit(app),
        other => tracing::error!(other, "the tray's menu has an item that nothing answers"),
    }
}

fn pause<R: Runtime>(app: &AppHandle<R>, paused: bool) {
    let running = app.state::<Running>();
    let engine = running.engine().clone();
    running.run(async move {
        if let Err(error) = engine.pause(paused).await {
            tracing::warn!(%error, "pausing from the tray failed");
        }
    });
}

/// Where a click comes at all (not on Linux: there the desktop opens the menu), it opens the window.
fn clicked<R: Runtime>(tray: &TrayIcon<R>, event: TrayIconEvent) {
    if let TrayIconEvent::Click { button: MouseButton::Left, .. } = event {
        window::show(tray.app_handle());
    }
}
