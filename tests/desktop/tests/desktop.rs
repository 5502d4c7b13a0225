//! The private desktop itself: before a test of the app means anything, what surrounds the app has to be real.

use std::time::Duration;

use tidings_desktop::{Desktop, Trouble, until};

const LIMIT: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_popup_reaches_the_daemon_is_seen_and_clicked() -> Result<(), Trouble> {
    let desktop = Desktop::start().await?;
    let daemon = desktop.popups.daemon().await?;
    assert!(daemon.starts_with("dunst "), "{daemon}");
    let body = "214 files, 1.2 GB";
    let entry = "string:desktop-entry:app.tidings.Tidings";
    let arguments = [
        "-a",
        "Tidings",
        "-h",
        entry,
        "-u",
        "low",
        "--action",
        "default=Open",
        "--wait",
        "Backup done",
        body,
    ];
    let sent = desktop.session.run("notify-send", &arguments);
    let clicked = async {
        let popup = desktop.popups.titled("Backup done", LIMIT).await?;
        assert_eq!((popup.app_name.as_str(), popup.body.as_str()), ("Tidings", body));
        assert_eq!(popup.desktop_entry.as_deref(), Some("app.tidings.Tidings"));
        assert_eq!((popup.urgency, popup.actions.as_slice()), (Some(0), ["default".to_owned()].as_slice()));
        let shown = async || (desktop.popups.on_screen().await.ok()? == 1).then_some(());
        until("the popup on the screen", LIMIT, shown).await?;
        desktop.popups.click().await
    };
    let (printed, clicked) = tokio::join!(sent, clicked);
    clicked?;
    assert_eq!(printed?.trim(), "default");
    desktop.popups.close_all().await?;
    assert_eq!(desktop.popups.history().await?, [("Backup done".to_owned(), body.to_owned())]);
    Ok(())
}

#[tokio::test]
async fn the_keyring_keeps_a_secret_and_shows_what_it_keeps() -> Result<(), Trouble> {
    let desktop = Desktop::start().await?;
    assert_eq!(desktop.keyring.items().await?, []);
    let store = "printf swordfish | secret-tool store --label=Test service tidings-test username feed";
    desktop.session.run("sh", &["-c", store]).await?;
    let items = desktop.keyring.items().await?;
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].secret, "swordfish");
    assert_eq!(items[0].attributes["service"], "tidings-test");
    desktop.session.run("secret-tool", &["clear", "service", "tidings-test"]).await?;
    assert_eq!(desktop.keyring.items().await?, []);
    Ok(())
}

#[tokio::test]
async fn a_picture_shows_the_screen_with_its_popup() -> Result<(), Trouble> {
    let desktop = Desktop::start().await?;
    let bare = desktop.session.folder().join("bare.png");
    desktop.picture(&bare).await?;
    assert!(desktop.picture_of_popups(&bare).await.is_err(), "no popup yet");
    desktop.session.run("notify-send", &["Backup done", "214 files"]).await?;
    let popup = desktop.session.folder().join("popup.png");
    let pictured = async || desktop.picture_of_popups(&popup).await.ok();
    until("a picture of the popup", LIMIT, pictured).await?;
    for picture in [&bare, &popup] {
        let colours =
            desktop.session.run("identify", &["-format", "%k", &picture.display().to_string()]).await?;
        assert!(colours.trim().parse::<u32>().is_ok_and(|colours| colours > 50), "{colours} colours");
    }
    Ok(())
}

#[tokio::test]
async fn two_desktops_side_by_side_know_nothing_of_each_other() -> Result<(), Trouble> {
    let (one, other) = (Desktop::start().await?, Desktop::start().await?);
    one.session.run("notify-send", &["Here"]).await?;
    other.session.run("notify-send", &["There"]).await?;
    one.popups.titled("Here", LIMIT).await?;
    other.popups.titled("There", LIMIT).await?;
    assert_eq!((one.popups.seen().len(), other.popups.seen().len()), (1, 1));
    Ok(())
}

#[tokio::test]
async fn nothing_is_left_when_the_desktop_ends() -> Result<(), Trouble> {
    let desktop = Desktop::start().await?;
    let folder = desktop.session.folder().to_owned();
    for program in ["Xvfb", "openbox", "dbus-daemon", "dunst"] {
        assert_eq!(desktop.session.processes(program).len(), 1, "{program}");
    }
    drop(desktop);
    assert!(!folder.exists(), "{}", folder.display());
    let left = std::process::Command::new("grep").arg("-rlsaF").arg(&folder).args(environs()).output();
    assert_eq!(String::from_utf8_lossy(&left.expect("grep runs").stdout), "", "a process is left");
    Ok(())
}

/// The environment of every process but this one, whose grep would find itself.
fn environs() -> Vec<String> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.map(|id| format!("/proc/{id}/environ")).collect()
}
