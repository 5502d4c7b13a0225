//! The keyring: no entry is left of what is gone, whenever the program dies; one that never answers is in nobody's way.

use std::collections::BTreeSet;
use std::time::Duration;

use tidings_engine::engine::{Engine, FeedDraft, HeaderDraft, ProxyDraft, SecretsHome, SignInDraft};
use tidings_engine::id::FeedId;
use tidings_engine::settings::{Proxy, Settings, SettingsFile, SignIn};
use tidings_engine::update::{FeedState, ReasonCode};
use tidings_support::{Answer, House, Mute, Script, Server, draft, until};
use tokio::time::timeout;

const SECRET: &str = "hush-90210";
/// Shorter than the keyring's deadline, and much longer than anything else here takes.
const SOON: Duration = Duration::from_secs(20);

fn guarded(name: &str, url: &str) -> FeedDraft {
    FeedDraft { sign_in: SignInDraft::Bearer { token: Some(SECRET.into()) }, ..draft(name, url) }
}

fn proxy(password: Option<&str>) -> ProxyDraft {
    let url = "http://127.0.0.1:1/".into();
    match password {
        Some(password) => ProxyDraft::Url { url, username: "me".into(), password: Some(password.into()) },
        None => ProxyDraft::None,
    }
}

fn settings(house: &House) -> Settings {
    SettingsFile::open(&house.options().settings_file).expect("the settings are sound").1
}

