//! The window in its real webview over the real engine: what a person types and presses, from a pasted address on.

use std::time::Duration;

use serde_json::json;
use tidings_demo::{Demo, Options};
use tidings_desktop::{Desktop, Profile, Trouble, Window, feed, until};

/// Nothing here takes a second on an idle machine.
const LIMIT: Duration = Duration::from_secs(30);

async fn demo(options: Options) -> Demo {
    Demo::start(([127, 0, 0, 1], 0).into(), options).await.expect("a free port")
}

fn profile(desktop: &Desktop, demo: &Demo, feeds: &[(&str, &str)]) -> Result<Profile, Trouble> {
    let feeds = (1..)
        .zip(feeds)
        .map(|(number, (name, path))| feed(number, name, &format!("{}{path}", demo.base_url())));
    Profile::create(&desktop.session.folder().join("profile"), feeds.collect())
}

async fn connected(demo: &Demo, path: &str) -> Result<(), Trouble> {
    let control = demo.control();
    let open = async || (control.counts(path).expect("a feed").open == 1).then_some(());
    until("the app subscribes", LIMIT, open).await
}

fn publish(demo: &Demo, title: &str, priority: &str) {
    let data =
        json!({ "title": title, "message": "At the gate", "priority": priority, "weight": 12 }).to_string();
    demo.control().publish("/replay", None, &data).expect("a feed");
}

/// Waits until the list holds events with these titles and no others.
async fn lists(window: &Window, titles: &[&str]) -> Result<(), Trouble> {
    const TITLES: &str =
        "return [...document.querySelectorAll('[role=option] .title')].map((one) => one.textContent)";
    let found = async || window.client().execute(TITLES, Vec::new()).await.ok();
    let same = async || (found().await? == json!(titles)).then_some(());
    let waited = until("these titles", LIMIT, same).await;
    let seen = found().await;
    waited.map_err(|_| Trouble::NotInTime {
        what: format!("the list holds {titles:?}, not {seen:?}"),
        limit: LIMIT,
    })
}

#[tokio::test]
async fn from_a_pasted_address_to_a_clicked_popup_and_a_search() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, demo(Options::quiet()).await);
    let window = Window::open(&desktop, &profile(&desktop, &demo, &[])?).await?;
    window.shows("Paste a feed URL").await?;
    let hand = window.hand();
    hand.write("Paste a feed URL", &format!("{}/replay", demo.base_url())).await?;
    hand.press("Continue").await?;
    window.shows("It is open, and waiting for its first event.").await?;
    hand.write("Name", "Parcels").await?;
    hand.press("Add feed").await?;
    window.shows("What this feed sends appears here").await?;
    connected(&demo, "/replay").await?;
    publish(&demo, "Parcel 7", "normal");
    publish(&demo, "Letter 8", "normal");
    desktop.popups.titled("Letter 8", LIMIT).await?;
    window.shows("Parcel 7").await?;
    let shown = async || (desktop.popups.on_screen().await.ok()? == 2).then_some(());
    until("both popups on the screen", LIMIT, shown).await?;
    desktop.popups.click().await?;
    let opened = async || Some(window.part("section[aria-label=Event] h2").await.ok()?);
    let title = until("the event of the popup is open", LIMIT, opened).await?;
    assert!(["Parcel 7", "Letter 8"].contains(&title.as_str()), "{title}");
    hand.write("Search", "letter").await?;
    window.shows("1 found").await?;
    lists(&window, &["Letter 8"]).await?;
    window.close().await
}

#[tokio::test]
async fn a_rule_is_tried_on_what_is_stored_and_keeps_popups_back() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, demo(Options::quiet()).await);
    let window = Window::open(&desktop, &profile(&desktop, &demo, &[("Parcels", "/replay")])?).await?;
    connected(&demo, "/replay").await?;
    for title in ["Advert 1", "Advert 2", "Advert 3", "Parcel 4"] {
        publish(&demo, title, "normal");
    }
    window.shows("Parcel 4").await?;
    let hand = window.hand();
    hand.press("Rules").await?;
    hand.press("Write your own").await?;
    hand.write("Name", "No adverts").await?;
    hand.write("has a title or body that matches", "advert").await?;
    hand.press("None, only store it").await?;
    window.shows("This rule would have decided 3 of the last 4 events.").await?;
    hand.press("Add rule").await?;
    window.shows("Events whose text matches “advert” are only stored.").await?;
    publish(&demo, "Advert 5", "urgent");
    publish(&demo, "Parcel 6", "normal");
    desktop.popups.titled("Parcel 6", LIMIT).await?;
    assert!(desktop.popups.seen().iter().all(|popup| popup.title != "Advert 5"));
    hand.press("All feeds").await?;
    window.shows("Advert 5").await?;
    window.close().await
}

#[tokio::test]
async fn a_dashboard_moves_with_its_feeds() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, demo(Options::default()).await);
    let feeds = [("Ticker", "/ticker"), ("This machine", "/metrics"), ("Progress", "/progress")];
    let window = Window::open(&desktop, &profile(&desktop, &demo, &feeds)?).await?;
    connected(&demo, "/ticker").await?;
    window.hand().press("Dashboard").await?;
    window.shows("OAK price").await?;
    window.shows("CPU").await?;
    let mut seen = std::collections::HashSet::new();
    let changes = async || {
        seen.insert(window.part("li.tile .value").await.ok()?);
        (seen.len() > 2).then_some(())
    };
    until("a tile shows three values, one after another", LIMIT, changes).await?;
    window.close().await
}

#[tokio::test]
async fn what_is_copied_is_on_the_clipboard() -> Result<(), Trouble> {
    let (desktop, demo) = (Desktop::start().await?, demo(Options::quiet()).await);
    let window = Window::open(&desktop, &profile(&desktop, &demo, &[("Parcels", "/replay")])?).await?;
    connected(&demo, "/replay").await?;
    publish(&demo, "Parcel 7", "normal");
    desktop.popups.titled("Parcel 7", LIMIT).await?;
    let copied = async |what: &str| {
        let there = async || {
            let held = desktop.session.run("xclip", &["-selection", "clipboard", "-out"]).await.ok()?;
            held.contains(what).then_some(())
        };
        until(&format!("\"{what}\" on the clipboard"), LIMIT, there).await
    };
    desktop.popups.press("Copy text").await?;
    copied("Parcel 7\nAt the gate").await?;
    let hand = window.hand();
    hand.press("Parcel 7").await?;
    hand.press("Copy data").await?;
    copied("\"weight\":12").await?;
    window.close().await
}
