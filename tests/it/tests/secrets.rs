//! Secrets: only in the keyring and in the requests they are for; without a keyring the rest still runs.

use tidings_engine::engine::{FeedDraft, HeaderDraft, RequestError, SecretsHome, SignInDraft};
use tidings_engine::update::{FeedState, ReasonCode, SecretsView};
use tidings_support::{Answer, House, Log, Script, Server, Then, draft, stored, until};

const SENTINEL: &str = "hush-7f3a91";

fn guarded(url: &str, home: SecretsHome) -> FeedDraft {
    FeedDraft {
        sign_in: SignInDraft::Basic { username: "me".into(), password: Some(SENTINEL.into()) },
        headers: vec![HeaderDraft { name: "X-Key".into(), value: Some(SENTINEL.into()) }],
        secrets: home,
        ..draft("Guarded", url)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_appears_in_its_requests_and_the_keyring_and_nowhere_else() {
    let log = Log::listen();
    let server = Server::start(
        Script::new([
            Answer::status(401).then(Then::Eof),
            Answer::stream().event("in"),
            Answer::status(302).header("location", "{self2}").then(Then::Eof),
        ])
        .at("fault", [Answer::raw(format!("HTTP/1.1 200 {SENTINEL}\r\nrubbish\r\n\r\n"))]),
    )
    .await;
    let house = House::new();
    let engine = house.start().await;
    let mut updates = engine.attach().updates;
    let mut told = String::new();
    let with_user = server.url().replace("http://", &format!("http://me:{SENTINEL}@"));
    let with_token = format!("{}?token={SENTINEL}", server.url());
    let feed = engine.add_feed(guarded(&with_token, SecretsHome::Keyring)).await.unwrap().id;
    until(&engine, "it is refused", |at| matches!(at.feeds[0].state, FeedState::NeedsPerson { .. })).await;
    engine.reconnect(Some(&feed)).await;
    stored(&engine, &feed, 1).await;
    engine.reconnect(Some(&feed)).await;
    let at = until(&engine, "it is redirected", |at| {
        matches!(&at.feeds[0].state, FeedState::NeedsPerson { why } if why.message.contains("another site"))
    })
    .await;
    told += &format!("{at:?}");
    let added = engine.add_feed(draft("User", &with_user)).await.unwrap();
    told += &format!("{added:?} {:?}", engine.probe(guarded(&with_user, SecretsHome::Keyring), None).await);
    told += &format!("{:?}", engine.probe(draft("x", &format!("{with_user}/fault")), None).await);
    told += &format!("{:?}", engine.add_feed(guarded("nonsense", SecretsHome::Keyring)).await);
    told += &engine.diagnostics().await;
    while let Ok(update) = updates.try_recv() {
        told += &format!("{update:?}");
    }
    engine.shutdown().await;

    let request = &server.requests()[0];
    let basic = request.header("authorization").unwrap();
    assert!(basic.starts_with("Basic ") && request.header("x-key") == Some(SENTINEL));
    assert!(request.target.contains(SENTINEL));
    assert!(
        server.requests().iter().all(|request| request.origin == tidings_support::Origin::Own),
        "nobody went astray"
    );
    assert!(house.drawer.entries()[&feed].contains(SENTINEL));
    assert!(!told.contains(SENTINEL), "told to a face");
    let log = String::from_utf8_lossy(&log.read()).into_owned();
    assert!(log.contains("TRACE"), "the log was listened to at its finest level");
    for secret in [SENTINEL, basic] {
        assert!(!log.contains(secret), "in the log");
        for file in files(&house.folder()) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(
                !bytes.windows(secret.len()).any(|part| part == secret.as_bytes()),
                "in {}",
                file.display()
            );
        }
    }
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_a_feed_removes_its_secrets_also_when_the_keyring_is_locked_meanwhile() {
    let server = Server::start(Script::new([Answer::stream()])).await;
    let house = House::new();
    let engine = house.start().await;
    let first = engine.add_feed(guarded(server.url(), SecretsHome::Keyring)).await.unwrap().id;
    let second = engine.add_feed(guarded(server.url(), SecretsHome::Keyring)).await.unwrap().id;
    engine.remove_feed(&first).await.unwrap();
    let left = || house.drawer.entries().into_keys().collect::<Vec<_>>();
    until(&engine, "one is left", |_| left() == std::slice::from_ref(&second)).await;
    house.drawer.lock(true);
    engine.remove_feed(&second).await.unwrap();
    engine.shutdown().await;
    drop(engine);
    house.drawer.lock(false);
    assert_eq!(house.drawer.entries().len(), 1);
    let engine = house.start().await;
    tidings_support::until(&engine, "it is forgotten", |_| house.drawer.entries().is_empty()).await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_locked_keyring_the_others_run_and_this_session_only_is_enough() {
    let server = Server::start(Script::new([Answer::stream().event("in")])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(guarded(server.url(), SecretsHome::Keyring)).await.unwrap().id;
    engine.add_feed(draft("Plain", server.url())).await.unwrap();
    stored(&engine, &feed, 1).await;
    engine.shutdown().await;
    drop(engine);

    house.drawer.lock(true);
    let engine = house.start().await;
    let at = until(&engine, "one runs and one is in need", |at| {
        matches!(at.feeds[1].state, FeedState::Live { .. }) && !at.problems.is_empty()
    })
    .await;
    let FeedState::NeedsPerson { why } = &at.feeds[0].state else { panic!("{:?}", at.feeds[0].state) };
    assert!(why.code == ReasonCode::Keyring && why.message.contains("locked"), "{why:?}");
    assert_eq!(at.feeds[0].secrets, SecretsView::Missing);
    let refused = engine.edit_feed(&feed, guarded(server.url(), SecretsHome::Keyring)).await.unwrap_err();
    assert!(matches!(refused, RequestError::Keyring(_)));
    let view = engine.edit_feed(&feed, guarded(server.url(), SecretsHome::ThisSession)).await.unwrap();
    assert_eq!(view.secrets, SecretsView::ThisSession);
    until(&engine, "it runs and nothing is wrong any more", |at| {
        matches!(at.feeds[0].state, FeedState::Live { .. }) && at.problems.is_empty()
    })
    .await;
    engine.shutdown().await;
    drop(engine);

    house.drawer.lock(true);
    let engine = house.start().await;
    until(&engine, "it is in need", |at| !at.problems.is_empty()).await;
    house.drawer.lock(false);
    engine.retry_keyring().await;
    until(&engine, "it runs", |at| {
        matches!(at.feeds[0].state, FeedState::Live { .. }) && at.problems.is_empty()
    })
    .await;
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnostics_tell_how_things_stand_and_nothing_that_is_a_persons_own() {
    let answer = Answer::stream().event_with_id("id-of-an-event", "words of an event");
    let server = Server::start(Script::new([answer])).await;
    let house = House::new();
    let engine = house.start().await;
    let url = format!("{}?area=private&token={SENTINEL}", server.url());
    let feed = engine.add_feed(guarded(&url, SecretsHome::Keyring)).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    engine.reconnect(Some(&feed)).await;
    until(&engine, "it is dialled again", |_| server.requests().len() > 1).await;
    let told = engine.diagnostics().await;
    engine.shutdown().await;
    for word in [
        "Tidings 0.",
        "Notification service: ",
        "Keyring: no trouble known",
        "Feed 1: http://",
        ", the last 20",
    ] {
        assert!(told.contains(word), "{word}: {told}");
    }
    assert!(told.contains("to resume after the last event ID"), "{told}");
    for private in [SENTINEL, "Guarded", "private", "of-an-event", "words of", "X-Key"] {
        assert!(!told.contains(private), "{private}: {told}");
    }
}
