//! A server whose proxy collects what it says: named in the feed's health, and taken back once events come singly.

use std::time::Duration;

use tidings_engine::engine::Engine;
use tidings_engine::health::{What, words};
use tidings_engine::id::FeedId;
use tidings_support::{Answer, House, Script, Server, draft, stored};

/// Longer than a server stops inside a line, and than what belongs together.
const PAUSE: Duration = Duration::from_millis(2_300);
/// What the proxy collects before it hands it on.
const BUFFER: usize = 4096;
/// Only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

fn event(n: usize) -> String {
    format!(
        "id: {n}\nevent: build\ndata: {{\"title\": \"Build {n} passed\", \"message\": \"main is green\"}}\n\n"
    )
}

/// Waits until the feed's health remarks something, or nothing any more.
async fn remarked(engine: &Engine, feed: &FeedId, is_wanted: bool) -> Option<&'static str> {
    let wanted = async {
        loop {
            let remark = words::remark(&engine.health(feed).expect("the feed is there"));
            if remark.is_some() == is_wanted {
                return remark;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wanted).await.expect("it is remarked, or no longer")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_hands_on_full_buffers_is_named_until_events_come_singly() {
    let said: String = (1..=300).map(event).collect();
    let (held, rest) = said.as_bytes().split_at(4 * BUFFER);
    let end = rest.windows(2).position(|two| two == b"\n\n").expect("events end") + 2;
    let answer = held.chunks(BUFFER).fold(Answer::stream(), |answer, full| answer.chunk(full.to_vec()));
    let answer = answer.chunk(rest[..end].to_vec());
    let first = held.windows(2).filter(|two| *two == b"\n\n").count() + 2;
    let answer = (first..first + 6).fold(answer, |answer, n| answer.chunk(event(n)));
    let server = Server::start(Script::new([answer.gap(PAUSE)])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    let remark = remarked(&engine, &feed, true).await.expect("it was waited for");
    assert!(remark.starts_with("The server's proxy seems to hold events back."), "{remark}");
    remarked(&engine, &feed, false).await;
    stored(&engine, &feed, first + 5).await;
    let told = engine.health(&feed).unwrap().happenings;
    let count = |what: &What| told.iter().filter(|happening| happening.what == *what).count();
    assert_eq!((count(&What::HeldBack), count(&What::PassesAgain)), (1, 1), "{told:#?}");
    assert_eq!(server.requests().len(), 1, "what is late is no reason to dial again");
    assert!(house.popups.shown().iter().all(|(_, popup)| !format!("{popup:?}").contains("proxy")));
    engine.shutdown().await;
}