fn kept(house: &House) -> BTreeSet<FeedId> {
    house.drawer.entries().into_keys().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_feeds_with_secrets_come_and_go_and_leave_nothing() {
    let server = Server::start(Script::new([Answer::stream()])).await;
    let house = House::new();
    let engine = house.start().await;
    engine.set_proxy(proxy(Some(SECRET)), SecretsHome::Keyring).await.unwrap();
    for number in 0..50 {
        let name = format!("Feed {number}");
        let mut draft = guarded(&name, server.url());
        match number % 5 {
            0 => draft.sign_in = SignInDraft::Basic { username: "me".into(), password: Some(SECRET.into()) },
            1 => draft.headers = vec![HeaderDraft { name: "X-Key".into(), value: Some(SECRET.into()) }],
            2 => draft.url += &format!("?token={SECRET}"),
            // The secret comes later.
            3 => draft.sign_in = SignInDraft::None,
            _ => {}
        }
        let id = engine.add_feed(draft).await.unwrap().id;
        if number % 5 == 3 {
            engine.edit_feed(&id, guarded(&name, server.url())).await.unwrap();
        }
    }
    assert_eq!(kept(&house).len(), 51, "fifty feeds and the proxy");
    assert!(settings(&house).forget_later.is_empty());
    let feeds = settings(&house).feeds;
    for (number, feed) in feeds.iter().enumerate() {
        if number % 5 == 4 {
            // It goes without sign-in from here on.
            engine.edit_feed(&feed.id, draft(&feed.name, server.url())).await.unwrap();
        }
        engine.remove_feed(&feed.id).await.unwrap();
    }
    engine.set_proxy(proxy(None), SecretsHome::Keyring).await.unwrap();
    let none_left = || house.drawer.entries().is_empty() && settings(&house).forget_later.is_empty();
    until(&engine, "nothing is left", |_| none_left()).await;
    engine.shutdown().await;
}

/// A change of what the keyring holds.
#[derive(Clone, Copy, Debug)]
enum Change {
    Add,
    SignIn,
    SignOut,
    Remove,
    SetProxy,
    DropProxy,
}

impl Change {
    /// Makes it, in a profile with a feed that signs in, one that doesn't, and a proxy if it is to go.
    async fn make(self, engine: &Engine, url: &str) {
        let id = |at: usize| engine.attach().snapshot.feeds[at].id.clone();
        let _ = match self {
            Self::Add => engine.add_feed(guarded("Third", url)).await.map(drop),
            Self::SignIn => engine.edit_feed(&id(1), guarded("Second", url)).await.map(drop),
            Self::SignOut => engine.edit_feed(&id(0), draft("First", url)).await.map(drop),
            Self::Remove => engine.remove_feed(&id(0)).await,
            Self::SetProxy => engine.set_proxy(proxy(Some(SECRET)), SecretsHome::Keyring).await,
            Self::DropProxy => engine.set_proxy(proxy(None), SecretsHome::Keyring).await,
        };
    }
}

/// Names under which something may lie in the keyring, by the settings.
fn wanted(house: &House) -> BTreeSet<FeedId> {
    let settings = settings(house);
    let feeds = settings.feeds.iter().filter(|feed| feed.sign_in != SignIn::None);
    let has_proxy = matches!(&settings.network.proxy, Proxy::Url { username: Some(_), .. });
    let proxy = has_proxy.then(|| FeedId::from_text("network-proxy"));
    feeds.map(|feed| feed.id.clone()).chain(proxy).collect()
}

/// Has a program die in a change while the keyring is about to do its part, or just has.
async fn die_in(house: &House, change: Change, death: Mute, url: &str) {
    let engine = house.start().await;
    engine.add_feed(guarded("First", url)).await.expect("added");
    engine.add_feed(draft("Second", url)).await.expect("added");
    if matches!(change, Change::DropProxy) {
        engine.set_proxy(proxy(Some(SECRET)), SecretsHome::Keyring).await.expect("set");
    }
    house.drawer.mute(death);
    {
        let asked = until(&engine, "the keyring is asked", |_| house.drawer.waiting() > 0);
        tokio::pin!(asked);
        tokio::select! {
            () = change.make(&engine, url) => drop(asked.await),
            _ = &mut asked => {}
        }
    }
    engine.shutdown().await;
    drop(engine);
    // What it would still do dies with it.
    house.drawer.revive();
}

#[tokio::test(flavor = "multi_thread")]
async fn whenever_the_program_dies_in_a_change_the_next_start_leaves_no_entry_of_nobodys() {
    let server = Server::start(Script::new([Answer::stream()])).await;
    let changes =
        [Change::Add, Change::SignIn, Change::SignOut, Change::Remove, Change::SetProxy, Change::DropProxy];
    for change in changes {
        for death in [Mute::BeforeChanges, Mute::AfterChanges] {
            let house = House::new();
            die_in(&house, change, death, server.url()).await;
            let engine = house.start().await;
            let clean =
                || kept(&house).is_subset(&wanted(&house)) && settings(&house).forget_later.is_empty();
            until(&engine, &format!("nothing is left of {change:?}, {death:?}"), |_| clean()).await;
            engine.shutdown().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_never_answers_keeps_nobody_from_anything_but_its_secrets() {
    let server = Server::start(Script::new([Answer::stream()])).await;
    let house = House::new();
    let engine = house.start().await;
    let guarded_feed = engine.add_feed(guarded("Guarded", server.url())).await.unwrap().id;
    engine.add_feed(draft("Plain", server.url())).await.unwrap();
    engine.shutdown().await;
    drop(engine);

    house.drawer.mute(Mute::Everything);
    let engine = timeout(SOON, house.start()).await.expect("it starts");
    let at =
        until(&engine, "the other is live", |at| matches!(at.feeds[1].state, FeedState::Live { .. })).await;
    let FeedState::NeedsPerson { why } = &at.feeds[0].state else { panic!("{:?}", at.feeds[0].state) };
    assert!(why.code == ReasonCode::Keyring && why.message.contains("Waiting"), "{why:?}");
    let adding = engine.add_feed(guarded("Another", server.url()));
    let others = async {
        engine.pause(true).await.unwrap();
        engine.pause(false).await.unwrap();
        engine.wishes().await;
        engine.diagnostics().await;
        let plain = engine.add_feed(draft("Third", server.url())).await.unwrap().id;
        engine.edit_feed(&plain, draft("Third", server.url())).await.unwrap();
        engine.remove_feed(&plain).await.unwrap();
        engine.remove_feed(&guarded_feed).await.unwrap();
        let named = FeedDraft { secrets: SecretsHome::ThisSession, ..guarded("Fourth", server.url()) };
        engine.add_feed(named).await.unwrap();
        until(&engine, "it is live", |at| matches!(at.feeds[1].state, FeedState::Live { .. })).await;
    };
    tokio::select! {
        added = adding => panic!("the keyring said nothing: {added:?}"),
        done = timeout(SOON, others) => done.expect("all else is done meanwhile"),
    }
    timeout(SOON, engine.shutdown()).await.expect("it ends");
    drop(engine);
    house.drawer.revive();

    let engine = house.start().await;
    until(&engine, "what was removed is forgotten", |_| house.drawer.entries().is_empty()).await;
    engine.shutdown().await;
}
