//! What popups do besides appearing, through a whole engine.

use std::time::Duration;

use tidings_engine::event::Presented;
use tidings_support::{Answer, House, Script, Server, all, draft, until};

/// A message of an ntfy server, as its stream sends it.
fn ntfy(event: &str, id: &str, sequence: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","sequence_id":"{sequence}","time":1795227117,"event":"{event}","topic":"backups"{more}}}"#
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_takes_the_popup_away_and_keeps_the_event() {
    let house = House::new();
    let engine = house.start().await;
    let told = ntfy("message", "L0UGj4kMQsqu", "L0UGj4kMQsqu", r#","title":"Backup","message":"Failed""#);
    let deleted = ntfy("message_delete", "bVn3QmZ8tR4y", "L0UGj4kMQsqu", "");
    let answer = Answer::stream().event(&told).gap(Duration::from_secs(1)).event(&deleted);
    let server = Server::start(Script::new([answer])).await;
    let feed = engine.add_feed(draft("Backups", server.url())).await.expect("the draft is right").id;
    until(&engine, "the popup is taken away", |_| house.popups.taken_away() == ["Backup"]).await;
    let events = all(&engine, &feed).await;
    let kept = events.iter().find(|event| event.row.reading.body.contains("Failed")).expect("it is kept");
    assert_eq!((kept.row.presented, house.popups.shown().len()), (Presented::Shown, 1));
}
