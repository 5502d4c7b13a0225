//! Each service resumed in its own way, over drops and a restart: nothing lost, nothing twice.

use std::time::Duration;

use tidings_engine::engine::Engine;
use tidings_engine::id::FeedId;
use tidings_engine::update::{FeedState, ReasonCode};
use tidings_support::{Answer, House, Script, Server, Then, all, draft, stored, until};

use super::{kept, with_preset};

/// An open stream that is to be dialled again at once when it ends.
fn stream() -> Answer {
    Answer::stream().retry(Duration::from_millis(1))
}

fn ntfy(event: &str, id: &str) -> String {
    let kind = if event == "message" { String::new() } else { format!("event: {event}\n") };
    let topic = if id.ends_with('a') { "alerts" } else { "backups" };
    format!(
        "{kind}data: {{\"id\":\"{id}\",\"time\":1795227116,\"event\":\"{event}\",\"topic\":\"{topic}\",\"message\":\"{id}\"}}\n\n"
    )
}

async fn bodies(engine: &Engine, feed: &FeedId, count: usize) -> Vec<String> {
    stored(engine, feed, count).await.into_iter().map(|event| event.row.reading.body).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ntfy_is_resumed_since_its_opening_and_then_since_the_last_message() {
    let opening = || stream().chunk(ntfy("open", "Opening00000"));
    let answers = [
        // Recognised here, and dialled again in its own way.
        opening(),
        opening()
            .chunk(ntfy("message", "Message0001a"))
            .chunk(ntfy("message", "Message0002b"))
            .then(Then::Rst),
        // A message that came before the drop comes again.
        opening()
            .chunk(ntfy("message", "Message0002b"))
            .chunk(ntfy("keepalive", "Keepalive000"))
            .chunk(ntfy("message", "Message0003a")),
        opening().chunk(ntfy("message", "Message0004b")),
    ];
    let server = Server::start(Script::default().at("alerts,backups/sse", answers)).await;
    let house = House::new();
    let engine = house.start().await;
    let url = format!("{}/alerts,backups/sse?tags=x", server.url());
    let feed = engine.add_feed(draft("A", &url)).await.unwrap().id;
    kept(&house, "A", "recognised = \"ntfy\"").await;
    stored(&engine, &feed, 3).await;
    engine.shutdown().await;
    drop(engine);

    let engine = house.start().await;
    let wanted = ["Message0001a", "Message0002b", "Message0003a", "Message0004b"];
    assert_eq!(bodies(&engine, &feed, 4).await, wanted);
    engine.shutdown().await;
    let asked: Vec<_> = server.requests_to("alerts,backups/sse");
    let queries: Vec<_> = asked.iter().map(|request| request.target.split_once('?').unwrap().1).collect();
    let wanted =
        ["tags=x", "tags=x&since=1795227116", "tags=x&since=Message0002b", "tags=x&since=Message0003a"];
    assert_eq!(queries, wanted);
    assert!(asked[1..].iter().all(|request| request.header("last-event-id").is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_address_says_since_when_ntfy_keeps_to_it_until_a_message_came() {
    let opening = || stream().chunk(ntfy("open", "Opening00000"));
    let answers = [
        opening().then(Then::Rst),
        opening().chunk(ntfy("message", "Message0001a")).then(Then::Rst),
        opening(),
    ];
    let server = Server::start(Script::new(answers)).await;
    let house = House::new();
    let (engine, _) = with_preset(&house, "ntfy", &format!("{}?since=10m", server.url())).await;
    while server.requests().len() < 3 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    engine.shutdown().await;
    let asked: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.target.split_once('?').unwrap().1.to_owned())
        .collect();
    assert_eq!(asked[..3], ["since=10m", "since=10m", "since=Message0001a"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn mercure_is_resumed_by_header_and_address_and_signs_in_by_its_cookie() {
    let hub = ".well-known/mercure";
    let answers = [
        stream().event_with_id("urn:uuid:1", "one").event_with_id("urn:uuid:2", "two").then(Then::Rst),
        stream().event_with_id("urn:uuid:3", "three"),
        stream().event_with_id("urn:uuid:4", "four"),
    ];
    let server = Server::start(Script::default().at(hub, answers)).await;
    let house = House::new();
    let engine = house.start().await;
    let mut draft = draft("A", &format!("{}/{hub}?topic=a&topic=b", server.url()));
    draft.headers = vec![tidings_engine::engine::HeaderDraft {
        name: "Cookie".into(),
        value: Some("mercureAuthorization=e30.e30.e30".into()),
    }];
    let feed = engine.add_feed(draft).await.unwrap().id;
    stored(&engine, &feed, 3).await;
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    let titles: Vec<_> = stored(&engine, &feed, 4).await.into_iter().map(|event| event.data).collect();
    assert_eq!(titles, ["one", "two", "three", "four"]);
    engine.shutdown().await;
    for (request, id) in server.requests_to(hub).iter().zip(["", "2", "3"]) {
        let (query, header) = match id {
            "" => ("topic=a&topic=b".to_owned(), None),
            id => (format!("topic=a&topic=b&lastEventID=urn%3Auuid%3A{id}"), Some(format!("urn:uuid:{id}"))),
        };
        assert!(request.target.ends_with(&format!("?{query}")), "{}", request.target);
        assert_eq!(request.header("last-event-id").map(str::to_owned), header);
        assert_eq!(request.header("cookie"), Some("mercureAuthorization=e30.e30.e30"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_mercure_goes_on_from_another_id_events_may_be_missing_which_is_told_once() {
    let hub = ".well-known/mercure";
    let from = |id: u32| stream().header("Last-Event-Id", &format!("urn:uuid:{id}"));
    let answers = [
        stream().event_with_id("urn:uuid:1", "one").then(Then::Eof),
        Answer::status(307).header("Location", "{selfpath}/moved"),
        from(7).then(Then::Eof),
        from(7).event_with_id("urn:uuid:8", "eight").then(Then::Eof),
        from(8).event_with_id("urn:uuid:9", "nine"),
    ];
    let server =
        Server::start(Script::default().at(hub, answers).at("moved", [from(7).then(Then::Eof)])).await;
    let house = House::new();
    let engine = house.start().await;
    let url = format!("{}/{hub}?topic=a", server.url());
    let feed = engine.add_feed(draft("A", &url)).await.unwrap().id;
    let events = stored(&engine, &feed, 4).await;
    engine.shutdown().await;
    let titles: Vec<_> = events.iter().map(|event| event.row.reading.title.as_str()).collect();
    assert!(titles[1].starts_with("Events may be missing between "), "{titles:?}");
    assert_eq!([titles[0], titles[2], titles[3]], ["one", "eight", "nine"]);
    assert!(events[1].row.reading.body.contains("no longer has"), "{}", events[1].row.reading.body);
    let asked: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("last-event-id").unwrap_or("none").to_owned())
        .collect();
    let [one, seven, eight] = [1, 7, 8].map(|id| format!("urn:uuid:{id}"));
    assert_eq!(asked, ["none".to_owned(), one.clone(), one, seven.clone(), seven, eight]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_nchan_and_wikimedia_go_back_as_they_came() {
    let wikimedia = |n: u32| {
        format!(
            r#"[{{"topic":"eqiad.x","partition":0,"timestamp":{n}}},{{"topic":"codfw.x","partition":0,"offset":-1}}]"#
        )
    };
    let nchan = |n: u32| format!("179522710{n}:[0],-");
    for ids in [[1, 2, 3].map(wikimedia), [1, 2, 3].map(nchan)] {
        let answers = [
            stream().event_with_id(&ids[0], "one").event_with_id(&ids[1], "two").then(Then::Rst),
            stream().event_with_id(&ids[1], "two").event_with_id(&ids[2], "three"),
            stream().event_with_id(&ids[2], "three").event("four"),
        ];
        let server = Server::start(Script::new(answers)).await;
        let house = House::new();
        let engine = house.start().await;
        let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
        stored(&engine, &feed, 3).await;
        engine.shutdown().await;
        drop(engine);
        let engine = house.start().await;
        let data: Vec<_> = stored(&engine, &feed, 4).await.into_iter().map(|event| event.data).collect();
        assert_eq!(data, ["one", "two", "three", "four"]);
        engine.shutdown().await;
        let sent: Vec<_> = server
            .requests()
            .iter()
            .map(|request| request.header("last-event-id").map(str::to_owned))
            .collect();
        assert_eq!(sent, [None, Some(ids[1].clone()), Some(ids[2].clone())]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_wikimedia_sends_again_under_another_id_is_stored_once() {
    let change = |n: u32| {
        format!(
            r#"{{"$schema":"/x","meta":{{"stream":"x","id":"change-{n}","dt":"d","domain":"en"}},"title":"{n}"}}"#
        )
    };
    let answers = [
        stream().event_with_id(r#"[{"offset":1}]"#, &change(1)).then(Then::Rst),
        stream()
            .event_with_id(r#"[{"offset":1,"codfw":2}]"#, &change(1))
            .event_with_id(r#"[{"offset":2}]"#, &change(2)),
    ];
    let server = Server::start(Script::new(answers)).await;
    let house = House::new();
    let engine = house.start().await;
    let feed = engine.add_feed(draft("A", server.url())).await.unwrap().id;
    let titles: Vec<_> =
        stored(&engine, &feed, 2).await.into_iter().map(|event| event.row.reading.title).collect();
    assert_eq!(titles, ["1", "2"]);
    assert_eq!(server.requests()[1].header("last-event-id"), Some(r#"[{"offset":1}]"#));
    engine.shutdown().await;
}

fn put(path: &str, data: &str) -> String {
    format!("event: put\ndata: {{\"path\":\"{path}\",\"data\":{data}}}\n\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_that_firebase_sends_again_is_told_only_where_it_changed() {
    let answers = [
        stream().chunk(put("/", r#"{"a":1}"#)).chunk(put("/a", "2")).then(Then::Rst),
        // As it was, then a change back and forth.
        stream().chunk(put("/", r#"{"a":2}"#)).chunk(put("/a", "1")).chunk(put("/a", "2")),
        // As it was when the program ended.
        stream().chunk(put("/", r#"{"a":2}"#)).chunk(put("/b", "3")).then(Then::Rst),
        // Changed while nobody listened.
        stream().chunk(put("/", r#"{"a":2,"b":4}"#)),
    ];
    let server = Server::start(Script::new(answers)).await;
    let house = House::new();
    let (engine, feed) = with_preset(&house, "firebase", server.url()).await;
    stored(&engine, &feed, 4).await;
    engine.shutdown().await;
    drop(engine);
    let engine = house.start().await;
    let told: Vec<_> = stored(&engine, &feed, 6)
        .await
        .into_iter()
        .map(|event| (event.row.reading.title, event.row.reading.body))
        .collect();
    let told: Vec<_> = told.iter().map(|(title, body)| (title.as_str(), body.as_str())).collect();
    let wanted = [("Feed", "a: 1"), ("a", "2"), ("a", "1"), ("a", "2"), ("b", "3"), ("Feed", "a: 2\nb: 4")];
    assert_eq!(told, wanted);
    assert!(server.requests().iter().all(|request| request.header("last-event-id").is_none()));
    assert_eq!(all(&engine, &feed).await.len(), 6);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn firebase_wants_a_person_when_it_says_that_the_sign_in_has_ended() {
    for goodbye in
        ["event: auth_revoked\ndata: credential is no longer valid\n\n", "event: cancel\ndata: null\n\n"]
    {
        let server = Server::start(Script::new([stream().chunk(put("/", "1")).chunk(goodbye)])).await;
        let house = House::new();
        let (engine, feed) = with_preset(&house, "firebase", server.url()).await;
        until(&engine, "it needs a sign-in", |snapshot| {
            matches!(&snapshot.feeds[0].state, FeedState::NeedsPerson { why } if why.code == ReasonCode::SignIn)
        })
        .await;
        assert_eq!(stored(&engine, &feed, 1).await.len(), 1, "a goodbye is no event");
        engine.shutdown().await;
    }
}
