//! From start to end: the place, the engine, the window before it, and a way out that waits for what is open.

use std::process::ExitCode;
use std::sync::Arc;

use tauri::{App, AppHandle, Manager, RunEvent, Runtime, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;
use tidings_engine::language::Language;
use tidings_engine::settings::{self, OnClose};
use tidings_host::browser::Browser;
use tidings_host::dto;
use tidings_host::face::{Departure, Face};
use tidings_host::paths::Paths;
use tidings_host::request::Settings;
use tidings_host::signals;
use tokio::runtime;

use crate::arguments::Arguments;
use crate::choosing::Choosing;
use crate::home::{self, Home};
use crate::links::{self, Agreed};
use crate::login::{self, Login};
use crate::saving::Saving;
use crate::window::{self, Raise};
use crate::{display, ipc, parting};

/// Runs the app until it is quit, or on Linux until its window is closed.
///
/// # Errors
/// One sentence for people: why it couldn't start.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let paths = place(arguments)?;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("Tidings can't start its threads: {error}."))?;
    tauri::async_runtime::set(runtime.handle().clone());
    let Some(Begun { app, home, face, hidden }) = begin(arguments, &paths, &runtime)? else {
        return Ok(ExitCode::SUCCESS);
    };
    app.manage(paths);
    app.manage(home);
    app.manage(face);
    app.manage(Saving::in_dialog(app.handle().clone()));
    app.manage(match arguments.profile {
        Some(_) => Login::of_profile(),
        None => Login::of_desktop(app.handle().clone()),
    });
    app.manage(Choosing::in_dialog(app.handle().clone()));
    app.manage(Agreed::default());
    let raised = app.handle().clone();
    app.manage(Arc::new(Raise::new(move || window::show(&raised))));
    let code = follow(app, hidden, arguments.link.clone());
    // What still blocks a thread by then (a keyring that never answers) must not keep the process.
    runtime.shutdown_background();
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

/// An app that has its engine, before its event loop runs.
struct Begun {
    app: App<Wry>,
    home: Home,
    face: Face,
    /// Whether the window waits until it is wanted.
    hidden: bool,
}

/// Finds the engine and opens the display, in the order in which each can refuse; none where no window is wanted.
fn begin(arguments: &Arguments, paths: &Paths, runtime: &runtime::Runtime) -> Result<Option<Begun>, String> {
    if let Some(starter) = home::starter(arguments, paths) {
        // Nothing that is hidden needs a display.
        let face = runtime.block_on(home::apart(starter)).map_err(complain)?;
        if runtime.block_on(stays_hidden(arguments, &face)) {
            return Ok(None);
        }
        display::open()?;
        let app = build(arguments, paths)?;
        return Ok(Some(Begun { app, home: Home::Apart, face, hidden: false }));
    }
    display::open()?;
    // A second start ends within `build`, having asked the first one to show its window.
    let app = build(arguments, paths)?;
    let host = runtime.block_on(home::here(paths, Browser::of_desktop()));
    let host = host.map_err(|error| complain(error.to_string()))?;
    let face = Face::here(host.clone());
    let hidden = runtime.block_on(stays_hidden(arguments, &face));
    Ok(Some(Begun { app, home: Home::Here(host), face, hidden }))
}

/// Says in a dialog why the app can't start, where there is a display to say it on.
fn complain(sentence: String) -> String {
    if display::open().is_ok() {
        display::complain(&sentence);
    }
    sentence
}

/// Whether the window waits until it is wanted.
async fn stays_hidden(arguments: &Arguments, face: &Face) -> bool {
    let at_login = || async { wishes(face).await.is_some_and(|window| window.hidden_at_login) };
    arguments.link.is_none() && (arguments.hidden || (arguments.at_login && at_login().await))
}

/// What a person wishes of the window, where that can be told.
async fn wishes(face: &Face) -> Option<settings::Window> {
    match face.ask::<dto::Window>(Settings::Window).await {
        Ok(window) => Some(window.into()),
        Err(failure) => {
            tracing::warn!(?failure, "the window's settings can't be read");
            None
        }
    }
}

/// Ends the app: closes the window, gives an engine that is here its time, and leaves with success.
fn leave(app: &AppHandle<Wry>) {
    if let Some(window) = app.get_webview_window(window::LABEL)
        && let Err(error) = window.destroy()
    {
        tracing::debug!(%error, "the window was gone already");
    }
    let (home, handle) = (app.state::<Home>().inner().clone(), app.clone());
    tauri::async_runtime::spawn(async move {
        home.end().await;
        handle.exit(0);
    });
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
        .callback(|app, line, _folder| match Arguments::link(&line) {
            Some(link) => propose(app, link),
            None if Arguments::wants_window(&line) => window::show(app),
            None => {}
        })
        .dbus_id(paths.identity.as_str())
        .build();
    let mut builder = tauri::Builder::default().plugin(single).plugin(tauri_plugin_dialog::init());
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
fn follow(app: App<Wry>, hidden: bool, mut link: Option<String>) -> i32 {
    app.run_return(move |app, event| match event {
        RunEvent::Ready => {
            app.state::<Home>().accompany(app);
            start(app);
            match link.take() {
                Some(link) => propose(app, link),
                None if !hidden => window::show(app),
                None => {}
            }
        }
        // Without a window the app lives on where the engine does; only `leave` ends it.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::WindowEvent { event: WindowEvent::Destroyed, .. } => closed(app),
        _ => {}
    })
}

/// Asks about a link in the person's language.
fn propose(app: &AppHandle<Wry>, link: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let wishes = wishes(&app.state::<Face>()).await.unwrap_or_default();
        links::ask(&app, &link, Language::of(wishes.language)).await;
    });
}

/// The window is gone: the app ends with it where the engine is apart, or where a person wishes so.
fn closed(app: &AppHandle<Wry>) {
    let home = app.state::<Home>().inner().clone();
    home.detach();
    app.state::<Agreed>().gone();
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let face = app.state::<Face>();
        let wishes = wishes(&face).await.unwrap_or_default();
        if wishes.on_close == OnClose::Quit {
            return face.quit().await;
        }
        if let Err(failure) = face.ask::<()>(Settings::GoesOn).await {
            tracing::debug!(?failure, "that it goes on was not said");
        }
        if let Home::Apart = home {
            leave(&app);
        }
    });
}

/// Starts what ends the app.
fn start(app: &AppHandle<Wry>) {
    let ending = app.clone();
    tauri::async_runtime::spawn(async move {
        match ending.state::<Face>().departed().await {
            Departure::Ended => leave(&ending),
            Departure::Unreachable(sentence) => parting::say(&ending, sentence),
        }
    });
    let asked = app.clone();
    tauri::async_runtime::spawn(async move {
        signals::asked_to_end().await;
        match asked.state::<Home>().inner() {
            Home::Here(_) => asked.state::<Face>().quit().await,
            // The engine goes on without the window.
            Home::Apart => leave(&asked),
        }
    });
}
