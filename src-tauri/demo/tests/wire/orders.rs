//! What the feeds do when told to misbehave, and that they end when told to.

use std::net::SocketAddr;
use std::time::Duration;

use reqwest::StatusCode;
use tidings_demo::{Action, Answer, Command, ControlError, Demo, Ending, Options};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::{End, Subscriber, get, post, quiet, started, values};

const TELLS: &str = "/replay";

#[tokio::test]
async fn a_clean_end_and_a_cut_differ_on_the_wire() {
    let demo = quiet().await;
    for (ending, seen) in [(Ending::End, End::Clean), (Ending::Cut, End::Broken)] {
        let stream = Subscriber::open(&demo, TELLS, None).await;
        demo.control().drop_all(TELLS, ending).unwrap();
        assert_eq!(stream.rest().await, ("retry: 3000\n\n".to_owned(), seen));
    }
    demo.stop().await;
}

#[tokio::test]
async fn a_torn_event_comes_half_and_then_whole_after_the_last_id() {
    let demo = quiet().await;
    let control = demo.control();
    let mut stream = Subscriber::open(&demo, TELLS, None).await;
    let before = control.publish(TELLS, None, "before").unwrap().id.unwrap();
    stream.until("before\n\n").await;
    control.drop_all(TELLS, Ending::Tear).unwrap();
    let torn = control.publish(TELLS, None, "torn in two").unwrap().id.unwrap();
    let (text, end) = stream.rest().await;
    let half = text.split_once("before\n\n").unwrap().1;
    assert!(!half.is_empty() && !half.contains("\n\n"), "{half:?}");
    assert_eq!(end, End::Broken);
    let mut again = Subscriber::open(&demo, TELLS, Some(&before)).await;
    assert_eq!(values(again.until("in two\n\n").await, "id"), [torn]);
    demo.stop().await;
}

#[tokio::test]
async fn a_dropped_counter_goes_on_without_a_gap() {
    let demo = quiet().await;
    let stream = Subscriber::open(&demo, "/counter?every=0.005", None).await;
    demo.control().drop_all("/counter", Ending::Tear).unwrap();
    let (text, _) = stream.rest().await;
    let whole = text.rsplit_once("\n\n").unwrap().0;
    let last: u64 = values(whole, "id").last().map_or(0, |id| id.parse().unwrap());
    let mut again = Subscriber::open(&demo, "/counter?every=0.005", Some(&last.to_string())).await;
    let next = format!("id: {}\n", last + 1);
    assert!(again.until(&next).await.starts_with(&format!(": counting\n\n{next}")));
    demo.stop().await;
}

#[tokio::test]
async fn a_pause_holds_back_everything_and_loses_nothing() {
    let demo = started(Options { keep_alive: Duration::from_millis(5), ..Options::quiet() }).await;
    let control = demo.control();
    let mut stream = Subscriber::open(&demo, TELLS, None).await;
    control.pause(TELLS).unwrap();
    control.publish(TELLS, None, "held").unwrap();
    let quiet_spell = timeout(Duration::from_millis(100), stream.until("held")).await;
    assert!(quiet_spell.is_err(), "the event came during the pause");
    assert_eq!(control.counts(TELLS).unwrap().open, 1);
    control.resume(TELLS).unwrap();
    stream.until("data: held\n\n").await;
    demo.stop().await;
}

#[tokio::test]
async fn an_ordered_answer_is_given_as_often_as_told_and_then_the_stream_again() {
    let demo = quiet().await;
    let answer = Answer { status: 503, times: 2, retry_after_s: Some(7) };
    demo.control().answer(TELLS, answer).unwrap();
    for _ in 0..2 {
        let refused = get(&demo, TELLS).header("Last-Event-ID", "5-5").send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(refused.headers()["retry-after"], "7");
        assert_eq!(refused.headers()["content-type"], "text/html; charset=utf-8");
    }
    Subscriber::open(&demo, TELLS, None).await;
    let counts = demo.control().counts(TELLS).unwrap();
    assert_eq!((counts.answered, counts.accepted), (2, 1));
    assert_eq!(counts.last_event_ids, [Some("5-5".to_owned()), Some("5-5".to_owned()), None]);
    demo.stop().await;
}

#[tokio::test]
async fn no_content_has_no_content() {
    let demo = quiet().await;
    demo.control().answer(TELLS, Answer { status: 204, times: 1, retry_after_s: None }).unwrap();
    let answer = get(&demo, TELLS).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(answer.text().await.unwrap(), "");
    demo.stop().await;
}

#[tokio::test]
async fn a_restarted_feed_has_lost_its_history_and_its_connections() {
    let demo = quiet().await;
    let control = demo.control();
    let stream = Subscriber::open(&demo, TELLS, None).await;
    let old = control.publish(TELLS, None, "old").unwrap().id.unwrap();
    control.restart(TELLS).unwrap();
    assert_eq!(stream.rest().await.1, End::Broken);
    control.publish(TELLS, None, "young").unwrap();
    let mut again = Subscriber::open(&demo, TELLS, Some(&old)).await;
    assert_eq!(values(again.until("young\n\n").await, "data"), ["young"]);
    demo.stop().await;
}

