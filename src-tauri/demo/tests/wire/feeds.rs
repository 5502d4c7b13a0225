//! What each feed sends to a client that reads it from a real socket.

use std::time::Duration;

use reqwest::StatusCode;
use tidings_demo::{Demo, Options};

use crate::client::{End, Subscriber, get, post, quiet, started, values};

fn fast() -> Options {
    let soon = Some(Duration::from_millis(5));
    Options {
        ticker_every: soon,
        metrics_every: soon,
        activity_every: soon,
        progress_every: soon,
        notices_every: soon,
        counter_every: Duration::from_millis(5),
        ..Options::default()
    }
}

#[tokio::test]
async fn every_feed_people_are_offered_speaks_by_itself() {
    let demo = started(fast()).await;
    for feed in Demo::feeds() {
        let mut stream = Subscriber::open(&demo, feed.path, None).await;
        let text = stream.until("data: ").await;
        assert!(text.contains("data: "), "{}", feed.path);
    }
    demo.stop().await;
}

#[tokio::test]
async fn a_stream_has_the_headers_that_keep_it_flowing() {
    let demo = quiet().await;
    for feed in Demo::feeds() {
        let stream = Subscriber::open(&demo, feed.path, None).await;
        let header = |name: &str| stream.response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "text/event-stream", "{}", feed.path);
        assert_eq!(header("cache-control"), "no-cache", "{}", feed.path);
        assert_eq!(header("x-accel-buffering"), "no", "{}", feed.path);
    }
    demo.stop().await;
}

#[tokio::test]
async fn the_counter_goes_on_after_the_last_id() {
    let demo = quiet().await;
    let mut first = Subscriber::open(&demo, "/counter?every=0.005", None).await;
    assert!(first.until("id: 3\n").await.contains("id: 1\nevent: count\ndata: Count 1\n\nid: 2\n"));
    let mut second = Subscriber::open(&demo, "/counter?every=0.005", Some("41")).await;
    assert_eq!(values(second.until("id: 43\n").await, "id"), ["42", "43"]);
    demo.stop().await;
}

