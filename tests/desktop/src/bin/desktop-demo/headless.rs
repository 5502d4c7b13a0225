//! The demo without a screen: the app on a private desktop for half a minute, then what came of it.

use std::process::ExitCode;
use std::time::Duration;

use tidings_demo::{Control, Counts, Demo, Ending, Options};
use tidings_desktop::{App, Desktop, Profile, Trouble, Window, target, until};
use tidings_engine::settings::{self, Feed, Settings, Theme};
use tokio::time::{Instant, sleep, sleep_until};

use crate::report::{self, Line, Served};
use crate::{say, serve, subscriptions};

/// The feeds that are dropped on the way: one whose server counts on, one whose server replays.
const DROPPED: &[&str] = &["/counter", "/replay"];

/// When what happens, from the moment every feed is open: time to have something, to lose it and to get it back.
const DROP_AT: Duration = Duration::from_secs(9);
const PICTURES_AT: Duration = Duration::from_secs(19);
const END_AT: Duration = Duration::from_secs(26);

/// The app dials all feeds at its start; a machine at full load takes its time.
const OPEN_LIMIT: Duration = Duration::from_secs(30);

/// The reconnection time, jittered upward, and a machine at full load.
const RESUME_LIMIT: Duration = Duration::from_secs(30);

/// Popups come every few seconds.
const POPUPS_LIMIT: Duration = Duration::from_secs(20);

/// What the window takes to draw what was clicked; a picture, not a check, depends on it.
const DRAWN: Duration = Duration::from_secs(2);

/// A tile of the ticker, which is among what the dashboard suggests.
const DASHBOARD_SHOWS: &str = "OAK price";

/// Until the lines of a picture have moved a little.
const MOVED: Duration = Duration::from_secs(8);

/// Where the window is put: popups lie to the right of it.
const WINDOW_AT: (u32, u32) = (32, 72);

/// Runs the whole demo, unless Ctrl-C ends it; fails unless every feed delivered and the dropped ones resumed.
pub(crate) async fn run() -> Result<ExitCode, Trouble> {
    tokio::select! {
        biased;
        _ = tokio::signal::ctrl_c() => Ok(ExitCode::FAILURE),
        shown = show() => shown,
    }
}

async fn show() -> Result<ExitCode, Trouble> {
    say("There is no display: Tidings is shown on a private desktop for half a minute.");
    let demo = serve(lively()).await?;
    let feeds = subscriptions(&demo);
    let desktop = Desktop::start().await?;
    let profile = Profile::create(&desktop.session.folder().join("profile"), feeds.clone())?;
    let counts = play(&demo.control(), &desktop, &profile).await;
    let counts = counts.map_err(|trouble| desktop.session.explain("tidings", trouble))?;
    let popups = desktop.popups.seen().len();
    let lines = read(&profile, &feeds, &counts)?;
    take_dark_picture(&desktop, &profile, feeds).await?;
    demo.stop().await;
    for line in report::table(&lines) {
        say(&line);
    }
    say(&format!("{popups} popups reached {}.", desktop.popups.daemon().await?));
    say(&format!("Pictures: window.png, dashboard.png and popups.png in {}", pictures()?.display()));
    let well = popups > 0 && lines.iter().all(|line| line.faults.is_empty());
    say(if well { "Every feed delivered; what was dropped resumed." } else { "The demo FAILED; see above." });
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Faster than a person would like, so that half a minute shows something of each feed.
fn lively() -> Options {
    Options {
        counter_every: Duration::from_secs(1),
        activity_every: Some(Duration::from_secs(4)),
        notices_every: Some(Duration::from_secs(3)),
        ..Options::default()
    }
}

/// Plays the half minute and gives what the servers counted before and after.
async fn play(control: &Control, desktop: &Desktop, profile: &Profile) -> Result<Served, Trouble> {
    let mut app = App::start(desktop, profile, &[])?;
    app.shown(desktop).await?;
    desktop.move_window(WINDOW_AT.0, WINDOW_AT.1).await?;
    for feed in Demo::feeds() {
        opened(control, feed.path, 1, OPEN_LIMIT).await?;
    }
    let (open, before) = (Instant::now(), control.all_counts());
    sleep_until(open + DROP_AT).await;
    drop_some(control)?;
    for path in DROPPED {
        opened(control, path, 2, RESUME_LIMIT).await?;
    }
    sleep_until(open + PICTURES_AT).await;
    take_pictures(desktop).await?;
    sleep_until(open + END_AT).await;
    let after = control.all_counts();
    let status = app.quit().await?;
    if !status.success() {
        return Err(Trouble::Failed { program: "tidings".to_owned(), said: status.to_string() });
    }
    Ok(Served { before, after })
}

/// Breaks off in the middle of an event, and publishes more while nobody can hear it.
fn drop_some(control: &Control) -> Result<(), Trouble> {
    let refused = |cause: tidings_demo::ControlError| Trouble::Failed {
        program: "the demo".into(),
        said: cause.to_string(),
    };
    for path in DROPPED {
        control.drop_all(path, Ending::Tear).map_err(refused)?;
    }
    for number in 1..=3 {
        let data = format!(r#"{{"title":"Parcel {number} of 3","message":"Sent while the line was down"}}"#);
        control.publish("/replay", None, &data).map_err(refused)?;
    }
    Ok(())
}

/// Waits until a feed has been opened so many times and is open.
async fn opened(control: &Control, path: &str, times: u64, limit: Duration) -> Result<(), Trouble> {
    let is_open = |counts: Counts| counts.accepted >= times && counts.open > 0;
    let open = async || control.counts(path).is_ok_and(is_open).then_some(());
    until(&format!("the app opens {path}, time {times}"), limit, open).await
}

async fn take_pictures(desktop: &Desktop) -> Result<(), Trouble> {
    let folder = pictures()?;
    let popups = async || desktop.picture_of_popups(&folder.join("popups.png")).await.ok();
    until("a popup on the screen", POPUPS_LIMIT, popups).await?;
    // The window then shows the event of that popup.
    desktop.popups.click().await?;
    sleep(DRAWN).await;
    desktop.picture_of_window(&folder.join("window.png")).await
}

/// Shows the dashboard of the same history on a dark desktop.
async fn take_dark_picture(desktop: &Desktop, profile: &Profile, feeds: Vec<Feed>) -> Result<(), Trouble> {
    let dark = settings::Window { theme: Theme::Dark, ..settings::Window::default() };
    profile.write(&Settings { feeds, window: dark, ..Settings::default() })?;
    let window = Window::open(desktop, profile).await?;
    desktop.move_window(WINDOW_AT.0, WINDOW_AT.1).await?;
    window.hand().press("Dashboard").await?;
    window.shows(DASHBOARD_SHOWS).await?;
    sleep(MOVED).await;
    desktop.picture_of_window(&pictures()?.join("dashboard.png")).await?;
    window.close().await
}

fn pictures() -> Result<std::path::PathBuf, Trouble> {
    let folder = target().join("demo");
    let made = std::fs::create_dir_all(&folder);
    made.map_err(|source| Trouble::Refused { what: format!("making {}", folder.display()), source })?;
    Ok(folder)
}

/// Holds each feed's history against what its server counted.
fn read(profile: &Profile, feeds: &[Feed], served: &Served) -> Result<Vec<Line>, Trouble> {
    let pairs = feeds.iter().zip(Demo::feeds());
    pairs
        .map(|(feed, shown)| {
            let rows = report::rows(&profile.history(), &feed.id)?;
            Ok(report::judge(shown, &rows, served, DROPPED.contains(&shown.path)))
        })
        .collect()
}
