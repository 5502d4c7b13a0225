//! Every kind of list, as it is and as it could be.

use secrecy::ExposeSecret as _;

use super::*;
use crate::id::FeedId;
use crate::settings::{Connection, Settings, SignIn, Window};

fn sign_in(newcomer: &Newcomer) -> String {
    match &newcomer.entrance {
        Entrance::Open => "open".into(),
        Entrance::Basic { username, password } => format!("{username}:{}", password.expose_secret()),
        Entrance::Bearer { token } => format!("token {}", token.expose_secret()),
    }
}

fn told(roster: &Roster) -> Vec<(&str, &str, String)> {
    roster.feeds.iter().map(|feed| (&*feed.name, &*feed.url, sign_in(feed))).collect()
}

#[test]
fn a_list_has_an_address_a_line_and_what_is_none_is_told() {
    let text = "\u{feff}# mine\nhttps://a.example/sse\r\n\n  http://b.example/x?token=1   The second one \nnot an address\n\u{1b}[31m";
    let roster = read(text).unwrap();
    assert_eq!(roster.kind, Kind::Addresses);
    let expected = [("", "https://a.example/sse"), ("The second one", "http://b.example/x?token=1")]
        .map(|(n, u)| (n, u, "open".to_owned()));
    assert_eq!(told(&roster), expected);
    assert_eq!(roster.odd, ["not an address", "\u{fffd}[31m"]);
}

#[test]
fn a_backup_of_the_phone_app_gives_topics_names_mutes_and_sign_ins() {
    let text = r#"{"magic": "ntfy2586", "version": 1, "settings": {"darkMode": 1}, "notifications": [{"id": "x"}],
        "subscriptions": [
            {"id": 1, "baseUrl": "https://ntfy.sh", "topic": "alerts", "instant": true, "mutedUntil": 0,
             "minPriority": 4, "upAppId": null, "displayName": "Alarms"},
            {"id": 2, "baseUrl": "https://own.example/", "topic": "backups", "mutedUntil": 1, "displayName": ""},
            {"id": 3, "baseUrl": "https://ntfy.sh", "topic": "upAbC", "mutedUntil": 0, "upAppId": "org.example"}],
        "users": [{"baseUrl": "https://ntfy.sh", "username": "phil", "password": "hush"}]}"#;
    let roster = read(text).unwrap();
    let expected = [
        ("Alarms", "https://ntfy.sh/alerts/sse", "phil:hush".to_owned()),
        ("backups", "https://own.example/backups/sse", "open".to_owned()),
    ];
    assert_eq!((roster.kind, told(&roster)), (Kind::NtfyPhone, expected.to_vec()));
    assert_eq!([roster.feeds[0].notify, roster.feeds[1].notify], [true, false]);
    assert!(roster.feeds[0].left_out.is_some() && roster.feeds[1].left_out.is_none());
    assert_eq!(roster.odd, ["upAbC (of another app)"]);
}

#[test]
fn a_client_yml_expands_topics_and_signs_in_as_ntfy_does() {
    let text = "default-host: https://own.example\ndefault-user: phil\ndefault-password: hush\nsubscribe:\n  \
        - topic: alerts\n  - topic: other.example/deep\n    token: tk_1\n    command: echo hi\n  \
        - topic: http://third.example/x\n    user: \"\"\n    password: \"\"\n    if:\n      priority: high,urgent\n";
    let roster = read(text).unwrap();
    let expected = [
        ("alerts", "https://own.example/alerts/sse", "phil:hush".to_owned()),
        ("deep", "https://other.example/deep/sse", "token tk_1".to_owned()),
        ("x", "http://third.example/x/sse", "open".to_owned()),
    ];
    assert_eq!((roster.kind, told(&roster)), (Kind::NtfyClient, expected.to_vec()));
    let left_out: Vec<_> = roster.feeds.iter().map(|feed| feed.left_out).collect();
    assert_eq!(left_out, [None, Some("its command"), Some("its conditions; a rule can do that")]);
}

#[test]
fn settings_go_out_without_bodies_and_come_back_as_they_were() {
    let mut feed = Feed::new(FeedId::from_text("a"), "Name", "https://a.example/?key=***");
    feed.sign_in = SignIn::Bearer;
    feed.headers = vec!["X-Key".into()];
    feed.connection =
        Connection { method: "POST".into(), body: Some("hush".into()), ..Connection::default() };
    let window = Window { text_percent: 120, ..Window::default() };
    let settings = Settings {
        feeds: vec![feed.clone()],
        paused: true,
        window,
        forget_later: vec![FeedId::from_text("b")],
        ..Settings::default()
    };
    let text = write(&settings);
    assert!(!text.contains("hush") && text.contains("text_percent = 120"), "{text}");
    let roster = read(&text).unwrap();
    feed.connection.body = None;
    assert_eq!((roster.kind, roster.feeds[0].settings.as_deref()), (Kind::Own, Some(&feed)));
}

#[test]
fn what_is_no_list_says_what_would_be_and_repeats_no_secret() {
    assert!(matches!(read(""), Err(RosterError::Empty)));
    assert!(matches!(read("hello\nworld"), Err(RosterError::Empty)));
    assert!(matches!(read(&"x".repeat(LONGEST_TEXT + 1)), Err(RosterError::TooLong)));
    let many = "https://a.example/\n".repeat(MOST_FEEDS + 1);
    assert!(matches!(read(&many), Err(RosterError::TooMany)));
    let broken = [
        r#"{"magic": "ntfy2586", "users": [{"baseUrl": "", "username": "", "password": ["hush"]}]}"#,
        r#"{"magic": "other"}"#,
        "subscribe:\n  - topic: a\n    user:\n      hush: hush",
        "[[feed]]\nname = \"hush\"",
    ];
    for text in broken {
        let error = read(text).expect_err(text).to_string();
        assert!(error.contains("can't be read") && !error.contains("hush"), "{error}");
    }
}
