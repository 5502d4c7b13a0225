//! Every place of a feed, and of the program, that takes a secret.

use tidings_engine::engine::{
    ConnectionDraft, FeedDraft, HeaderDraft, ParameterDraft, ProxyDraft, SignInDraft,
};
use tidings_support::{Server, draft};

/// How many secrets there are.
pub(super) const COUNT: usize = 12;
/// Which of them is the password of the proxy of all feeds.
pub(super) const PROXY: usize = 9;
/// Which is in lists of feeds.
pub(super) const LIST: usize = 10;
/// Which is entered in a terminal.
pub(super) const TERMINAL: usize = 11;

/// A place of a feed, and the secret in it.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) secret: String,
    pub(super) draft: FeedDraft,
}

/// Gives all places of feeds at a server, each with a secret of its own.
pub(super) fn places(server: &Server, secrets: &[String]) -> Vec<Place> {
    let url = |at: usize| format!("{}/{at}", server.url());
    let plain = |at: usize| draft(&format!("Feed {at}"), &url(at));
    let connected = |at, connection| FeedDraft { connection: Some(connection), ..plain(at) };
    let header = |at: usize, name: &str, value: String| FeedDraft {
        headers: vec![HeaderDraft { name: name.into(), value: Some(value) }],
        ..plain(at)
    };
    let signed = |at, sign_in| FeedDraft { sign_in, ..plain(at) };
    let with = |at: usize| Some(secrets[at].clone());
    let parameter = ParameterDraft { name: "room".into(), value: with(5) };
    let proxy = ProxyDraft::Url {
        url: server.url().trim_end_matches("/feed").into(),
        username: "me".into(),
        password: with(7),
    };
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = made.signing_key.serialize_pem();
    let line = key.lines().nth(1).expect("a key has lines").to_owned();
    let certified = ConnectionDraft {
        client_certificate: Some(made.cert.pem()),
        client_key: Some(key),
        ..ConnectionDraft::default()
    };
    let parametered = ConnectionDraft { parameters: vec![parameter], ..ConnectionDraft::default() };
    let proxied = ConnectionDraft { proxy, ..ConnectionDraft::default() };
    let user = url(4).replace("http://", &format!("http://me:{}@", secrets[4]));
    let place = |name, at: usize, draft| Place { name, secret: secrets[at].clone(), draft };
    vec![
        place("a password", 0, signed(0, SignInDraft::Basic { username: "me".into(), password: with(0) })),
        place("a token", 1, signed(1, SignInDraft::Bearer { token: with(1) })),
        place("a header", 2, header(2, "x-key", secrets[2].clone())),
        place(
            "a parameter in the address",
            3,
            draft("Feed 3", &format!("{}?access_token={}", url(3), secrets[3])),
        ),
        place("a user in the address", 4, draft("Feed 4", &user)),
        place("a parameter", 5, connected(5, parametered)),
        place("a cookie", 6, header(6, "cookie", format!("session={}", secrets[6]))),
        place("a proxy's password", 7, connected(7, proxied)),
        Place { name: "a client's key", secret: line, draft: connected(8, certified) },
    ]
}

/// Lists of feeds with a sign-in: ntfy's of a terminal, of a phone, and both broken behind it.
pub(super) fn lists(server: &str, secret: &str) -> [String; 4] {
    let terminal = format!("subscribe:\n  - topic: {server}/0\n    user: me\n    password: {secret}\n");
    let phone = format!(
        r#"{{"magic": "ntfy2586", "subscriptions": [{{"baseUrl": "{server}", "topic": "0", "displayName": "A"}}],
        "users": [{{"baseUrl": "{server}", "username": "me", "password": "{secret}"}}]}}"#
    );
    let broken = [terminal.clone() + "    token: [oh: {no\n", phone.replace("]}", "}")];
    let [terminal_broken, phone_broken] = broken;
    [terminal, phone, terminal_broken, phone_broken]
}
