//! The app's window on a private screen: how evenly it draws, what it holds, and what it takes from the processor.

use std::path::Path;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use serde_json::Value;
use tidings_demo::{Demo, Options};
use tidings_desktop::{Desktop, Profile, Window, feed};
use tidings_engine::settings::{Feed, Keep, Settings};

use super::host::{feeds, go, trouble};
use super::processes::{cpu_seconds, pss_kib};
use super::rows::FEEDS;
use crate::child::Trouble;
use crate::facts::{Facts, percentile};

/// Until everything is drawn that belongs to opening, and the list of a stream is full.
const SETTLED: Duration = Duration::from_secs(20);
/// How long each is measured.
const SECONDS: u64 = 60;
/// More than can be counted as smooth, in milliseconds.
const LATE_MS: f64 = 50.0;
/// No measurement is to be one of removing old events.
const EVERYTHING: Keep = Keep { days: 36_500, events: 1_000_000_000, megabytes: 1_000_000 };
/// What WebKit calls the process of a page, as the kernel cuts it.
const PAGE: &str = "WebKitWebProces";

/// Notes the time between each frame and the one before.
const RECORD: &str = "const frames = window.frames = []; let last = performance.now(); \
    const frame = (now) => { frames.push(now - last); last = now; requestAnimationFrame(frame); }; \
    requestAnimationFrame(frame);";
/// Scrolls on with each frame; says how far it came.
const SCROLL: &str = "window.gone = 0; \
    const on = () => { const list = document.querySelector('.scroller[role=listbox]'); const from = list?.scrollTop ?? 0; \
        if (list) list.scrollTop += 600; window.gone += Math.max(0, (list?.scrollTop ?? 0) - from); \
        requestAnimationFrame(on); }; requestAnimationFrame(on);";
const GONE: &str =
    "return window.gone / document.querySelector('[role=option]').getBoundingClientRect().height";

/// What the window is measured at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scene {
    /// The history is open while a hundred events a second arrive.
    Stream,
    /// The history is scrolled through.
    Scroll,
    /// Four tiles move ten times a second.
    Dashboard,
}

/// Measures a window over the history in a folder.
///
/// # Errors
///
/// If there is no desktop, or the app doesn't do its part.
pub(super) async fn measure(server: &str, folder: &Path, scene: Scene) -> Result<Facts, Trouble> {
    let desktop = Desktop::start().await.map_err(trouble)?;
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), Options::default()).await?;
    let feeds = match scene {
        // The list is full before anything is measured: what it holds from then on is to stay the same.
        Scene::Stream => vec![
            feed(1, "Before", &format!("{server}/beat?events=12000&every_us=1000")),
            feed(2, "Stream", &format!("{server}/beat?events=1000000&every_us=10000")),
        ],
        Scene::Scroll => self::feeds((0..FEEDS).map(|_| format!("{server}/idle"))),
        Scene::Dashboard => vec![feed(1, "Ticker", &format!("{}/ticker", demo.base_url()))],
    };
    let feeds: Vec<Feed> = feeds.into_iter().map(|feed| Feed { notify: false, ..feed }).collect();
    let profile = Profile::create(folder, Vec::new()).map_err(trouble)?;
    profile.write(&Settings { feeds, keep: EVERYTHING, ..Settings::default() }).map_err(trouble)?;
    let window = Window::open(&desktop, &profile).await.map_err(trouble)?;
    match scene {
        Scene::Stream => go(server)?,
        Scene::Scroll => run(&window, SCROLL).await.map(drop)?,
        Scene::Dashboard => show_dashboard(&window).await?,
    }
    tokio::time::sleep(SETTLED).await;
    let facts = watch(&desktop, &window, scene).await?;
    window.close().await.map_err(trouble)?;
    demo.stop().await;
    Ok(facts)
}

async fn watch(desktop: &Desktop, window: &Window, scene: Scene) -> Result<Facts, Trouble> {
    let page = desktop.session.processes(PAGE);
    let app = desktop.session.processes("tidings");
    let (before_kib, cpu) = (pss_kib(&page), cpu_seconds(&page) + cpu_seconds(&app));
    // A page that only follows its feeds isn't to be drawn sixty times a second for the sake of counting.
    if scene != Scene::Dashboard {
        run(window, RECORD).await?;
    }
    let began = Instant::now();
    tokio::time::sleep(Duration::from_secs(SECONDS)).await;
    let spent = (cpu_seconds(&page) + cpu_seconds(&app) - cpu) / began.elapsed().as_secs_f64();
    let facts = Facts::default()
        .with("pss_before_kib", before_kib)
        .with("pss_after_kib", pss_kib(&page))
        .with("cpu_percent", spent * 100.0);
    if scene == Scene::Dashboard {
        return Ok(facts);
    }
    let frames = run(window, "return window.frames").await?;
    let mut frames: Vec<f64> = frames.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let late = frames.iter().filter(|time| **time > LATE_MS).count();
    let rows = if scene == Scene::Scroll { run(window, GONE).await?.as_f64() } else { None };
    Ok(facts
        .with("frames", frames.len() as f64)
        .with("late", late as f64)
        .with("p50_ms", percentile(&mut frames, 50.0))
        .with("p99_ms", percentile(&mut frames, 99.0))
        .with("max_ms", percentile(&mut frames, 100.0))
        .with("rows", rows.unwrap_or(f64::NAN)))
}

async fn show_dashboard(window: &Window) -> Result<(), Trouble> {
    window.hand().press("Dashboard").await.map_err(trouble)?;
    window.shows("OAK price").await.map_err(trouble)
}

async fn run(window: &Window, script: &str) -> Result<Value, Trouble> {
    window.client().execute(script, Vec::new()).await.map_err(trouble)
}
