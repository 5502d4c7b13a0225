//! What few feeds set: requests with a body, certificates, proxies, patience.

use std::time::Duration;

use super::*;
use crate::settings::{Connection, Proxy};
use crate::update::ProxyView;

fn with(connection: ConnectionDraft) -> FeedDraft {
    FeedDraft { connection: Some(connection), ..draft("https://example.org/") }
}

fn plain() -> ConnectionDraft {
    ConnectionDraft::default()
}

fn proxy(url: &str, username: &str, password: Option<&str>) -> ProxyDraft {
    ProxyDraft::Url { url: url.into(), username: username.into(), password: password.map(Into::into) }
}

#[test]
fn a_body_makes_it_a_post_with_the_type_it_looks_like() {
    for (method, body, expected, content_type) in [
        ("", Some("{\"a\":1}"), "POST", Some("application/json")),
        ("put", Some("a=1"), "PUT", Some("text/plain;charset=UTF-8")),
        ("get", Some(""), "", None),
        ("POST", None, "POST", None),
    ] {
        let body = body.map(Into::into);
        let Checked { feed, secrets } =
            checked(with(ConnectionDraft { method: method.into(), body, ..plain() }));
        assert_eq!(feed.connection.method, expected);
        let call = call(&feed, &secrets).unwrap();
        assert_eq!(call.header(&CONTENT_TYPE), content_type);
    }
    let own = vec![header("Content-Type", Some("application/graphql"))];
    let body = Some("{}".into());
    let Checked { feed, secrets } =
        checked(FeedDraft { headers: own, ..with(ConnectionDraft { body, ..plain() }) });
    assert_eq!(call(&feed, &secrets).unwrap().header(&CONTENT_TYPE), Some("application/graphql"));
}

#[test]
fn says_what_is_wrong_with_a_connection_and_how_to_mend_it() {
    let pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let table = [
        (ConnectionDraft { method: "G ET".into(), ..plain() }, Field::Method, "not an HTTP method"),
        (ConnectionDraft { method: "head".into(), ..plain() }, Field::Method, "no stream"),
        (
            ConnectionDraft { method: "GET".into(), body: Some("x".into()), ..plain() },
            Field::Method,
            "no body",
        ),
        (ConnectionDraft { body: Some("x".repeat(65_537)), ..plain() }, Field::Body, "64 KiB"),
        (ConnectionDraft { authority: Some("rubbish".into()), ..plain() }, Field::Authority, "PEM"),
        (ConnectionDraft { authority: Some(pem.into()), ..plain() }, Field::Authority, "damaged"),
        (ConnectionDraft { client_certificate: Some(pem.into()), ..plain() }, Field::ClientKey, "key"),
        (
            ConnectionDraft {
                client_certificate: Some(pem.into()),
                client_key: Some("hush".into()),
                ..plain()
            },
            Field::ClientKey,
            "passphrase",
        ),
        (ConnectionDraft { pin: "abc".into(), ..plain() }, Field::Pin, "fingerprint"),
        (ConnectionDraft { proxy: proxy("nonsense", "", None), ..plain() }, Field::Proxy, "proxy's address"),
        (
            ConnectionDraft { proxy: proxy("socks5://p:1", "me", None), ..plain() },
            Field::ProxySignIn,
            "proxy's password",
        ),
        (
            ConnectionDraft { proxy: proxy("socks5://p:1", "m:e", Some("hush")), ..plain() },
            Field::ProxySignIn,
            "colon",
        ),
        (ConnectionDraft { silence_seconds: Some(14), ..plain() }, Field::Silence, "15 to 3600"),
        (ConnectionDraft { silence_seconds: Some(3601), ..plain() }, Field::Silence, "15 to 3600"),
        (ConnectionDraft { longest_wait_seconds: Some(9), ..plain() }, Field::LongestWait, "10 to 3600"),
    ];
    for (connection, expected, words) in table {
        let (at, message) = field(with(connection), &Secrets::default());
        assert!(at == expected && message.contains(words), "{words}: {message}");
        assert!(message.ends_with('.') && !message.contains("hush"), "{message}");
    }
}

#[test]
fn a_proxys_sign_in_is_a_secret_wherever_it_was_entered() {
    for draft in [
        proxy("socks5h://me:hu%2Fsh@proxy:1080/x", "", None),
        proxy(" socks5h://proxy:1080 ", " me ", Some("hu/sh")),
    ] {
        let Checked { feed, secrets } = checked(with(ConnectionDraft { proxy: draft, ..plain() }));
        let expected = Proxy::Url { url: "socks5h://proxy:1080".into(), username: Some("me".into()) };
        assert_eq!(feed.connection.proxy, expected);
        assert_eq!(secrets.proxy.as_ref().unwrap().expose_secret(), "hu/sh");
        assert!(needs_secrets(&feed) && complete(&feed, &secrets) && !complete(&feed, &Secrets::default()));
    }
}

