//! Which service is recognised by what, and how chosen messages of each read.

use super::*;
use crate::event::{Action, Priority};

mod messages;

fn received(event_type: &str, data: &str) -> Received {
    Received {
        event_type: event_type.into(),
        data: data.into(),
        last_event_id: String::new(),
        own_id: false,
        received_at_ms: 0,
    }
}

fn of(preset: Option<Preset>) -> Origin {
    Origin { preset, ..Origin::default() }
}

/// How a message of a service reads in a feed called "Feed".
fn read(preset: Preset, event_type: &str, data: &str) -> Option<Reading> {
    let mut reader = Reader::default();
    reader.know(of(Some(preset)));
    reader.read(&mut received(event_type, data), "Feed")
}

/// Checks type, data -> title, body of messages of a service.
#[track_caller]
fn check(preset: Preset, cases: &[(&str, &str, &str, &str)]) {
    for (event_type, data, title, body) in cases {
        let reading = read(preset, event_type, data).expect("an event");
        assert_eq!((reading.title.as_str(), reading.body.as_str()), (*title, *body), "{event_type}: {data}");
    }
}

#[test]
fn addresses_that_only_a_service_has_are_recognised() {
    for (address, preset) in [
        ("https://ntfy.sh/alerts,backups/sse?since=all", Some(Preset::Ntfy)),
        ("https://ntfy.sh/alerts/json", None),
        ("https://ntfy.example/alerts/sse", None),
        ("https://hub.example/.well-known/mercure?topic=a&topic=b", Some(Preset::Mercure)),
        ("https://social.example/api/v1/streaming/hashtag?tag=x", Some(Preset::Mastodon)),
        ("http://homeassistant.local:8123/api/stream?restrict=a", Some(Preset::HomeAssistant)),
        ("https://stream.wikimedia.org/v2/stream/recentchange", Some(Preset::Wikimedia)),
        ("https://db.firebaseio.com/a/b.json?auth=***", Some(Preset::Firebase)),
        ("https://db.europe-west1.firebasedatabase.app/.json", Some(Preset::Firebase)),
        ("https://firebaseio.com.evil.example/a.json", None),
        ("https://evilfirebaseio.com/a.json", None),
        ("https://example.org/sse", None),
        ("", None),
    ] {
        assert_eq!(of_address(address), preset, "{address}");
    }
}

#[test]
fn only_ntfys_addresses_of_several_topics_ask_for_several() {
    for (address, several) in [
        ("https://ntfy.sh/alerts,backups/sse?since=all", true),
        ("https://ntfy.example/sub/path/alerts,backups/sse", true),
        ("https://ntfy.sh/alerts/sse", false),
        ("https://example.org/a,b/events", false),
        ("https://example.org/sse", false),
        ("", false),
    ] {
        assert_eq!(asks_for_several(address), several, "{address}");
    }
}

