//! The built app on a private desktop: what a person sees, clicks and closes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use tidings_demo::{Demo, Options};
use tidings_desktop::{App, Desktop, Profile, Trouble, Window, feed, until};
use tidings_support::{Answer, Script, Server, Then};

/// Nothing here takes a second on an idle machine.
const LIMIT: Duration = Duration::from_secs(30);

/// The process in which WebKit runs a page, as the kernel cuts its name.
const WEB_PROCESS: &str = "WebKitWebProces";

/// The name by which desktops know the app.
const IDENTITY: &str = "app.tidings.Tidings";

/// Demo servers that send only what a test publishes.
async fn quiet_demo() -> Demo {
    Demo::start(([127, 0, 0, 1], 0).into(), Options::quiet()).await.expect("a free port")
}

/// A profile subscribed to `/replay`, under the name "Parcels".
fn parcels(desktop: &Desktop, demo: &Demo) -> Result<Profile, Trouble> {
    let url = format!("{}/replay", demo.base_url());
    Profile::create(&desktop.session.folder().join("profile"), vec![feed(1, "Parcels", &url)])
}

async fn connected(demo: &Demo) -> Result<(), Trouble> {
    let control = demo.control();
    let open = async || (control.counts("/replay").expect("a feed").open == 1).then_some(());
    until("the app subscribes", LIMIT, open).await
}

fn publish(demo: &Demo, title: &str, message: &str) {
    let data = json!({ "title": title, "message": message }).to_string();
    demo.control().publish("/replay", None, &data).expect("a feed");
}

#[tokio::test]
async fn a_published_event_becomes_a_popup_with_title_body_and_identity() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = parcels(&desktop, &demo)?;
    let mut app = App::start(&desktop, &profile, &["--one-process", "--hidden"])?;
    connected(&demo).await?;
    publish(&demo, "Parcel 7 & <b>8</b>", "At the gate\nuntil 18:00");
    let popup = desktop.popups.titled("Parcel 7 & <b>8</b>", LIMIT).await?;
    assert_eq!(popup.app_name, "Tidings");
    assert_eq!(popup.desktop_entry.as_deref(), Some(IDENTITY));
    assert!(popup.body.contains("At the gate\nuntil 18:00"), "{}", popup.body);
    assert!(popup.body.contains("Parcels"), "the feed's name is in {}", popup.body);
    assert!(popup.actions.contains(&"default".to_owned()), "{:?}", popup.actions);
    desktop.popups.close_all().await?;
    let shown = desktop.popups.history().await?;
    assert_eq!(shown.len(), 1, "the daemon showed {shown:?}");
    assert!(app.quit().await?.success());
    Ok(())
}

#[tokio::test]
async fn closing_the_window_keeps_the_feed_and_a_click_opens_it_at_the_event() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let window = Window::open_with(&desktop, &parcels(&desktop, &demo)?, &["--one-process"]).await?;
    connected(&demo).await?;
    publish(&demo, "Before", "Seen in the first window");
    window.shows("Before").await?;
    assert!(!desktop.session.processes(WEB_PROCESS).is_empty());
    desktop.popups.close_all().await?;

    desktop.close_window().await?;
    let gone = async || desktop.session.processes(WEB_PROCESS).is_empty().then_some(());
    until("the page's process ends with its window", LIMIT, gone).await?;
    desktop.popups.titled("Tidings goes on without its window", LIMIT).await?;
    desktop.popups.close_all().await?;
    publish(&demo, "Meanwhile", "Nobody looked");
    desktop.popups.titled("Meanwhile", LIMIT).await?;
    let shown = async || (desktop.popups.on_screen().await.ok()? == 1).then_some(());
    until("only that popup on the screen", LIMIT, shown).await?;

    desktop.popups.click().await?;
    window.reopened().await?;
    window.shows("Before").await?;
    let opened =
        async || (window.part("section[aria-label=Event] h2").await.ok()? == "Meanwhile").then_some(());
    until("the window opens at the event", LIMIT, opened).await?;
    let counts = demo.control().counts("/replay").expect("a feed");
    assert_eq!((counts.accepted, counts.open), (1, 1), "the feed stayed connected");
    window.close().await
}

