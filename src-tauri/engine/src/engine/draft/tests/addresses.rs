//! Secrets in addresses, and where they may be sent.

use super::*;

fn values(secrets: &Secrets) -> Vec<(&str, &str)> {
    secrets.query.iter().map(|(name, value)| (name.as_str(), value.expose_secret())).collect()
}

fn connection(parameters: Vec<ParameterDraft>) -> Option<ConnectionDraft> {
    Some(ConnectionDraft { parameters, ..ConnectionDraft::default() })
}

fn parameter(name: &str, value: Option<&str>) -> ParameterDraft {
    ParameterDraft { name: name.into(), value: value.map(Into::into) }
}

#[test]
fn a_pasted_token_moves_from_the_address_into_the_secrets() {
    let Checked { feed, secrets } =
        checked(draft("https://example.org/feed?topic=a%20b&Access_Token=a%2Bb&x#access_token=hush"));
    assert_eq!(feed.url, "https://example.org/feed?topic=a%20b&Access_Token=***&x");
    assert_eq!(values(&secrets), [("Access_Token", "a%2Bb")]);
    assert!(needs_secrets(&feed) && complete(&feed, &secrets) && !complete(&feed, &Secrets::default()));
}

#[test]
fn any_parameter_can_be_made_a_secret_and_need_not_be_in_the_address() {
    let parameters = vec![parameter("room", Some("a b")), parameter("seed", Some("1&2"))];
    let entered =
        FeedDraft { connection: connection(parameters), ..draft("https://example.org/?room=x&q=1") };
    let Checked { feed, secrets } = checked(entered);
    assert_eq!(feed.url, "https://example.org/?room=***&q=1&seed=***");
    assert_eq!(values(&secrets), [("room", "a%20b"), ("seed", "1%262")]);
}

#[test]
fn an_edit_keeps_the_masked_value_takes_a_changed_one_and_drops_what_is_gone() {
    let Checked { feed, secrets: present } = checked(draft("https://example.org/?token=t&sig=s&room=r"));
    let edit = |url: &str| check(draft(url), feed.id.clone(), Some(&feed), &present).unwrap();
    let table = [
        ("https://example.org/?token=***&sig=***", vec![("sig", "s"), ("token", "t")]),
        ("https://example.org/?token=u&sig=***", vec![("sig", "s"), ("token", "u")]),
        ("https://example.org/?sig=***", vec![("sig", "s")]),
        ("https://example.org/", vec![]),
    ];
    for (url, expected) in table {
        let Checked { feed, secrets } = edit(url);
        assert_eq!((values(&secrets), feed.url.contains("=u")), (expected, false), "{url}");
    }
}

#[test]
fn a_secret_that_was_written_into_the_file_by_hand_is_kept_by_an_edit() {
    let Checked { mut feed, .. } = checked(draft("https://example.org/?token=***x"));
    feed.url = "https://example.org/?token=hush".into();
    let edit = FeedDraft { name: "Renamed".into(), ..draft(&shown(&feed.url)) };
    let Checked { feed, secrets } = check(edit, feed.id.clone(), Some(&feed), &Secrets::default()).unwrap();
    assert_eq!(
        (feed.url.as_str(), values(&secrets)),
        ("https://example.org/?token=***", vec![("token", "hush")])
    );
}

#[test]
fn says_which_parameter_is_wrong() {
    let table = [
        (draft("https://example.org/?token=***"), "token"),
        (draft("https://example.org/?token=a&token=b"), "token twice"),
        (
            FeedDraft {
                connection: connection(vec![parameter("room", None)]),
                ..draft("https://example.org/")
            },
            "room",
        ),
        (
            FeedDraft { connection: connection(vec![parameter(" ", None)]), ..draft("https://example.org/") },
            "needs a name",
        ),
        (
            FeedDraft {
                connection: connection(vec![parameter("a", Some("hush")), parameter("a", Some("hush"))]),
                ..draft("https://example.org/")
            },
            "a is there twice",
        ),
    ];
    for (draft, words) in table {
        let expected = if draft.connection.is_some() { Field::SignIn } else { Field::Url };
        let (at, message) = field(draft, &Secrets::default());
        assert!(at == expected && message.contains(words) && !message.contains("hush"), "{message}");
    }
}

#[test]
fn secrets_go_over_plain_http_only_to_this_computer_or_once_allowed_within_the_network() {
    let allowed = || Some(ConnectionDraft { secrets_over_plain_http: true, ..ConnectionDraft::default() });
    let bearer = || SignInDraft::Bearer { token: Some("hush".into()) };
    let secret = |url: &str| {
        [
            FeedDraft { sign_in: bearer(), ..draft(url) },
            FeedDraft { headers: vec![header("x-key", Some("hush"))], ..draft(url) },
            draft(&format!("{url}?token=hush")),
            draft(&url.replace("http://", "http://me:hush@")),
        ]
    };
    for url in ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/"] {
        secret(url).into_iter().for_each(|draft| drop(checked(draft)));
    }
    for (url, mend) in
        [("http://192.168.1.2/", "agree"), ("http://nas/", "agree"), ("http://a.test/", "https://")]
    {
        checked(draft(url));
        for draft in secret(url) {
            let (at, message) = field(draft.clone(), &Secrets::default());
            assert!(at == Field::Url && message.contains(mend) && !message.contains("hush"), "{message}");
            let once = check(
                FeedDraft { connection: allowed(), ..draft },
                FeedId::random(),
                None,
                &Secrets::default(),
            );
            assert_eq!(once.is_ok(), mend == "agree", "{url}");
        }
    }
}