#[test]
fn messages_that_only_look_like_a_services_are_not_taken_for_it() {
    for (event_type, data) in [
        ("message", "ping"),
        ("message", r#"{"id":1,"event":"message","topic":"x","time":1}"#),
        ("message", r#"{"event":"open","door":"front"}"#),
        ("update", r#"{"account":{"name":"x"},"content":"y"}"#),
        ("message", r#"{"account":{"acct":"x"},"content":"y"}"#),
        ("put", r#"{"path":"/a","data":1,"more":2}"#),
        ("put", r#"{"path":"a","data":1}"#),
        ("message", r#"{"event_type":"x","origin":"mars","time_fired":"t","context":{"id":"1"}}"#),
        ("message", r#"{"meta":{"id":"1"}}"#),
        ("message", "null"),
    ] {
        assert_eq!(of_message(&received(event_type, data)), None, "{event_type}: {data}");
    }
}

#[test]
fn ids_of_nchan_are_recognised_in_one_channel_and_in_several() {
    for (id, is_nchan) in [
        ("1795227106:0", true),
        ("1795227106:[0],-", true),
        ("1795227106:-,[12],3", true),
        ("1795227106", false),
        ("1795227106:", false),
        ("1795227106:a", false),
        ("179522710:0", false),
        ("urn:uuid:1", false),
    ] {
        let message = Received { last_event_id: id.into(), own_id: true, ..received("message", "x") };
        assert_eq!(of_message(&message) == Some(Preset::Nchan), is_nchan, "{id}");
    }
}

#[test]
fn what_was_set_is_never_recognised_as_something_else() {
    let mut reader = Reader::default();
    reader.know(of(Some(Preset::Text)));
    let data = r#"{"id":"L0UGj4kMQsqu","time":1,"event":"message","topic":"alerts"}"#;
    assert_eq!(reader.read(&mut received("message", data), "Feed").unwrap().title, data);
    assert_eq!(reader.preset(), Some(Preset::Text));
}

#[test]
fn what_was_set_is_forgotten_once_it_is_left_open_and_what_was_recognised_is_not() {
    let ntfy = r#"{"id":"L0UGj4kMQsqu","time":1,"event":"message","topic":"alerts"}"#;
    let mut reader = Reader::default();
    reader.know(of(Some(Preset::Text)));
    reader.know(of(None));
    assert_eq!(reader.preset(), None);
    let _ = reader.read(&mut received("message", ntfy), "Feed");
    assert_eq!(reader.preset(), Some(Preset::Ntfy));
    reader.know(of(None));
    assert_eq!(reader.preset(), Some(Preset::Ntfy));
}

#[test]
fn a_service_is_looked_for_in_a_feeds_first_messages_alone() {
    let ntfy = r#"{"id":"L0UGj4kMQsqu","time":1,"event":"message","topic":"alerts"}"#;
    for (before, preset) in [(LOOKS - 1, Some(Preset::Ntfy)), (LOOKS, None)] {
        let mut reader = Reader::default();
        (0..before).for_each(|_| drop(reader.read(&mut received("message", "hello"), "Feed")));
        let _ = reader.read(&mut received("message", ntfy), "Feed");
        assert_eq!(reader.preset(), preset, "after {before}");
    }
}

#[test]
fn every_preset_has_a_name_of_its_own_in_settings_and_for_people() {
    let names =
        |name: fn(&Preset) -> String| Preset::ALL.iter().map(name).collect::<std::collections::BTreeSet<_>>();
    for name in [
        |preset: &Preset| serde_json::to_string(preset).unwrap(),
        |preset: &Preset| preset.label().to_owned(),
        |preset: &Preset| preset.icon().to_owned(),
    ] {
        assert_eq!(names(name).len(), Preset::ALL.len());
    }
}

mod any {
    use proptest::prelude::*;

    use super::*;
    use crate::format::{clean, link};

    proptest! {
        #[test]
        fn any_message_of_any_service_reads_clean(
            which in 0..Preset::ALL.len(),
            event_type in "(message|update|put|patch|delete|notification|.{0,8})",
            data in prop_oneof![any::<String>(), hostile()],
        ) {
            let Some(reading) = read(Preset::ALL[which], &event_type, &data) else { return Ok(()) };
            prop_assert_eq!(clean::title(&reading.title), reading.title.clone());
            prop_assert_eq!(clean::text(&reading.body), reading.body);
            prop_assert!(!reading.title.is_empty());
            let links = reading.link.into_iter().chain(reading.actions.into_iter().map(|action| action.url));
            prop_assert!(links.into_iter().all(|url| link::accept(&url) == Some(url)));
        }
    }

    /// Objects with the members that services look at, each holding anything.
    fn hostile() -> impl Strategy<Value = String> {
        let value = prop_oneof![
            Just("null".to_owned()),
            any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
            prop::sample::select(vec![
                "message",
                "state_changed",
                "message_delete",
                "/a/b",
                "view",
                "mention"
            ])
            .prop_map(|text| format!("\"{text}\"")),
            any::<i64>().prop_map(|number| number.to_string()),
        ];
        let name = prop::sample::select(vec![
            "id",
            "event",
            "topic",
            "title",
            "message",
            "tags",
            "click",
            "priority",
            "path",
            "data",
            "account",
            "content",
            "status",
            "url",
            "meta",
            "event_type",
            "entity_id",
            "new_state",
            "type",
            "@id",
            "actions",
        ]);
        value.prop_recursive(3, 24, 5, move |inner| {
            let members = prop::collection::vec((name.clone(), inner.clone()), 0..8);
            prop_oneof![
                members.prop_map(|members| {
                    let members: Vec<_> =
                        members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                    format!("{{{}}}", members.join(","))
                }),
                prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            ]
        })
    }
}
