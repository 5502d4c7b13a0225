//! The tray on Windows and macOS, drawn by tauri. Compiled and run on neither so far.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tauri::image::Image;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};
use tidings_host::host::{Goodbye, Host};
use tidings_host::tray::{Mark, TrayModel};

use crate::window;

/// Builds the tray and gives the way to draw it; on the main thread. `show` brings the window.
pub(crate) fn draw(
    app: &AppHandle<Wry>,
    host: &Arc<Host>,
    show: impl Fn() + Send + Sync + 'static,
) -> impl Fn(TrayModel) + Send + 'static {
    let tray = match Tray::build(app, host, show) {
        Ok(tray) => Some(Arc::new(tray)),
        Err(error) => {
            tracing::warn!(%error, "there is no tray: closing the window quits");
            None
        }
    };
    host.set_in_tray(tray.is_some());
    let app = app.clone();
    move |model| {
        let Some(tray) = tray.clone() else { return };
        let drawn = app.run_on_main_thread(move || {
            if let Err(error) = tray.draw(&model) {
                tracing::warn!(%error, "the tray can't be drawn");
            }
        });
        if let Err(error) = drawn {
            tracing::debug!(%error, "the tray changed while the app ended");
        }
    }
}

/// The tray as it is drawn.
struct Tray {
    icon: TrayIcon<Wry>,
    status: MenuItem<Wry>,
    open: MenuItem<Wry>,
    pause: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    paused: Arc<AtomicBool>,
    drawn: Mutex<Mark>,
}

impl Tray {
    fn build(
        app: &AppHandle<Wry>,
        host: &Arc<Host>,
        show: impl Fn() + Send + Sync + 'static,
    ) -> tauri::Result<Self> {
        let language = host.engine().language();
        let status = MenuItem::with_id(app, "status", "Tidings", false, None::<&str>)?;
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
            .on_menu_event({
                let (paused, host) = (Arc::clone(&paused), Arc::clone(host));
                move |_, event| chosen(&host, &event, &paused, &show)
            })
            .on_tray_icon_event(clicked)
            .build(app)?;
        Ok(Self { icon, status, open, pause, quit, paused, drawn: Mutex::new(Mark::Idle) })
    }

    /// Draws a model; on the main thread.
    fn draw(&self, model: &TrayModel) -> tauri::Result<()> {
        self.paused.store(model.paused, Ordering::Relaxed);
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if *drawn != model.mark {
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
        Mark::Attention => include_bytes!("../../../icons/tray-attention.png"),
    })
}

fn chosen(host: &Arc<Host>, event: &MenuEvent, paused: &AtomicBool, show: &impl Fn()) {
    match event.id().as_ref() {
        "open" => show(),
        "pause" => pause(host, !paused.load(Ordering::Relaxed)),
        "quit" => host.finish(Goodbye::Quit),
        other => tracing::error!(other, "the tray's menu has an item that nothing answers"),
    }
}

fn pause(host: &Arc<Host>, paused: bool) {
    let own = Arc::clone(host);
    host.run(async move {
        if let Err(error) = own.engine().pause(paused).await {
            tracing::warn!(%error, "pausing from the tray failed");
        }
    });
}

/// A click opens the window.
fn clicked(tray: &TrayIcon<Wry>, event: TrayIconEvent) {
    if let TrayIconEvent::Click { button: MouseButton::Left, .. } = event {
        window::show(tray.app_handle());
    }
}
