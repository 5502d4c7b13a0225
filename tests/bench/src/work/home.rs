//! The built program on a private desktop: what the engine costs alone, with a window, and after many windows.

use std::path::Path;
use std::time::{Duration, Instant};

use tidings_demo::{Demo, Options};
use tidings_desktop::{App, Desktop, HOST, Host, Profile, Window, feed};
use tidings_engine::settings::{Feed, Settings};
use tidings_host::VERSION;
use tidings_host::control::Link;

use super::host::{feeds, go, trouble};
use super::processes::{Switches, cpu_seconds, pss_kib, rss_kib, started_at};
use crate::child::Trouble;
use crate::facts::Facts;

/// Until what starting took is given back.
const SETTLED: Duration = Duration::from_secs(10);
/// How long idling is watched.
const WATCHED: Duration = Duration::from_secs(60);
/// Longer than this is a fault.
const PATIENCE: Duration = Duration::from_secs(120);
/// Fine enough for what takes a tenth of a second.
const LOOK: Duration = Duration::from_millis(1);
/// Windows that are opened and closed.
const CYCLES: usize = 20;
/// Events of a burst.
const BURST: u64 = 10_000;

/// Measures the engine's own program with open, silent feeds.
///
/// # Errors
///
/// If there is no desktop, or the program doesn't do its part.
pub(super) async fn alone(server: &str, folder: &Path, many: usize) -> Result<Facts, Trouble> {
    let desktop = Desktop::start().await.map_err(trouble)?;
    let profile = profile(folder, feeds((0..many).map(|number| format!("{server}/idle?feed={number}"))))?;
    let mut host = Host::start(&desktop, &profile).map_err(trouble)?;
    wait("all feeds are open", async || live(&desktop, &profile).await == Some(many)).await?;
    tokio::time::sleep(SETTLED).await;
    let own = desktop.session.processes(HOST);
    let (cpu, before) = (cpu_seconds(&own), Switches::of(&own));
    tokio::time::sleep(WATCHED).await;
    let facts = Facts::default()
        .with("pss_kib", pss_kib(&own))
        .with("rss_kib", rss_kib(&own))
        .with("cpu_percent", (cpu_seconds(&own) - cpu) / WATCHED.as_secs_f64() * 100.0)
        .with("wakes_a_second", Switches::of(&own).since(&before) / WATCHED.as_secs_f64());
    host.quit().await.map_err(trouble)?;
    Ok(facts)
}

/// Measures its start, and its memory after a burst.
///
/// # Errors
///
/// As [`alone`].
pub(super) async fn start(server: &str, folder: &Path) -> Result<Facts, Trouble> {
    let desktop = Desktop::start().await.map_err(trouble)?;
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), Options::quiet()).await?;
    let first =
        profile(&folder.join("first"), vec![feed(1, "First", &format!("{}/replay", demo.base_url()))])?;
    let control = demo.control();
    let began = Instant::now();
    let mut host = Host::start(&desktop, &first).map_err(trouble)?;
    let asked = async || control.counts("/replay").is_ok_and(|counts| counts.open == 1);
    wait("the feed is asked for", asked).await?;
    let live_ms = began.elapsed().as_secs_f64() * 1e3;
    host.quit().await.map_err(trouble)?;
    let burst = format!("{server}/beat?events={BURST}&every_us=0");
    let second = profile(&folder.join("second"), vec![feed(1, "Burst", &burst)])?;
    let mut host = Host::start(&desktop, &second).map_err(trouble)?;
    wait("the feed is open", async || live(&desktop, &second).await == Some(1)).await?;
    go(server)?;
    wait("all is stored", async || stored(&second) == Some(BURST)).await?;
    tokio::time::sleep(SETTLED).await;
    let facts = Facts::default().with("live_ms", live_ms);
    let facts = facts.with("burst_pss_kib", pss_kib(&desktop.session.processes(HOST)));
    host.quit().await.map_err(trouble)?;
    demo.stop().await;
    Ok(facts)
}

