//! Services that are understood: how their events read, how each is recognised, and how it resumes.

use std::fmt::Write as _;
use std::path::Path;

use tidings_engine::engine::Engine;
use tidings_engine::event::{Priority, StoredEvent};
use tidings_engine::id::FeedId;
use tidings_support::{Answer, House, Script, Server, all, draft, stored};

mod resuming;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/services");
/// An event that ends each stream, so that nothing more is waited for.
const END: &str = "data: the end\n\n";

/// Starts an engine with one feed whose preset is set in the settings.
async fn with_preset(house: &House, preset: &str, url: &str) -> (Engine, FeedId) {
    let file = house.options().settings_file;
    let settings = format!(
        "version = 1\n[[feed]]\nid = \"0123456789abcdef\"\nname = \"Feed\"\nurl = \"{url}\"\nenabled = true\n\
         notify = true\npreset = \"{preset}\"\nsign_in = {{ kind = \"none\" }}\n"
    );
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, settings).unwrap();
    (house.start().await, FeedId::from_text("0123456789abcdef"))
}

/// The events of a stream as people read them, one paragraph each.
fn notices(events: &[StoredEvent]) -> String {
    let mut out = String::new();
    for event in events {
        let reading = &event.row.reading;
        let priority = match reading.priority {
            Priority::Normal => "",
            Priority::Min => "[min] ",
            Priority::Low => "[low] ",
            Priority::High => "[high] ",
            Priority::Urgent => "[urgent] ",
        };
        writeln!(out, "{priority}{}", reading.title).unwrap();
        reading.body.lines().for_each(|line| writeln!(out, "{}", format!("    {line}").trim_end()).unwrap());
        reading.link.iter().for_each(|link| writeln!(out, "  link {link}").unwrap());
        reading.key.iter().for_each(|key| writeln!(out, "  key {key}").unwrap());
        if event.row.read {
            out.push_str("  silent\n");
        }
        out.push('\n');
    }
    out
}

/// The names of all streams and what is in their files.
fn streams() -> Vec<(String, Vec<u8>)> {
    let names =
        std::fs::read_dir(FOLDER).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter_map(|name| name.strip_suffix(".sse").map(str::to_owned)).collect();
    names.sort();
    names
        .into_iter()
        .map(|name| (name.clone(), std::fs::read(format!("{FOLDER}/{name}.sse")).unwrap()))
        .collect()
}

fn preset_of(name: &str) -> &str {
    if name == "home-assistant" { name } else { name.split('-').next().unwrap() }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_services_stream_reads_as_its_notices_say() {
    let mut wrong = String::new();
    for (name, bytes) in streams() {
        let server = Server::start(Script::new([Answer::stream().chunk(bytes).chunk(END)])).await;
        let house = House::new();
        let (engine, feed) = with_preset(&house, preset_of(&name), server.url()).await;
        let mut events = stored(&engine, &feed, 1).await;
        while events.last().is_none_or(|event| event.data != "the end") {
            events = stored(&engine, &feed, events.len() + 1).await;
        }
        engine.shutdown().await;
        events.pop();
        let file = Path::new(FOLDER).join(format!("{name}.notices"));
        let (is, wanted) = (notices(&events), std::fs::read_to_string(file).unwrap_or_default());
        if is != wanted {
            write!(wrong, "--- {name} reads as\n{is}--- and not as\n{wanted}").unwrap();
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
    for (name, bytes) in streams() {
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
        let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
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
    let stream = |name: &str| std::fs::read(format!("{FOLDER}/{name}.sse")).unwrap();
    let server = Server::start(
        Script::new([Answer::stream().chunk(stream("ntfy"))])
            .at("other", [Answer::stream().chunk(stream("mastodon")).chunk(END)]),
    )
    .await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    kept(&house, "A", "recognised = \"ntfy\"").await;
    engine.edit_feed(&feed, draft("A", &format!("{}/other", server.url()))).await.unwrap();
    kept(&house, "A", "recognised = \"mastodon\"").await;
    let read = |event: &StoredEvent| event.row.reading.title == "Bob 🐘 mentioned you";
    while !all(&engine, &feed).await.iter().any(read) {
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
        let bytes = std::fs::read(format!("{FOLDER}/{name}.sse")).unwrap();
        let server = Server::start(Script::new([Answer::stream().chunk(bytes).chunk("\n\n")])).await;
        let probe = engine.probe(draft("", server.url()), None).await.unwrap();
        assert_eq!(probe.recognised.map(|preset| preset.label()), Some(label));
        assert_eq!(probe.events[0].title, title, "{name}");
    }
    engine.shutdown().await;
}