#[tokio::test]
async fn an_order_concerns_its_own_feed_only() {
    let demo = quiet().await;
    let mut other = Subscriber::open(&demo, "/channels/other", None).await;
    let command = Command { path: TELLS.to_owned(), action: Action::Restart };
    demo.control().apply(&command).unwrap();
    demo.control().publish("/channels/other", None, "still here").unwrap();
    other.until("still here").await;
    demo.stop().await;
}

#[tokio::test]
async fn another_process_orders_and_counts_over_http() {
    let demo = quiet().await;
    let stream = Subscriber::open(&demo, TELLS, None).await;
    let order = |body: &'static str| post(&demo, "/control", body);
    assert_eq!(order(r#"{"path":"/replay","action":{"drop":"end"}}"#).await.0, StatusCode::NO_CONTENT);
    assert_eq!(stream.rest().await.1, End::Clean);
    let answer = r#"{"path":"/replay","action":{"answer":{"status":500,"times":1}}}"#;
    assert_eq!(order(answer).await.0, StatusCode::NO_CONTENT);
    assert_eq!(get(&demo, TELLS).send().await.unwrap().status(), 500);
    for action in ["pause", "resume", "restart"] {
        let body = format!(r#"{{"path":"/replay","action":"{action}"}}"#);
        assert_eq!(post(&demo, "/control", &body).await.0, StatusCode::NO_CONTENT, "{action}");
    }
    let counts = get(&demo, "/control").send().await.unwrap().text().await.unwrap();
    let start = counts.find(r#""/replay":"#).unwrap();
    assert!(counts[start..].starts_with(r#""/replay":{"published":0,"accepted":1,"answered":1,"open":0"#));
    demo.stop().await;
}

#[tokio::test]
async fn orders_that_make_no_sense_are_refused_in_words() {
    let demo = quiet().await;
    for (body, status) in [
        ("drop", 400),
        (r#"{"path":"/replay","action":"explode"}"#, 400),
        (r#"{"path":"/replay","action":{"answer":{"status":100,"times":1}}}"#, 400),
        (r#"{"path":"/elsewhere","action":"pause"}"#, 404),
    ] {
        assert_eq!(post(&demo, "/control", body).await.0, status, "{body}");
    }
    let control = demo.control();
    assert_eq!(
        control.publish("/counter", None, "8"),
        Err(ControlError::NothingToPublish("/counter".into()))
    );
    assert_eq!(control.publish(TELLS, Some("a\nb"), "8"), Err(ControlError::EventType));
    demo.stop().await;
}

#[tokio::test]
async fn a_web_page_gives_no_orders() {
    let demo = quiet().await;
    let asked = get(&demo, "/control").header("Origin", "http://shop.example").send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::FORBIDDEN);
    demo.stop().await;
}

#[tokio::test]
async fn stops_while_one_client_reads_one_never_does_and_one_says_nothing() {
    let demo = quiet().await;
    let reader = Subscriber::open(&demo, TELLS, None).await;
    let _mute = TcpStream::connect(demo.addr()).await.unwrap();
    let _deaf = deaf(&demo).await;
    assert_eq!(demo.control().counts("/channels/deaf").unwrap().open, 1);
    let address = demo.addr();
    demo.stop().await;
    assert_eq!(reader.rest().await.1, End::Clean);
    bind_again(address).await;
}

#[tokio::test]
async fn a_dropped_demo_leaves_nothing_behind() {
    let demo = quiet().await;
    let reader = Subscriber::open(&demo, TELLS, None).await;
    let address = demo.addr();
    drop(demo);
    assert_eq!(reader.rest().await.1, End::Broken);
    bind_again(address).await;
}

/// Starts a server where another one was, as a restart does.
async fn bind_again(address: SocketAddr) {
    let demo = Demo::start(address, Options::quiet()).await.expect("the address is free again");
    Subscriber::open(&demo, TELLS, None).await;
    demo.stop().await;
}

/// Subscribes to more than the socket holds and never reads it.
async fn deaf(demo: &Demo) -> TcpStream {
    let control = demo.control();
    let mut socket = TcpStream::connect(demo.addr()).await.expect("the demo listens");
    let request = b"GET /channels/deaf HTTP/1.1\r\nHost: demo\r\nLast-Event-ID: all\r\n\r\n";
    let large = "x".repeat(1 << 20);
    for _ in 0..3 {
        control.publish("/channels/deaf", None, &large).expect("a channel takes events");
    }
    socket.write_all(request).await.expect("the demo reads requests");
    while control.counts("/channels/deaf").expect("the channel is there").open == 0 {
        tokio::task::yield_now().await;
    }
    for _ in 0..20 {
        control.publish("/channels/deaf", None, &large).expect("a channel takes events");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    socket
}

#[tokio::test]
async fn a_demo_to_be_read_takes_nothing_from_anybody() {
    let demo = started(Options { read_only: true, ..Options::quiet() }).await;
    for path in ["/publish", "/replay/publish", "/channels/lobby", "/control"] {
        let (status, _) = post(&demo, path, r#"{"title":"Tea"}"#).await;
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED), "{path}: {status}");
    }
    assert_eq!(get(&demo, "/control").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    Subscriber::open(&demo, "/channels/lobby", None).await;
    demo.stop().await;
}
