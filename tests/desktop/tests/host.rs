//! The engine in a program of its own: it stays when the window goes, and comes back when it dies.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tidings_demo::{Demo, Options};
use tidings_desktop::{App, Desktop, HOST, Profile, Trouble, Window, feed, until};
use tidings_support::{Answer, Script, Server};

/// Nothing here takes a second on an idle machine.
const LIMIT: Duration = Duration::from_secs(30);

async fn quiet_demo() -> Demo {
    Demo::start(([127, 0, 0, 1], 0).into(), Options::quiet()).await.expect("a free port")
}

fn parcels(desktop: &Desktop, demo: &Demo) -> Result<Profile, Trouble> {
    let url = format!("{}/replay", demo.base_url());
    Profile::create(&desktop.session.folder().join("profile"), vec![feed(1, "Parcels", &url)])
}

async fn open(demo: &Demo, links: usize) -> Result<(), Trouble> {
    let control = demo.control();
    let open = async || (control.counts("/replay").expect("a feed").open == links).then_some(());
    until("the feed is subscribed to as often", LIMIT, open).await
}

fn publish(demo: &Demo, title: &str) {
    let data = json!({ "title": title, "message": "At the gate" }).to_string();
    demo.control().publish("/replay", None, &data).expect("a feed");
}

/// The titles of what is stored, oldest first, by the terminal.
async fn stored(desktop: &Desktop, profile: &Profile) -> Result<Vec<String>, Trouble> {
    let printed = desktop.terminal(profile, &["history", "--json"]).await?;
    let title = |line: &str| serde_json::from_str::<Value>(line).ok()?["title"].as_str().map(str::to_owned);
    let mut titles: Vec<_> = printed.lines().filter_map(title).collect();
    titles.reverse();
    Ok(titles)
}

#[tokio::test]
async fn closing_the_window_leaves_the_engine_and_nothing_of_a_toolkit() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = parcels(&desktop, &demo)?;
    let mut app = App::start(&desktop, &profile, &[])?;
    app.shown(&desktop).await?;
    open(&demo, 1).await?;
    desktop.close_window().await?;
    assert!(app.ended(LIMIT).await?.success());
    let said = desktop.popups.titled("Tidings goes on without its window", LIMIT).await?;
    assert!(said.body.contains("Start Tidings again"), "{}", said.body);
    desktop.popups.close_all().await?;
    let alone = async || {
        let left = desktop.session.processes("tidings");
        let none = desktop.session.processes("WebKit").is_empty();
        (none && left.len() == 1 && left == desktop.session.processes(HOST)).then_some(())
    };
    until("the engine is alone", LIMIT, alone).await?;

    publish(&demo, "Meanwhile");
    desktop.popups.titled("Meanwhile", LIMIT).await?;
    let shown = async || (desktop.popups.on_screen().await.ok()? == 1).then_some(());
    until("the popup on the screen", LIMIT, shown).await?;
    desktop.popups.click().await?;
    let back = async || desktop.window_area().await.map(drop);
    until("a click brings a window", LIMIT, back).await?;
    let counts = demo.control().counts("/replay").expect("a feed");
    assert_eq!((counts.accepted, counts.open), (1, 1), "the feed stayed connected");

    desktop.terminal(&profile, &["quit"]).await?;
    let gone = async || desktop.session.processes("tidings").is_empty().then_some(());
    until("the window goes with the engine", LIMIT, gone).await
}

#[tokio::test]
async fn an_engine_that_dies_is_started_again_by_its_window_and_loses_nothing() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = parcels(&desktop, &demo)?;
    let window = Window::open(&desktop, &profile).await?;
    open(&demo, 1).await?;
    publish(&demo, "Before");
    window.shows("Before").await?;
    let [host] = desktop.session.processes(HOST)[..] else { panic!("one engine") };
    kill_process(Pid::from_raw(host).expect("a process"), Signal::KILL).expect("killed");
    publish(&demo, "Meanwhile");
    window.shows("Meanwhile").await?;
    let again = async || (demo.control().counts("/replay").expect("a feed").accepted == 2).then_some(());
    until("the feed is subscribed to again", LIMIT, again).await?;
    publish(&demo, "After");
    window.shows("After").await?;
    assert_eq!(stored(&desktop, &profile).await?, ["Before", "Meanwhile", "After"]);
    window.close().await
}

#[tokio::test]
async fn a_window_that_crashes_takes_nothing_along() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = parcels(&desktop, &demo)?;
    let mut app = App::start(&desktop, &profile, &[])?;
    app.shown(&desktop).await?;
    open(&demo, 1).await?;
    app.kill().await?;
    publish(&demo, "Meanwhile");
    desktop.popups.titled("Meanwhile", LIMIT).await?;
    assert_eq!(desktop.session.processes(HOST).len(), 1);
    let mut app = App::start(&desktop, &profile, &[])?;
    app.shown(&desktop).await?;
    let counts = demo.control().counts("/replay").expect("a feed");
    assert_eq!((counts.accepted, counts.open), (1, 1), "the feed stayed connected");
    Ok(())
}

