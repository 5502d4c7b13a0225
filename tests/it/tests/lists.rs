//! Lists of feeds from elsewhere: nothing before a person agrees, secrets only in the keyring.

use tidings_engine::engine::{Added, ListKind, RequestError, SecretsHome};
use tidings_engine::update::{FeedState, SecretsView, SignInView};
use tidings_support::{Answer, House, Script, Server, draft, stored, until};

const SENTINEL: &str = "hush-91c2";

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_shown_without_its_secrets_and_only_what_is_chosen_is_added() {
    let server = Server::start(Script::new([Answer::stream().event("one")])).await;
    let house = House::new();
    let engine = house.start().await;
    engine.add_feed(draft("There", "https://there.example/sse")).await.unwrap();
    let text = format!(
        r#"{{"magic": "ntfy2586", "subscriptions": [
            {{"baseUrl": "https://there.example", "topic": "", "displayName": "There"}},
            {{"baseUrl": "{url}", "topic": "a", "displayName": "A"}},
            {{"baseUrl": "http://far.example", "topic": "b", "displayName": "B"}},
            {{"baseUrl": "https://c.example", "topic": "c", "displayName": "C"}}],
        "users": [{{"baseUrl": "{url}", "username": "me", "password": "{SENTINEL}"}},
            {{"baseUrl": "http://far.example", "username": "me", "password": "{SENTINEL}"}}]}}"#,
        url = server.url().trim_end_matches('/'),
    );
    let shown = engine.read_list(text.clone()).await.unwrap();
    assert_eq!((shown.kind, shown.feeds.len()), (ListKind::NtfyPhone, 4));
    assert!(shown.feeds[1].signs_in && !shown.feeds[3].signs_in, "{shown:?}");
    assert!(!format!("{shown:?}").contains(SENTINEL));
    assert_eq!(engine.attach().snapshot.feeds.len(), 1, "nothing is added by looking");

    let Added { added, refused } = engine.add_list(text, &[1, 2], SecretsHome::Keyring).await.unwrap();
    assert_eq!((added, refused.len(), &*refused[0].0), (1, 1, "B"), "{refused:?}");
    let at = until(&engine, "it is there", |at| at.feeds.len() == 2).await;
    assert_eq!((&*at.feeds[1].name, at.feeds[1].secrets), ("A", SecretsView::Kept));
    until(&engine, "it is dialled", |_| !server.requests().is_empty()).await;
    assert!(server.requests()[0].header("authorization").is_some());
    assert!(house.drawer.entries()[&at.feeds[1].id].contains(SENTINEL));
    let settings = std::fs::read_to_string(house.options().settings_file).unwrap();
    assert!(!settings.contains(SENTINEL));
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_move_to_another_installation_without_their_secrets() {
    let server = Server::start(Script::new([Answer::stream().event("one")])).await;
    let house = House::new();
    let engine = house.start().await;
    engine.add_feed(draft("Plain", server.url())).await.unwrap();
    engine.add_feed(draft("Guarded", &format!("{}?token={SENTINEL}", server.url()))).await.unwrap();
    let file = house.folder().join("settings-out.toml");
    engine.export_settings(&file).await.unwrap();
    engine.shutdown().await;
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("token=***") && !text.contains(SENTINEL), "{text}");

    let other = House::new();
    let engine = other.start().await;
    let shown = engine.read_list(text.clone()).await.unwrap();
    assert_eq!((shown.kind, shown.feeds[0].signs_in, shown.feeds[1].signs_in), (ListKind::Own, false, true));
    let added = engine.add_list(text.clone(), &[0, 1], SecretsHome::Keyring).await.unwrap();
    assert_eq!(added, Added { added: 2, refused: Vec::new() });
    let feeds = engine.attach().snapshot.feeds;
    stored(&engine, &feeds[0].id, 1).await;
    assert_eq!((&feeds[1].sign_in, feeds[1].secrets), (&SignInView::None, SecretsView::Missing));
    assert!(matches!(feeds[1].state, FeedState::NeedsPerson { .. }), "{:?}", feeds[1].state);
    assert!(engine.read_list(text.clone()).await.unwrap().feeds.iter().all(|feed| feed.known));
    assert!(matches!(engine.read_list("nothing".into()).await, Err(RequestError::List(_))));
    engine.shutdown().await;
}
