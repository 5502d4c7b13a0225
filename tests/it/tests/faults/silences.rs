//! Servers that say nothing, and those that say just enough.

use std::time::{Duration, Instant};

use tidings_engine::transport::{CallParts, Cause};
use tidings_support::{Answer, Script, Server};

use super::feed::Feed;

/// Longer than a busy machine stops for, as the feed is dialled anew after it.
const SILENCE: Duration = Duration::from_secs(3);

fn start(server: &Server) -> Feed {
    Feed::with(CallParts { url: server.url().to_owned(), ..CallParts::default() }, SILENCE)
}

#[tokio::test]
async fn a_feed_that_falls_silent_is_dialled_anew_with_its_last_id() {
    let server = Server::start(Script::new([
        Answer::stream().event_with_id("7", "x"),
        Answer::stream().event("back"),
    ]))
    .await;
    let mut feed = start(&server);
    assert_eq!(feed.event().await, "x");
    feed.ending().await.expect_brief(Cause::Failed, "Nothing came for 3 s");
    assert_eq!(feed.event().await, "back");
    assert_eq!(server.requests()[1].header("last-event-id"), Some("7"));
    assert!(server.requests()[0].ended.is_some(), "the silent connection is closed");
}

#[tokio::test]
async fn comments_and_parts_of_lines_are_signs_of_life() {
    for piece in [":\n\n", "x"] {
        let lively = (0..6).fold(Answer::stream(), |answer, _| answer.chunk(piece));
        let server = Server::start(Script::new([lively.gap(SILENCE / 3), Answer::stream()])).await;
        let begun = Instant::now();
        let mut feed = start(&server);
        feed.ending().await.expect_brief(Cause::Failed, "Nothing came");
        let alive = SILENCE / 3 * 5;
        assert!(begun.elapsed() >= alive + SILENCE, "{piece:?}: silent after {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_server_that_accepts_and_never_answers_is_dialled_anew_when_silent() {
    let mute = Answer::stream().event("late").delay(Duration::from_secs(3600));
    let server = Server::start(Script::new([mute, Answer::stream().event("back")])).await;
    let mut feed = start(&server);
    feed.ending().await.expect_brief(Cause::Failed, "Nothing came");
    assert_eq!(feed.event().await, "back");
}

#[tokio::test]
async fn headers_that_wait_for_the_first_event_are_no_fault() {
    let server = Server::start(Script::new([Answer::stream().event("x").delay(SILENCE / 2)])).await;
    assert_eq!(start(&server).event().await, "x");
}
