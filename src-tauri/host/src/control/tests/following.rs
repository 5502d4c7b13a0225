//! Programs that follow what is stored: they are told that there is something, and take it at their own pace.

use serde_json::Value;

use super::*;
use tokio::io::{AsyncBufReadExt as _, BufReader};

/// Asks for all there is behind an event, page by page, and gives the data of each.
async fn all_after(link: &Link, mut after: String, limit: u16) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let asked = Events::After { after: after.clone(), limit };
        let page = link.ask(asked.into()).await.expect("answered");
        let Some(last) = page.as_array().expect("a list").last() else { return all };
        after = last["id"].to_string();
        let data =
            page.as_array().expect("a list").iter().map(|one| one["data"].as_str().unwrap_or_default());
        all.extend(data.map(str::to_owned));
    }
}

#[tokio::test]
async fn who_follows_is_told_of_what_is_stored_and_takes_no_windows_place() {
    let place = Place::new().await;
    let window = place.link().await;
    window.attach(|_| true).await.expect("attached");
    let follower = place.link().await;
    follower.follow_events().await.expect("it listens");
    windows(&follower).await;
    let stream = Answer::stream().event("one").event("two").hold_before_eof(Duration::from_secs(60));
    let server = tidings_support::Server::start(Script::new([stream])).await;
    let add = Feeds::Add { draft: Box::new(draft("Feed", server.url()).into()) };
    window.ask(add.into()).await.expect("added");
    let mut taken = Vec::new();
    while taken.len() < 2 {
        follower.stored().await;
        taken = all_after(&follower, "0".into(), 1).await;
    }
    assert_eq!(taken, ["one", "two"]);
    let answer = follower.ask(Events::LastBefore { at_ms: i64::MAX }.into()).await.expect("answered");
    assert_eq!(all_after(&follower, answer.as_str().expect("an id").into(), 9).await, [""; 0]);
    windows(&window).await;
    assert!(place.host.has_window());
    place.host.finish(Goodbye::Quit);
    // Who waits for more is told that there is none.
    follower.stored().await;
    assert!(matches!(follower.ended().await, End::Said(Goodbye::Quit)));
    place.host.end().await;
}

#[tokio::test]
async fn who_follows_and_reads_late_is_still_told_and_held_up_nobody() {
    const EVENTS: usize = 3_000;
    let place = Place::new().await;
    let mut deaf = UnixStream::connect(&place.socket).await.expect("it listens");
    // As a window it is told so much that nothing more can be said to it.
    let said = hello(OWN) + "\"attach\"\n\"follow\"\n";
    deaf.write_all(said.as_bytes()).await.expect("it hears");
    let good = place.link().await;
    until(place.host.engine(), "it is the window", |_| place.host.has_window()).await;
    let body: String = (0..EVENTS).map(|id| format!("id: {id}\ndata: {}\n\n", "x".repeat(300))).collect();
    let server =
        tidings_support::Server::start(Script::new([Answer::stream().chunk(body.into_bytes())])).await;
    let add = Feeds::Add { draft: Box::new(draft("Feed", server.url()).into()) };
    good.ask(add.into()).await.expect("added");
    let feed = place.host.engine().attach().snapshot.feeds[0].id.clone();
    tidings_support::stored(place.host.engine(), &feed, EVENTS).await;
    assert_eq!(all_after(&good, "0".into(), u16::MAX).await.len(), EVENTS);
    let (reader, mut writer) = deaf.split();
    let ask = Events::After { after: "0".into(), limit: 1_000 };
    let ask = words::Call::Ask { number: 7, request: Box::new(ask.into()) };
    let ask = serde_json::to_string(&ask).expect("plain data") + "\n";
    writer.write_all(ask.as_bytes()).await.expect("it still hears");
    let mut lines = BufReader::new(reader).lines();
    let (mut is_told, mut given) = (false, 0);
    while !is_told || given == 0 {
        let line = lines.next_line().await.expect("it speaks").expect("it goes on");
        let word: Value = serde_json::from_str(&line).expect("a word");
        is_told |= word == "stored";
        given += word["done"]["answer"].as_array().map_or(0, Vec::len);
    }
    assert_eq!(given, 1_000);
    place.host.end().await;
}

#[tokio::test]
async fn who_asks_to_follow_a_thousand_times_is_told_once() {
    let place = Place::new().await;
    let mut stream = UnixStream::connect(&place.socket).await.expect("it listens");
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    let ask = words::Call::Ask { number: 1, request: Box::new(Settings::Window.into()) };
    let ask = serde_json::to_string(&ask).expect("plain data") + "\n";
    writer.write_all((hello(OWN) + &"\"follow\"\n".repeat(1_000) + &ask).as_bytes()).await.expect("it hears");
    let mut told = 0;
    let mut answered = async |told: &mut i32, wanted: &str| {
        loop {
            let line = lines.next_line().await.expect("it speaks").expect("it goes on");
            *told += i32::from(line == "\"stored\"");
            if line.contains(wanted) {
                return;
            }
        }
    };
    answered(&mut told, "done").await;
    let server = tidings_support::Server::start(Script::new([Answer::stream().event("one")])).await;
    let add = Feeds::Add { draft: Box::new(draft("Feed", server.url()).into()) };
    place.link().await.ask(add.into()).await.expect("added");
    answered(&mut told, "stored").await;
    writer.write_all(ask.as_bytes()).await.expect("it hears");
    answered(&mut told, "done").await;
    assert_eq!(told, 1);
    place.host.end().await;
}

#[tokio::test]
async fn a_crowd_that_follows_keeps_nobody_out() {
    let place = Place::new().await;
    let window = place.link().await;
    window.attach(|_| true).await.expect("attached");
    let mut crowd = Vec::new();
    for _ in 0..100 {
        let link = place.link().await;
        link.follow_events().await.expect("it listens");
        crowd.push(link);
    }
    windows(&place.link().await).await;
    windows(&window).await;
    assert!(place.host.has_window());
    place.host.end().await;
}
