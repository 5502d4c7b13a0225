//! Refusing without losing: broken settings, hostile neighbours, wrong answers, each told in words.

use std::time::Duration;

use tidings_engine::engine::{FeedDraft, SignInDraft, Verdict};
use tidings_engine::update::{FeedState, Part, ReasonCode};
use tidings_support::{Answer, House, Script, Server, Then, draft, stored, until};

#[tokio::test(flavor = "multi_thread")]
async fn broken_settings_are_told_with_their_place_and_never_overwritten() {
    let house = House::new();
    let path = house.options().settings_file;
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text = "version = 1\n[[feed]]\nid = 3\n";
    std::fs::write(&path, text).unwrap();
    let engine = house.start().await;
    let problem = engine.attach().snapshot.problems.remove(0);
    assert!(
        problem.part == Part::Settings && problem.message.contains("line 3, column 6"),
        "{}",
        problem.message
    );
    let refused = engine.add_feed(draft("A", "http://127.0.0.1:1/")).await.unwrap_err();
    assert!(refused.to_string().contains("line 3"), "{refused}");
    assert!(engine.pause(true).await.is_err());
    engine.shutdown().await;
    assert_eq!(std::fs::read_to_string(path).unwrap(), text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_feed_does_not_touch_its_neighbour() {
    let rubbish: Vec<u8> = (0..2_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_769) >> 24) as u8).collect();
    let mut endless = b"data: ".to_vec();
    endless.resize(3 * 1024 * 1024, b'x');
    let hostile = Server::start(Script::new([
        Answer::stream().retry(Duration::ZERO).chunk(rubbish).then(Then::Rst),
        Answer::stream().chunk(endless).chunk("\n\nid: 1\ndata: after\n\n").then(Then::Eof),
        Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: rubbish\r\n\r\n"),
        Answer::status(302).header("location", "{self}"),
    ]))
    .await;
    let many = (0..500)
        .fold(Answer::stream(), |answer, n| answer.event_with_id(&n.to_string(), &format!("good {n}")));
    let good = Server::start(Script::new([many.gap(Duration::from_millis(10))])).await;
    let house = House::new();
    let engine = house.start().await;
    let bad = engine.add_feed(draft("bad", hostile.url())).await.unwrap().id;
    let feed = engine.add_feed(draft("good", good.url())).await.unwrap().id;
    let events = stored(&engine, &feed, 500).await;
    let expected: Vec<_> = (0..500).map(|n| format!("good {n}")).collect();
    assert_eq!(events.into_iter().map(|event| event.data).collect::<Vec<_>>(), expected);
    assert_eq!(good.requests().len(), 1, "the good feed was never dialled again");
    let after = stored(&engine, &bad, 1).await;
    assert!(after.iter().any(|event| event.data == "after"), "what follows an oversized event arrives");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_of_an_address_says_in_words_what_came_back() {
    let page = Answer::status(200).header("Content-Type", "text/html").chunk("<html>").then(Then::Eof);
    let server = Server::start(
        Script::new([Answer::stream().chunk("data: {\"title\":\"Hello\",\"message\":\"World\"}\n\n")])
            .at("waiting", [Answer::stream().comment("hi")])
            .at("page", [page])
            .at("locked", [Answer::status(401).then(Then::Eof)])
            .at("missing", [Answer::status(404).then(Then::Eof)]),
    )
    .await;
    let house = House::new();
    let engine = house.start().await;
    let table = [
        (server.url().to_owned(), Verdict::Open, "It works"),
        (format!("{}/waiting", server.url()), Verdict::Waiting, "waiting for its first event"),
        (format!("{}/page", server.url()), Verdict::NotAStream, "web page"),
        (format!("{}/locked", server.url()), Verdict::SignIn, "sign-in"),
        (format!("{}/missing", server.url()), Verdict::Failed, "no feed at this address"),
        ("http://127.0.0.1:1/".to_owned(), Verdict::Failed, "refused the connection"),
        ("http://nowhere.invalid/".to_owned(), Verdict::Failed, "name of the server"),
    ];
    for (url, verdict, words) in table {
        let probe = engine.probe(draft("", &url), None).await.unwrap();
        assert!(probe.verdict == verdict && probe.message.contains(words), "{url}: {probe:?}");
        if verdict == Verdict::Open {
            assert_eq!((probe.events[0].title.as_str(), probe.events[0].body.as_str()), ("Hello", "World"));
        }
    }
    assert!(engine.attach().snapshot.feeds.is_empty(), "a test adds nothing");
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_is_shown_and_the_feed_goes_on_at_once_when_it_is_edited() {
    let bearer = |token: &str| SignInDraft::Bearer { token: Some(token.into()) };
    for (status, words) in [(401, "wants a sign-in"), (403, "does not allow this sign-in")] {
        let refusal = Answer::status(status).then(Then::Eof);
        let server = Server::start(Script::new([refusal, Answer::stream().event("in")])).await;
        let house = House::new();
        let engine = house.start().await;
        let signed = |token| FeedDraft { sign_in: bearer(token), ..draft("A", server.url()) };
        let feed = engine.add_feed(signed("tk_0")).await.unwrap().id;
        until(&engine, "it needs a person", |at| match &at.feeds[0].state {
            FeedState::NeedsPerson { why } => why.code == ReasonCode::SignIn && why.message.contains(words),
            FeedState::Connecting
            | FeedState::Live { .. }
            | FeedState::Offline
            | FeedState::Waiting { .. }
            | FeedState::StoppedByServer { .. }
            | FeedState::Paused
            | FeedState::Disabled => false,
        })
        .await;
        engine.edit_feed(&feed, signed("tk_1")).await.unwrap();
        stored(&engine, &feed, 1).await;
        let requests = server.requests();
        let tokens: Vec<_> = requests.iter().filter_map(|request| request.header("authorization")).collect();
        assert_eq!(tokens, ["Bearer tk_0", "Bearer tk_1"]);
        engine.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_not_to_be_called_again_is_called_at_the_next_start_alone() {
    for (status, words) in [(204, "asks not to connect again"), (410, "gone for good")] {
        let script = Script::new([Answer::status(status).then(Then::Eof), Answer::stream().event("in")]);
        let server = Server::start(script).await;
        let house = House::new();
        let engine = house.start().await;
        let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
        until(&engine, "it has stopped", |at| match &at.feeds[0].state {
            FeedState::StoppedByServer { why } => status == 204 && why.message.contains(words),
            FeedState::NeedsPerson { why } => status == 410 && why.message.contains(words),
            FeedState::Connecting
            | FeedState::Live { .. }
            | FeedState::Offline
            | FeedState::Waiting { .. }
            | FeedState::Paused
            | FeedState::Disabled => false,
        })
        .await;
        assert_eq!(server.requests().len(), 1, "{status}");
        engine.shutdown().await;
        drop(engine);
        let engine = house.start().await;
        stored(&engine, &feed, 1).await;
        engine.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn switching_off_pausing_and_removing_close_the_connection_and_only_removing_forgets() {
    let server = Server::start(Script::new([Answer::stream().event_with_id("1", "one")])).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    stored(&engine, &feed, 1).await;
    engine.enable_feed(&feed, false).await.unwrap();
    until(&engine, "it is off", |at| at.feeds[0].state == FeedState::Disabled).await;
    engine.enable_feed(&feed, true).await.unwrap();
    until(&engine, "it is live", |at| matches!(at.feeds[0].state, FeedState::Live { .. })).await;
    engine.pause(true).await.unwrap();
    until(&engine, "it is paused", |at| at.paused && at.feeds[0].state == FeedState::Paused).await;
    engine.shutdown().await;
    drop(engine);

    let engine = house.start().await;
    let at = engine.attach().snapshot;
    assert!(at.paused && at.feeds[0].state == FeedState::Paused, "a pause outlives the program");
    engine.pause(false).await.unwrap();
    until(&engine, "it is live", |at| matches!(at.feeds[0].state, FeedState::Live { .. })).await;
    assert_eq!(server.requests().last().unwrap().header("last-event-id"), Some("1"));
    engine.remove_feed(&feed).await.unwrap();
    let at = engine.attach().snapshot;
    assert!(at.feeds.is_empty() && at.recent.is_empty());
    assert!(engine.page(None, None, 10).await.unwrap().rows.is_empty());
    engine.shutdown().await;
}
