//! Requests made by hand, held against what was expected of them.

use std::time::Instant;

use super::*;
use crate::request::Origin;

const SECOND: Duration = Duration::from_secs(1);

/// The n-th request to the feed, a second after the one before; each answer takes half a second.
fn request(n: usize, headers: &[(&str, &str)], begun: Instant) -> Request {
    let received = begun + SECOND * u32::try_from(n).expect("n is small");
    Request {
        origin: Origin::Own,
        sub: String::new(),
        n,
        method: "GET".to_owned(),
        target: "/feed".to_owned(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: b"{}".to_vec(),
        received,
        sent: Vec::new(),
        ended: Some(received + SECOND / 2),
    }
}

fn expect(json: &str) -> ConnExpect {
    serde_json::from_str(json).expect("the test's own JSON is valid")
}

/// Holds two requests against an expectation: whether it is met.
fn meets(json: &str) -> bool {
    let begun = Instant::now();
    let requests =
        [request(1, &[], begun), request(2, &[("last-event-id", "7"), ("x", "1"), ("x", "2")], begun)];
    expect(json).unmet(&requests).is_empty()
}

#[test]
fn counts_the_requests() {
    for (json, met) in [
        (r#"{"min_requests": 2, "max_requests": 2}"#, true),
        (r#"{"min_requests": 3}"#, false),
        (r#"{"max_requests": 1}"#, false),
    ] {
        assert_eq!(meets(json), met, "{json}");
    }
}

#[test]
fn looks_at_single_requests() {
    for (json, met) in [
        (r#"{"n": 1, "method": "GET", "body": "{}"}"#, true),
        (r#"{"n": 1, "method": "POST"}"#, false),
        (r#"{"n": 1, "body": "[]"}"#, false),
        (r#"{"n": 3, "method": "GET"}"#, false),
        (r#"{"sub": "target", "n": 1, "method": "GET"}"#, false),
        (r#"{"n": 1, "header": "last-event-id", "absent": true}"#, true),
        (r#"{"n": 2, "header": "last-event-id", "absent": true}"#, false),
        (r#"{"n": 2, "header": "Last-Event-ID", "equals": "7"}"#, true),
        (r#"{"n": 2, "header": "last-event-id", "equals": "8"}"#, false),
        (r#"{"n": 1, "header": "last-event-id", "equals": "7"}"#, false),
        (r#"{"n": 2, "header": "x", "equals": "1"}"#, false),
    ] {
        assert_eq!(meets(&format!(r#"{{"req": [{json}]}}"#)), met, "{json}");
    }
}

#[test]
fn measures_the_waits_from_the_end_of_an_answer_to_the_next_request() {
    for (json, met) in [
        (r#"{"gaps": [{"from": 1, "to": 2, "min_ms": 500, "max_ms": 500}]}"#, true),
        (r#"{"gaps": [{"from": 1, "to": 2, "min_ms": 501, "max_ms": 900}]}"#, false),
        (r#"{"gaps": [{"from": 1, "to": 2, "min_ms": 0, "max_ms": 499}]}"#, false),
        (r#"{"gaps": [{"from": 2, "to": 3, "min_ms": 0, "max_ms": 499}]}"#, false),
        (r#"{"no_req_before_ms": 500}"#, true),
        (r#"{"no_req_before_ms": 501}"#, false),
    ] {
        assert_eq!(meets(json), met, "{json}");
    }
}

#[test]
fn accepts_no_expectation_it_does_not_know() {
    assert!(serde_json::from_str::<ConnExpect>(r#"{"min_request": 1}"#).is_err());
}
