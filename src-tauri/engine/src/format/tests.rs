//! How chosen events and those of every recorded server read.

use super::*;
use crate::event::Priority;

mod recordings;

/// An event as received.
fn received(event_type: &str, data: &str) -> Received {
    Received {
        event_type: event_type.into(),
        data: data.into(),
        last_event_id: String::new(),
        own_id: false,
        received_at_ms: 0,
    }
}

/// Checks type, data -> title, body of events of a feed called "Feed".
#[track_caller]
fn check(cases: &[(&str, &str, &str, &str)]) {
    for (event_type, data, title, body) in cases {
        let reading = read(&received(event_type, data), "Feed");
        assert_eq!((reading.title.as_str(), reading.body.as_str()), (*title, *body), "{event_type}: {data}");
    }
}

#[test]
fn the_usual_names_are_found_however_they_are_written() {
    check(&[
        ("message", r#"{"title":"T","body":"B"}"#, "T", "B"),
        ("message", r#"{"Subject":"T","Description":"B"}"#, "T", "B"),
        ("message", r#"{"HEADLINE":"T","TEXT":"B\nC"}"#, "T", "B\nC"),
        ("message", r#"{"summary":"T","description":"B"}"#, "T", "B"),
        ("message", r#"{"title":"T","summary":"B"}"#, "T", "B"),
        ("message", r#"{"name":"T","content":"B"}"#, "T", "B"),
        ("message", r#"{"title":"T","msg":" "}"#, "T", ""),
        ("message", r#"{"title":7,"msg":8.50}"#, "7", "8.50"),
        ("message", r#"{"title":"T","id":1,"env":"prod","time":"2026-11-21T02:00:00Z"}"#, "T", "env: prod"),
    ]);
}

#[test]
fn a_text_without_title_is_headed_by_its_sender_or_type() {
    check(&[
        ("message", r#"{"user":"Backup","message":"done"}"#, "Backup", "done"),
        ("message", r#"{"topic":"alerts","message":"a\nb"}"#, "alerts", "a\nb"),
        ("alert", r#"{"message":"Disk full"}"#, "Alert", "Disk full"),
        ("message", r#"{"message":"Disk full"}"#, "Disk full", ""),
        ("message", r#"{"message":"one\ntwo"}"#, "one", "two"),
        ("temperature", r#"{"data":"25.34","ttl":60,"coreid":"x"}"#, "Temperature", "25.34"),
    ]);
}

#[test]
fn who_did_what_to_what_is_one_line() {
    check(&[
        (
            "activity",
            r#"{"user":"Mira","action":"closed","target":"issue 12","id":7}"#,
            "Mira closed issue 12",
            "",
        ),
        (
            "message",
            r#"{"actor":"Ada","verb":"commented on","object":"issue 3","text":"Looks good"}"#,
            "Ada commented on issue 3",
            "Looks good",
        ),
        (
            "message",
            r#"{"user":"jo","action":"liked your post","likes":4}"#,
            "jo liked your post",
            "likes: 4",
        ),
        (
            "message",
            r#"{"title":"T","user":"jo","action":"closed","target":"x"}"#,
            "T",
            "user: jo\ntarget: x",
        ),
        ("login", r#"{"user":"jo","action":"failed"}"#, "Login", "user: jo"),
    ]);
}

#[test]
fn envelopes_are_opened() {
    check(&[
        ("message", r#"{"data":{"title":"T","message":"B"}}"#, "T", "B"),
        ("message", r#"{"id":1,"payload":{"subject":"T"}}"#, "T", ""),
        ("message", r#"{"name":"x","notification":{"title":"T","body":"B"}}"#, "T", "B"),
        ("message", r#"{"event":{"headline":"T","text":"B"}}"#, "T", "B"),
        ("issues", r#"{"action":"opened","issue":{"title":"T","body":"B"}}"#, "T", "B"),
        ("message", r#"{"title":"T","data":{"title":"other","x":1}}"#, "T", "data title: other\ndata x: 1"),
    ]);
}

#[test]
fn other_objects_read_line_by_line_without_braces() {
    check(&[
        ("price-update", r#"{"bid":1.10,"ask":1.20}"#, "Price update", "bid: 1.10\nask: 1.20"),
        ("message", r#"{"cpu_percent":12.50,"up":true,"x":null}"#, "Feed", "cpu percent: 12.50\nup: true"),
        ("message", r#"{"type":"user.created","id":7,"email":"a@b.c"}"#, "User created", "email: a@b.c"),
        (
            "m",
            r#"{"cpu":{"user":1,"sys":2},"load":[0.10,0.20]}"#,
            "M",
            "cpu user: 1\ncpu sys: 2\nload: 0.10, 0.20",
        ),
        ("m", r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}"#, "M", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6"),
        ("message", r#"{"id":7,"timestamp":1}"#, "Feed", "id: 7\ntimestamp: 1"),
        ("message", "{}", "Feed", ""),
        ("message", r#"{"a":{"b":{"c":1}}}"#, "Feed", ""),
        ("big", r#"{"n":12345678901234567890123}"#, "Big", "n: 12345678901234567890123"),
    ]);
}

#[test]
fn scalars_and_lists_read_plainly() {
    check(&[
        ("delete", "5", "Delete", "5"),
        ("message", "0.10", "Feed", "0.10"),
        ("message", "true", "Feed", "true"),
        ("message", "null", "Feed", "null"),
        ("message", r#""hello""#, "hello", ""),
        ("message", r#""a\nb""#, "a", "b"),
        ("tags", r#"["a","b",3]"#, "Tags", "a\nb\n3"),
        ("tags", "[1,2,3,4,5,6,7,8]", "Tags", "1\n2\n3\n4\n5\n6\n… and 2 more"),
        ("message", r#"[{"title":"T","body":"B"}]"#, "T", "B"),
        ("batch", r#"[{"title":"T"},{"x":1},[1,2]]"#, "Batch", "T\nx: 1\n2 items"),
        ("message", "[]", "Feed", ""),
    ]);
}

#[test]
fn text_that_only_looks_like_json_or_html_stays_text() {
    check(&[
        ("message", "{not json}", "{not json}", ""),
        ("message", "{\"a\":1", "{\"a\":1", ""),
        ("message", "<p>one</p>\n<p>two</p>", "<p>one</p>", "<p>two</p>"),
        ("message", r#"{"title":"<b>x</b>","body":"a < b & c"}"#, "<b>x</b>", "a < b & c"),
        ("", "", "Feed", ""),
        ("build-done", "", "Build done", ""),
        ("message", "\u{202e}\u{0}", "Feed", ""),
    ]);
}

#[test]
fn a_title_too_long_for_its_line_is_said_in_full_below() {
    let long = "é".repeat(300);
    let reading = read(&received("message", &format!(r#"{{"title":"{long}"}}"#)), "Feed");
    assert_eq!((reading.title.chars().count(), reading.body), (120, long));
}

#[test]
fn states_of_one_thing_share_a_key() {
    for (event_type, data, title, key) in [
        (
            "progress",
            r#"{"task":"Backup","progress":40,"message":"copying"}"#,
            "Backup: 40 %",
            Some("task:Backup"),
        ),
        ("message", r#"{"data":{"job_id":9,"name":"Build","percent":5}}"#, "Build: 5 %", Some("task:9")),
        ("price-update", r#"{"symbol":"ACME","price":101.20}"#, "ACME 101.20", Some("symbol:ACME")),
        (
            "system-metrics",
            r#"{"cpu":12.5,"memory":40}"#,
            "System metrics",
            Some("type:system-metrics:System metrics"),
        ),
        ("message", r#"{"title":"x","collapse_key":"k"}"#, "x", Some("collapsekey:k")),
        (
            "system-metrics",
            r#"{"title":"This machine","message":"CPU 5 %","cpu":5,"memory":40}"#,
            "This machine",
            Some("type:system-metrics:This machine"),
        ),
        ("progress", r#"{"key":"task-1","title":"Backup","percent":5}"#, "Backup: 5 %", Some("task:task-1")),
        ("order", r#"{"order":1234,"total":99.90}"#, "Order", None),
        ("message", r#"{"id":7,"title":"x"}"#, "x", None),
    ] {
        let reading = read(&received(event_type, data), "Feed");
        assert_eq!((reading.title.as_str(), reading.key.as_deref()), (title, key), "{data}");
    }
}

#[test]
fn a_state_is_said_once() {
    check(&[
        ("progress", r#"{"title":"Backup","percent":5,"message":"5 %"}"#, "Backup: 5 %", ""),
        ("progress", r#"{"title":"Backup","percent":100,"message":"Done."}"#, "Backup: 100 %", "Done."),
        (
            "price-update",
            r#"{"symbol":"ACME","price":101.20,"change":-0.40}"#,
            "ACME 101.20",
            "change: -0.40",
        ),
    ]);
}

#[test]
fn only_safe_links_are_taken() {
    for (data, link) in [
        (
            r#"{"title":"x","url":"javascript:alert(1)","link":"https://a.example"}"#,
            Some("https://a.example/"),
        ),
        (r#"{"title":"x","href":"https://u:p@a.example"}"#, None),
        (r#"{"url":"https://a.example/o","data":{"title":"x"}}"#, Some("https://a.example/o")),
        ("see https://a.example/log for more", Some("https://a.example/log")),
    ] {
        assert_eq!(read(&received("message", data), "Feed").link.as_deref(), link, "{data}");
    }
}

mod any {
    use proptest::prelude::*;

    use super::*;

    /// JSON of any shape under the names that matter.
    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        let name = prop::sample::select(vec![
            "title", "message", "data", "priority", "url", "task", "progress", "id", "x",
        ]);
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::vec((name.clone(), inner), 0..6).prop_map(|members| members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_reads_with_a_clean_title(value in json(), event_type in ".{0,20}") {
            let reading = read(&received(&event_type, &value.to_string()), "Feed");
            prop_assert!(!reading.title.is_empty());
            prop_assert_eq!(clean::title(&reading.title), reading.title);
            prop_assert_eq!(clean::text(&reading.body), reading.body);
        }

        #[test]
        fn any_text_reads_with_a_clean_title(data in any::<String>(), event_type in any::<String>()) {
            let reading = read(&received(&event_type, &data), "Feed");
            prop_assert!(!reading.title.is_empty());
            prop_assert_eq!(clean::title(&reading.title), reading.title);
            prop_assert_eq!(clean::text(&reading.body), reading.body);
        }
    }
}
