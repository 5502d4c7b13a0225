//! The desktop's own keyring: one that never answers is in nobody's way, and nothing of what is gone is left in it.

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::json;
use tidings_demo::{Demo, Options};
use tidings_desktop::{Desktop, Host, Profile, Trouble, Window, cli, feed, until};
use tidings_support::{Answer, Script, Server, Then};

/// Nothing here takes a second on an idle machine; shorter than the minute after which the keyring is given up.
const LIMIT: Duration = Duration::from_secs(30);

const TOKEN: &str = "hush-90210";

/// Commands at a time: more than one asks the keyring while it is busy.
const AT_ONCE: usize = 4;

async fn quiet_demo() -> Demo {
    Demo::start(([127, 0, 0, 1], 0).into(), Options::quiet()).await.expect("a free port")
}

/// Adds a feed that signs in, its token kept in the keyring.
async fn add_private(desktop: &Desktop, profile: &Profile, name: &str, url: &str) -> Result<(), Trouble> {
    let mut command = desktop.session.command(cli()?)?;
    command.env("TIDINGS_SECRET", TOKEN).args(["feeds", "add", url, "--name", name, "--bearer"]);
    let output = command.arg("--profile").arg(profile.folder()).output().await.expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// Waits until a terminal reaches the engine.
async fn runs(desktop: &Desktop, profile: &Profile) -> Result<(), Trouble> {
    let reached = async || desktop.terminal(profile, &["reconnect"]).await.ok().map(drop);
    until("the engine runs", LIMIT, reached).await
}

async fn nothing_left(desktop: &Desktop) -> Result<(), Trouble> {
    let empty = async || desktop.keyring.items().await.ok()?.is_empty().then_some(());
    until("the keyring is empty", LIMIT, empty).await
}

/// A window over feeds of which one needs a keyring that doesn't answer.
async fn never_answers(arguments: &[&str]) -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, quiet_demo().await);
    let private = Server::start(Script::new([Answer::stream().then(Then::Hold)])).await;
    let public = feed(1, "Parcels", &format!("{}/replay", demo.base_url()));
    let profile = Profile::create(&desktop.session.folder().join("profile"), vec![public])?;
    add_private(&desktop, &profile, "Private", private.url()).await?;
    assert_eq!(desktop.keyring.items().await?.len(), 1);

    let frozen = desktop.keyring.freeze()?;
    let window = Window::open_with(&desktop, &profile, arguments).await?;
    window.shows("Private").await?;
    let open = async || (demo.control().counts("/replay").expect("a feed").open == 1).then_some(());
    until("the feed without a secret is live", LIMIT, open).await?;
    let data = json!({ "title": "Parcel 7", "message": "At the gate" }).to_string();
    demo.control().publish("/replay", None, &data).expect("a feed");
    desktop.popups.titled("Parcel 7", LIMIT).await?;
    window.shows("Parcel 7").await?;
    assert!(private.requests().is_empty(), "nothing is dialled without its secret");
    desktop.terminal(&profile, &["quit"]).await?;
    let gone = async || desktop.session.processes("tidings").is_empty().then_some(());
    until("engine and window end", LIMIT, gone).await?;
    // The app has gone from under its driver.
    let _ = window.close().await;

    drop(frozen);
    let mut host = Host::start(&desktop, &profile)?;
    let requests = private.wait_until(LIMIT, |requests| !requests.is_empty()).await;
    assert_eq!(requests[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert!(host.quit().await?.success());
    Ok(())
}

#[tokio::test]
async fn a_keyring_that_never_answers_holds_up_neither_the_window_nor_other_feeds_nor_the_end()
-> Result<(), Trouble> {
    never_answers(&[]).await
}

#[tokio::test]
async fn nor_does_it_in_one_process() -> Result<(), Trouble> {
    never_answers(&["--one-process"]).await
}

#[tokio::test]
async fn fifty_feeds_with_secrets_come_and_go_and_leave_nothing_in_it() -> Result<(), Trouble> {
    let desktop = Desktop::start().await?;
    let server = Server::start(Script::new([Answer::stream().then(Then::Hold)])).await;
    let profile = Profile::create(&desktop.session.folder().join("profile"), Vec::new())?;
    let mut host = Host::start(&desktop, &profile)?;
    runs(&desktop, &profile).await?;
    let names: Vec<String> = (0..50).map(|number| format!("Feed {number}")).collect();
    let adding = names.iter().map(|name| add_private(&desktop, &profile, name, server.url()));
    stream::iter(adding).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    let kept = desktop.keyring.items().await?;
    assert_eq!(kept.len(), 50);
    assert!(kept.iter().all(|item| item.secret.contains(TOKEN)));
    let removing =
        names.iter().map(async |name| desktop.terminal(&profile, &["feeds", "remove", name, "--yes"]).await);
    stream::iter(removing).buffer_unordered(AT_ONCE).try_collect::<Vec<String>>().await?;
    nothing_left(&desktop).await?;
    assert!(host.quit().await?.success());
    Ok(())
}

#[tokio::test]
async fn what_a_crash_left_in_it_goes_at_the_next_start() -> Result<(), Trouble> {
    let desktop = Desktop::start().await?;
    let server = Server::start(Script::new([Answer::stream().then(Then::Hold)])).await;
    let profile = Profile::create(&desktop.session.folder().join("profile"), Vec::new())?;
    for name in ["Kept", "Gone"] {
        add_private(&desktop, &profile, name, server.url()).await?;
    }
    let mut host = Host::start(&desktop, &profile)?;
    // Both have their secrets.
    server.wait_until(LIMIT, |requests| requests.len() == 2).await;
    let frozen = desktop.keyring.freeze()?;
    desktop.terminal(&profile, &["feeds", "remove", "Gone", "--yes"]).await?;
    host.kill().await?;
    drop(frozen);
    assert_eq!(desktop.keyring.items().await?.len(), 2, "it died before it could ask");
    let mut host = Host::start(&desktop, &profile)?;
    let swept = async || (desktop.keyring.items().await.ok()?.len() == 1).then_some(());
    until("one entry is left", LIMIT, swept).await?;
    runs(&desktop, &profile).await?;
    desktop.terminal(&profile, &["feeds", "remove", "Kept", "--yes"]).await?;
    nothing_left(&desktop).await?;
    assert!(host.quit().await?.success());
    Ok(())
}
