//! What is printed and when, and how it ends.

use std::time::Duration;

use serde_json::json;
use tidings_support::{Answer, Script, Server, Then};
use tokio::time::timeout;

use crate::program::{Program, SOON, run};

async fn serve(answers: impl IntoIterator<Item = Answer>) -> Server {
    Server::start(Script::new(answers)).await
}

#[tokio::test]
async fn prints_every_happening_as_a_line_of_json_at_once() {
    let first = Answer::stream().event_with_id("5", "a\nb").retry(Duration::from_millis(20)).then(Then::Eof);
    let second = Answer::stream().chunk(format!("data: {}\n\n", "x".repeat(2 << 20)));
    let server = serve([first, second.chunk("event: t\ndata\n\n")]).await;
    let mut program = Program::start(&[server.url(), "--json"]);
    assert_eq!(program.line().await.as_deref(), Some(r#"{"kind":"open"}"#));
    let event = r#"{"kind":"event","type":"message","data":"a\nb","lastEventId":"5"}"#;
    assert_eq!(program.line().await.as_deref(), Some(event));
    let waiting = program.json().await;
    assert_eq!(
        (&waiting["kind"], &waiting["why"]),
        (&json!("waiting"), &json!("The server ended the stream."))
    );
    assert!((1000..=2000).contains(&waiting["ms"].as_u64().unwrap()), "no less than a second: {waiting}");
    assert_eq!(program.json().await, json!({"kind": "open"}));
    let oversized = program.json().await;
    assert_eq!(oversized["kind"], "oversized");
    assert!(oversized["bytes"].as_u64().unwrap() > 1 << 20, "{oversized}");
    let event = json!({"kind": "event", "type": "t", "data": "", "lastEventId": "5"});
    assert_eq!(program.json().await, event);
}

#[tokio::test]
async fn prints_how_the_connection_fares_only_when_verbose() {
    let answer = || Answer::stream().event_with_id("5", "a").then(Then::Eof);
    let last = || Answer::stream().event_with_id("6", "b");
    let server = serve([answer(), last()]).await;
    let (_, output) = run(&[server.url(), "--json", "--verbose", "--events", "2"]).await;
    let lines: Vec<serde_json::Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    let expected =
        ["dialled", "opened", "open", "event", "ended", "waiting", "dialled", "opened", "open", "event"];
    assert_eq!(kinds, expected);
    assert_eq!(lines[6]["resumedFrom"], "5");
    let server = serve([answer(), last()]).await;
    let (_, output) = run(&[server.url(), "--verbose", "--events", "2"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("-- ended after") && text.contains("to resume after #5"), "{text}");
}

#[tokio::test]
async fn ends_well_on_ctrl_c_and_on_a_polite_request_to_end() {
    let server = serve([Answer::stream().event("x")]).await;
    for signal in ["INT", "TERM"] {
        let mut program = Program::start(&[server.url(), "--json"]);
        assert_eq!(program.json().await["kind"], "open");
        assert_eq!(program.json().await["data"], "x");
        program.signal(signal).await;
        assert_eq!(program.code().await, Some(0), "{signal}");
    }
}

#[tokio::test]
async fn ends_well_after_so_many_events_and_prints_no_more() {
    let server = serve([Answer::stream().chunk("data: 1\n\ndata: 2\n\ndata: 3\n\n")]).await;
    let (code, output) = run(&[server.url(), "--json", "--events", "2"]).await;
    assert_eq!(code, Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    assert_eq!(lines.lines().filter(|line| line.contains("event")).count(), 2, "{lines}");
    assert!(lines.trim_end().ends_with(r#""data":"2","lastEventId":""}"#), "{lines}");
}

#[tokio::test]
async fn ends_well_when_its_time_is_over() {
    let server = serve([Answer::stream().event("x")]).await;
    let (code, output) = run(&[server.url(), "--json", "--for", "1.5"]).await;
    assert_eq!(code, Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
}

#[tokio::test]
async fn ends_with_1_where_it_stopped_for_good() {
    let server = serve([Answer::status(404)]).await;
    let (code, output) = run(&[server.url(), "--json", "--strict"]).await;
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((code, &line["kind"]), (Some(1), &json!("stopped")));
    assert!(line["why"].as_str().unwrap().contains("404"), "{line}");
    let server = serve([Answer::status(204)]).await;
    assert_eq!(run(&[server.url()]).await.0, Some(1), "the server asked for it");
}

#[tokio::test]
async fn ends_when_nobody_reads_any_more() {
    let endless = (0..2000).fold(Answer::stream(), |answer, n| answer.event(&n.to_string()));
    let server = serve([endless.gap(Duration::from_millis(20))]).await;
    let mut program = Program::start(&[server.url(), "--json"]);
    program.json().await;
    let status = timeout(SOON, program.stop_reading().wait()).await.expect("it ends").unwrap();
    assert_eq!(status.code(), Some(0));
}

#[tokio::test]
async fn prints_for_people_without_json() {
    let server = serve([Answer::stream().chunk("id: 7\nevent: news\ndata: a\ndata: \x1b[2Jb\n\n")]).await;
    let (code, output) = run(&[server.url(), "--events", "1"]).await;
    assert_eq!(code, Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "-- open\nnews #7\n   a\n   \u{fffd}[2Jb\n");
}
