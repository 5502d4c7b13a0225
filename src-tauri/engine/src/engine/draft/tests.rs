//! The table of what people type.

use super::*;

mod addresses;
mod connections;
mod hostile;

fn draft(url: &str) -> FeedDraft {
    FeedDraft {
        name: String::new(),
        url: url.into(),
        icon: None,
        notify: true,
        allowed: None,
        preset: None,
        sign_in: SignInDraft::None,
        headers: Vec::new(),
        secrets: Home::Keyring,
        plain_http: false,
        connection: None,
    }
}

fn checked(draft: FeedDraft) -> Checked {
    check(draft, FeedId::random(), None, &Secrets::default()).unwrap()
}

fn field(draft: FeedDraft, present: &Secrets) -> (Field, String) {
    let error = check(draft, FeedId::random(), None, present).unwrap_err();
    let RequestError::Invalid { field, message } = error else {
        panic!("a field was to blame, not: {error}")
    };
    (field, message)
}

fn header(name: &str, value: Option<&str>) -> HeaderDraft {
    HeaderDraft { name: name.into(), value: value.map(Into::into) }
}

#[test]
fn a_bare_address_is_enough() {
    let Checked { feed, secrets } = checked(draft("  https://news.example.org/feed?x=1 "));
    assert_eq!(
        (feed.name.as_str(), feed.url.as_str()),
        ("news.example.org", "https://news.example.org/feed?x=1")
    );
    assert!(secrets.is_empty() && !needs_secrets(&feed));
}

#[test]
fn a_user_and_password_in_the_address_become_a_secret() {
    let Checked { feed, secrets } = checked(draft("https://me:p%40ss@example.org/"));
    assert_eq!(feed.url, "https://example.org/");
    assert_eq!(feed.sign_in, SignIn::Basic { username: "me".into() });
    assert_eq!(secrets.sign_in.unwrap().expose_secret(), "p@ss");
}

#[test]
fn names_the_field_that_is_wrong_and_how_to_mend_it() {
    let basic = |username: &str, password: Option<&str>| SignInDraft::Basic {
        username: username.into(),
        password: password.map(Into::into),
    };
    let bearer = |token: Option<&str>| SignInDraft::Bearer { token: token.map(Into::into) };
    let ok = "https://example.org/";
    let table = [
        (FeedDraft { ..draft("example.org") }, Field::Url),
        (FeedDraft { ..draft("") }, Field::Url),
        (FeedDraft { sign_in: basic("me", Some("p")), ..draft("https://a:b@example.org/") }, Field::Url),
        (FeedDraft { name: "x".repeat(101), ..draft(ok) }, Field::Name),
        (FeedDraft { name: "a\u{7}b".into(), ..draft(ok) }, Field::Name),
        (FeedDraft { sign_in: basic("", Some("p")), ..draft(ok) }, Field::SignIn),
        (FeedDraft { sign_in: basic("a:b", Some("p")), ..draft(ok) }, Field::SignIn),
        (FeedDraft { sign_in: basic("me", None), ..draft(ok) }, Field::SignIn),
        (FeedDraft { sign_in: basic("me", Some("")), ..draft(ok) }, Field::SignIn),
        (FeedDraft { sign_in: bearer(Some("two words")), ..draft(ok) }, Field::SignIn),
        (FeedDraft { sign_in: bearer(Some("Bearer ")), ..draft(ok) }, Field::SignIn),
        (FeedDraft { headers: vec![header("a b", Some("1"))], ..draft(ok) }, Field::Headers),
        (FeedDraft { headers: vec![header("Host", Some("1"))], ..draft(ok) }, Field::Headers),
        (FeedDraft { headers: vec![header("x", None)], ..draft(ok) }, Field::Headers),
        (FeedDraft { headers: vec![header("x", Some("a\nb"))], ..draft(ok) }, Field::Headers),
        (
            FeedDraft { headers: vec![header("x", Some("1")), header("X", Some("2"))], ..draft(ok) },
            Field::Headers,
        ),
        (
            FeedDraft {
                sign_in: bearer(Some("t")),
                headers: vec![header("Authorization", Some("1"))],
                ..draft(ok)
            },
            Field::Headers,
        ),
        (
            FeedDraft {
                headers: (0..21).map(|n| header(&format!("x{n}"), Some("1"))).collect(),
                ..draft(ok)
            },
            Field::Headers,
        ),
    ];
    for (n, (draft, expected)) in table.into_iter().enumerate() {
        let (field, message) = field(draft, &Secrets::default());
        assert_eq!(field, expected, "row {n}: {message}");
        assert!(message.ends_with('.') && message.len() > 10, "row {n}: {message}");
    }
}

#[test]
fn a_pasted_token_loses_its_scheme() {
    let Checked { feed, secrets } = checked(FeedDraft {
        sign_in: SignInDraft::Bearer { token: Some(" bearer tk_abc ".into()) },
        ..draft("https://example.org/")
    });
    assert_eq!((feed.sign_in, secrets.sign_in.unwrap().expose_secret()), (SignIn::Bearer, "tk_abc"));
}

#[test]
fn what_is_left_empty_in_an_edit_keeps_its_secret() {
    let present = Secrets {
        sign_in: Some("old".to_owned().into()),
        headers: [("x-key".to_owned(), "k".to_owned().into()), ("x-gone".to_owned(), "g".to_owned().into())]
            .into(),
        ..Secrets::default()
    };
    let edit = FeedDraft {
        sign_in: SignInDraft::Bearer { token: None },
        headers: vec![header("X-Key", None), header("x-more", Some("m"))],
        ..draft("https://example.org/")
    };
    let Checked { feed, secrets } = check(edit, FeedId::random(), None, &present).unwrap();
    assert_eq!(feed.headers, ["x-key", "x-more"]);
    assert!(complete(&feed, &secrets) && needs_secrets(&feed));
    let values: Vec<_> = secrets.headers.values().map(|value| value.expose_secret().to_owned()).collect();
    assert_eq!(
        (secrets.sign_in.unwrap().expose_secret(), values),
        ("old", vec!["k".to_owned(), "m".to_owned()])
    );
}

#[test]
fn a_service_that_was_chosen_goes_before_the_recognised_one_until_it_is_left_open() {
    let ntfy = || draft("https://ntfy.sh/alerts/sse");
    let chosen = checked(FeedDraft { preset: Some(Preset::Text), ..ntfy() }).feed;
    assert_eq!((understood_as(&chosen), recognised_as(&chosen)), (Some(Preset::Text), Some(Preset::Ntfy)));
    let left = check(ntfy(), chosen.id.clone(), Some(&chosen), &Secrets::default()).unwrap().feed;
    assert_eq!((left.preset, understood_as(&left)), (None, Some(Preset::Ntfy)));
}

#[test]
fn no_message_repeats_a_secret() {
    let entered = |sign_in, headers| FeedDraft { sign_in, headers, ..draft("https://example.org/") };
    let drafts = [
        entered(SignInDraft::Bearer { token: Some("hush hush".into()) }, Vec::new()),
        entered(SignInDraft::None, vec![header("x", Some("hush\u{0}"))]),
        FeedDraft {
            sign_in: SignInDraft::Bearer { token: Some("hush".into()) },
            ..draft("https://me:hush@example.org/")
        },
        draft("htps://me:hush@example.org/"),
    ];
    for draft in drafts {
        assert!(!field(draft, &Secrets::default()).1.contains("hush"));
    }
}
