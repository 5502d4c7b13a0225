//! TLS: who vouches for a server, who we are to it, and a sentence of its own for everything that can be wrong.

mod pictures;
mod server;

use rcgen::date_time_ymd;
use tidings_engine::engine::{ConnectionDraft, Engine, FeedDraft, SignInDraft, UnknownKey, Verdict};
use tidings_engine::update::{FeedState, FeedView, ReasonCode, Snapshot};
use tidings_support::{House, draft, stored, until};

use server::{Authority, Leaf, Server, fingerprint};

/// The name every server here is reached by.
const HOST: &str = "127.0.0.1";

fn feed(url: &str, connection: ConnectionDraft) -> FeedDraft {
    FeedDraft { connection: Some(connection), ..draft("Feed", url) }
}

fn trusting(authority: &Authority) -> ConnectionDraft {
    ConnectionDraft { authority: Some(authority.pem()), ..ConnectionDraft::default() }
}

fn pinning(pin: &str) -> ConnectionDraft {
    ConnectionDraft { pin: pin.into(), ..ConnectionDraft::default() }
}

fn need(at: &Snapshot, feed: &FeedView) -> Option<String> {
    match &at.feeds.iter().find(|view| view.id == feed.id)?.state {
        FeedState::NeedsPerson { why } => {
            assert_eq!(why.code == ReasonCode::Key, why.message.contains("sha256/"), "{why:?}");
            Some(why.message.clone())
        }
        FeedState::Connecting
        | FeedState::Live { .. }
        | FeedState::Offline
        | FeedState::Waiting { .. }
        | FeedState::StoppedByServer { .. }
        | FeedState::Paused
        | FeedState::Disabled => None,
    }
}

