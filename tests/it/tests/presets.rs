//! Services that are understood: how their events read, how each is recognised, and how it resumes.

use std::path::Path;

use tidings_engine::engine::Engine;
use tidings_engine::event::{Priority, StoredEvent};
use tidings_engine::id::FeedId;
use tidings_engine::settings::{Tongue, Window};
use tidings_support::{Answer, House, Script, Server, all, draft, stored};

mod resuming;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/presets");
/// An event that ends each stream, so that nothing more is waited for.
const END: &str = "data: the end\n\n";

/// Starts an engine with one feed whose preset is set in the settings.
async fn with_preset(house: &House, preset: &str, url: &str) -> (Engine, FeedId) {
    with_settings(house, &format!("preset = \"{preset}\""), url, false).await
}

async fn with_settings(house: &House, preset: &str, url: &str, paused: bool) -> (Engine, FeedId) {
    let file = house.options().settings_file;
    let settings = format!(
        "version = 1\npaused = {paused}\n[[feed]]\nid = \"0123456789abcdef\"\nname = \"Feed\"\nurl = \"{url}\"\nenabled = true\n\
         notify = true\n{preset}\nsign_in = {{ kind = \"none\" }}\n"
    );
    let folder = file.parent().expect("the settings are in a folder");
    std::fs::create_dir_all(folder).expect("there is room for a folder");
    std::fs::write(file, settings).expect("there is room for a file");
    (house.start().await, FeedId::from_text("0123456789abcdef"))
}

/// The events of a stream as people read them, one paragraph each.
fn notices(events: &[StoredEvent]) -> String {
    events.iter().map(notice).collect()
}

fn notice(event: &StoredEvent) -> String {
    let reading = &event.row.reading;
    let priority = match reading.priority {
        Priority::Normal => "",
        Priority::Min => "[min] ",
        Priority::Low => "[low] ",
        Priority::High => "[high] ",
        Priority::Urgent => "[urgent] ",
    };
    let mut lines = vec![format!("{priority}{}", reading.title)];
    lines.extend(reading.body.lines().map(|line| format!("    {line}").trim_end().to_owned()));
    lines.extend(reading.link.iter().map(|link| format!("  link {link}")));
    lines.extend(reading.key.iter().map(|key| format!("  key {key}")));
    lines.extend(event.row.read.then(|| "  silent".to_owned()));
    format!("{}\n\n", lines.join("\n"))
}

/// A file of the folder of streams; none where it isn't there.
fn read(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(FOLDER).join(name)).unwrap_or_default()
}

/// The names of all streams.
fn streams() -> Vec<String> {
    let files = std::fs::read_dir(FOLDER).expect("the streams are there");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> = names.filter_map(|name| name.strip_suffix(".sse").map(str::to_owned)).collect();
    assert!(names.len() > 10, "only some of the streams are there: {names:?}");
    names.sort();
    names
}

fn preset_of(name: &str) -> &str {
    if name == "home-assistant" { name } else { name.split_once('-').map_or(name, |(preset, _)| preset) }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_service_leaves_unsaid_follows_the_language_that_is_chosen() {
    let follows = "event: notification\ndata: {\"type\":\"follow\",\"account\":{\"acct\":\"bob\"}}\n\n";
    let server = Server::start(Script::new([Answer::stream().chunk(follows)])).await;
    let house = House::new();
    let (engine, feed) = with_settings(&house, "preset = \"mastodon\"", server.url(), true).await;
    engine.set_window(Window { language: Tongue::German, ..Window::default() }).await.expect("set");
    engine.pause(false).await.expect("resumed");
    assert_eq!(stored(&engine, &feed, 1).await[0].row.reading.title, "bob folgt dir");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_services_stream_reads_as_its_notices_say() {
    let mut wrong = String::new();
    for name in streams() {
        let bytes = read(&format!("{name}.sse"));
        let server = Server::start(Script::new([Answer::stream().chunk(bytes).chunk(END)])).await;
        let house = House::new();
        let (engine, feed) = with_preset(&house, preset_of(&name), server.url()).await;
        let mut events = stored(&engine, &feed, 1).await;
        while events.last().is_none_or(|event| event.data != "the end") {
            events = stored(&engine, &feed, events.len() + 1).await;
        }
        engine.shutdown().await;
        events.pop();
        let wanted = String::from_utf8(read(&format!("{name}.notices"))).unwrap();
        let is = notices(&events);
        if is != wanted {
            wrong += &format!("--- {name} reads as\n{is}--- and not as\n{wanted}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_recognised_by_what_it_sends_and_kept_in_the_settings() {
    let house = House::new();
    let engine = house.start().await;
    let mut servers = Vec::new();
    let mut wanted = Vec::new();
    for name in streams() {
        let bytes = read(&format!("{name}.sse"));
        let preset = preset_of(&name).to_owned();
        if matches!(preset.as_str(), "generic" | "json" | "text" | "mercure") {
            continue;
        }
        let server = Server::start(Script::new([Answer::stream().chunk(bytes)])).await;
        engine.add_feed(draft(&name, server.url())).await.unwrap();
        servers.push(server);
        wanted.push((name, preset));
    }
    for (name, preset) in wanted {
        kept(&house, &name, &format!("recognised = \"{preset}\"")).await;
    }
    engine.shutdown().await;
}

/// Waits until the settings hold a line for a feed.
async fn kept(house: &House, name: &str, line: &str) {
    for _ in 0..1_500 {
        let settings = std::fs::read_to_string(house.options().settings_file).unwrap_or_default();
        let feeds = settings.split("[[feed]]").skip(1);
        if feeds.into_iter().any(|feed| feed.contains(&format!("name = \"{name}\"\n")) && feed.contains(line))
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("in vain waited for {line} of {name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_is_recognised_anew() {
    let server = Server::start(
        Script::new([Answer::stream().chunk(read("ntfy.sse"))])
            .at("other", [Answer::stream().chunk(read("mastodon.sse")).chunk(END)]),
    )
    .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    kept(&house, "A", "recognised = \"ntfy\"").await;
    engine.edit_feed(&feed, draft("A", &format!("{}/other", server.url()))).await.unwrap();
    kept(&house, "A", "recognised = \"mastodon\"").await;
    let mention = |event: &StoredEvent| event.row.reading.title == "Bob 🐘 mentioned you";
    while !all(&engine, &feed).await.iter().any(mention) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_probe_names_the_service_and_shows_its_first_events_as_they_would_look() {
    let house = House::new();
    let engine = house.start().await;
    for (name, label, title) in [
        ("ntfy", "ntfy", "⚠️ 💀 Server alert"),
        ("home-assistant", "Home Assistant", "Doorbell"),
        ("mastodon", "Mastodon", "Bob 🐘"),
        ("json", "JSON events", "Disk full"),
        ("text", "Server-Sent Events", "12:00:01 sshd[812]: Accepted publickey for root"),
    ] {
        let bytes = read(&format!("{name}.sse"));
        let server = Server::start(Script::new([Answer::stream().chunk(bytes).chunk("\n\n")])).await;
        let probe = engine.probe(draft("", server.url()), None).await.unwrap();
        assert_eq!(probe.recognised.map(|preset| preset.label()), Some(label));
        assert_eq!(probe.events[0].title, title, "{name}");
    }
    engine.shutdown().await;
}