/// Measures windows: how soon each is painted, what all processes hold then, and what is left of twenty.
///
/// # Errors
///
/// As [`alone`].
pub(super) async fn windows(folder: &Path) -> Result<Facts, Trouble> {
    let desktop = Desktop::start().await.map_err(trouble)?;
    let demo = Demo::start(([127, 0, 0, 1], 0).into(), Options::quiet()).await?;
    let profile = profile(folder, vec![feed(1, "One", &format!("{}/replay", demo.base_url()))])?;
    let mut host = Host::start(&desktop, &profile).map_err(trouble)?;
    wait("the feed is open", async || live(&desktop, &profile).await == Some(1)).await?;
    demo.control().publish("/replay", None, "An event").map_err(trouble)?;
    wait("it is stored", async || stored(&profile) == Some(1)).await?;
    host.quit().await.map_err(trouble)?;
    let mut facts = Facts::default();
    // The first starts the engine too.
    for name in ["first", "again"] {
        let window = Window::open(&desktop, &profile).await.map_err(trouble)?;
        window.shows("An event").await.map_err(trouble)?;
        let [painted, listed] = painted(&desktop, &window).await?;
        facts = facts.with(&format!("{name}_painted_ms"), painted).with(&format!("{name}_listed_ms"), listed);
        tokio::time::sleep(SETTLED).await;
        let all = [desktop.session.processes("tidings"), desktop.session.processes("WebKit")].concat();
        facts = facts.with("open_pss_kib", pss_kib(&all)).with("open_rss_kib", rss_kib(&all));
        window.close().await.map_err(trouble)?;
    }
    for cycle in 0..=CYCLES {
        let mut app = App::start(&desktop, &profile, &[]).map_err(trouble)?;
        app.shown(&desktop).await.map_err(trouble)?;
        desktop.close_window().await.map_err(trouble)?;
        app.ended(PATIENCE).await.map_err(trouble)?;
        if cycle == 0 {
            tokio::time::sleep(SETTLED).await;
            facts = facts.with("closed_pss_kib", pss_kib(&desktop.session.processes(HOST)));
        }
    }
    tokio::time::sleep(SETTLED).await;
    demo.stop().await;
    Ok(facts.with("cycled_pss_kib", pss_kib(&desktop.session.processes(HOST))))
}

/// Milliseconds from the app's start to the first paint of anything, and to the list with its events.
async fn painted(desktop: &Desktop, window: &Window) -> Result<[f64; 2], Trouble> {
    let script = "return [performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime, \
        performance.timeOrigin + performance.getEntriesByName('history')[0].startTime]";
    let at = window.client().execute(script, Vec::new()).await.map_err(trouble)?;
    let hosts = desktop.session.processes(HOST);
    let app = desktop.session.processes("tidings").into_iter().find(|id| !hosts.contains(id));
    let began = app.and_then(started_at).unwrap_or(f64::NAN) * 1e3;
    Ok([0, 1].map(|number| at[number].as_f64().unwrap_or(f64::NAN) - began))
}

fn profile(folder: &Path, feeds: Vec<Feed>) -> Result<Profile, Trouble> {
    let feeds = feeds.into_iter().map(|feed| Feed { notify: false, ..feed }).collect();
    let profile = Profile::create(folder, Vec::new()).map_err(trouble)?;
    profile.write(&Settings { feeds, ..Settings::default() }).map_err(trouble)?;
    Ok(profile)
}

/// How many feeds are open, where the engine answers.
async fn live(desktop: &Desktop, profile: &Profile) -> Option<usize> {
    let folder = desktop.session.variable("XDG_RUNTIME_DIR")?;
    let paths = tidings_host::paths::Paths::profile(profile.folder()).ok()?;
    let socket = Path::new(&folder).join("tidings").join(format!("{}.sock", paths.identity));
    let link = Link::open(&socket, VERSION).await.ok()?;
    let snapshot = link.attach(|_| true).await.ok()?;
    let snapshot = serde_json::to_value(snapshot).ok()?;
    let feeds = snapshot["feeds"].as_array()?;
    Some(feeds.iter().filter(|feed| feed["state"]["kind"] == "live").count())
}

fn stored(profile: &Profile) -> Option<u64> {
    let history = rusqlite::Connection::open(profile.history()).ok()?;
    history.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).ok()
}

async fn wait(what: &str, mut is_so: impl AsyncFnMut() -> bool) -> Result<(), Trouble> {
    let until = Instant::now() + PATIENCE;
    while !is_so().await {
        if Instant::now() > until {
            return Err(Trouble::Worker(format!("{what}: not within {PATIENCE:?}")));
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}
