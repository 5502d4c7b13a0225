//! Broken files: the program starts by itself, says what happened, and loses no feed.

use std::fs;

use tidings_engine::update::{FeedState, Part, Snapshot};
use tidings_support::{Answer, House, Script, Server, all, draft, stored, until};

/// What is said of a part of the program.
fn said(at: &Snapshot, part: Part) -> String {
    let problem = at.problems.iter().find(|problem| problem.part == part);
    problem.map(|problem| problem.message.clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_history_and_settings_broken_it_starts_goes_on_and_saves_what_can_be_read() {
    let sent = |from: u32, to: u32| {
        (from..to).fold(Answer::stream(), |answer, n| {
            answer.event_with_id(&n.to_string(), &format!("{n} {}", "x".repeat(500)))
        })
    };
    let server = Server::start(Script::new([sent(0, 500), sent(500, 503)])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 500).await;
    engine.shutdown().await;
    drop(engine);

    let database = house.options().data_folder.join("history.db");
    let mut bytes = fs::read(&database).unwrap();
    let end = bytes.len() - 20 * 4096;
    bytes[end - 4096..end].fill(0xA5);
    fs::write(&database, bytes).unwrap();
    fs::write(house.options().settings_file, "version = 1\n[[feed]\n").unwrap();

    let engine = house.start().await;
    let at = until(&engine, "it is live and the events are saved", |at| {
        matches!(at.feeds[0].state, FeedState::Live { .. }) && said(at, Part::History).contains("were saved")
    })
    .await;
    assert!(said(&at, Part::Settings).contains("settings.toml.bak, are in use"), "{:?}", at.problems);
    assert_eq!(server.requests()[1].header("last-event-id"), Some("499"), "it goes on where it was");
    stored(&engine, &feed, 403).await;
    let data: Vec<_> = all(&engine, &feed).await.into_iter().map(|event| event.last_event_id).collect();
    let mut in_order = data.clone();
    in_order.sort_by_key(|id| id.parse::<u32>().unwrap());
    in_order.dedup();
    assert_eq!(data, in_order, "each once, in the old order");
    assert_eq!(data[data.len() - 3..], ["500", "501", "502"]);
    engine.shutdown().await;
}