#[tokio::test]
async fn a_hidden_start_needs_no_display_and_a_terminal_changes_what_runs() -> Result<(), Trouble> {
    let (mut desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = Profile::create(&desktop.session.folder().join("profile"), Vec::new())?;
    let screen = desktop.session.variable("DISPLAY").expect("a screen");
    desktop.session.set("DISPLAY", "");
    let mut app = App::start(&desktop, &profile, &["--hidden"])?;
    assert!(app.ended(LIMIT).await?.success());
    let url = format!("{}/replay", demo.base_url());
    let added = desktop.terminal(&profile, &["feeds", "add", &url, "--name", "Parcels"]).await?;
    assert!(added.starts_with("Added Parcels"), "{added}");
    open(&demo, 1).await?;
    publish(&demo, "One");
    desktop.popups.titled("One", LIMIT).await?;
    desktop.terminal(&profile, &["mute", "--for", "ever"]).await?;
    desktop.terminal(&profile, &["feeds", "edit", "Parcels", "--name", "Post"]).await?;
    desktop.terminal(&profile, &["pause"]).await?;
    open(&demo, 0).await?;
    publish(&demo, "Two");
    desktop.terminal(&profile, &["resume"]).await?;
    open(&demo, 1).await?;
    let both = async || (stored(&desktop, &profile).await.ok()? == ["One", "Two"]).then_some(());
    until("what came meanwhile is stored", LIMIT, both).await?;
    desktop.popups.close_all().await?;
    assert_eq!(desktop.popups.history().await?.len(), 1, "the second was muted");

    desktop.session.set("DISPLAY", screen);
    let window = Window::open(&desktop, &profile).await?;
    window.shows("Post").await?;
    assert_eq!(desktop.session.processes(HOST).len(), 1);
    window.close().await?;
    desktop.terminal(&profile, &["quit"]).await?;
    let refused = desktop.terminal(&profile, &["reconnect"]).await.expect_err("nothing runs");
    assert!(refused.to_string().contains("isn't running"), "{refused}");
    Ok(())
}

#[tokio::test]
async fn the_tray_says_how_things_stand_and_its_menu_does_what_it_says() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = parcels(&desktop, &demo)?;
    let mut app = App::start(&desktop, &profile, &["--hidden"])?;
    assert!(app.ended(LIMIT).await?.success());
    open(&demo, 1).await?;
    // It comes up later than the item: the item waits for it.
    let tray = desktop.tray().await?;
    let says = async |wanted: &str| {
        let said =
            async || tray.menu().await.ok()?.first().is_some_and(|line| line.label == wanted).then_some(());
        until(wanted, LIMIT, said).await
    };
    says("Nothing unread, 1 feed connected").await?;
    publish(&demo, "Parcel 7");
    says("1 unread, 1 feed connected").await?;
    assert_eq!(tray.status().await?, "Active");
    let labels: Vec<_> = tray.menu().await?.into_iter().map(|line| (line.label, line.enabled)).collect();
    let expected = [
        ("1 unread, 1 feed connected", false),
        ("Parcel 7", true),
        ("Open Tidings", true),
        ("Mute for an hour", true),
        ("Pause all", true),
        ("Quit", true),
    ];
    assert_eq!(labels, expected.map(|(label, enabled)| (label.to_owned(), enabled)));
    tray.choose("Pause all").await?;
    says("1 unread, paused").await?;
    open(&demo, 0).await?;
    tray.choose("Resume all").await?;
    open(&demo, 1).await?;
    tray.choose("Mute for an hour").await?;
    tray.choose("Unmute").await?;
    tray.choose("Parcel 7").await?;
    let shown = async || desktop.window_area().await.map(drop);
    until("the event's window", LIMIT, shown).await?;
    says("Nothing unread, 1 feed connected").await?;
    tray.choose("Quit").await?;
    let gone = async || desktop.session.processes("tidings").is_empty().then_some(());
    until("everything ends", LIMIT, gone).await
}

#[tokio::test]
async fn a_feed_that_needs_a_person_asks_for_attention_in_the_tray() -> Result<(), Trouble> {
    let desktop = Desktop::start().await?;
    let server = Server::start(Script::new([Answer::status(401)])).await;
    let profile =
        Profile::create(&desktop.session.folder().join("profile"), vec![feed(1, "Private", server.url())])?;
    let tray = desktop.tray().await?;
    let mut app = App::start(&desktop, &profile, &["--hidden"])?;
    assert!(app.ended(LIMIT).await?.success());
    let attention = async || (tray.status().await.ok()? == "NeedsAttention").then_some(());
    until("attention is asked for", LIMIT, attention).await?;
    let status = tray.menu().await?.remove(0).label;
    assert_eq!(status, "Nothing unread, 0 of 1 feeds connected, 1 needs you");
    Ok(())
}

#[tokio::test]
async fn a_link_is_asked_about_and_dialled_only_once_a_person_agreed() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = Profile::create(&desktop.session.folder().join("profile"), Vec::new())?;
    let address = format!("{}/replay", demo.base_url());
    let link = format!("tidings://add?url={address}&name=Parcels");
    let window = Window::open(&desktop, &profile).await?;
    window.shows("Tidings").await?;
    // A second start hands its link to the first.
    for (key, dialled) in [("Escape", 0), ("Return", 1)] {
        let mut second = App::start(&desktop, &profile, &[&link])?;
        let asked = async || (desktop.active().await? == "Try a feed?").then_some(());
        until("a dialog asks", LIMIT, asked).await?;
        assert!(second.ended(LIMIT).await?.success());
        assert_eq!(demo.control().counts("/replay").expect("a feed").accepted, 0, "nothing is connected to");
        desktop.press(key).await?;
        let gone = async || desktop.titled("Try a feed.").await.is_none().then_some(());
        until("the dialog goes", LIMIT, gone).await?;
        if dialled > 0 {
            let probed =
                async || (demo.control().counts("/replay").expect("a feed").accepted > 0).then_some(());
            until("the address is tried", LIMIT, probed).await?;
        }
    }
    let filled = async || {
        let script = "return [...document.querySelectorAll('dialog input')].map((input) => input.value)";
        let values = window.client().execute(script, Vec::new()).await.ok()?.to_string();
        (values.contains(&address) && values.contains("Parcels")).then_some(())
    };
    until("the dialog has the address and the name", LIMIT, filled).await?;
    window.close().await
}
