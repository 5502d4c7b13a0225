//! Whatever is typed into a form or into the settings file: no panic, and no secret where it doesn't belong.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::engine::draft::{longest_wait, silence};
use crate::rules::Rules;
use crate::settings::Settings;

/// What every secret of these tests begins with.
const SECRET: &str = "hush";

fn joined(words: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(words).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// An address with secrets in every place that one can be in.
fn address() -> impl Strategy<Value = String> {
    let sign_in = select(vec!["", "me:hush1@", ":hush1@", "%6De:hush1@", "me:hush%40@"]);
    let host = select(vec!["a.test", "localhost:8080", "[::1]", "bücher.test", "10.0.0.7", "A.test.:443"]);
    let path = joined(&["/", "a", "..", ";", "@", ":", "%2f", "é"], 6);
    let pair = prop_oneof![
        (
            select(vec!["token", "ke%79", "Access-Token", "x_api_key", "sig", "%6Awt"]),
            joined(&["=", "%26", "+", "%", "'", "a"], 4),
        )
            .prop_map(|(name, rest)| format!("{name}=hush2{}", rest.replace(['&', '#'], ""))),
        joined(&["x", "=", "y", "%3D", "+", "a"], 5).prop_map(|pair| pair.replace(['&', '#'], "")),
        select(vec!["", "token", "token=", "room=hush3", "topic=news"]).prop_map(str::to_owned),
    ];
    let query = proptest::collection::vec(pair, 0..5).prop_map(|pairs| pairs.join("&"));
    let fragment = select(vec!["", "#top", "#access_token=hush4", "#?token=hush4"]);
    let scheme = select(vec!["https", "http"]);
    (scheme, sign_in, host, path, query, fragment).prop_map(
        |(scheme, sign_in, host, path, query, fragment)| {
            let path = path.replace(['?', '#', '\\'], "");
            format!("{scheme}://{sign_in}{host}/{path}?{query}{fragment}")
        },
    )
}

/// What is stored and shown holds no secret, and the dialled address is the entered one.
fn check_draft(entered: &FeedDraft) {
    let checked = check(entered.clone(), FeedId::from_text("a"), None, &Secrets::default());
    let Checked { feed, secrets } = match checked {
        Ok(checked) => checked,
        Err(RequestError::Invalid { message, .. }) => {
            assert!(!message.contains(SECRET), "{message}");
            return;
        }
        Err(other) => panic!("a field is to blame, not: {other}"),
    };
    let stored = toml::to_string(&feed).expect("settings hold only what TOML can say");
    assert!(!stored.contains(SECRET), "{stored}");
    assert!(!holds_secrets(&feed.url) && shown(&feed.url) == feed.url, "{}", feed.url);
    assert!(complete(&feed, &secrets), "{stored}");
    let values: Vec<_> =
        secrets.query.iter().map(|(name, value)| (name.clone(), value.expose_secret().to_owned())).collect();
    let mut dialled = Url::parse(&feed.url).expect("a stored address is one");
    crate::transport::splice(&mut dialled, &values);
    if entered.connection.is_none() {
        let mut meant = Url::parse(entered.url.trim()).expect("it was accepted");
        meant.set_fragment(None);
        meant.set_username("").and_then(|()| meant.set_password(None)).expect("it has a host");
        assert_eq!(dialled, meant);
    }
}

/// What is made of settings, whatever stands in them.
fn check_settings(text: &str) {
    let Ok(settings) = toml::from_str::<Settings>(text) else { return };
    for feed in &settings.feeds {
        let _ = call(feed, &Secrets::default());
        let _ =
            (lacks_secrets(feed, None), silence(feed), longest_wait(feed), connection_view(&feed.connection));
        let said = shown(&feed.url);
        assert!(Url::parse(&feed.url).is_err() || !said.contains(SECRET), "{said}");
    }
    let _ = Rules::new(&settings.rules, settings.quiet, settings.mute);
}

#[test]
fn the_seeds_are_survived() {
    let seeds = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/seeds/addresses.txt"));
    for address in seeds.lines() {
        let _ = check(draft(address), FeedId::from_text("a"), None, &Secrets::default());
        let _ = (shown(address), holds_secrets(address));
    }
    check_settings(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/seeds/settings/everything.toml"
    )));
}

proptest! {
    #[test]
    fn no_secret_of_an_address_is_stored_or_shown_and_all_are_dialled(address in address()) {
        let address = address.replace("room=hush3", "");
        check_draft(&draft(&address));
        let said = shown(&address);
        prop_assert!(Url::parse(&address).is_err() || !said.contains(SECRET), "{}", said);
    }

    #[test]
    fn no_secret_of_a_form_is_stored_or_shown(
        address in address(),
        header in joined(&["x-key", "Authorization", "cookie", " ", "\n", ":"], 3),
        value in joined(&["hush5", " ", "\n", "\0", "é"], 4),
        proxy in joined(&["http://", "socks5://", "me:hush6@", "proxy", ":80", "/", "[", "@"], 5),
        pin in joined(&["sha256/", "A", "=", "/"], 6),
        pem in joined(&["-----BEGIN PRIVATE KEY-----\n", "hush7", "\n-----END PRIVATE KEY-----"], 4),
        sign_in in 0..3,
        place in 0..3,
    ) {
        let sign_in = match sign_in {
            0 => SignInDraft::None,
            1 => SignInDraft::Basic { username: header.clone(), password: Some(format!("hush8{value}")) },
            _ => SignInDraft::Bearer { token: Some(format!("hush8{value}")) },
        };
        let proxy = ProxyDraft::Url { url: proxy, username: String::new(), password: None };
        let parameters = vec![ParameterDraft { name: "room".into(), value: Some(format!("hush3{value}")) }];
        let (connection, url) = match place {
            0 => (ConnectionDraft { parameters, ..ConnectionDraft::default() }, address),
            1 => (ConnectionDraft { proxy, ..ConnectionDraft::default() }, address.replace("room=hush3", "")),
            _ => {
                let (certificate, key) = (Some("none".into()), Some(pem));
                let connection =
                    ConnectionDraft { client_certificate: certificate, client_key: key, pin, ..Default::default() };
                (connection, address.replace("room=hush3", ""))
            }
        };
        check_draft(&FeedDraft {
            headers: vec![self::header(&header, Some(&value))],
            sign_in: sign_in.clone(),
            plain_http: true,
            connection: Some(connection),
            ..draft(&url)
        });
    }

    #[test]
    fn settings_with_anything_in_them_break_nothing(
        url in address(),
        part in joined(&["{{", "}}", "%", "[", "(", "a", "*", "'", "0", ".", "\"", "|"], 8),
        place in 0..9_usize,
    ) {
        let mut settings: Settings = toml::from_str(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/data/seeds/settings/everything.toml"
        ))).unwrap();
        let (feed, rule) = (&mut settings.feeds[0], &mut settings.rules[0]);
        feed.url = url.replace("room=hush3", "");
        match place {
            0 => feed.connection.method = part,
            1 => feed.connection.pin = part,
            2 => feed.connection.authority = part,
            3 => feed.connection.proxy = settings::Proxy::Url { url: part, username: Some("me".into()) },
            4 => feed.headers = vec![part],
            5 => rule.when.text = part,
            6 => rule.when.json[0].path = part,
            7 => rule.then.sound = Some(part),
            _ => feed.sign_in = SignIn::Basic { username: part },
        }
        check_settings(&toml::to_string(&settings).unwrap());
    }
}
