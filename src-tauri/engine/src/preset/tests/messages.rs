//! How chosen messages of each service read; whole streams are in the integration tests.

use super::*;

#[test]
fn ntfy_reads_by_its_own_members() {
    let message = |more: &str| {
        let data = format!(r#"{{"id":"L0UGj4kMQsqu","time":1,"event":"message","topic":"alerts"{more}}}"#);
        read(Preset::Ntfy, "message", &data).expect("an event")
    };
    let plain = message("");
    assert_eq!((plain.title.as_str(), plain.body.as_str()), ("alerts", ""));
    assert_eq!(plain.key.as_deref(), Some("sequence:alerts:L0UGj4kMQsqu"));
    let tagged = message(r#","title":"Disk","message":"full","tags":["warning","skull","db-1"]"#);
    assert_eq!((tagged.title.as_str(), tagged.body.as_str()), ("⚠️ 💀 Disk", "full\nTags: db-1"));
    assert_eq!(message(r#","message":"aMOpIQ==","encoding":"base64""#).body, "hé!");
    assert_eq!(message(r#","message":"/w==","encoding":"base64""#).body, "A message that is not text.");
    let file = message(r#","message":"x","attachment":{"name":"log.txt","url":"https://a.test/f"}"#);
    assert_eq!((file.body.as_str(), file.link.as_deref()), ("x\nFile: log.txt", Some("https://a.test/f")));
    for (number, priority) in [
        (1, Priority::Min),
        (2, Priority::Low),
        (3, Priority::Normal),
        (4, Priority::High),
        (5, Priority::Urgent),
    ] {
        assert_eq!(message(&format!(r#","priority":{number}"#)).priority, priority);
    }
}

#[test]
fn of_ntfys_actions_only_those_that_open_a_page_are_offered() {
    let action = |kind: &str, url: &str| format!(r#"{{"action":"{kind}","label":"{kind}","url":"{url}"}}"#);
    let list = [
        action("http", "https://a.test/delete"),
        action("broadcast", "https://a.test/"),
        action("view", "javascript:alert(1)"),
        action("view", "https://a.test/1"),
        action("view", "file:///etc/passwd"),
        action("view", "https://a.test/2"),
        action("view", "https://a.test/3"),
        action("view", "https://a.test/4"),
    ];
    let data = format!(
        r#"{{"id":"L0UGj4kMQsqu","time":1,"event":"message","topic":"a","actions":[{}]}}"#,
        list.join(",")
    );
    let wanted = [1, 2, 3].map(|n| Action { label: "view".into(), url: format!("https://a.test/{n}") });
    assert_eq!(read(Preset::Ntfy, "message", &data).unwrap().actions, wanted);
}

#[test]
fn an_update_and_a_deletion_of_ntfy_mean_the_message_with_their_sequence_id() {
    let of = |event: &str, id: &str, more: &str| {
        let data = format!(r#"{{"id":"{id}","time":1,"event":"{event}","topic":"t"{more}}}"#);
        read(Preset::Ntfy, "message", &data).expect("an event")
    };
    let first = of("message", "L0UGj4kMQsqu", "");
    let again = r#","sequence_id":"L0UGj4kMQsqu""#;
    for (event, withdraws) in [("message", false), ("message_delete", true), ("message_clear", true)] {
        let later = of(event, "0zsRhkPxxI2A", again);
        assert_eq!((later.key, later.withdraws), (first.key.clone(), withdraws), "{event}");
    }
}

#[test]
fn mastodon_reads_as_who_did_what_with_html_as_text() {
    let account = r#""account":{"acct":"bob@m.e","display_name":"Bob","url":"https://m.e/@bob"}"#;
    let post = r#""id":"5","url":"https://m.e/@bob/5","content":"<p>one<br>two &amp; three</p>""#;
    let post = format!("{{{account},{post}}}");
    let of = |kind: &str, more: &str| format!(r#"{{"id":"1","type":"{kind}",{account}{more}}}"#);
    let status = format!(r#","status":{post}"#);
    check(
        Preset::Mastodon,
        &[
            ("update", &post, "Bob", "one\ntwo & three"),
            ("status.update", &post, "Bob", "one\ntwo & three"),
            ("notification", &of("mention", &status), "Bob mentioned you", "one\ntwo & three"),
            ("notification", &of("follow", ""), "Bob followed you", ""),
            ("notification", &of("pleroma:emoji_reaction", ""), "Bob: pleroma:emoji_reaction", ""),
            (
                "update",
                &format!(r#"{{"account":{{"acct":"al"}},"reblog":{post}}}"#),
                "al boosted Bob",
                "one\ntwo & three",
            ),
            (
                "update",
                r#"{"account":{"acct":"al"},"content":"<p>x</p>","spoiler_text":"Food"}"#,
                "al",
                "Content warning: Food",
            ),
            (
                "update",
                r#"{"account":{"acct":"al"},"content":"","media_attachments":[{},{}]}"#,
                "al",
                "2 attachments",
            ),
            ("announcement", r#"{"id":"8","content":"<p>Soon</p>"}"#, "Announcement", "Soon"),
            ("conversation", &format!(r#"{{"last_status":{post}}}"#), "Bob", "one\ntwo & three"),
        ],
    );
    assert!(read(Preset::Mastodon, "filters_changed", "").is_none());
}

#[test]
fn a_deletion_of_mastodon_takes_back_the_post_of_that_id() {
    let post =
        read(Preset::Mastodon, "update", r#"{"id":"5","account":{"acct":"al"},"content":"x"}"#).unwrap();
    let gone = read(Preset::Mastodon, "delete", "5").unwrap();
    assert!(gone.withdraws && !post.withdraws && gone.key == post.key && gone.key.is_some());
}

#[test]
fn home_assistant_tells_what_changed_by_its_own_name() {
    let state = |value: &str| {
        format!(
            r#"{{"state":"{value}","attributes":{{"friendly_name":"Boiler","unit_of_measurement":"°C"}}}}"#
        )
    };
    let change = |old: &str, new: &str| {
        format!(
            r#"{{"event_type":"state_changed","data":{{"entity_id":"sensor.b","old_state":{old},"new_state":{new}}}}}"#
        )
    };
    check(
        Preset::HomeAssistant,
        &[
            ("message", &change(&state("20"), &state("21")), "Boiler", "21 °C (was 20 °C)"),
            ("message", &change(&state("20"), &state("20")), "Boiler", "20 °C"),
            ("message", &change("null", &state("21")), "Boiler", "21 °C"),
            ("message", &change(&state("20"), "null"), "Boiler", "removed"),
            ("message", &change("null", r#"{"state":"on"}"#), "sensor.b", "on"),
        ],
    );
    assert!(read(Preset::HomeAssistant, "message", "ping").is_none());
}

#[test]
fn of_several_ntfy_topics_each_message_says_which() {
    let data = r#"{"id":"L0UGj4kMQsqu","time":1,"event":"message","topic":"alerts","title":"Disk"}"#;
    for (several, group) in [(true, Some("alerts")), (false, None)] {
        let origin = Origin { preset: Some(Preset::Ntfy), several, ..Origin::default() };
        let mut reader = Reader::default();
        reader.know(origin);
        let reading = reader.read(&mut received("message", data), "Feed").unwrap();
        assert_eq!(reading.group.as_deref(), group);
        assert_eq!(read_again(origin, &received("message", data), "Feed"), reading);
    }
}

#[test]
fn wikimedias_canaries_are_signs_of_life_and_its_events_go_by_their_own_id() {
    let of = |domain: &str| {
        format!(
            r#"{{"$schema":"/x","meta":{{"id":"m6","domain":"{domain}"}},"title":"A_b","user":"Al","comment":"c","type":"new","bot":true}}"#
        )
    };
    assert!(read(Preset::Wikimedia, "message", &of("canary")).is_none());
    let mut reader = Reader::default();
    reader.know(Origin { preset: Some(Preset::Wikimedia), ..Origin::default() });
    let mut event = Received { last_event_id: "[{}]".into(), own_id: true, ..received("message", &of("en")) };
    let reading = reader.read(&mut event, "Feed").unwrap();
    assert_eq!((event.last_event_id.as_str(), event.own_id), ("m6", true));
    assert_eq!((reading.title.as_str(), reading.body.as_str()), ("A b", "Al: new page. c"));
    assert_eq!(reading.priority, Priority::Low);
}

#[test]
fn mercure_reads_what_json_ld_says_and_all_else_as_any_event() {
    check(
        Preset::Mercure,
        &[
            ("message", r#"{"@id":"/books/1","@type":"Book","title":"Dune"}"#, "Dune", "Book"),
            (
                "message",
                r#"{"@id":"/books/1","@type":"Book","name":"Dune","description":"Sand"}"#,
                "Dune",
                "Sand",
            ),
            ("message", r#"{"@context":"/c","@id":"/books/1"}"#, "Deleted: /books/1", ""),
            ("message", r#"{"title":"Book","x":1}"#, "Book", "x: 1"),
            ("stock", "typed", "typed", ""),
        ],
    );
}

#[test]
fn firebase_reads_by_the_path_that_changed() {
    check(
        Preset::Firebase,
        &[
            ("put", r#"{"path":"/door/open","data":true}"#, "door/open", "true"),
            ("put", r#"{"path":"/door","data":"ajar"}"#, "door", "ajar"),
            ("put", r#"{"path":"/jobs/7","data":{"title":"Build","message":"failed"}}"#, "Build", "failed"),
            ("patch", r#"{"path":"/jobs/7","data":{"state":"done","n":2}}"#, "jobs/7", "state: done\nn: 2"),
            ("put", r#"{"path":"/jobs/7","data":null}"#, "jobs/7", "Deleted."),
            ("put", r#"{"path":"/","data":null}"#, "Everything", "Deleted."),
            ("put", r#"{"path":"/","data":{"a":1}}"#, "Feed", "a: 1"),
        ],
    );
    assert!(read(Preset::Firebase, "keep-alive", "null").is_none());
}

#[test]
fn text_stays_text_and_json_reads_by_its_members() {
    let data = r#"{"title":"T","message":"B"}"#;
    check(Preset::Text, &[("message", data, data, ""), ("message", "one\ntwo", "one", "two")]);
    check(Preset::Json, &[("message", data, "T", "B")]);
    check(Preset::Generic, &[("message", data, "T", "B"), ("message", "one\ntwo", "one", "two")]);
}

#[test]
fn what_a_service_leaves_unsaid_is_said_in_the_persons_language() {
    let by = r#""account":{"acct":"bob","display_name":"Bob"}"#;
    let post = r#"{"account":{"acct":"al"},"content":"","media_attachments":[{},{}],"reblog":null}"#;
    let deleted = r#"{"id":"1","time":1,"event":"message_delete","topic":"t"}"#;
    let state = r#"{"event_type":"state_changed","data":{"entity_id":"door","new_state":{"state":"zu"},"old_state":{"state":"auf"}}}"#;
    let page = r#"{"type":"new","title":"Wien","user":"Eva","comment":"da"}"#;
    for (preset, event_type, data, title, body) in [
        (Preset::Mastodon, "notification", format!(r#"{{"type":"follow",{by}}}"#), "Bob folgt dir", ""),
        (
            Preset::Mastodon,
            "notification",
            format!(r#"{{"type":"poll",{by}}}"#),
            "Eine Umfrage ist beendet",
            "",
        ),
        (Preset::Mastodon, "update", post.into(), "al", "2 Anhänge"),
        (Preset::Mastodon, "delete", "5".into(), "Ein Beitrag wurde gelöscht.", ""),
        (Preset::Ntfy, "message_delete", deleted.into(), "t", "Eine Nachricht wurde gelöscht."),
        (Preset::HomeAssistant, "", state.into(), "door", "zu (war auf)"),
        (Preset::Wikimedia, "", page.into(), "Wien", "Eva: neue Seite. da"),
        (Preset::Firebase, "put", r#"{"path":"/","data":null}"#.into(), "Alles", "Gelöscht."),
    ] {
        let mut reader = Reader::default();
        reader.know(Origin { preset: Some(preset), several: false, language: Language::German });
        let reading = reader.read(&mut received(event_type, &data), "Feed").expect("an event");
        assert_eq!((reading.title.as_str(), reading.body.as_str()), (title, body), "{event_type}: {data}");
    }
}