#[tokio::test]
async fn the_counter_takes_no_pace_or_id_that_would_break_it() {
    let demo = quiet().await;
    for every in ["0", "-1", "NaN", "inf", "1e300", "soon"] {
        let answer = get(&demo, &format!("/counter?every={every}")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{every}");
    }
    for id in ["18446744073709551615", "-3", "seven"] {
        let mut stream = Subscriber::open(&demo, "/counter?every=0.005", Some(id)).await;
        assert_eq!(values(stream.until("id: 2\n").await, "id"), ["1", "2"], "{id}");
    }
    demo.stop().await;
}

#[tokio::test]
async fn a_broadcast_reaches_everyone_who_listens_and_nobody_later() {
    let demo = quiet().await;
    let mut one = Subscriber::open(&demo, "/broadcast", None).await;
    let mut two = Subscriber::open(&demo, "/broadcast", None).await;
    let sent = post(&demo, "/publish", r#"{"_event":"alert","title":"Tea","n":1}"#).await;
    assert_eq!(sent, (StatusCode::ACCEPTED, r#"{"id":null,"subscribers":2}"#.to_owned()));
    for stream in [&mut one, &mut two] {
        let text = stream.until("data: ").await;
        assert!(text.ends_with("event: alert\ndata: {\"title\":\"Tea\",\"n\":1}\n\n"), "{text}");
    }
    let mut late = Subscriber::open(&demo, "/broadcast", Some("1")).await;
    post(&demo, "/publish", r#""later""#).await;
    assert_eq!(values(late.until("data: ").await, "data"), [r#""later""#]);
    demo.stop().await;
}

#[tokio::test]
async fn a_replay_begins_after_the_last_id_and_asks_for_a_reconnection_time() {
    let demo = quiet().await;
    let mut stream = Subscriber::open(&demo, "/replay", None).await;
    for n in 1..=4 {
        assert_eq!(post(&demo, "/replay/publish", &n.to_string()).await.0, StatusCode::ACCEPTED);
    }
    let text = stream.until("data: 4\n\n").await;
    assert_eq!(values(text, "retry"), ["3000"]);
    let second = values(text, "id")[1].to_owned();
    let mut resumed = Subscriber::open(&demo, "/replay", Some(&second)).await;
    assert_eq!(values(resumed.until("data: 4\n\n").await, "data"), ["3", "4"]);
    demo.stop().await;
}

#[tokio::test]
async fn a_burst_arrives_whole_and_in_order() {
    let demo = started(Options { history: 10_000, ..Options::quiet() }).await;
    let mut stream = Subscriber::open(&demo, "/replay", None).await;
    for n in 0..10_000 {
        demo.control().publish("/replay", None, &n.to_string()).unwrap();
    }
    let text = stream.until("data: 9999\n\n").await;
    let numbers: Vec<u32> = values(text, "data").iter().map(|n| n.parse().unwrap()).collect();
    assert!(numbers.iter().copied().eq(0..10_000));
    demo.stop().await;
}

#[tokio::test]
async fn a_restarted_server_gives_no_id_twice() {
    let mut ids = Vec::new();
    for _ in 0..2 {
        let demo = quiet().await;
        ids.push(demo.control().publish("/replay", None, "x").unwrap().id.unwrap());
        demo.stop().await;
    }
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn channels_do_not_hear_each_other_and_keep_their_own_history() {
    let demo = quiet().await;
    let control = demo.control();
    let first = control.publish("/channels/tea", None, "tea 1").unwrap().id.unwrap();
    post(&demo, "/channels/tea", r#""tea 2""#).await;
    let mut coffee = Subscriber::open(&demo, "/channels/coffee", Some("")).await;
    control.publish("/channels/coffee", None, "coffee 1").unwrap();
    let mut tea = Subscriber::open(&demo, "/channels/tea", Some(&first)).await;
    assert_eq!(values(coffee.until("coffee 1\n\n").await, "data"), ["coffee 1"]);
    assert_eq!(values(tea.until("tea 2").await, "data"), [r#""tea 2""#]);
    demo.stop().await;
}

#[tokio::test]
async fn the_ticker_names_four_symbols_in_each_round() {
    let demo = started(Options { ticker_every: Some(Duration::from_millis(5)), ..Options::quiet() }).await;
    let mut stream = Subscriber::open(&demo, "/ticker", None).await;
    let text = stream.until("YEW").await;
    let symbols: Vec<_> = ["OAK", "ELM", "ASH", "YEW"].iter().filter(|name| text.contains(**name)).collect();
    assert_eq!(symbols.len(), 4, "{text}");
    assert!(values(text, "event").iter().all(|name| *name == "price-update"));
    demo.stop().await;
}

#[tokio::test]
async fn silence_is_filled_with_comments() {
    let demo = started(Options { keep_alive: Duration::from_millis(10), ..Options::quiet() }).await;
    let mut stream = Subscriber::open(&demo, "/replay", None).await;
    let text = stream.until(": keep-alive\n\n: keep-alive\n\n").await;
    assert_eq!(text, "retry: 3000\n\n: keep-alive\n\n: keep-alive\n\n");
    demo.stop().await;
}

#[tokio::test]
async fn what_cannot_be_published_is_refused_in_words() {
    let demo = quiet().await;
    let refused = |body: &'static str| post(&demo, "/publish", body);
    assert_eq!(refused("tea").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(refused("").await.0, StatusCode::BAD_REQUEST);
    for event_type in [r#"{"_event":7}"#, r#"{"_event":""}"#, r#"{"_event":"a\nid: 9"}"#] {
        let (status, words) = refused(event_type).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{event_type}");
        assert!(words.contains("event type"), "{words}");
    }
    let huge = format!("\"{}\"", "x".repeat(64 << 10));
    assert_eq!(post(&demo, "/publish", &huge).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(demo.control().counts("/broadcast").unwrap().published, 0);
    demo.stop().await;
}

#[tokio::test]
async fn the_first_page_names_every_feed() {
    let demo = quiet().await;
    let page = get(&demo, "/").send().await.unwrap().text().await.unwrap();
    for feed in Demo::feeds() {
        assert!(page.contains(feed.path) && page.contains(feed.about), "{page}");
    }
    assert_eq!(get(&demo, "/elsewhere").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    demo.stop().await;
}

#[tokio::test]
async fn a_client_too_slow_for_the_history_is_cut_off_and_finds_the_rest_again() {
    let demo = started(Options { history: 20, ..Options::quiet() }).await;
    let control = demo.control();
    let stream = Subscriber::open(&demo, "/replay", None).await;
    let large = "x".repeat(60 << 10);
    for n in 0..600 {
        control.publish("/replay", None, &format!("{n} {large}")).unwrap();
        if n % 50 == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    let (text, end) = stream.rest().await;
    assert_eq!(end, End::Broken);
    let last = text.rsplit_once("\n\n").unwrap().0;
    let last = *values(last, "id").last().unwrap_or(&"none");
    let mut again = Subscriber::open(&demo, "/replay", Some(last)).await;
    let rest = again.until("data: 599 ").await;
    assert_eq!(values(rest, "id").len(), 20);
    demo.stop().await;
}