/// Adds a feed and waits until a person is asked for; gives what it says.
async fn refusal(engine: &Engine, url: &str, connection: ConnectionDraft) -> String {
    let feed = engine.add_feed(feed(url, connection)).await.expect("the draft is right");
    let at = until(engine, "it needs a person", |at| need(at, &feed).is_some()).await;
    need(&at, &feed).expect("it was there")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_of_ones_own_vouches_for_its_servers_alone() {
    let (ours, other) = (Authority::new("Ours"), Authority::new("Other"));
    let server = Server::start(&ours.sign(Leaf::of(HOST)), None).await;
    let house = House::new();
    let engine = house.start().await;
    let added = engine.add_feed(feed(server.url(), trusting(&ours))).await.unwrap();
    assert_eq!(stored(&engine, &added.id, 1).await[0].data, "by TLS");
    for connection in [ConnectionDraft::default(), trusting(&other)] {
        let told = refusal(&engine, server.url(), connection).await;
        assert!(told.contains("an authority this computer does not know"), "{told}");
        assert!(told.contains(&server.fingerprint), "it names the key to pin: {told}");
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_wrong_with_a_certificate_has_its_sentence() {
    let ours = Authority::new("Ours");
    let expired = ours.sign(Leaf { not_after: date_time_ymd(2020, 1, 1), ..Leaf::of(HOST) });
    let early = ours.sign(Leaf { not_before: date_time_ymd(3000, 1, 1), ..Leaf::of(HOST) });
    let house = House::new();
    let engine = house.start().await;
    for (leaf, words) in [
        (expired, "has expired"),
        (early, "not valid yet"),
        (ours.sign(Leaf::of("other.test")), "is for another name"),
        (Leaf::of(HOST).self_signed(false), "signed its certificate itself"),
        (Leaf::of(HOST).self_signed(true), "signed its certificate itself"),
    ] {
        let server = Server::start(&leaf, None).await;
        let told = refusal(&engine, server.url(), trusting(&ours)).await;
        assert!(told.contains(words), "{words}: {told}");
        assert_eq!(server.requests(), 0, "{words}");
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_self_signed_certificate_can_be_its_own_authority_under_its_name_and_while_it_lasts() {
    let house = House::new();
    let engine = house.start().await;
    let past = date_time_ymd(2020, 1, 1);
    for authority in [false, true] {
        let expired = Leaf { not_after: past, ..Leaf::of(HOST) };
        for (leaf, words) in [
            (Leaf::of(HOST), None),
            (Leaf::of("other.test"), Some("is for another name")),
            (expired, Some("has expired")),
        ] {
            let signed = leaf.self_signed(authority);
            let server = Server::start(&signed, None).await;
            let own = ConnectionDraft { authority: Some(signed.pem().0), ..ConnectionDraft::default() };
            if let Some(words) = words {
                let told = refusal(&engine, server.url(), own).await;
                assert!(told.contains(words), "{authority}, {words}: {told}");
            } else {
                let added = engine.add_feed(feed(server.url(), own)).await.unwrap();
                stored(&engine, &added.id, 1).await;
            }
        }
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_key_is_enough_and_no_other_is_taken() {
    let ours = Authority::new("Ours");
    let leaf = Leaf::of("other.test").self_signed(true);
    let server = Server::start(&leaf, None).await;
    let house = House::new();
    let engine = house.start().await;
    let told = refusal(&engine, server.url(), ConnectionDraft::default()).await;
    assert!(told.contains(&server.fingerprint), "it names the key to pin: {told}");
    let added = engine.add_feed(feed(server.url(), pinning(&server.fingerprint))).await.unwrap();
    stored(&engine, &added.id, 1).await;

    // The same feed, and a server whose authority is trusted, but whose key is another one.
    let changed = Server::start(&ours.sign(Leaf::of(HOST)), None).await;
    let connection = ConnectionDraft { pin: server.fingerprint.clone(), ..trusting(&ours) };
    let told = refusal(&engine, changed.url(), connection).await;
    assert!(told.contains("not the one pinned") && told.contains(&changed.fingerprint), "{told}");
    assert_eq!(changed.requests(), 0);
    assert_eq!(fingerprint(&leaf), server.fingerprint);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_gives_the_key_that_nobody_vouches_for_and_is_content_once_it_is_pinned() {
    let ours = Authority::new("Ours");
    let house = House::new();
    let engine = house.start().await;
    for leaf in [Leaf::of(HOST).self_signed(true), ours.sign(Leaf::of(HOST))] {
        let server = Server::start(&leaf, None).await;
        let probe = async |pin: &str| {
            let secret = SignInDraft::Bearer { token: Some("hush".into()) };
            engine
                .probe(FeedDraft { sign_in: secret, ..feed(server.url(), pinning(pin)) }, None)
                .await
                .unwrap()
        };
        let unknown =
            |pinned: &str| Some(UnknownKey { shown: server.fingerprint.clone(), pinned: pinned.to_owned() });
        let first = probe("").await;
        assert_eq!((first.verdict, first.key), (Verdict::Untrusted, unknown("")));

        let old = fingerprint(&Leaf::of(HOST).self_signed(false));
        let changed = probe(&old).await;
        assert!(changed.message.contains(&old) && changed.message.contains(&server.fingerprint));
        assert_eq!((changed.verdict, changed.key), (Verdict::Untrusted, unknown(&old)));
        assert_eq!(server.requests(), 0, "nothing was sent");

        let pinned = probe(&server.fingerprint).await;
        assert_eq!((pinned.verdict, pinned.key), (Verdict::Open, None), "{}", pinned.message);
    }
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_certificate_is_shown_where_it_is_set_and_its_key_stays_in_the_keyring() {
    let (ours, other) = (Authority::new("Ours"), Authority::new("Other"));
    let server = Server::start(&ours.sign(Leaf::of(HOST)), Some(&ours)).await;
    let house = House::new();
    let engine = house.start().await;
    let told = refusal(&engine, server.url(), trusting(&ours)).await;
    assert!(told.contains("wants a client certificate"), "{told}");
    let showing = |authority: &Authority| {
        let (certificate, key) = authority.sign(Leaf::of("me")).pem();
        let connection = ConnectionDraft {
            client_certificate: Some(certificate),
            client_key: Some(key.clone()),
            ..trusting(&ours)
        };
        (connection, key)
    };
    let told = refusal(&engine, server.url(), showing(&other).0).await;
    assert!(told.contains("did not accept this feed's client certificate"), "{told}");
    let (connection, key) = showing(&ours);
    let added = engine.add_feed(feed(server.url(), connection)).await.unwrap();
    stored(&engine, &added.id, 1).await;
    let opens = |engine: &Engine| engine.health(&added.id).unwrap().counts.opens;
    engine.shutdown().await;
    let before = opens(&engine);
    drop(engine);

    let line = key.lines().nth(1).expect("PEM has lines");
    let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
    assert!(settings.contains("client_certificate") && !settings.contains(line));
    assert!(house.drawer.entries()[&added.id].contains(line));
    let engine = house.start().await;
    until(&engine, "it opens again", |_| opens(&engine) > before).await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_a_client_certificate_only_after_the_handshake_is_understood() {
    let ours = Authority::new("Ours");
    let server = Server::start(&ours.sign(Leaf::of(HOST)), None).await;
    let bad_request = "HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n";
    server.put("/feed", server::Page::Whole(bad_request.into()));
    let house = House::new();
    let engine = house.start().await;
    let (certificate, key) = ours.sign(Leaf::of("me")).pem();
    let named =
        ConnectionDraft { client_certificate: Some(certificate), client_key: Some(key), ..trusting(&ours) };
    for (connection, hinted) in [(trusting(&ours), true), (named, false)] {
        let added = engine.add_feed(feed(server.url(), connection)).await.unwrap();
        let told = |at: &Snapshot| {
            let view = at.feeds.iter().find(|view| view.id == added.id)?;
            if let FeedState::Waiting { why, .. } = &view.state { Some(why.message.clone()) } else { None }
        };
        let at = until(&engine, "it waits", |at| told(at).is_some()).await;
        let told = told(&at).expect("it was there");
        assert!(told.contains("does not accept the request"), "{told}");
        assert_eq!(told.contains("It may want a client certificate."), hinted, "{told}");
    }
    engine.shutdown().await;
}