#[test]
fn a_face_that_knows_nothing_of_connections_leaves_them_as_they_are() {
    let set = ConnectionDraft {
        proxy: proxy("http://proxy", "me", Some("p")),
        silence_seconds: Some(600),
        longest_wait_seconds: Some(30),
        pin: "ab".repeat(32),
        ..plain()
    };
    let Checked { feed, secrets } = checked(with(set));
    assert!(feed.connection.pin.starts_with("sha256/"));
    let Checked { feed: edited, secrets } =
        check(draft("https://example.org/x"), feed.id.clone(), Some(&feed), &secrets).unwrap();
    assert_eq!(edited.connection, feed.connection);
    assert!(complete(&edited, &secrets));
    let times = (silence(&edited), longest_wait(&edited));
    assert_eq!(times, (Duration::from_secs(600), Duration::from_secs(30)));
}

#[test]
fn bodies_and_certificates_that_an_edit_does_not_touch_are_kept() {
    let present = Secrets { client_key: Some("key".to_owned().into()), ..Secrets::default() };
    let known = Feed {
        connection: Connection {
            authority: "authority".into(),
            client_certificate: "certificate".into(),
            body: Some("body".into()),
            ..Connection::default()
        },
        ..checked(draft("https://example.org/")).feed
    };
    let edit = |connection: ConnectionDraft| {
        let mut secrets = Secrets::default();
        let set = connection::checked(connection, Some(&known), &present, &mut secrets).unwrap();
        (set.body.is_some(), set.authority, set.client_certificate, secrets.client_key.is_some())
    };
    let kept = |authority: &str, certificate: &str, key| (true, authority.into(), certificate.into(), key);
    assert_eq!(edit(plain()), kept("authority", "certificate", true));
    let without = ConnectionDraft { client_certificate: Some(String::new()), ..plain() };
    assert_eq!(edit(without), kept("authority", "", false));
    let other = ConnectionDraft { authority: Some(" other ".into()), ..plain() };
    assert_eq!(edit(other), kept("other", "certificate", true));
    assert!(!edit(ConnectionDraft { body: Some(String::new()), ..plain() }).0);
}

#[test]
fn shows_what_is_set_without_its_secrets() {
    let shown = connection_view(&Connection {
        authority: "authority".into(),
        proxy: Proxy::Url { url: "http://me:hush@proxy:1/".into(), username: Some("me".into()) },
        silence_seconds: Some(20),
        ..Connection::default()
    });
    assert!(shown.authority && !shown.client_certificate);
    assert_eq!(shown.silence_seconds, Some(20));
    let url = "http://proxy:1/".into();
    assert_eq!(shown.proxy, ProxyView::Url { url, username: Some("me".into()) });
}

#[test]
fn numbers_written_into_the_file_by_hand_stay_within_reason() {
    let Checked { mut feed, .. } = checked(draft("https://example.org/"));
    assert_eq!((silence(&feed).as_secs(), longest_wait(&feed).as_secs()), (90, 300));
    for (set, expected) in [(0, (15, 10)), (u32::MAX, (3600, 3600))] {
        feed.connection = Connection {
            silence_seconds: Some(set),
            longest_wait_seconds: Some(set),
            ..Connection::default()
        };
        assert_eq!((silence(&feed).as_secs(), longest_wait(&feed).as_secs()), expected);
    }
}

#[tokio::test]
async fn a_file_stands_for_its_content_and_what_is_no_file_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("ca.pem"), folder.path().join("x"));
    std::fs::write(&good, "-----BEGIN CERTIFICATE-----").unwrap();
    std::fs::write(&bad, "hush").unwrap();
    let named = |path: &std::path::Path| path.display().to_string();
    let read = read_files(with(ConnectionDraft { authority: Some(named(&good)), ..plain() })).await.unwrap();
    assert_eq!(read.connection.unwrap().authority.unwrap(), "-----BEGIN CERTIFICATE-----");
    for entered in [named(&bad), named(folder.path()), "/dev/zero".into(), "hush".into()] {
        let key = Some(entered);
        let error = read_files(with(ConnectionDraft { client_key: key, ..plain() })).await.err().unwrap();
        assert!(error.to_string().contains("PEM") && !error.to_string().contains("hush"), "{error}");
    }
}
