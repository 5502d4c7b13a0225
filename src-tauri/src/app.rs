//! From start to end: the place, the engine, tray and window around it, and a way out that waits for what is open.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use tauri::{App, AppHandle, Manager, RunEvent, Runtime, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;
use tidings_cli::paths::Paths;
use tidings_engine::engine::{Engine, Options};
use tidings_engine::id::EventId;
use tidings_engine::settings::OnClose;
use tokio::runtime;

use crate::arguments::Arguments;
use crate::choosing::Choosing;
use crate::links::Browser;
use crate::login::{self, Login};
use crate::running::Running;
use crate::saving::Saving;
use crate::tray::{self, Tray, TrayModel};
use crate::{clipboard, display, ipc, links, signals, watch, window};

/// How long the engine may take to end: twice what it promises.
const ENDING: Duration = Duration::from_secs(2);

/// Runs the app until it is quit.
///
/// # Errors
/// One sentence for people: why it couldn't start.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let paths = place(arguments)?;
    display::open()?;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("Tidings can't start its threads: {error}."))?;
    tauri::async_runtime::set(runtime.handle().clone());
    // A second start ends within `build`, having asked the first one to show its window.
    let app = build(arguments, &paths)?;
    let options = Options {
        settings_file: paths.settings_file.clone(),
        data_folder: paths.data_folder.clone(),
        keyring_service: paths.identity.clone(),
        icon: icon(&paths),
    };
    let engine = runtime.block_on(Engine::start(options)).map_err(|error| {
        display::complain(&error.to_string());
        error.to_string()
    })?;
    let hidden = arguments.hidden || (arguments.at_login && engine.window().hidden_at_login);
    app.manage(paths);
    app.manage(Running::new(engine, runtime.handle().clone()));
    app.manage(Saving::in_dialog(app.handle().clone()));
    app.manage(match arguments.profile {
        Some(_) => Login::of_profile(),
        None => Login::of_desktop(app.handle().clone()),
    });
    app.manage(Choosing::in_dialog(app.handle().clone()));
    app.manage(Browser::of_desktop());
    let code = follow(app, hidden);
    // What still blocks a thread by then (a keyring that never answers) must not keep the process.
    runtime.shutdown_background();
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

/// Ends the app: closes the window, gives the engine its time, and leaves with success.
pub(crate) fn quit<R: Runtime>(app: &AppHandle<R>) {
    let running = app.state::<Running>();
    if running.ending().is_cancelled() {
        return;
    }
    running.ending().cancel();
    if let Some(window) = app.get_webview_window(window::LABEL)
        && let Err(error) = window.close()
    {
        tracing::debug!(%error, "the window was gone already");
    }
    let (engine, handle) = (running.engine().clone(), app.clone());
    running.run(async move {
        if tokio::time::timeout(ENDING, engine.shutdown()).await.is_err() {
            tracing::error!("the engine didn't end in time");
        }
        handle.exit(0);
    });
}

/// Lays the program's icon where notification daemons can read it, installed or not; without it they draw their own.
fn icon(paths: &Paths) -> Option<PathBuf> {
    let path = paths.cache_folder.join("icon.png");
    std::fs::create_dir_all(&paths.cache_folder).ok()?;
    std::fs::write(&path, include_bytes!("../../icons/128x128.png")).ok()?;
    Some(path)
}

fn place(arguments: &Arguments) -> Result<Paths, String> {
    match &arguments.profile {
        Some(folder) => Paths::profile(folder)
            .map_err(|error| format!("The profile folder {} can't be used: {error}.", folder.display())),
        None => Paths::own().ok_or_else(|| "Tidings found no home folder: set HOME.".to_owned()),
    }
}