#[tokio::test]
async fn a_token_reaches_the_server_and_lies_in_the_keyring_only() -> Result<(), Trouble> {
    const TOKEN: &str = "tk-4f1c9be07a2d55";
    let mut desktop = Desktop::start().await?;
    desktop.session.set("TIDINGS_LOG", "trace");
    let server =
        Server::start(Script::new([Answer::stream().event_with_id("1", "signed in").then(Then::Hold)])).await;
    let profile = Profile::create(&desktop.session.folder().join("profile"), Vec::new())?;
    let asked = |times| move |requests: &[tidings_support::Request]| requests.len() >= times;

    let window = Window::open(&desktop, &profile).await?;
    let draft = json!({
        "name": "Private", "url": server.url(), "notify": true, "headers": [], "secrets": "keyring", "plainHttp": false,
        "signIn": { "kind": "bearer", "token": TOKEN },
    });
    let added = window.call("add_feed", json!({ "draft": draft })).await?;
    assert!(!added.to_string().contains(TOKEN), "the window is never told a secret");
    let requests = server.wait_until(LIMIT, asked(1)).await;
    assert_eq!(requests[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    desktop.popups.titled("signed in", LIMIT).await?;
    let kept = desktop.keyring.items().await?;
    assert!(kept.iter().any(|item| item.secret.contains(TOKEN)), "the keyring holds {} items", kept.len());
    let service = &kept[0].attributes["service"];
    assert!(service.starts_with(&format!("{IDENTITY}.profile-")), "{service}");
    window.close().await?;
    desktop.terminal(&profile, &["quit"]).await?;

    // A fresh start has it from the keyring.
    let window = Window::open(&desktop, &profile).await?;
    let requests = server.wait_until(LIMIT, asked(2)).await;
    assert_eq!(requests[1].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert!(desktop.session.said("tauri-driver").contains("TRACE"), "the logs are among the files");
    let stored = files_with(desktop.session.folder(), b"signed in");
    assert!(
        stored.iter().any(|file| file.starts_with(profile.folder())),
        "the event is found, in {stored:?}"
    );
    assert_eq!(files_with(desktop.session.folder(), TOKEN.as_bytes()), [] as [PathBuf; 0]);
    window.call("remove_feed", json!({ "feed": added["id"] })).await?;
    let empty = async || desktop.keyring.items().await.ok()?.is_empty().then_some(());
    until("the token goes with its feed", LIMIT, empty).await?;
    window.close().await
}

#[tokio::test]
async fn without_a_notification_daemon_or_a_keyring_the_app_still_runs() -> Result<(), Trouble> {
    let (mut desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = parcels(&desktop, &demo)?;
    desktop.session.set("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let window = Window::open(&desktop, &profile).await?;
    connected(&demo).await?;
    publish(&demo, "Unseen", "but stored");
    window.shows("Unseen").await?;
    window.close().await
}

#[tokio::test]
async fn a_second_start_shows_the_window_of_the_first() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let profile = parcels(&desktop, &demo)?;
    let mut first = App::start(&desktop, &profile, &["--one-process", "--hidden"])?;
    connected(&demo).await?;
    assert_eq!(desktop.window_area().await, None);
    let mut second = App::start(&desktop, &profile, &["--one-process"])?;
    first.shown(&desktop).await?;
    assert!(second.ended(LIMIT).await?.success());
    assert!(first.runs());
    assert_eq!(demo.control().counts("/replay").expect("a feed").accepted, 1);
    assert!(first.quit().await?.success());
    Ok(())
}

/// Finds the files that hold some bytes, the database and WebKit's own among them.
fn files_with(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            found.extend(files_with(&entry.path(), bytes));
        } else if kind.is_file() {
            let content = std::fs::read(entry.path()).unwrap_or_default();
            if content.windows(bytes.len()).any(|window| window == bytes) {
                found.push(entry.path());
            }
        }
    }
    found
}