fn build(arguments: &Arguments, paths: &Paths) -> Result<App<Wry>, String> {
    let single = tauri_plugin_single_instance::Builder::new()
        .callback(|app, line, _folder| {
            if Arguments::wants_window(&line) {
                window::show(app);
            }
        })
        .dbus_id(paths.identity.as_str())
        .build();
    let mut builder = tauri::Builder::default().plugin(single).plugin(tauri_plugin_dialog::init());
    builder = builder.plugin(tauri_plugin_clipboard_manager::init());
    if arguments.profile.is_none() {
        // The plugin keeps one file a person, in tauri's own folder: a profile stays out of it.
        let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
        let state = tauri_plugin_window_state::Builder::new().with_filename("window.json");
        builder = builder.plugin(state.with_state_flags(kept).build());
        // It writes into the person's own session, which a profile stays out of too.
        builder = builder.plugin(tauri_plugin_autostart::Builder::new().arg(login::ARGUMENT).build());
    }
    builder
        .invoke_handler(ipc::commands().invoke_handler())
        .build(context())
        .map_err(|error| format!("Tidings can't start: {error}."))
}

/// What the build made of tauri.conf.json, the capability and the window's files.
pub(crate) fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// Follows the event loop to its end and gives the exit code.
#[expect(clippy::wildcard_enum_match_arm, reason = "tauri's events are an open list")]
fn follow(app: App<Wry>, hidden: bool) -> i32 {
    let mut in_tray = false;
    app.run_return(move |app, event| match event {
        RunEvent::Ready => {
            in_tray = start(app);
            if !(hidden && in_tray) {
                window::show(app);
            }
        }
        // Without a window the app lives on in the tray; only `quit` ends it.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::WindowEvent { event: WindowEvent::Destroyed, .. } => {
            app.state::<Running>().detach();
            if !in_tray || app.state::<Running>().engine().window().on_close == OnClose::Quit {
                quit(app);
            }
        }
        _ => {}
    })
}

/// Opens the window at an event, or as it is.
fn show(app: &AppHandle<Wry>, event: Option<EventId>) {
    app.state::<Running>().openings().ask(event);
    window::show(app);
}

/// Opens an event's link; where that can't be done, the window shows the event.
fn open_link(app: &AppHandle<Wry>, event: EventId) {
    let opener = app.clone();
    links::follow(app, event, move || show(&opener, Some(event)));
}

/// Copies an event's text; where that can't be done, the window shows the event, whose text can be copied there.
fn copy_text(app: &AppHandle<Wry>, event: EventId) {
    let running = app.state::<Running>();
    let (engine, app) = (running.engine().clone(), app.clone());
    running.run(async move {
        if let Err(failure) = clipboard::copy(&engine, &app, event).await {
            tracing::warn!(?failure, "an event's text was not copied");
            show(&app, Some(event));
        }
    });
}

/// Starts what accompanies the engine; says whether there is a tray.
fn start(app: &AppHandle<Wry>) -> bool {
    let tray = tray::library::is_there().then(|| Tray::build(app, &app.state::<Paths>()));
    let tray = match tray {
        Some(Ok(tray)) => Some(std::sync::Arc::new(tray)),
        Some(Err(error)) => {
            tracing::warn!(%error, "there is no tray: closing the window quits");
            None
        }
        None => {
            tracing::warn!(
                "there is no tray, for want of libayatana-appindicator3: closing the window quits"
            );
            None
        }
    };
    let running = app.state::<Running>();
    let in_tray = tray.is_some();
    let (engine, opener, follower) = (running.engine().clone(), app.clone(), app.clone());
    let (copier, drawer) = (app.clone(), app.clone());
    let open = move |event| show(&opener, event);
    let follow = move |event| open_link(&follower, event);
    let copy = move |event| copy_text(&copier, event);
    let draw = move |model: TrayModel| {
        let Some(tray) = tray.clone() else { return };
        let drawn = drawer.run_on_main_thread(move || {
            if let Err(error) = tray.draw(&model) {
                tracing::warn!(%error, "the tray can't be drawn");
            }
        });
        if let Err(error) = drawn {
            tracing::debug!(%error, "the tray changed while the app ended");
        }
    };
    let ending = running.ending().clone();
    running.run(async move { watch::watch(|| engine.attach(), open, follow, copy, draw, ending).await });
    let ended = app.clone();
    running.run(async move {
        signals::asked_to_end().await;
        quit(&ended);
    });
    in_tray
}
